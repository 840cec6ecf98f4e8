"""Which anchors real advertisements use without meaning it: `python -m benchmarks.wording.anchors ADS.jsonl`.

No advertisement is in the project: give a file of your own, one a line with `title` and `text`. An anchor of an E that
stands there, and tells none of the violations of the sets that were opened, is a false finding to come: leave it out,
or say more of what must follow it.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.wording.hostile_set import cases as hostile_cases
from benchmarks.wording.sights import OPENED, cases
from vivier.engines.wording.advertisement import Advertisement
from vivier.engines.wording.checker import default_checker, holds
from vivier.engines.wording.rules import Rule

#: Rule, place of the pattern among the engine's, anchor.
Anchor = tuple[str, int, str]


def occurrences(texts: Iterable[tuple[str, str]], severity: str) -> Iterator[tuple[int, Anchor, bool]]:
    """Place of the text, anchor whose expression matches there, and whether a finding comes of it.

    texts: titles and texts. Patterns that need a refusal are left aside: what they name is meant to be common.
    """
    checker = default_checker()
    for at, (title, text) in enumerate(texts):
        ad = Advertisement(title, text)
        for start, last, number, rest, *_ in checker._prefilter.passages(ad.text, ad.data, ad.places):
            rule, pattern = checker._owners[number]
            if not isinstance(rule, Rule) or rule.kind != "words" or rule.severity not in severity or pattern.refuses:
                continue
            if rule.field == "both" or (rule.field == "title") == (start < ad.title_end):
                found = [one for one in pattern.anchors if ad.text.endswith(one, start, rest.start())]
                yield at, (rule.id, number, max(found, key=len)), holds(rule, ad, start, -last, pattern)


def table(ads: Iterable[tuple[str, str]], severity: str = "E") -> list[tuple[int, int, int, Anchor]]:
    """Occurrences in the advertisements, findings there, violations told in the opened sets, anchor; most first."""
    seen: Counter[Anchor] = Counter()
    told: Counter[Anchor] = Counter()
    for _, anchor, is_told in occurrences(ads, severity):
        seen[anchor] += 1
        told[anchor] += is_told
    opened = [*hostile_cases(), *(case for name, part in OPENED for case in cases(name, part))]
    useful: defaultdict[Anchor, set[int]] = defaultdict(set)
    for at, anchor, is_told in occurrences([(case.title, case.text) for case in opened if case.violations], severity):
        if is_told:
            useful[anchor].add(at)
    return sorted(((n, told[one], len(useful[one]), one) for one, n in seen.items()), key=lambda row: (-row[0], row[3]))


def main() -> None:
    """Print the anchors that occur, those that tell nothing first among equals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ads", type=Path)
    parser.add_argument("--severity", default="E", choices=("E", "W", "EW"))
    options = parser.parse_args()
    rows = (json.loads(line) for line in options.ads.read_text("utf-8").splitlines() if line.strip())
    print("occurrences  findings  violations told  anchor")
    for seen, told, useful, (rule, _, anchor) in table(((row["title"], row["text"]) for row in rows), options.severity):
        print(f"{seen:11}  {told:8}  {useful:15}  {rule} {anchor}")


if __name__ == "__main__":
    main()
