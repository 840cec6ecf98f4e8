"""Which patterns tell nothing: `python -m benchmarks.wording.unused [ADS.jsonl]`.

Every sentence and advertisement of this folder is read, and those of a file of your own, one a line with `title` and
`text`. A pattern that tells none of them is dead weight: leave it out, unless it is younger than the sets.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.wording.hostile_set import cases as hostile_cases
from benchmarks.wording.quality import sentences
from benchmarks.wording.sights import FOLDER, PARTS, cases
from vivier.engines.wording.advertisement import Advertisement
from vivier.engines.wording.checker import default_checker, holds
from vivier.engines.wording.examples import advertisement_of
from vivier.engines.wording.rules import Rule


def texts() -> Iterator[tuple[str, str]]:
    """Titles and texts of all sets, opened or not, of the labelled sentences and of the examples of the rules."""
    for case in (*hostile_cases(), *(case for name in PARTS for case in cases(name))):
        yield case.title, case.text
    for one in sentences():
        yield one.title, one.text
    for file in sorted((FOLDER / "plain").glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            sentence = line.rpartition("|")[2]
            yield "", sentence
            yield "Chargé(e) de clientèle (H/F)", f"Vous suivez les dossiers.\n{sentence}\nLe poste est à Grenoble."
    for rule in default_checker().rules:
        yield from (advertisement_of(rule, example) for example in rule.positive)


def unused(some: Iterable[tuple[str, str]]) -> list[tuple[str, int, tuple[str, ...]]]:
    """Rule, place of the pattern in it from 1, anchors of each that tells none of these texts (titles and texts)."""
    checker = default_checker()
    told: set[int] = set()
    for title, text in some:
        ad = Advertisement(title, text)
        passages = checker._prefilter.passages(ad.text, ad.data, ad.places, ad.sentence)
        for start, last, number, *_ in passages:
            rule, pattern = checker._owners[number]
            if number not in told and isinstance(rule, Rule) and holds(rule, ad, start, -last, pattern):
                told.add(number)
    return [
        (rule.id, rule.patterns.index(pattern) + 1, pattern.anchors)
        for number, (rule, pattern) in enumerate(checker._owners)
        if isinstance(rule, Rule) and rule.kind == "words" and number not in told
    ]


def main() -> None:
    """Print them, those of most anchors first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ads", type=Path, nargs="?", help="JSON lines with `title` and `text`")
    file = parser.parse_args().ads
    own = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file else []
    found = unused([*texts(), *((ad.get("title") or "", ad["text"]) for ad in own)])
    for rule, place, anchors in sorted(found, key=lambda one: -len(one[2])):
        print(f"{rule} {place}: {len(anchors)} anchors, {', '.join(anchors[:3])}")
    print(f"{len(found)} patterns tell nothing")


if __name__ == "__main__":
    main()
