"""What the engine makes of the sets `fourth/` to `twentieth/`, before and after those who mend the rules opened them.

`python -m benchmarks.wording.sights` prints the totals of today; `--record fifth even third_sight` writes those of one
part beside its set, counts and ids alone. What is in even places of a set with two parts stays unopened:
`--errors fourth` or `--errors fifth odd` prints what is wrong or missed, and refuses to show that.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.wording.hostile_set import Case, Violation, case_of, measure, whole

FOLDER = Path(__file__).parent
#: Set → its parts that are counted apart: all of it, or what is in odd or even places from 1.
PARTS = {
    "fourth": ("all",),
    "fifth": ("odd", "even", "all"),
    "sixth": ("all",),
    "seventh": ("odd", "even", "all"),
    "eighth": ("odd", "even", "all"),
    "ninth": ("all",),
    "tenth": ("odd", "even", "all"),
    "eleventh": ("all",),
    "twelfth": ("odd", "even", "all"),
    "thirteenth": ("odd", "even", "all"),
    "fourteenth": ("all",),
    "fifteenth": ("odd", "even", "all"),
    "sixteenth": ("odd", "even", "all"),
    "seventeenth": ("all",),
    "eighteenth": ("odd", "even", "all"),
    "nineteenth": ("odd", "even", "all"),
    "twentieth": ("odd", "even", "all"),
}
#: Sets without any violation.
LAWFUL = ("sixteenth", "seventeenth", "nineteenth")
OPENED = (
    *((name, "all") for name in ("fourth", "sixth", "ninth", "eleventh", "fourteenth")),
    *((name, "odd") for name, parts in PARTS.items() if "odd" in parts),
)


def cases(name: str, part: str = "all") -> list[Case]:
    """The advertisements or sentences of a set, or those in odd or even places of its file."""
    (file,) = (FOLDER / name).glob("*.jsonl")
    lines = [line for line in file.read_text("utf-8").splitlines() if line]
    chosen = {"all": lines, "odd": lines[::2], "even": lines[1::2]}[part]
    return [case_of(name, _row(json.loads(line))) for line in chosen]


def _row(row: dict) -> dict:
    """A sentence, which holds one violation or none, in the shape of an advertisement."""
    if row.get("family"):
        return row | {"expect": [{key: row[key] for key in ("family", "severity", "words")}]}
    return row


def sight(some: Sequence[Case]) -> dict:
    """Counts of a part: violations told and missed by family and severity, with the ids of the missed; what is wrong.

    `told` counts findings of any family, `in family` those of the one planted; `clean` those of E and W on the texts
    that expect none.
    """
    kinds: dict[str, dict] = {}
    in_family = 0
    for case in some:
        for one in case.violations:
            if one.severity in "EW" and not one.disputed:
                kind = kinds.setdefault(f"{one.family} {one.severity}", {"told": 0, "missed": 0, "missed in": []})
                total = whole(measure([_alone(case, one)]))
                is_told = not total.missed
                in_family += total.found
                kind["told" if is_told else "missed"] += 1
                kind["missed in"] += [] if is_told else [case.id]
    wrong, clean = whole(measure(some)).wrong, whole(measure(case for case in some if not case.violations)).wrong
    return {
        "texts": len(some),
        "told": sum(kind["told"] for kind in kinds.values()),
        "in family": in_family,
        "missed": sum(kind["missed"] for kind in kinds.values()),
        "false E": wrong["E"],
        "false W": wrong["W"],
        "clean": {"texts": sum(not case.violations for case in some), "E": clean["E"], "W": clean["W"]},
        "kinds": dict(sorted(kinds.items())),
    }


def _alone(case: Case, one: Violation) -> Case:
    """The same advertisement with one violation to look for."""
    return Case(case.id, case.kind, case.title, case.text, (one,), case.disputed)


def recorded(name: str, step: str) -> dict[str, dict]:
    """Sights of a step by part, empty when none was taken."""
    file = FOLDER / name / f"{step}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def told(one: dict) -> str:
    """Recall, and false findings of E and W, of one sight."""
    due = one["told"] + one["missed"]
    clean = one["clean"]
    if not due:
        return f"{clean['E']} E and {clean['W']} W wrong on {clean['texts']} clean texts"
    return (
        f"{one['told']} of {due} told ({one['told'] / due:.2f}), {one['false E']} E and {one['false W']} W wrong, "
        f"of them {clean['E']} E and {clean['W']} W on {clean['texts']} clean texts"
    )


def report() -> list[str]:
    """The lines of docs/wording/quality.md about these sets."""
    lines = [
        "## Later writers",
        "",
        "160 advertisements each: [ordinary people](../../benchmarks/wording/fourth/README.md) and "
        "[a labour inspector](../../benchmarks/wording/fifth/README.md), one turn in five odd. 483 sentences each, one "
        "in three turned otherwise than most would: [a trainer](../../benchmarks/wording/sixth/README.md) and "
        "[a test engineer](../../benchmarks/wording/seventh/README.md). 400 sentences: [a small employer and "
        "a personnel department](../../benchmarks/wording/eighth/README.md); 1 210 by "
        "[five writers](../../benchmarks/wording/ninth/README.md), 780 by "
        "[three more](../../benchmarks/wording/tenth/README.md), two of whom were told to avoid the usual words; "
        "874 by [two](../../benchmarks/wording/eleventh/README.md) and "
        "[one](../../benchmarks/wording/twelfth/README.md) asked for what employers plainly write; 960 lines by "
        "[six](../../benchmarks/wording/thirteenth/README.md) and 720 by "
        "[four](../../benchmarks/wording/fourteenth/README.md) asked for plain violations in words of their own, "
        "470 by [three](../../benchmarks/wording/fifteenth/README.md), 320 by "
        "[two](../../benchmarks/wording/eighteenth/README.md) and 160 by "
        "[one](../../benchmarks/wording/twentieth/README.md) of that kind. "
        "First sight: nobody who mends the rules had opened the set, nor its neighbour. What was opened between the "
        "steps stands beside each set. **The even places of the fifth, the seventh, the eighth, the tenth, the "
        "twelfth, the thirteenth, the fifteenth, the eighteenth and the twentieth were opened by nobody**: their last "
        "column is what to expect of an unseen text; "
        "their counts, not their lines, were seen between the steps. The counts by family and severity lie beside "
        "the sets. A finding on words beside a label counts as false, in a faulty sentence too, as do most; those on "
        "clean texts are false alarms indeed. "
        "`python -m benchmarks.wording.sights`",
        "",
        "| part | violations | recall: first | second | third | now | false E, W now | of them on clean texts |",
        "|---|---|---|---|---|---|---|---|",
    ]
    steps = ("first_sight", "second_sight", "third_sight")
    shown = [(name, part) for name, parts in PARTS.items() for part in parts if part != "all" or len(parts) == 1]
    for name, part in shown:
        if name in LAWFUL:
            continue
        opened = "opened" if (name, part) in OPENED else "unopened"
        now = sight(cases(name, part))
        before = [recorded(name, step).get(part) for step in steps]
        recalls = (f"{one['told'] / (one['told'] + one['missed']):.2f}" if one else "" for one in (*before, now))
        clean = now["clean"]
        told_now = (
            f"{name} writer, {part} places, {opened}" if part != "all" else f"{name} writer, {opened}",
            now["told"] + now["missed"],
            *recalls,
            f"{now['false E']}, {now['false W']}",
            f"{clean['E']}, {clean['W']} on {clean['texts']}",
        )
        lines.append(f"| {' | '.join(map(str, told_now))} |")
    lines += [
        "",
        "### Lawful advertisements",
        "",
        "685 lawful texts of ten writers, nine of whom had read nothing of this project: "
        "[ordinary advertisements, hard ones and inclusion statements](../../benchmarks/wording/sixteenth/README.md), "
        "[60](../../benchmarks/wording/seventeenth/README.md) and [180](../../benchmarks/wording/nineteenth/README.md) "
        "more ordinary ones. Whatever is told of them is a false "
        "alarm. They are richer in words than real ones: on the latter false alarms are fewer, as far as we read them.",
        "",
        "| part | texts | E, W at first sight | E, W now |",
        "|---|---|---|---|",
    ]
    for name, part in shown:
        if name in LAWFUL:
            opened = "opened" if (name, part) in OPENED else "unopened"
            first, now = recorded(name, "first_sight").get(part), sight(cases(name, part))
            counts = (f"{one['clean']['E']}, {one['clean']['W']}" if one else "" for one in (first, now))
            label = f"{name} set, {part} places" if part != "all" else f"{name} set"
            lines.append(f"| {label}, {opened} | {now['texts']} | {' | '.join(counts)} |")
    return lines


def main() -> None:
    """Print the totals, record a part, or show the faults of what was opened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", nargs=3, metavar=("SET", "PART", "STEP"))
    parser.add_argument("--errors", nargs="+", metavar="SET")
    options = parser.parse_args()
    if options.errors:
        name, part = (*options.errors, "all")[:2]
        if (name, part) not in OPENED:
            parser.error(f"{name}, {part} stays unopened")
        measure(cases(name, part), say=print)
    elif options.record:
        name, part, step = options.record
        steps = recorded(name, step) | {part: sight(cases(name, part))}
        (FOLDER / name / f"{step}.json").write_text(json.dumps(steps, indent=1) + "\n", encoding="utf-8")
    for name, some in PARTS.items():
        for part in some:
            print(f"{name}, {part}: {told(sight(cases(name, part)))}")


if __name__ == "__main__":
    main()
