"""Read one workbook from the standard input and write its cells as JSON: the body of a process of its own.

A workbook that somebody forged may make the native reader ask for all the memory there is, or never end: here only
this process suffers. Run by its path, so it imports nothing of the project. Output: {"error": code} or
{"sheets": [{"name", "rows": [[number, [cell…]]…]}]}; dates are {"d": "2010-03-01"} or {"t": "2010-03-01T14:00:00"}.
"""

import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO

MEMORY = 1_500 * 1024 * 1024
SECONDS = 30
MAX_ROWS = 21_000
MAX_COLUMNS = 200
MAX_CELLS = 12_000_000
MAX_TEXT = 5_000


def plain(value):
    """Return a cell as JSON can hold it; empty text becomes None."""
    if isinstance(value, str):
        return value[:MAX_TEXT] or None
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def is_empty(cell) -> bool:
    """Tell whether a cell shows nothing (U+00A0, U+200B and their like are nothing)."""
    return cell is None or (isinstance(cell, str) and not cell.strip().strip("\u200b\ufeff\u00a0 "))


def fill_merged(rows: list[list], ranges) -> None:
    """Repeat the value of cells merged downwards: a city written once beside its ten girls stands on ten lines."""
    for (top, left), (bottom, right) in ranges or ():
        if left == right and bottom > top:
            for line in range(top + 1, min(bottom + 1, len(rows))):
                if left < len(rows[line]) and is_empty(rows[line][left]):
                    rows[line][left] = rows[top][left]


def lines(sheet) -> list:
    """Return [number, cells] of the lines that are not empty, without the empty cells at their ends."""
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise OverflowError("bomb")
    rows = [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    fill_merged(rows, sheet.merged_cell_ranges)
    kept = []
    for number, row in enumerate(rows, start=1):
        while row and is_empty(row[-1]):
            row.pop()
        if row:
            kept.append([number, row])
            if len(row) > MAX_COLUMNS:
                raise OverflowError("too_wide")
            if len(kept) > MAX_ROWS:
                raise OverflowError("too_long")
    return kept


def read(content: bytes) -> dict:
    """Return the sheets that are shown, or all of them when none is."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        known = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        shown = [sheet for sheet in known if sheet.visible == calamine.SheetVisibleEnum.Visible] or known
        return {"sheets": [{"name": sheet.name, "rows": lines(book.get_sheet_by_name(sheet.name))} for sheet in shown]}
    except calamine.PasswordError:
        return {"error": "locked"}
    except OverflowError as error:
        return {"error": str(error)}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
