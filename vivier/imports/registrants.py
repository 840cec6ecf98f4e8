"""Lines → registrants: who came, from where, with whom she signs. Pure, once the communes are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from vivier.common.tables import Cell
from vivier.common.text import folded
from vivier.imports import values, words
from vivier.imports.cities import Cities
from vivier.imports.entries import GuardianEntry, Registrant, Visit
from vivier.imports.grid import ALL_SHEETS, Aside, Grid, Line
from vivier.imports.issues import Issue, Severity
from vivier.imports.lines import LineReader
from vivier.imports.places import Place, PlaceIndex
from vivier.imports.shared import commune_of, list_of, names_of, slots_of
from vivier.imports.values import Partly


@dataclass(frozen=True)
class ReadRegistrants:
    """What the lines say, and what was wrong. `asides_used`: how many lines of one text named a city."""

    people: tuple[Registrant, ...]
    issues: tuple[Issue, ...]


def read_registrants(grid: Grid, index: PlaceIndex, cities: Cities, today: date) -> ReadRegistrants:
    """Return one registrant per line that is right; lines with an error give issues only."""
    reader = _RegistrantReader(grid, index, cities, today)
    people = [person for line in grid.lines if (person := reader.read(line))]
    reader.read_asides(grid.asides)
    return ReadRegistrants(tuple(people), tuple(reader.cells.issues))


class _RegistrantReader:
    def __init__(self, grid: Grid, index: PlaceIndex, cities: Cities, today: date):
        self.cells = LineReader(grid)
        self.index, self.cities, self.today = index, cities, today
        self.sheets_are_cities = grid.sheet == ALL_SHEETS and not self.cells.has("site")
        self.birth = partial(values.birth_date, today=today)
        self.session_day = partial(values.session_day, today=today)

    def read(self, line: Line) -> Registrant | None:
        """Return the person of a line, or None when one of its cells is wrong."""
        cells, before = self.cells, len(self.cells.issues)
        first, last = names_of(cells, line)
        home = commune_of(cells, line, self.index).place
        birth = cells.one(line, "birth_date", self.birth)
        email = cells.one(line, "email", values.email, "")
        level = cells.one(line, "school_level", words.school_level, "")
        person = Registrant(
            spots=(line.spot,),
            first_name=first,
            last_name=last,
            birth_date=birth,
            email=email,
            phone=cells.one(line, "phone", values.phone, ""),
            kind=cells.one(line, "situation", words.situation, ""),
            school_level=level,
            school_name=cells.one(line, "school_name", values.plain_text, ""),
            commune=home.pk if home else None,
            qpv=cells.one(line, "qpv", words.qpv, ""),
            languages=list_of(cells, line, "languages"),
            interests=list_of(cells, line, "interests"),
            slots=slots_of(cells, line),
            guardians=self._guardians(line, last, email),
            visits=(self._visit(line, home),),
        )
        wrong = any(issue.severity is Severity.ERROR for issue in cells.issues[before:])
        return None if wrong else person

    def _visit(self, line: Line, home: Place | None) -> Visit:
        day = self.cells.one(line, "session_on", self.session_day)
        came = self.cells.one(line, "attended", values.yes_or_no)
        if came and day and day > self.today:
            self.cells.error(
                "attended_future", line, "session_on", f"{day:%d/%m/%Y}",
                "elle est dite présente à une séance qui n’a pas encore eu lieu", "vérifiez la date ou la présence",
            )  # fmt: skip
        city = self._city(line, home)
        return Visit(city.pk if city else None, day, came)

    def _city(self, line: Line, home: Place | None) -> Place | None:
        said = self.cells.one(line, "site", values.plain_text, "")
        if said:
            found = self.cities.find(said)
            if found.is_error:
                self.cells.error(found.code, line, "site", said, found.wrong, found.instead)
            return found.place
        for text in (line.section, line.spot.sheet if self.sheets_are_cities else ""):
            if text and (place := self.cities.named_in(text)):
                return place
        return self.cities.nearest(home)

    def _guardians(self, line: Line, family: str, own_email: str) -> tuple[GuardianEntry, ...]:
        cells = self.cells
        found: list[GuardianEntry] = []
        for prefix in ("guardian", "guardian2"):
            first, last = self._guardian_name(line, f"{prefix}_name", family)
            first = cells.one(line, f"{prefix}_first_name", values.name, "") or first
            last = cells.one(line, f"{prefix}_last_name", values.name, "") or last
            addresses = cells.one(line, f"{prefix}_email", values.emails, [])
            phone = cells.one(line, f"{prefix}_phone", values.phone, "")
            one = GuardianEntry(first, last, addresses[0] if addresses else "", phone)
            found += [entry for entry in (one, *(GuardianEntry(email=more) for more in addresses[1:])) if entry]
            if own_email and own_email in addresses:
                cells.notice(
                    "guardian_own_email", line, f"{prefix}_email", own_email,
                    "son responsable a la même adresse qu’elle : demandez-en une autre pour l’autorisation",
                )  # fmt: skip
        return _without_repeats(found)

    def _guardian_name(self, line: Line, field: str, family: str) -> tuple[str, str]:
        """Cut a guardian's name, helped by the child's surname: so it cannot be remembered from line to line."""

        def pair_of(cell: Cell) -> tuple[str, str] | None:
            if values.is_nothing(cell):
                return None
            pair = values.split_name(cell, first_name_first=True, family=family)
            # How to reach her matters more than where her name is cut: several ways to do it are no warning here.
            return pair.value if isinstance(pair, Partly) else pair

        return self.cells.one(line, field, pair_of, ("", ""), is_kept=False)

    def read_asides(self, asides: Sequence[Aside]) -> None:
        """Tell what lines of one text were taken for: a city, a note, or a person whose names are not whole."""
        for aside in asides:
            if aside.is_note or self.cities.named_in(aside.text):
                what = "lue comme une note" if aside.is_note else "lue comme le nom de la ville des lignes suivantes"
                self.cells.add(Severity.NOTICE, "aside", aside.line.spot, "", aside.text[:60], what)
            else:
                names_of(self.cells, aside.line)


def _without_repeats(guardians: Sequence[GuardianEntry]) -> tuple[GuardianEntry, ...]:
    kept: dict[str, GuardianEntry] = {}
    for guardian in guardians:
        kept.setdefault(guardian.email or folded(f"{guardian.last_name} {guardian.first_name}"), guardian)
    return tuple(kept.values())
