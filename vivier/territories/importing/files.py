"""Bytes into rows. Every file is hostile until read: errors are `Unreadable`, sizes are bounded."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

#: The largest official file is 9 MB; nothing that a referential of France needs goes beyond these.
LARGEST_FILE = 48 * 1024 * 1024
LARGEST_UNZIPPED = 256 * 1024 * 1024
MOST_CELLS = 5_000_000
MOST_ROWS = 500_000
_HEAD = 200
#: Where JSON keeps the geometry of a feature, beside its properties.
GEOMETRY = "geometry of the feature"

Row = tuple[int, Sequence | Mapping]


class Unreadable(Exception):
    """A file cannot be read; `line` is where it breaks. `broken`: it is of a known language, and was cut or damaged."""

    def __init__(self, reason: str, line: int = 1, *, broken: bool = False):
        super().__init__(reason)
        self.line = line
        self.broken = broken


def _broken_json(text: str, position: int) -> Unreadable:
    line = text.count("\n", 0, position) + 1
    return Unreadable("le JSON est coupé ou mal formé à cet endroit", line, broken=True)


@dataclass(frozen=True)
class Table:
    """One way to read a file. `sheet` is the sheet of a workbook; rows are cells in order, or mappings for JSON."""

    sheet: str
    read: Callable[[], Iterator[Row]]

    def head(self) -> list[Row]:
        """Return the first rows, enough to recognise what they are, even where the file breaks soon after them."""
        first: list[Row] = []
        try:
            for row in islice(self.read(), _HEAD):
                first.append(row)
        except Unreadable:
            if not first:
                raise
        return first

    def rows(self) -> Iterator[Row]:
        """Yield all rows; raises Unreadable where the file breaks or has more rows than France needs."""
        for count, row in enumerate(self.read()):
            if count >= MOST_ROWS:
                raise Unreadable(f"plus de {MOST_ROWS} lignes, ce n’est pas un référentiel de communes", row[0])
            yield row


def tables(path: Path) -> list[Table]:
    """Return the ways to read a file as rows: one for each separator of a text, for each sheet of a workbook.

    Raises Unreadable with a French reason.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"plus de {LARGEST_FILE // 1024**2} Mo, ce n’est pas un référentiel de communes")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"lecture impossible ({error.strerror})") from error
    if not content.strip():
        raise Unreadable("le fichier est vide")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    text = _text(content)
    if text.lstrip()[:1] in ("[", "{"):
        return [Table("", partial(_json_rows, text))]
    separators = [mark for mark in ";,\t|" if mark in text[:20_000]]
    return [Table("", partial(_csv_rows, text, mark)) for mark in separators]


def _text(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable("l’encodage annoncé en tête de fichier n’est pas celui du texte") from error
    # A few NUL bytes are damage, which costs a row; many are another kind of file.
    if content.count(b"\x00", 0, 4096) > 40:
        raise Unreadable("fichier binaire ; convertissez-le en CSV, JSON ou XLSX")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


# --- Separated text -------------------------------------------------------------------------------------------


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _csv_rows(text: str, separator: str) -> Iterator[Row]:
    # One line at a time: a text buffer would be a second copy of the whole file.
    reader = csv.reader((line[0] for line in _LINE.finditer(text)), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("cellule démesurée : un guillemet est sans doute resté ouvert", line) from error


# --- JSON -----------------------------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\r\n]*")


def _refuse_constant(name: str):
    raise ValueError(f"« {name} » n’est pas un nombre")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _value_at(text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise _broken_json(text, getattr(error, "pos", start)) from error


def _json_rows(text: str) -> Iterator[Row]:
    """Yield the objects of a JSON list, of the features of a GeoJSON, or of the first list found in an object."""
    start = _SPACE.match(text).end()
    if text[start] == "[":
        yield from _json_list(text, start)
        return
    position = _SPACE.match(text, start + 1).end()
    while text[position : position + 1] == '"':
        _, position = _value_at(text, position)
        position = _SPACE.match(text, position).end()
        if text[position : position + 1] != ":":
            break
        position = _SPACE.match(text, position + 1).end()
        if text[position : position + 1] == "[":
            yield from _json_list(text, position)
            return
        _, position = _value_at(text, position)
        position = _SPACE.match(text, position).end()
        if text[position : position + 1] == ",":
            position = _SPACE.match(text, position + 1).end()
    if text[position : position + 1] != "}":
        raise _broken_json(text, position)


def _json_list(text: str, start: int) -> Iterator[Row]:
    line, counted = 1, 0
    position = _SPACE.match(text, start + 1).end()
    while text[position : position + 1] != "]":
        line, counted = line + text.count("\n", counted, position), position
        value, position = _value_at(text, position)
        yield line, _flat_feature(value)
        position = _SPACE.match(text, position).end()
        if text[position : position + 1] == ",":
            position = _SPACE.match(text, position + 1).end()
        elif text[position : position + 1] != "]":
            raise _broken_json(text, position)


def _flat_feature(value: object) -> Mapping:
    """Return the keys of an object; for a GeoJSON feature, its properties and its geometry."""
    if not isinstance(value, dict):
        return {}
    properties = value.get("properties")
    if value.get("type") == "Feature" and isinstance(properties, dict):
        return {**properties, GEOMETRY: value.get("geometry")}
    return value


# --- Workbooks ------------------------------------------------------------------------------------------------

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def _workbook(content: bytes) -> list[Table]:
    try:
        _refuse_huge_sheets(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            filled = [(line, cells) for line, cells in enumerate(rows, 1) if any(cell != "" for cell in cells)]
            found.append(Table(name, partial(iter, filled)))
        return found
    except Unreadable:
        raise
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            "ce n’est pas un classeur XLSX lisible ; ouvrez-le dans un tableur et réenregistrez-le"
        ) from error
    except BaseException as error:
        # The Rust library reports its own defects as a PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("ce classeur est abîmé ; ouvrez-le dans un tableur et réenregistrez-le") from error


def _refuse_huge_sheets(content: bytes) -> None:
    """Raise Unreadable for an archive that is no workbook, or whose sheets would not fit in memory once opened.

    The library reserves a rectangle from the first cell to the last: one cell far away is enough to fill a machine.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if not any(member.filename == "xl/workbook.xml" for member in members):
            raise Unreadable("archive qui n’est pas un classeur XLSX ; décompressez-la dans le dossier")
        if sum(member.file_size for member in members) > LARGEST_UNZIPPED:
            raise Unreadable("classeur trop gros une fois décompressé")
        for member in members:
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                columns = rows = 1
                for letters, number in _CELL.findall(archive.read(member)):
                    rows = max(rows, int(number))
                    columns = max(columns, _column(letters))
                if rows * columns > MOST_CELLS:
                    raise Unreadable("une feuille a trop de lignes ou de colonnes ; supprimez les cellules inutiles")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
