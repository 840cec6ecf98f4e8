"""The shape of a table that was read."""

from dataclasses import dataclass
from datetime import date, datetime

#: What a cell may hold; None: it shows nothing. Texts are as they stand in the file, spaces included.
Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is not empty; `number` is the one that a spreadsheet program shows beside it (from 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a sheet, empty ones left out; `name` is "" for a text file."""

    name: str
    rows: tuple[Row, ...]
