"""From words to the closed lists: classes, tastes, languages, numbers, QPV. The words are data (data/*.csv). Pure."""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from vivier.common.tables import Cell
from vivier.common.text import folded, listed
from vivier.imports import slots as half_days
from vivier.imports.values import Partly, Wrong, is_nothing, list_text, text, yes_or_no
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import Interest, Language, QpvStatus, SchoolLevel

_DATA = Path(__file__).parent / "data"
_PIECES = re.compile(r"[,;/|•·+]+|\s-\s")
_AND = re.compile(r"\s+(?:et|ou|and|&)\s+|\s*&\s*", re.I)
#: A neighbourhood's own code: who writes it says that she lives in it.
_QPV_CODE = re.compile(r"q[pn]\s?\d{3}\w{3}")
MOST_AT_ONCE = 20

_CODES: Mapping[str, frozenset[str]] = {
    "interest": frozenset(Interest.values),
    "language": frozenset(Language.values),
    "situation": frozenset(Beneficiary.Kind.values),
    "number": frozenset(str(number) for number in range(MOST_AT_ONCE + 1)),
}


@cache
def words(which: str) -> Mapping[str, str]:
    """Return folded word → code of one list; raises ValueError where the table names an unknown code."""
    found: dict[str, str] = {}
    with (_DATA / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["list"] != which:
                continue
            if row["code"] not in _CODES[which] or found.setdefault(folded(row["word"]), row["code"]) != row["code"]:
                raise ValueError(f"{row}: unknown code, or a word with two meanings")
    return found


@cache
def _levels() -> tuple[tuple[re.Pattern, str], ...]:
    with (_DATA / "levels.csv").open(encoding="utf-8", newline="") as file:
        rows = [(re.compile(row["pattern"]), row["code"]) for row in csv.DictReader(file)]
    if unknown := {code for _, code in rows} - set(SchoolLevel.values):
        raise ValueError(f"levels.csv: unknown codes {unknown}")
    return tuple(rows)


def school_level(cell: Cell) -> Partly | str:
    """Return the code of a class ("Seconde 4", "1ère STI2D", "Tle", "T°"), or ""; Partly when it is none we know."""
    if is_nothing(cell):
        return ""
    said = text(cell)
    key = folded(said)
    for pattern, code in _levels():
        if pattern.fullmatch(key):
            return code
    return Partly("", "level_unknown", f"la classe « {said} » n’est pas dans la liste : elle est laissée vide")


def interests(cell: Cell) -> Partly | tuple[str, ...]:
    """Return the codes of what somebody likes or works at; Partly names the words that are in no list."""
    return _several(cell, "interest", "laissé de côté, hors de la liste des goûts")


def languages(cell: Cell) -> Partly | tuple[str, ...]:
    """Return the codes of the languages; Partly names those that are not in the list."""
    return _several(cell, "language", "laissé de côté, hors de la liste des langues")


def _several(cell: Cell, which: str, why: str) -> Partly | tuple[str, ...]:
    if is_nothing(cell):
        return ()
    codes, left = _read_several(list_text(cell), which)
    if left:
        return Partly(codes, f"{which}_unknown", f"{listed([f'« {word} »' for word in left])} : {why}")
    return codes


@lru_cache(maxsize=4096)
def _read_several(said: str, which: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = words(which)
    found: list[str] = []
    left: list[str] = []
    for piece in _PIECES.split(re.sub(r"\([^)]*\)", " ", said)):
        if code := known.get(folded(piece)):
            found.append(code)
            continue
        for part in _AND.split(piece):
            codes = _inside(folded(part), known)
            found += codes
            if not codes and folded(part):
                left.append(" ".join(part.split()))
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(left))


def _inside(key: str, known: Mapping[str, str]) -> list[str]:
    """Return the codes of the known words inside a text, the longest first: "réseaux sociaux" is no network."""
    found = []
    rest = f" {key} "
    for word in sorted(known, key=lambda word: (-len(word), word)):
        if len(word) > 2 and f" {word} " in rest:
            found.append(known[word])
            rest = rest.replace(f" {word} ", " | ")
    return [known[key]] if key in known else found


def situation(cell: Cell) -> Partly | str:
    """Return the code of a situation, or ""; Partly when it is in no list."""
    if is_nothing(cell):
        return ""
    said = text(cell)
    known = words("situation")
    code = known.get(folded(said)) or next(iter(_inside(folded(said), known)), "")
    return code or Partly("", "situation_unknown", f"la situation « {said} » n’est pas dans la liste : laissée vide")


def slots(cell: Cell, heading: str = "") -> Partly | frozenset[str]:
    """Return the half-days of a cell; under a heading that names one ("Mercredi"), x means it. Raises Wrong."""
    if is_nothing(cell):
        return frozenset()
    if heading:
        try:
            return half_days.slots_of_heading(heading) if yes_or_no(cell) else frozenset()
        except Wrong:
            pass
    said = list_text(cell)
    try:
        found, left = half_days.parse_slots(f"{heading} {said}".strip())
    except half_days.Refusal as error:
        raise Wrong(
            "slots_refusal", "on y lit quand elle n’est pas libre", "écrivez seulement les créneaux possibles"
        ) from error
    if left:
        words_left = listed([f"« {piece} »" for piece in left])
        return Partly(found, "slots_unknown", f"{words_left} : pas un créneau de la liste, laissé de côté")
    return found


def capacity(cell: Cell) -> Partly | int | None:
    """Return how many at once (0 is a value), or None when nothing is said. Raises Wrong."""
    if isinstance(cell, bool):
        raise Wrong("capacity", "ce n’est pas un nombre", "écrivez par exemple 2")
    if not isinstance(cell, int | float) and (is_nothing(cell) and folded(cell or "") not in words("number")):
        return None
    said = text(cell)
    numbers = [int(number) for number in re.findall(r"(?<![\d,.-])\d{1,6}(?![\d,.]*\d)", said)]
    numbers = numbers or [int(words("number")[word]) for word in folded(said).split() if word in words("number")][:2]
    if not numbers or re.search(r"\d[.,]\d*[1-9]", said) or said.startswith("-"):
        raise Wrong("capacity", "ce n’est pas un nombre de personnes", "écrivez un nombre entier, par exemple 2")
    if max(numbers) > MOST_AT_ONCE:
        raise Wrong("capacity_high", f"c’est plus de {MOST_AT_ONCE} personnes à la fois", "vérifiez le nombre")
    if len(numbers) > 1:
        return Partly(max(numbers), "capacity_range", f"« {said} » est lu comme un maximum de {max(numbers)}")
    return numbers[0]


def qpv(cell: Cell) -> str:
    """Return the code of a QPV answer, or "" when nothing is said or known. Raises Wrong."""
    if isinstance(cell, str) and _QPV_CODE.fullmatch(folded(cell)):
        return QpvStatus.DECLARED
    try:
        answer = yes_or_no(cell)
    except Wrong as error:
        key = folded(text(cell))
        if key in ("qpv", "en qpv"):
            return QpvStatus.DECLARED
        if key in ("hors qpv", "hqpv"):
            return QpvStatus.NO
        raise Wrong("qpv", "ce n’est ni oui ni non", "écrivez oui, non ou en attente") from error
    if answer is None:
        return ""
    return QpvStatus.DECLARED if answer else QpvStatus.NO
