"""What a file is, told from its first bytes and its parts, never from its name; or why it cannot be read."""

import zipfile
from enum import StrEnum
from io import BytesIO

from vivier.common.errors import DomainError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
#: A spreadsheet of 10 Mo holds less than this once unpacked; what claims more is a trap.
MAX_UNPACKED_BYTES = 250 * 1024 * 1024
MAX_PARTS = 5_000

_ASK_XLSX = "ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le au format .xlsx"
SENTENCES = {
    "empty": "Ce fichier est vide ; vérifiez que vous avez choisi le bon.",
    "too_heavy": "Ce fichier dépasse 10 Mo ; retirez-en les images et les feuilles inutiles, ou coupez-le en deux.",
    "too_long": "Ce fichier a plus de 20 000 lignes ; coupez-le en plusieurs fichiers.",
    "too_wide": "Ce fichier a plus de 200 colonnes ; ne gardez que celles qui décrivent les personnes.",
    "bomb": "Une fois décompressé, ce fichier est démesuré ; copiez vos lignes dans un nouveau classeur.",
    "locked": "Ce fichier est protégé par un mot de passe ; retirez la protection, puis déposez-le de nouveau.",
    "macros": "Ce classeur contient des macros (.xlsm), qui ne sont jamais lues ici ; enregistrez-le au format .xlsx.",
    "xlsb": f"Ce classeur binaire (.xlsb) n’est pas lu ici ; {_ASK_XLSX}.",
    "numbers": "Ce fichier vient de Numbers ; dans Numbers, choisissez Fichier, Exporter vers, Excel.",
    "word": "C’est un document de texte, pas un tableau ; copiez ses lignes dans un classeur, enregistré en .xlsx.",
    "slides": "C’est une présentation, pas un tableau ; copiez les lignes dans un classeur et enregistrez-le en .xlsx.",
    "pdf": "C’est un PDF, pas un tableau ; demandez le classeur dont il est tiré (.xlsx, .ods ou .csv).",
    "image": "C’est une image, pas un tableau ; demandez le classeur dont elle est tirée (.xlsx, .ods ou .csv).",
    "web_page": f"C’est une page web, même si son nom dit autre chose ; {_ASK_XLSX}.",
    "xml": f"C’est un tableau XML d’un ancien Excel ; {_ASK_XLSX}.",
    "cards": "C’est un carnet d’adresses (.vcf), pas un tableau ; exportez vos contacts au format .csv.",
    "archive": "C’est une archive compressée ; ouvrez-la et déposez le classeur qu’elle contient.",
    "binary": "Ce fichier n’est ni un classeur ni un texte ; déposez un fichier .xlsx, .ods, .xls ou .csv.",
    "damaged": f"Ce classeur est abîmé, sa lecture échoue ; {_ASK_XLSX}.",
    "quote": "Un guillemet ouvert à la ligne {line} n’est jamais refermé ; retirez-le ou refermez-le.",
}


class UnreadableTable(DomainError):
    """A file that cannot be read as a table. `code` is a key of SENTENCES; str() is its French sentence."""

    def __init__(self, code: str, **details):
        super().__init__(SENTENCES[code].format(**details))
        self.code = code


class Format(StrEnum):
    """How the bytes must be read."""

    TEXT = "text"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"


_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf'\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BEGIN:VCARD", "cards"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognised_format(content: bytes) -> Format:
    """Return how to read `content`; raises UnreadableTable for what is no table, or one that may not be opened."""
    if len(content) > MAX_BYTES:
        raise UnreadableTable("too_heavy")
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start and not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise UnreadableTable("empty")
    for signature, code in _SIGNATURES:
        if start.startswith(signature):
            raise UnreadableTable(code)
    if content[4:8] == b"ftyp" or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise UnreadableTable("image")
    if start.startswith(b"PK"):
        return _inside_zip(content)
    if start.startswith(_OLE):
        return _inside_ole(content)
    _refuse_markup(start[:1000].lower())
    return Format.TEXT


def _refuse_markup(start: bytes) -> None:
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<div")):
        raise UnreadableTable("web_page")
    if start.startswith(b"<?xml"):
        raise UnreadableTable("web_page" if b"<html" in start else "xml")


def _inside_zip(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise UnreadableTable("bomb")
            names = {part.filename for part in parts}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except UnreadableTable:
        raise
    except Exception as error:  # whatever a forged archive makes zipfile and zlib raise
        raise UnreadableTable("damaged") from error
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in manifest:
        raise UnreadableTable("locked")
    return _zip_format(names, mimetype)


def _zip_format(names: set[str], mimetype: bytes) -> Format:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lowered):
        raise UnreadableTable("macros")
    if "xl/workbook.xml" in lowered:
        return Format.XLSX
    if b"opendocument.spreadsheet" in mimetype:
        return Format.ODS
    for code, sign in (
        ("xlsb", "xl/workbook.bin" in lowered),
        ("word", "word/document.xml" in lowered or b"opendocument.text" in mimetype),
        ("slides", "ppt/presentation.xml" in lowered or b"opendocument.presentation" in mimetype),
        ("numbers", any(name.endswith(".iwa") or name == "index.zip" for name in lowered)),
    ):
        if sign:
            raise UnreadableTable(code)
    # An Excel file whose folders are named otherwise still has this part.
    if "[content_types].xml" in lowered and any("sheet" in name for name in lowered):
        return Format.XLSX
    raise UnreadableTable("archive")


def _inside_ole(content: bytes) -> Format:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UnreadableTable("locked")
    if holds("WordDocument"):
        raise UnreadableTable("word")
    if holds("PowerPoint Document"):
        raise UnreadableTable("slides")
    if holds("Workbook") or holds("Book"):
        return Format.XLS
    raise UnreadableTable("binary")
