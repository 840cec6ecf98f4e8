"""Spreadsheets as bytes, in every format people use, without the programs that make them."""

import csv
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from openpyxl import Workbook

Rows = Sequence[Sequence]


def as_csv(rows: Rows, *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Return a text file; dates are written as in France."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            [value.strftime("%d/%m/%Y") if isinstance(value, date) else "" if value is None else value for value in row]
        )
    return text.getvalue().encode(encoding)


def as_xlsx(
    rows: Rows, *, name: str = "Liste", merged: Sequence[str] = (), others: dict[str, Rows] | None = None
) -> bytes:
    """Return a workbook; `merged`: ranges of the first sheet, `others`: more sheets by name."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for title, lines in (others or {}).items():
        more = book.create_sheet(title)
        for row in lines:
            more.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def as_ods(rows: Rows, *, name: str = "Feuille1") -> bytes:
    """Return an OpenDocument spreadsheet with the parts that a reader needs, and the empty rows of LibreOffice."""
    lines = []
    for row in rows:
        cells = "".join(_ods_cell(value) for value in row)
        lines.append(
            f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        )
    lines.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>')
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="{escape(name)}">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return as_zip({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime | date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def as_zip(parts: dict[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


# --- Excel 97 -----------------------------------------------------------------------------------------------------


def as_xls(rows: Rows, *, name: str = "Liste") -> bytes:
    """Return an Excel 97 workbook of texts and numbers (BIFF8 in a compound file)."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, int | float):
                sheet += _record(0x0203, place + struct.pack("<d", value))
            elif value is not None:
                sheet += _record(0x0204, place + _text(str(value)))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    label = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    bound = 4 + 6 + len(label)
    position = len(start) + bound + 4
    book = start + _record(0x0085, struct.pack("<IBB", position, 0, 0) + label) + _record(0x000A, b"") + sheet
    return _compound("Workbook", book)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(value: str) -> bytes:
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


def _compound(name: str, stream: bytes, sector: int = 512) -> bytes:
    """Return a compound file (the container of old Office files) that holds one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    fat_sectors = 1
    while (count + 1 + fat_sectors) * 4 > fat_sectors * sector:
        fat_sectors += 1
    first = fat_sectors + 1
    fat = [0xFFFFFFFD] * fat_sectors + [0xFFFFFFFE]
    fat += [first + place + 1 for place in range(count - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (fat_sectors * sector // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, fat_sectors, 0, 4096, 0xFFFFFFFE,
                          0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", *(list(range(fat_sectors)) + [0xFFFFFFFF] * (109 - fat_sectors)))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, first, len(stream))
    directory += _entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
