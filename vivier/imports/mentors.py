"""Lines → volunteers who offer to be marraine or mentor. Pure, once the communes are known."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from vivier.common.tables import Cell
from vivier.common.text import folded
from vivier.imports import values, words
from vivier.imports.entries import Volunteer
from vivier.imports.grid import Grid, Line
from vivier.imports.issues import Issue, Severity
from vivier.imports.lines import LineReader
from vivier.imports.places import PlaceIndex
from vivier.imports.shared import commune_of, list_of, names_of, slots_of
from vivier.people.consent_rules import add_months
from vivier.people.operations.volunteers import VETTING_MONTHS

_NOT_YET = ("en cours", "a faire", "a verifier", "en attente", "demande", "refus", "a demander", "a renouveler")


@dataclass(frozen=True)
class ReadMentors:
    """What the lines say, and what was wrong."""

    people: tuple[Volunteer, ...]
    issues: tuple[Issue, ...]


def read_mentors(grid: Grid, index: PlaceIndex, today: date) -> ReadMentors:
    """Return one volunteer per line that is right; lines with an error give issues only."""
    reader = _MentorReader(grid, index, today)
    people = [person for line in grid.lines if (person := reader.read(line))]
    for aside in grid.asides:
        if aside.is_note:
            reader.cells.add(Severity.NOTICE, "aside", aside.line.spot, "", aside.text[:60], "lue comme une note")
        else:
            names_of(reader.cells, aside.line)
    return ReadMentors(tuple(people), tuple(reader.cells.issues))


class _MentorReader:
    def __init__(self, grid: Grid, index: PlaceIndex, today: date):
        self.cells = LineReader(grid)
        self.index, self.today = index, today
        self.vetting = partial(vetting, today=today)
        self.day = partial(values.day, today=today)

    def read(self, line: Line) -> Volunteer | None:
        """Return the person of a line, or None when one of its cells is wrong."""
        cells, before = self.cells, len(self.cells.issues)
        first, last = names_of(cells, line)
        home = commune_of(cells, line, self.index).place
        vetted, vetted_on = cells.one(line, "vetted_on", self.vetting, (None, None))
        ends_on = cells.one(line, "vetting_ends_on", self.day)
        person = Volunteer(
            spots=(line.spot,),
            first_name=first,
            last_name=last,
            email=cells.one(line, "email", values.email, ""),
            phone=cells.one(line, "phone", values.phone, ""),
            occupation=cells.one(line, "occupation", values.plain_text, ""),
            employer=cells.one(line, "employer", values.plain_text, ""),
            commune=home.pk if home else None,
            languages=list_of(cells, line, "languages"),
            interests=list_of(cells, line, "interests"),
            slots=slots_of(cells, line),
            capacity=cells.one(line, "capacity", words.capacity),
            vetted=vetted,
            vetted_on=vetted_on,
            vetting_ends_on=ends_on,
        )
        self._check_dates(line, person)
        wrong = any(issue.severity is Severity.ERROR for issue in cells.issues[before:])
        return None if wrong else person

    def _check_dates(self, line: Line, person: Volunteer) -> None:
        if person.vetted_on and person.vetting_ends_on and person.vetting_ends_on < person.vetted_on:
            self.cells.error(
                "vetting_order", line, "vetting_ends_on", f"{person.vetting_ends_on:%d/%m/%Y}",
                "la fin de validité précède la vérification", "vérifiez les deux dates",
            )  # fmt: skip
        elif person.vetted_on:
            ends_on = person.vetting_ends_on or add_months(person.vetted_on, VETTING_MONTHS)
            if ends_on < self.today:
                self.cells.notice(
                    "vetting_expired", line, "vetted_on", f"{person.vetted_on:%d/%m/%Y}",
                    f"vérification périmée depuis le {ends_on:%d/%m/%Y} : à renouveler avant toute proposition",
                )  # fmt: skip


def vetting(cell: Cell, today: date) -> tuple[bool | None, date | None]:
    """Return (verified or not, on which day), None where it is not said. Raises Wrong."""
    if values.is_nothing(cell) and not (isinstance(cell, str) and folded(cell) in _NOT_YET):
        return None, None
    if isinstance(cell, str) and folded(cell).startswith(_NOT_YET):
        return False, None
    try:
        answer = values.yes_or_no(cell)
    except values.Wrong:
        return True, values.past_day(cell, today)
    return answer, None
