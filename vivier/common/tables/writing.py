"""Rows → XLSX or CSV bytes. Texts that a spreadsheet would run as formulas are made harmless; numbers stay numbers."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO

from vivier.common.tables.cells import Cell

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: No XLSX file may hold them.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Output:
    """One sheet to write. `notes` are lines above the headings (what the sheet is, "données de démonstration")."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = field(default=())


def neutralised(value: Cell) -> Cell:
    """Return a text that no spreadsheet runs: `'` before =, +, -, @, tab or return. What is not text is untouched."""
    if isinstance(value, str):
        value = FORBIDDEN.sub("", value)
        if value.startswith(_RUNS_AS_FORMULA):
            return f"'{value}"
    return value


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str = ";") -> bytes:
    """Return a text file that a French Excel opens well: UTF-8 with mark, semicolons, dates as dd/mm/yyyy."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_as_text(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(outputs: Sequence[Output]) -> bytes:
    """Return a workbook of one sheet or more; aware times must be made local by the caller (their zone is dropped)."""
    from vivier.common.tables import workbooks  # openpyxl is a sixth of the start of every command

    return workbooks.write(outputs)


def _as_text(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return neutralised(value)
