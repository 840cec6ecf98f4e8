"""Rows → XLSX or CSV bytes. Texts that a spreadsheet would run as formulas are made harmless; numbers stay numbers."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from vivier.common.tables.cells import Cell

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEADING = Font(bold=True)
_HEADING_FILL = PatternFill("solid", fgColor="E0F0F2")
_TITLE = Font(bold=True, size=13)
_WRAP = Alignment(wrap_text=True, vertical="top")


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
        value = _FORBIDDEN.sub("", value)
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
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for output in outputs:
        _write_sheet(book.create_sheet(_sheet_name(output.name, taken)), output)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_sheet(sheet, output: Output) -> None:
    rows = [[_as_cell(value) for value in row] for row in output.rows]
    for column, heading in enumerate(output.headings):
        longest = max((len(str(row[column])) for row in rows[:500] if row[column] is not None), default=0)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest, len(heading)) + 3, 60)
    sheet.freeze_panes = f"A{len(output.notes) + 2}"
    for note in output.notes:
        sheet.append([_styled(sheet, neutralised(note), font=_TITLE)])
    sheet.append([_styled(sheet, neutralised(text), font=_HEADING, fill=_HEADING_FILL) for text in output.headings])
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row])
    if output.headings:
        last = len(output.notes) + 1 + len(rows)
        sheet.auto_filter.ref = f"A{len(output.notes) + 1}:{get_column_letter(len(output.headings))}{last}"


def _as_cell(value: Cell) -> Cell:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.replace(tzinfo=None)
    return neutralised(value)


def _typed(sheet, value: Cell):
    if isinstance(value, datetime):
        return _styled(sheet, value, number_format="DD/MM/YYYY HH:MM")
    if isinstance(value, date):
        return _styled(sheet, value, number_format="DD/MM/YYYY")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str) and "\n" in value:
        return _styled(sheet, value, alignment=_WRAP)
    return value


def _styled(sheet, value: Cell, **styles) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    for name, style in styles.items():
        setattr(cell, name, style)
    return cell


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


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: at most 31 characters, none of []:*?/\\, unlike the others."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", _FORBIDDEN.sub("", name)).strip()[:31] or "Feuille"
    unique, rank = clean, 2
    while unique.casefold() in taken:
        unique, rank = f"{clean[:27]} {rank}", rank + 1
    taken.add(unique.casefold())
    return unique
