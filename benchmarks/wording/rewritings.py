"""Whether what is proposed ends the matter: `python -m benchmarks.wording.rewritings`.

Every proposal for every finding of the opened sets and of the rules' own examples is applied, one at a time, and the
advertisement read again: the rule should tell once less. `--show` prints those where it does not.
"""

import argparse
from collections import Counter
from collections.abc import Iterator

from benchmarks.wording.hostile_set import cases as hostile_cases
from benchmarks.wording.sights import OPENED, cases
from vivier.engines.wording.checker import check
from vivier.engines.wording.edits import edits
from vivier.engines.wording.findings import Finding
from vivier.engines.wording.rule_files import shipped_rules


def outcomes() -> Iterator[tuple[Finding, str, bool]]:
    """Finding, its field with a proposal applied, and whether the rule still tells as often."""
    opened = [*hostile_cases(), *(case for name, part in OPENED for case in cases(name, part))]
    texts = dict.fromkeys((case.title, case.text) for case in opened)
    texts |= dict.fromkeys(("", example) for rule in shipped_rules() for example in rule.positive)
    for title, text in texts:
        findings = check(title, text)
        before = Counter(one.rule for one in findings)
        for one in findings:
            field = title if one.field == "title" else text
            for made in edits(one, field) if one.match else ():
                after = made.applied(field)
                again = check(after, text) if one.field == "title" else check(title, after)
                yield one, after, Counter(other.rule for other in again)[one.rule] >= before[one.rule]


def main() -> None:
    """Print how many proposals there are and after how many the rule tells as often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    count, still = 0, Counter[str]()
    for one, after, is_told in outcomes():
        count += 1
        still[one.rule] += is_told
        if show and is_told:
            print(f"{one.rule} « {one.match} » : {after}")
    told = ", ".join(f"{rule} {n}" for rule, n in still.most_common() if n)
    print(f"{count} proposals applied; the rule tells as often after {sum(still.values())} ({told}).")


if __name__ == "__main__":
    main()
