"""What a file is, from its headings. The formats are data: `formats.toml`."""

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from vivier.common.text import folded
from vivier.territories.importing.files import GEOMETRY, Table

#: Official workbooks have titles above their headings; nobody puts more rows than this.
_HEADING_WITHIN = 40


@dataclass(frozen=True)
class Format:
    """A kind of file: which fields it must have, under which headings, and which headings belong to other kinds."""

    kind: str
    label: str
    required: tuple[str, ...]
    never: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]

    def match(self, headings: Iterable[tuple[int | str, str]]) -> dict[str, int | str] | None:
        """Return where each field is (a position or a key), or None when this is another kind of file.

        `headings` pairs each position or key with its heading in normal form.
        """
        places: dict[str, int | str] = {}
        for place, heading in headings:
            places.setdefault(heading, place)
        if self.never & places.keys():
            return None
        found = {
            name: next(places[heading] for heading in spellings if heading in places)
            for name, spellings in self.fields.items()
            if any(heading in places for heading in spellings)
        }
        return found if all(name in found for name in self.required) else None


@dataclass(frozen=True)
class Recognised:
    """A table whose kind is known. `places` says where its fields are, `first` which row is the first."""

    format: Format
    table: Table
    places: Mapping[str, int | str]
    first: int

    def rows(self) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield (line, values by field); a field that the row lacks is absent, text is not yet cleaned."""
        for line, cells in islice(self.table.rows(), self.first, None):
            if isinstance(cells, Mapping):
                values = self._from_keys(cells)
            else:
                values = {name: cells[place] for name, place in self.places.items() if place < len(cells)}
                if not any(str(value).strip() for value in values.values()):
                    continue
            yield line, values

    def _from_keys(self, row: Mapping[str, object]) -> dict[str, object]:
        """Return the fields of a JSON object; each object has keys of its own, some appear late in the file."""
        by_heading = {normal_heading(key): value for key, value in row.items() if key != GEOMETRY}
        values = {
            name: next(by_heading[heading] for heading in spellings if heading in by_heading)
            for name, spellings in self.format.fields.items()
            if not by_heading.keys().isdisjoint(spellings)
        }
        if GEOMETRY in row:
            values["geometry"] = row[GEOMETRY]
        return values


@functools.lru_cache(maxsize=4096)
def normal_heading(heading: object) -> str:
    """Return a heading as formats compare them: "Code_Officiel_Commune" becomes "codeofficielcommune"."""
    return folded(str(heading)).replace(" ", "")


@functools.cache
def _data() -> dict:
    with Path(__file__).with_name("formats.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def formats() -> tuple[Format, ...]:
    """Return the known formats, in the order in which they must be applied."""
    return tuple(
        Format(
            kind=row["kind"],
            label=row["label"],
            required=tuple(row["required"]),
            never=frozenset(row["never"]),
            fields={name: tuple(spellings) for name, spellings in row["fields"].items()},
        )
        for row in _data()["format"]
    )


@functools.cache
def words(list_name: str) -> dict[str, str]:
    """Return the code behind each accepted word of a list of `formats.toml` ("density", "commune_type", "coverage")."""
    return {word: code for code, accepted in _data()[list_name].items() for word in accepted}


def recognise(table: Table) -> Recognised | None:
    """Return the table with its format, or None."""
    head = table.head()
    if head and isinstance(head[0][1], Mapping):
        keys = dict.fromkeys(key for _, row in head for key in row if key != GEOMETRY)
        return _first_match(table, [(key, normal_heading(key)) for key in keys], 0)
    for index, (_, cells) in enumerate(head[:_HEADING_WITHIN]):
        if found := _first_match(table, [(place, normal_heading(cell)) for place, cell in enumerate(cells)], index + 1):
            return found
    return None


def _first_match(table: Table, headings: Sequence[tuple[int | str, str]], first: int) -> Recognised | None:
    for known in formats():
        if places := known.match(headings):
            return Recognised(known, table, places, first)
    return None
