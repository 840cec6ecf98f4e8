"""What is wrong in a file, or worth knowing: where, what, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vivier.common.tables import Cell
from vivier.common.text import plural


class Severity(StrEnum):
    """An error stops the whole file; a notice does not."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A line, as the spreadsheet program numbers it; `sheet` is "" when only one is read."""

    sheet: str
    number: int

    def __str__(self) -> str:
        return f"{self.sheet}, ligne {self.number}" if self.sheet else f"ligne {self.number}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to mend or to know. `code` groups issues of one nature; `wrong` and `instead` are French clauses."""

    severity: Severity
    code: str
    spots: tuple[Spot, ...]
    heading: str
    value: str
    wrong: str
    instead: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong ; what to do."""
        return " ; ".join(part for part in (self.wrong, self.instead) if part)

    @property
    def place(self) -> str:
        """ "Ligne 12", "Lignes 12 et 40", or "" for the whole file."""
        if not self.spots:
            return ""
        if len(self.spots) == 1 or any(spot.sheet for spot in self.spots):
            text = " et ".join(str(spot) for spot in self.spots)
        else:
            text = "lignes " + " et ".join(str(spot.number) for spot in self.spots)
        return text[0].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Issues of one nature under one heading, in the order of the lines."""

    heading: str
    issues: tuple[Issue, ...]

    @property
    def title(self) -> str:
        """Column, how many lines, and the lines themselves when they are few."""
        where = f"« {self.heading} » : " if self.heading else ""
        return f"{where}{plural(len(self.issues), 'ligne', 'lignes')}"

    @property
    def first(self) -> Issue:
        return self.issues[0]


def grouped(issues: Iterable[Issue]) -> list[IssueGroup]:
    """Return the issues by heading and nature, the most frequent first."""
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.heading, issue.code), []).append(issue)
    found = [
        IssueGroup(heading, tuple(sorted(members, key=lambda issue: issue.spots)))
        for (heading, _), members in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.issues), group.first.spots, group.heading))


def shown(cell: Cell, longest: int = 60) -> str:
    """Return a cell as a person reads it: 12/03/2010, 38000, oui; long texts are cut."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "vrai" if cell else "faux"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M") if cell.time() else cell.strftime("%d/%m/%Y")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in str(cell)).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
