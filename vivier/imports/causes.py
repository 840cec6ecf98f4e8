"""Errors of one column gathered by cause: what is wrong is said once, then where, "lignes 60 à 153"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vivier.common.text import listed
from vivier.imports.issues import Issue, IssueGroup, Spot

#: Causes shown of one group, values of one cause and runs of lines of one value; the file to download has them all.
SHOWN = 8


@dataclass(frozen=True)
class ShownCause:
    """One cause: what is wrong, what to do, and where: (value, lines in words). `more` lines are not named."""

    wrong: str
    instead: str
    places: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class ShownGroup:
    """Errors of one nature by cause: the first ones, and how many lines have another."""

    title: str
    causes: tuple[ShownCause, ...]
    more: int


def shown_group(group: IssueGroup) -> ShownGroup:
    """Return the errors of one group, cut to what a page can hold."""
    by_cause: dict[tuple[str, str], list[Issue]] = {}
    for issue in group.issues:
        by_cause.setdefault((issue.wrong, issue.instead), []).append(issue)
    causes = list(by_cause.items())
    return ShownGroup(
        group.title,
        tuple(_cause(wrong, instead, issues) for (wrong, instead), issues in causes[:SHOWN]),
        sum(len(issues) for _, issues in causes[SHOWN:]),
    )


def _cause(wrong: str, instead: str, issues: Sequence[Issue]) -> ShownCause:
    by_value: dict[str, list[Spot]] = {}
    for issue in issues:
        by_value.setdefault(issue.value, []).extend(issue.spots)
    total = sum(map(len, by_value.values()))
    runs = {value: _runs(spots)[:SHOWN] for value, spots in list(by_value.items())[:SHOWN]}
    named = sum(last.number - first.number + 1 for found in runs.values() for first, last in found)
    return ShownCause(wrong, instead, tuple((value, _words(found)) for value, found in runs.items()), total - named)


def _runs(spots: Iterable[Spot]) -> list[tuple[Spot, Spot]]:
    """Return the first and the last of lines that follow one another in one sheet."""
    found: list[tuple[Spot, Spot]] = []
    for spot in sorted(spots):
        if found and spot == Spot(found[-1][1].sheet, found[-1][1].number + 1):
            found[-1] = found[-1][0], spot
        else:
            found.append((spot, spot))
    return found


def _words(runs: Sequence[tuple[Spot, Spot]]) -> str:
    """Return "lignes 2, 6 à 12 et 15"; lines of several sheets are told sheet by sheet."""
    sheets: dict[str, list[str]] = {}
    for first, last in runs:
        numbers = [f"{number}" for number in range(first.number, last.number + 1)]
        sheets.setdefault(first.sheet, []).extend(numbers if len(numbers) < 3 else [f"{numbers[0]} à {numbers[-1]}"])
    told = []
    for sheet, parts in sheets.items():
        line = "ligne" if len(parts) == 1 and parts[0].isdigit() else "lignes"
        told.append(f"{sheet}, {line} {listed(parts)}" if sheet else f"{line} {listed(parts)}")
    return " ; ".join(told)
