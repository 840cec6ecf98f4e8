"""From one cell to one value: texts, names, dates, yes and no, addresses, numbers. Pure; raises Wrong in French."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from vivier.common.tables import Cell
from vivier.common.text import folded
from vivier.imports.issues import shown

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH_WORDS = {
    **{month: rank for rank, month in enumerate(_MONTHS, start=1)},
    **{month[:4]: rank for rank, month in enumerate(_MONTHS, start=1) if len(month) > 4 and month[:4] != "juil"},
    **{month[:3]: rank for rank, month in enumerate(_MONTHS, start=1) if month[:3] != "jui"},
    "juil": 7,
    "janv": 1,
}
#: How people say that they do not know.
_NOTHING = frozenset(
    "|nc|n c|na|n a|nr|n r|nd|inconnu|inconnue|non connu|non connue|neant|aucun|aucune|non renseigne|non renseignee"
    "|non communique|a completer|a remplir|vide|null|none|nan|sans|ras|xxx|en attente|a verifier|a voir|ne sait pas"
    "|je ne sais pas|nsp".split("|")
)
_YES = frozenset("oui|o|yes|y|x|xx|1|vrai|true|ok|v|present|presente|p|venue|venu|fait|faite|bien sur".split("|"))
_NO = frozenset("non|n|no|0|faux|false|absent|absente|abs|a|excuse|excusee|ne vient pas|pas venue|pas venu".split("|"))
_YES_MARKS = frozenset("✓✔☑✅🗸●•X")
_NO_MARKS = frozenset("✗✘☐❌○")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_ESCAPED_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")
_EXCEL_ERROR = re.compile(r"#(?:REF|DIV/0|NAME|NOM|VALUE|VALEUR|NUM|NOMBRE|NULL)[!?]")
_EXCEL_EPOCH = date(1899, 12, 30)
#: 1954 to 2064: a number outside is no date that somebody meant.
_SERIALS = range(20_000, 60_000)
_DATE = re.compile(r"(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})")
_DATE_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{2,4})")
_TIME = re.compile(r"[T\s]+\d{1,2}[:h]\d{2}(?::\d{2})?.*$")
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_SEVERAL = re.compile(r"\s*(?:[;,/]|\bou\b|\bet\b)\s*")
_TITLE = r"(?:m(?:me|lle|r)?|madame|monsieur|mademoiselle|dr|docteur)\b\.?"
_CIVILITY = re.compile(rf"^{_TITLE}(?:\s*(?:et|/)\s*{_TITLE})?\s+", re.I)
_PARTICLES = frozenset(("de", "la", "le", "du", "des", "d", "von", "van", "el", "ben", "bin"))
_EXAMPLE_DATE = "écrivez jour/mois/année, par exemple 12/03/2010"


class Wrong(ValueError):
    """A cell that cannot be understood. `wrong` says what, `instead` what to write; `code` groups like errors."""

    def __init__(self, code: str, wrong: str, instead: str):
        super().__init__(wrong)
        self.code, self.wrong, self.instead = code, wrong, instead


@dataclass(frozen=True, slots=True)
class Partly:
    """A value that leaves something out, and the clause that says what."""

    value: Any
    code: str
    left_out: str


def text(cell: Cell, longest: int = 200) -> str:
    """Return a cell as a text: no invisible letters, single spaces, whole numbers without decimals."""
    if isinstance(cell, str):
        clean = _ESCAPED_FORMULA.sub("", cell.strip())
        if not (clean.isascii() and clean.isprintable()):
            clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", clean))
            clean = "".join(letter if letter.isprintable() else " " for letter in clean)
        clean = " ".join(clean.split())
    else:
        clean = shown(cell, 1_000)
    if _EXCEL_ERROR.match(clean):
        raise Wrong("excel_error", "cette cellule est en erreur dans le classeur", "écrivez la valeur elle-même")
    if len(clean) > longest:
        raise Wrong("too_long", f"ce texte dépasse {longest} caractères", "raccourcissez-le")
    return clean


def list_text(cell: Cell, longest: int = 1_000) -> str:
    """Return a cell that may hold several things: those written one under the other are separated by semicolons."""
    return text(re.sub(r"[\r\n]+", " ; ", cell.strip()) if isinstance(cell, str) else cell, longest)


def is_nothing(cell: Cell) -> bool:
    """Tell whether a cell says nothing: empty, "-", "NC", "inconnu"."""
    if cell is None:
        return True
    # Longer than any of those words, or an address: not worth folding.
    return (
        isinstance(cell, str) and len(cell) < 30 and "@" not in cell and folded(cell) in _NOTHING and not _marks(cell)
    )


def plain_text(cell: Cell) -> str:
    """Return a free text of at most 150 characters, or "" when it says nothing."""
    return "" if is_nothing(cell) else text(cell, 150)


def name(cell: Cell) -> str:
    """Return a first name or surname, its capitals tidied. Raises Wrong for digits and addresses."""
    words = text(cell, 100)
    if not words or not folded(words):
        if any(letter.isalpha() for letter in words):
            return words  # a name in another script
        return ""
    if "@" in words:
        raise Wrong("name_email", "c’est une adresse e-mail, pas un nom", "vérifiez que la bonne colonne est choisie")
    if any(letter.isdigit() for letter in words):
        raise Wrong("name_digits", "un nom n’a pas de chiffre", "écrivez le nom seul")
    return tidy_capitals(_CIVILITY.sub("", words))


def tidy_capitals(words: str) -> str:
    """Return "DUPONT-MARTIN" or "dupont" as "Dupont-Martin"; mixed capitals are left as written."""
    if len(words) < 2 or not (words.isupper() or words.islower()):
        return words
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), words)


def split_name(cell: Cell, *, first_name_first: bool = False, family: str = "") -> Partly | tuple[str, str]:
    """Return (first name, surname) from one cell: capitals tell the surname, else `family`, else the order.

    `family`: a surname that may be in it. Partly when several ways to cut were possible.
    """
    raw = _CIVILITY.sub("", text(cell, 150))
    if "@" in raw or any(letter.isdigit() for letter in raw):
        return name(raw), ""  # raises
    if "," in raw:
        last, _, first = raw.partition(",")
        return tidy_capitals(first.strip()), tidy_capitals(last.strip())
    words = raw.split()
    if len(words) < 2:
        return "", tidy_capitals(raw)
    capitals = [word.isupper() and len(word.strip(".'’-")) > 1 for word in words]
    if any(capitals) and not all(capitals):
        last = [word for word, is_capital in zip(words, capitals, strict=True) if is_capital]
        first = [word for word, is_capital in zip(words, capitals, strict=True) if not is_capital]
        # "DE la FONTAINE" stays whole: what stands between two parts of a surname belongs to it.
        start = capitals.index(True)
        while start and folded(words[start - 1]) in _PARTICLES:
            start -= 1
        inside = range(start, len(capitals) - capitals[::-1].index(True))
        if len(inside) > len(last):
            last = [words[place] for place in inside]
            first = [word for place, word in enumerate(words) if place not in inside]
        if first:
            return tidy_capitals(" ".join(first)), tidy_capitals(" ".join(last))
    return _cut(words, first_name_first, family)


def _cut(words: list[str], first_name_first: bool, family: str) -> Partly | tuple[str, str]:
    size = len(family.split())
    if family and 0 < size < len(words):
        if folded(" ".join(words[-size:])) == folded(family):
            return tidy_capitals(" ".join(words[:-size])), tidy_capitals(" ".join(words[-size:]))
        if folded(" ".join(words[:size])) == folded(family):
            return tidy_capitals(" ".join(words[size:])), tidy_capitals(" ".join(words[:size]))
    first, last = (words[:1], words[1:]) if first_name_first else (words[-1:], words[:-1])
    pair = tidy_capitals(" ".join(first)), tidy_capitals(" ".join(last))
    if len(words) == 2:
        return pair
    return Partly(pair, "name_cut", f"lue comme prénom « {pair[0]} », nom « {pair[1]} »")


def yes_or_no(cell: Cell) -> bool | None:
    """Return True, False, or None when nothing is said. Raises Wrong."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float) and cell in (0, 1):
        return bool(cell)
    if is_nothing(cell):
        return None
    said = text(cell)
    marks = _marks(said)
    if marks:
        return marks == "yes"
    first = folded(said)
    if first in _YES or first.split()[:1] in (["oui"], ["presente"], ["present"]):
        return True
    if first in _NO or first.split()[:1] in (["non"], ["absente"], ["absent"], ["excusee"], ["excuse"]):
        return False
    raise Wrong("yes_no", "ce n’est ni oui ni non", "écrivez oui, non, x, présente ou absente, ou laissez vide")


def _marks(said: str) -> str:
    letters = set(said.strip().replace("\ufe0f", ""))
    if letters and letters <= _YES_MARKS:
        return "yes"
    return "no" if letters and letters <= _NO_MARKS else ""


# --- Dates ------------------------------------------------------------------------------------------------------


def day(cell: Cell, today: date, *, is_birth: bool = False) -> date | None:
    """Return a date, or None when nothing is said. Raises Wrong. Two figures of year: in the past if `is_birth`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if is_nothing(cell):
        return None
    if isinstance(cell, bool):
        raise Wrong("date_unread", "ce n’est pas une date", _EXAMPLE_DATE)
    if isinstance(cell, int | float):
        return _serial(cell)
    said = _TIME.sub("", text(cell))
    if re.fullmatch(r"\d{5}(?:[.,]0*)?", said):
        return _serial(float(said.replace(",", ".")))
    if re.fullmatch(r"(?:19|20)\d{6}", said):
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if found := _DATE.fullmatch(said):
        first, month, last = found.groups()
        if len(first) == 4:
            return _date(int(first), int(month), int(last), said)
        if len(last) in (2, 4) and len(first) <= 2:
            return _date(_year(last, today, is_birth), int(month), int(first), said)
    if found := _DATE_IN_WORDS.search(folded(said)):
        number, word, year = found.groups()
        month = _MONTH_WORDS.get(word) or _MONTH_WORDS.get(word[:4]) or _MONTH_WORDS.get(word[:3])
        if month and len(year) != 3:
            return _date(_year(year, today, is_birth), month, int(number), said)
    if re.fullmatch(r"(?:19|20)\d{2}", said):
        raise Wrong("date_year", "il n’y a que l’année", _EXAMPLE_DATE)
    raise Wrong("date_unread", "cette date n’est pas lisible", _EXAMPLE_DATE)


def birth_date(cell: Cell, today: date) -> Partly | date | None:
    """Return a birth date. Raises Wrong for one to come or beyond a life; Partly for an age that surprises."""
    born = day(cell, today, is_birth=True)
    if born is None:
        return None
    if born > today:
        raise Wrong("birth_future", "cette date de naissance est dans l’avenir", "vérifiez l’année")
    age = (today - born).days // 365.25
    if age > 110 or age < 3:
        raise Wrong("birth_age", f"elle aurait {int(age)} ans", "vérifiez l’année de naissance")
    if age < 10:
        return Partly(born, "birth_young", f"elle aurait {int(age)} ans")
    return born


def past_day(cell: Cell, today: date) -> date | None:
    """Return a date that is not to come. Raises Wrong."""
    said = day(cell, today)
    if said and said > today:
        raise Wrong("date_future", "cette date est dans l’avenir", "mettez le jour où cela a été fait")
    return said


def session_day(cell: Cell, today: date) -> date | None:
    """Return the day of a session, within ten years. Raises Wrong."""
    said = day(cell, today)
    if said and abs((said - today).days) > 3_660:
        raise Wrong("date_far", "cette date est à plus de dix ans d’ici", "vérifiez l’année")
    return said


def _serial(number: float) -> date:
    if not isfinite(number) or int(number) not in _SERIALS:
        raise Wrong("date_number", "ce nombre n’est pas une date", _EXAMPLE_DATE)
    return _EXCEL_EPOCH + timedelta(days=int(number))


def _year(figures: str, today: date, is_birth: bool) -> int:
    if len(figures) == 4:
        return int(figures)
    year = 2000 + int(figures)
    if is_birth:
        return year if year <= today.year else year - 100
    return year if year <= today.year + 10 else year - 100


def _date(year: int, month: int, number: int, said: str) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        if month > 12 >= number:
            raise Wrong(
                "date_order", f"le mois {month} n’existe pas", "écrivez le jour avant le mois : jour/mois/année"
            ) from error
        raise Wrong("date_unreal", f"le {said} n’existe pas", "vérifiez le jour et le mois") from error


# --- Addresses --------------------------------------------------------------------------------------------------


def email(cell: Cell) -> Partly | str:
    """Return an address in lower case, or "". Raises Wrong. Partly: several were written, the first is kept."""
    found = emails(cell)
    if len(found) > 1:
        return Partly(found[0], "email_several", f"plusieurs adresses ; la première est gardée, « {found[0]} »")
    return found[0] if found else ""


def emails(cell: Cell) -> list[str]:
    """Return the addresses of a cell, in lower case, each once. Raises Wrong."""
    if is_nothing(cell):
        return []
    said = list_text(cell)
    inside = re.findall(r"<([^<>]+@[^<>]+)>", said)
    parts = inside or [part for part in re.split(r"[;,/]|\s+(?:et|ou)?\s*", said) if part]
    if not inside and "@" in said:
        # "gmail,com" is one address with a slip, not two.
        parts = [said.replace(" ", "")] if re.search(r"@[^@;/\s]+,\s*[a-z]{2,3}$", said, re.I) else parts
    found = [_one_email(part, said) for part in parts]
    return list(dict.fromkeys(found))


def _one_email(part: str, said: str) -> str:
    address = part.strip("<>().;,'\"").removeprefix("mailto:").lower()
    if _EMAIL.fullmatch(address) and ".." not in address and not address.startswith(".") and ".@" not in address:
        return address
    example = "écrivez-la en entier, par exemple prenom.nom@exemple.fr"
    if "@" not in address:
        if said != part and "@" in said:
            raise Wrong("email_space", "cette adresse contient une espace ou un mot de trop", example)
        raise Wrong("email_at", "il manque l’arobase (@) de l’adresse", example)
    domain = address.rpartition("@")[2]
    if "," in domain:
        raise Wrong(
            "email_comma", "une virgule remplace un point dans l’adresse", f"écrivez {address.replace(',', '.')}"
        )
    if "." not in domain.strip("."):
        raise Wrong("email_end", "il manque la fin de l’adresse, par exemple « .fr »", example)
    if any(unicodedata.normalize("NFKD", letter) != letter for letter in address):
        raise Wrong("email_accent", "une adresse n’a pas d’accent", example)
    raise Wrong("email", "cette adresse e-mail n’est pas valable", example)


def phone(cell: Cell) -> Partly | str:
    """Return a number as "06 12 34 56 78", "+41 79…" as written, or "". Raises Wrong."""
    if is_nothing(cell):
        return ""
    said = list_text(cell, 200)
    if isinstance(cell, str) and (parts := [part for part in _SEVERAL.split(said) if part]) and len(parts) > 1:
        numbers = [number for part in parts if (number := _phone(part, strict=False))]
        if len(numbers) > 1:
            return Partly(numbers[0], "phone_several", f"plusieurs numéros ; le premier est gardé, {numbers[0]}")
    return _phone(said, strict=True)


def _phone(said: str, *, strict: bool) -> str:
    said = re.sub(r"\((?:0|[^)]*[^\W\d_][^)]*)\)", "", said)  # "+33 (0)6…", "… (mère)"
    digits = re.sub(r"\D", "", said)
    if digits.startswith("0033"):
        digits = digits[4:]
    elif digits.startswith("33") and len(digits) in (11, 12):
        digits = digits[2:]
    elif (said.lstrip("( ").startswith("+") or digits.startswith("00")) and 8 <= len(digits.lstrip("0")) <= 15:
        return "+" + digits.lstrip("0")
    if len(digits) == 9 and digits[0] != "0":
        digits = f"0{digits}"  # a spreadsheet dropped the zero
    if len(digits) == 10 and digits[0] == "0" and digits[1] != "0" and not re.search(r"[a-z]{4,}", folded(said)):
        return " ".join(digits[place : place + 2] for place in range(0, 10, 2))
    if not strict:
        return ""
    raise Wrong(
        "phone", "ce numéro n’est pas un numéro de téléphone", "écrivez ses dix chiffres, par exemple 06 12 34 56 78"
    )


def postal_code(cell: Cell) -> tuple[str, str]:
    """Return (five digits or "", the name of a town written beside it). Raises Wrong."""
    if is_nothing(cell):
        return "", ""
    said = re.sub(r"^(?:F|FR)[\s-]+|\.0$", "", text(cell), flags=re.I)
    found = re.match(r"(\d{2}\s?\d{3}|\d{4,5})(?![\d.,])\s*[-,]?\s*(.*)$", said)
    if not found:
        raise Wrong("postal_code", "ce code postal n’a pas cinq chiffres", "écrivez par exemple 01000 ou 38100")
    return found[1].replace(" ", "").zfill(5), "" if folded(found[2]).startswith("cedex") else found[2]


def insee_code(cell: Cell) -> str:
    """Return the code of a commune, or "". Raises Wrong."""
    if is_nothing(cell):
        return ""
    said = text(cell).upper().replace(" ", "")
    said = said.zfill(5) if said.isdigit() else said
    if not re.fullmatch(r"(?:\d{2}|2[AB])\d{3}", said):
        raise Wrong("insee_code", "ce code INSEE n’a pas cinq caractères", "écrivez par exemple 26362")
    return said
