"""From sheets to one grid: which lines are headings, which are people, which are neither."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vivier.common.errors import DomainError
from vivier.common.tables import MAX_ROWS, Cell, Row, Sheet
from vivier.common.text import folded, plural
from vivier.imports import headings
from vivier.imports.fields import MENTORS, REGISTRANTS
from vivier.imports.headings import Column
from vivier.imports.issues import Issue, Severity, Spot, shown

#: What she chooses to read every sheet that has people.
ALL_SHEETS = "*"
#: Headings are looked for among the first lines that are not empty.
_WITHIN = 30
_NAMES = frozenset({"last_name", "first_name", "full_name"})
_TOTAL = re.compile(
    r"(?:sous )?tota(?:l|ux)\b|nombre (?:de|d|total)\b|effectif\b|moyenne\b|nb (?:de|d) (?:presen|inscri)\w*"
)
_NOTE = re.compile(r"^\s*(?:\*|nb\s*:|n\.b\.|remarque|note|source|légende|mise? à jour|document|liste )", re.I)


class NoPeople(DomainError):
    """A table in which no people can be found; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person's line. `section`: the last line above that held one text only, a city perhaps."""

    spot: Spot
    cells: tuple[Cell, ...]
    section: str = ""

    def cell(self, column: Column) -> Cell:
        return self.cells[column.place] if column.place < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Aside:
    """A line with one text only: a city above its people, a note, or somebody whose first name is missing."""

    line: Line
    text: str
    column: Column
    is_note: bool


@dataclass(frozen=True)
class Grid:
    """The people's lines of a file.

    `sheets`: those that are not empty, when there are several, among which she may choose; `several_fit`: more than one
    of them has names. `sheet`: the one that was read, or ALL_SHEETS.
    """

    kind: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    asides: tuple[Aside, ...] = ()
    notices: tuple[Issue, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    several_fit: bool = False
    other_kind_fits_better: bool = False
    fields: frozenset[str] = field(default=frozenset())

    @property
    def lacks_names(self) -> bool:
        """Tell whether no column gives the names: nothing can be read before she says which does."""
        return "full_name" not in self.fields and not {"last_name", "first_name"} <= self.fields


@dataclass(frozen=True)
class _Headed:
    """A sheet and the position of its line of headings."""

    sheet: Sheet
    position: int
    columns: tuple[Column, ...]
    score: int

    @property
    def has_names(self) -> bool:
        return bool(_NAMES & {column.field for column in self.columns})

    @property
    def people(self) -> tuple[Row, ...]:
        return self.sheet.rows[self.position + 1 :]


def build_grid(sheets: Sequence[Sheet], kind: str, choices: Mapping[str, str], wanted: str = "") -> Grid:
    """Return the people's lines of a file. `wanted`: the name of a sheet, ALL_SHEETS, or "" for the first that fits.

    Raises NoPeople with a French sentence: no headings, headings only, too many lines.
    """
    headed = [found for sheet in sheets if sheet.rows and (found := _headings_of(sheet, kind, choices))]
    with_people = [found for found in headed if found.people] or headed
    named = [found for found in with_people if found.has_names]
    if not with_people:
        raise NoPeople(
            "Aucune ligne d’intitulés n’est reconnue (Nom, Prénom…) ; écrivez-les au-dessus des personnes, "
            "puis déposez le fichier de nouveau."
        )
    names = tuple(found.sheet.name for found in with_people)
    if wanted == ALL_SHEETS and len(named) > 1:
        chosen = named
    else:
        by_name = {found.sheet.name: found for found in with_people}
        best = max(with_people, key=lambda found: (found.has_names, found.score, bool(found.people)))
        chosen = [by_name.get(wanted, best)]
    grid = _assembled(chosen, kind, choices)
    if not grid.lines and not grid.asides:
        raise NoPeople("Ce fichier n’a que des intitulés, personne n’est écrit dessous ; complétez-le.")
    if len(grid.lines) > MAX_ROWS:
        raise NoPeople("Ce fichier a plus de 20 000 lignes ; coupez-le en plusieurs fichiers.")
    return Grid(
        kind=kind,
        columns=grid.columns,
        lines=grid.lines,
        asides=grid.asides,
        notices=grid.notices,
        sheets=names if len(names) > 1 else (),
        several_fit=len(named) > 1,
        sheet=ALL_SHEETS if len(chosen) > 1 else chosen[0].sheet.name,
        other_kind_fits_better=_other_fits_better(chosen[0], kind),
        fields=frozenset(column.field for column in grid.columns if column.field),
    )


def _headings_of(sheet: Sheet, kind: str, choices: Mapping[str, str]) -> _Headed | None:
    """Return the line that announces most things among the first ones; None when nothing looks like headings."""
    best, position = 0, -1
    for index, row in enumerate(sheet.rows[:_WITHIN]):
        points = headings.score(row.cells, kind, choices)
        if points > best:
            best, position = points, index
    if position < 0:
        position = _textual_line(sheet)
        if position < 0:
            return None
    return _Headed(sheet, position, headings.columns_of(sheet.rows[position].cells, kind, choices), best)


def _textual_line(sheet: Sheet) -> int:
    """Return the first line made of short texts only, above others: headings in words nobody taught us, perhaps."""
    for index, row in enumerate(sheet.rows[:_WITHIN]):
        cells = [cell for cell in row.cells if cell is not None]
        looks = all(isinstance(cell, str) and len(cell) <= 60 and not re.search(r"[@\d]", cell) for cell in cells)
        if len(cells) >= 2 and looks and len(sheet.rows) > index + 1:
            return index
    return -1


def _assembled(chosen: Sequence[_Headed], kind: str, choices: Mapping[str, str]) -> Grid:
    """Lay the chosen sheets one under the other, their columns found by their headings."""
    if len(chosen) == 1:
        columns = _used_columns(chosen[0])
        places = [{column.place: column.place for column in columns}]
    else:
        titles: dict[str, str] = {}
        for found in chosen:
            for column in _used_columns(found):
                titles.setdefault(column.key, column.heading)
        columns = headings.columns_of(list(titles.values()), kind, choices)
        by_key = {key: place for place, key in enumerate(titles)}
        places = [{column.place: by_key[column.key] for column in _used_columns(found)} for found in chosen]
    lines: list[Line] = []
    asides: list[Aside] = []
    notices: list[Issue] = []
    for found, place in zip(chosen, places, strict=True):
        reader = _SheetReader(found, columns, place, len(chosen) > 1)
        reader.read()
        lines += reader.lines
        asides += reader.asides
        notices += reader.notices()
    return Grid(kind, tuple(columns), tuple(lines), tuple(asides), tuple(notices))


def _used_columns(found: _Headed) -> tuple[Column, ...]:
    """Return the columns that have a heading or something under it."""
    width = max((len(row.cells) for row in found.people), default=0)
    columns = list(found.columns)
    columns += [
        Column(place, f"Colonne {headings.letters(place)}, sans intitulé", f"colonne {headings.letters(place)}", None,
               headings.Source.NOBODY)
        for place in range(len(columns), width)
    ]  # fmt: skip
    filled = {place for row in found.people for place, cell in enumerate(row.cells) if cell is not None}
    return tuple(
        column for column in columns if column.place in filled or not column.heading.endswith(", sans intitulé")
    )


class _SheetReader:
    """Sort the lines under the headings of one sheet: people, headings again, totals, lines of one text."""

    def __init__(self, found: _Headed, columns: Sequence[Column], place: Mapping[int, int], name_sheet: bool):
        self.found, self.columns, self.place = found, columns, place
        self.sheet = found.sheet.name if name_sheet else ""
        self.lines: list[Line] = []
        self.asides: list[Aside] = []
        self.repeated: list[Spot] = []
        self.totals: list[Spot] = []
        self.by_place = {column.place: column for column in columns}
        self.titles = {self.place[column.place]: folded(column.heading) for column in _used_columns(found)}
        self.is_wide = sum(column.field is not None for column in columns) >= 3

    def read(self) -> None:
        """Fill `lines` and `asides`."""
        section = ""
        last = self._last_full_position()
        for position, row in enumerate(self.found.people):
            line = self._line(row, section)
            filled = [place for place, cell in enumerate(line.cells) if cell is not None]
            if not filled:
                continue
            if self._repeats_headings(line, filled):
                self.repeated.append(line.spot)
            elif self._is_total(line, filled):
                self.totals.append(line.spot)
            elif len(filled) == 1 and self.is_wide:
                text = shown(line.cells[filled[0]], 200)
                is_note = position > last and (len(text.split()) > 2 or bool(self.totals))
                is_note = is_note or bool(_NOTE.match(text)) or len(text.split()) > 5
                self.asides.append(Aside(line, text, self.by_place[filled[0]], is_note))
                section = "" if is_note else text
            else:
                self.lines.append(line)

    def _line(self, row: Row, section: str) -> Line:
        cells: list[Cell] = [None] * (max(self.place.values(), default=-1) + 1)
        for place, cell in enumerate(row.cells):
            if place in self.place:
                cells[self.place[place]] = cell
        return Line(Spot(self.sheet, row.number), tuple(cells), section)

    def _last_full_position(self) -> int:
        full = [
            position
            for position, row in enumerate(self.found.people)
            if sum(cell is not None for cell in row.cells) > 1 and not self._starts_with_total(row.cells)
        ]
        return full[-1] if full else -1

    def _repeats_headings(self, line: Line, filled: list[int]) -> bool:
        return len(filled) > 1 and all(
            isinstance(line.cells[place], str) and folded(shown(line.cells[place], 80)) == self.titles.get(place)
            for place in filled
        )

    def _is_total(self, line: Line, filled: list[int]) -> bool:
        return len(filled) <= max(3, len(self.columns) // 3) and self._starts_with_total(line.cells)

    @staticmethod
    def _starts_with_total(cells: Sequence[Cell]) -> bool:
        first = next((cell for cell in cells if cell is not None), None)
        return isinstance(first, str) and bool(_TOTAL.match(folded(first)))

    def notices(self) -> list[Issue]:
        """Say which lines were left out, since a person might be among them."""
        return [
            Issue(
                Severity.NOTICE, code, tuple(spots), "", "",
                singular if len(spots) == 1 else plural(len(spots), singular, several), "",
            )
            for code, spots, singular, several in (
                ("repeated_headings", self.repeated, "ligne d’intitulés répétée, passée",
                 "lignes d’intitulés répétées, passées"),
                ("totals", self.totals, "ligne de total, passée", "lignes de total, passées"),
            )
            if spots
        ]  # fmt: skip


def _other_fits_better(found: _Headed, kind: str) -> bool:
    """Tell whether the headings speak of the other kind of people: a file in the wrong box."""
    cells = found.sheet.rows[found.position].cells
    other = MENTORS if kind == REGISTRANTS else REGISTRANTS
    return headings.score(cells, other, {}) >= headings.score(cells, kind, {}) + 3
