"""From the heading of a column to what it holds: French synonyms (data/headings.csv), and her own choices first."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from vivier.common.tables import Cell
from vivier.common.text import folded
from vivier.imports.fields import BY_CODE, IGNORED, MENTORS, REGISTRANTS, Field, fields_of
from vivier.imports.issues import shown
from vivier.imports.slots import slots_of_heading

_TABLE = Path(__file__).parent / "data" / "headings.csv"
_IN_BRACKETS = re.compile(r"\([^)]*\)")
#: As long as the column that remembers it.
_LONGEST_KEY = 200


class Source(StrEnum):
    """Who said what a column holds."""

    TABLE = "table"
    CHOICE = "choice"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its heading as written, the key that remembers it, and what it holds.

    `field`: a code of `fields`, IGNORED when set aside, None when nobody knows. `doubles`: the heading of the column
    that holds the same already, which this one may complete but not contradict.
    """

    place: int
    heading: str
    key: str
    field: str | None
    source: Source
    doubles: str = ""

    @property
    def label(self) -> str:
        """What it is taken for, in words."""
        if self.field is None:
            return "non reconnue"
        return BY_CODE[self.field].label if self.field else "laissée de côté"


@dataclass(frozen=True, slots=True)
class _Synonym:
    field: str
    otherwise: str | None


@cache
def synonyms(kind: str) -> Mapping[str, _Synonym]:
    """Return folded heading → what it holds, for one kind of file; raises ValueError where the table is wrong."""
    known = {field.code for field in fields_of(kind)}
    found: dict[str, _Synonym] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] not in ("both", REGISTRANTS, MENTORS):
                raise ValueError(f"{row}: unknown kind")
            if row["kind"] not in ("both", kind):
                continue
            fields = [IGNORED if code == "ignored" else code for code in (row["field"], row["otherwise"])]
            synonym = _Synonym(fields[0], fields[1] or None)
            key = folded(row["heading"])
            if not key or (fields[0] and fields[0] not in known):
                raise ValueError(f"{row}: unknown field or empty heading")
            if found.setdefault(key, synonym) != synonym:
                raise ValueError(f"{row}: two meanings for one heading")
    return found


def recognised(heading: str, kind: str) -> _Synonym | None:
    """Return what the table says of a heading: as it is, then without what stands in brackets, then as a half-day."""
    table = synonyms(kind)
    for text in (heading, _IN_BRACKETS.sub(" ", heading)):
        if found := table.get(folded(text)):
            return found
    return _Synonym("slot_column", None) if slots_of_heading(heading) else None


def heading_key(heading: str, place: int, rank: int) -> str:
    """Return the key under which the meaning of a heading is remembered; `rank` counts equal headings from 1."""
    key = folded(heading)[:_LONGEST_KEY] or f"colonne {letters(place)}"
    return key if rank == 1 else f"{key[: _LONGEST_KEY - 5]} {rank}"


def columns_of(cells: Sequence[Cell], kind: str, choices: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of a line of headings; `choices` (key → field) come before the table."""
    ranks: dict[str, int] = {}
    allowed = {field.code for field in fields_of(kind)} | {IGNORED}
    columns: list[Column] = []
    readings: list[_Synonym | None] = []
    for place, cell in enumerate(cells):
        heading = shown(cell, 80)
        rank = ranks[folded(heading)] = ranks.get(folded(heading), 0) + 1
        key = heading_key(heading, place, rank)
        reading = recognised(heading, kind) if heading else None
        readings.append(reading)
        if choices.get(key) in allowed:
            field, source = choices[key], Source.CHOICE
        elif reading:
            field, source = reading.field, Source.TABLE
        else:
            field, source = None, Source.NOBODY
        columns.append(Column(place, heading or f"Colonne {letters(place)}, sans intitulé", key, field, source))
    return _without_doubles(columns, readings)


def _without_doubles(columns: list[Column], readings: list[_Synonym | None]) -> tuple[Column, ...]:
    """Give a field to one column only: first to those she chose, then to the most explicit heading."""
    holders: dict[str, Column] = {}

    def claim(column: Column, field: str | None) -> Column:
        final = Column(column.place, column.heading, column.key, field, column.source)
        if field and not BY_CODE[field].is_many:
            if field in holders:
                return Column(column.place, column.heading, column.key, field, column.source, holders[field].heading)
            holders[field] = final
        return final

    def rank(column: Column) -> tuple[bool, bool, int]:
        reading = readings[column.place]
        hesitant = bool(reading and reading.otherwise)
        return (column.source is not Source.CHOICE, hesitant, column.place)

    done: dict[int, Column] = {}
    for column in sorted(columns, key=rank):
        reading, field = readings[column.place], column.field
        otherwise = reading.otherwise if reading and column.source is Source.TABLE else None
        if otherwise and field in holders and otherwise not in holders:
            field = otherwise
        done[column.place] = claim(column, field)
    return tuple(done[place] for place in sorted(done))


def score(cells: Sequence[Cell], kind: str, choices: Mapping[str, str]) -> int:
    """Return how many different things a line of headings announces (0: it is no line of headings)."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) * 2 < sum(cell is not None for cell in cells):
        return 0
    return len({column.field or column.key for column in columns_of(cells, kind, choices) if column.field is not None})


def letters(place: int) -> str:
    """Return the name of a column in a spreadsheet: 0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def choosable(kind: str) -> list[tuple[str, str]]:
    """Return (code, label) of what a column may be said to hold."""
    fields: tuple[Field, ...] = fields_of(kind)
    return [(field.code, field.label) for field in fields]
