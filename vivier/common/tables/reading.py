"""Bytes → sheets: text files of any usual encoding and separator, XLSX, ODS and XLS."""

import csv
import json
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from vivier.common.tables.cells import Cell, Row, Sheet
from vivier.common.tables.formats import MAX_ROWS, SENTENCES, Format, UnreadableTable, recognised_format

_CHILD = Path(__file__).with_name("child.py")
_CHILD_SECONDS = 60
#: Title, headings, totals and notes come on top of the people.
_MAX_LINES = MAX_ROWS + 1_000
_MAX_COLUMNS = 200
_MAX_TEXT = 5_000
#: No cell of a list of people has more lines: a quote was opened and never closed.
_MAX_LINES_IN_CELL = 30
#: What a cell may hold and still show nothing.
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_SEPARATORS = (";", "\t", ",", "|")
#: What tells a wrong decoding from a right one, since each of these encodings accepts almost any bytes.
_FRENCH = frozenset("éèêëàâîïôùûçÉÈÊÀÂÎÔÇœŒ’‘«»…–°€")
_ONE_BYTE_ENCODINGS = ("cp1252", "mac_roman", "cp850")


def read_sheets(content: bytes) -> list[Sheet]:
    """Return the sheets of a file, told apart by their content. Raises UnreadableTable with a French sentence."""
    kind = recognised_format(content)
    sheets = [_read_text(content)] if kind is Format.TEXT else _read_workbook(content)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableTable("empty")
    return sheets


def _read_workbook(content: bytes) -> list[Sheet]:
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=_CHILD_SECONDS,
            check=True,
        )
        answer = json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableTable("damaged") from error
    if code := answer.get("error"):
        raise UnreadableTable(code if code in SENTENCES else "damaged")
    return [
        Sheet(
            name=sheet["name"].strip(),
            rows=tuple(Row(number, tuple(_cell(cell) for cell in cells)) for number, cells in sheet["rows"]),
        )
        for sheet in answer["sheets"]
    ]


def _cell(value) -> Cell:
    if isinstance(value, str):
        return value if value.strip(_BLANKS) else None
    if isinstance(value, dict):
        try:
            return date.fromisoformat(value["d"]) if "d" in value else datetime.fromisoformat(value["t"])
        except ValueError:  # a year that Python cannot hold
            return str(value.get("d") or value.get("t"))
    return value


# --- Text files -------------------------------------------------------------------------------------------------


def _read_text(content: bytes) -> Sheet:
    text = decoded(content)
    if text[:4].lower() == "sep=" and len(text) > 4:  # Excel reads this line and hides it
        separator, text = text[4], text.partition("\n")[2]
    else:
        separator = _separator(text)
    rows = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            if any(value.count("\n") > _MAX_LINES_IN_CELL for value in values):
                raise UnreadableTable("quote", line=number)
            cells = tuple(value[:_MAX_TEXT] if value.strip(_BLANKS) else None for value in values)
            if not any(cells):
                continue
            if len(cells) > _MAX_COLUMNS and any(cells[_MAX_COLUMNS:]):
                raise UnreadableTable("too_wide")
            rows.append(Row(number, cells))
            if len(rows) > _MAX_LINES:
                raise UnreadableTable("too_long")
    except csv.Error as error:
        raise UnreadableTable("quote", line=number + 1) from error
    return Sheet(name="", rows=tuple(rows))


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with or without mark, else the encoding that makes most French."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    head = content[:2000]
    if head.count(0) > len(head) // 4:
        return content.decode("utf-16-be" if head[0] == 0 else "utf-16-le", errors="replace")
    if 0 in content:
        raise UnreadableTable("binary")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        tries = [content.decode(encoding, errors="replace") for encoding in _ONE_BYTE_ENCODINGS]
        text = max(tries, key=lambda tried: sum(letter in _FRENCH for letter in tried[:200_000]))
    controls = sum(letter < " " and letter not in "\t\r\n\f\v" for letter in text[:4000])
    if controls > len(text[:4000]) // 50 + 1:
        raise UnreadableTable("binary")
    return text


def _separator(text: str) -> str:
    """Return the separator that cuts the first lines into the same number of cells, the greatest number first."""
    sample = text[:20_000].splitlines()[:60]

    def regularity(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1)
        except csv.Error:
            return (0, 0)
        return (max(widths.values()), max(widths)) if widths else (0, 0)

    return max(_SEPARATORS, key=regularity)
