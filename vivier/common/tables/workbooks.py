"""Rows → XLSX bytes, with openpyxl; `writing` says what a sheet is and loads this when one is asked for."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from vivier.common.tables.cells import Cell
from vivier.common.tables.writing import FORBIDDEN, Output, neutralised

_HEADING = Font(bold=True)
_HEADING_FILL = PatternFill("solid", fgColor="E0F0F2")
_TITLE = Font(bold=True, size=13)
_WRAP = Alignment(wrap_text=True, vertical="top")


def write(outputs: Sequence[Output]) -> bytes:
    """Return the bytes of a workbook with these sheets."""
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


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: at most 31 characters, none of []:*?/\\, unlike the others."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", FORBIDDEN.sub("", name)).strip()[:31] or "Feuille"
    unique, rank = clean, 2
    while unique.casefold() in taken:
        unique, rank = f"{clean[:27]} {rank}", rank + 1
    taken.add(unique.casefold())
    return unique
