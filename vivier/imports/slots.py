"""Half-days from words: "mercredi après-midi ; samedi matin", "mer PM", "du lundi au jeudi soir", "14h-16h". Pure."""

import re
import unicodedata
from functools import lru_cache

from vivier.common.text import folded
from vivier.people.vocabulary import Slot

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = {
    **dict.fromkeys(("lundi", "lundis", "lun"), "mon"),
    **dict.fromkeys(("mardi", "mardis", "mar"), "tue"),
    **dict.fromkeys(("mercredi", "mercredis", "mer", "merc"), "wed"),
    **dict.fromkeys(("jeudi", "jeudis", "jeu"), "thu"),
    **dict.fromkeys(("vendredi", "vendredis", "ven", "vend"), "fri"),
    **dict.fromkeys(("samedi", "samedis", "sam"), "sat"),
    **dict.fromkeys(("dimanche", "dimanches", "dim"), "sun"),
}
_HALF_WORDS = {
    **dict.fromkeys(("matin", "matins", "matinee", "matinees", "am"), "am"),
    **dict.fromkeys(("pm", "apm", "aprem", "aprems", "apremidi", "ap"), "pm"),
    **dict.fromkeys(("soir", "soirs", "soiree", "soirees", "eve"), "eve"),
}
_KNOWN = frozenset(Slot.values)
_ALL_DAYS = frozenset({"semaine", "jours", "jour", "toujours"})
_WHATEVER = frozenset({"indifferent", "flexible", "toutes", "tous", "tout", "toujours", "importe"})
#: Words that change nothing.
_FILLERS = frozenset(
    "le les la de des du d en a au et ou dispo dispos disponible disponibilite disponibilites creneau creneaux plutot"
    " possible possibles fin debut l journee journees chaque h heures entre apres avant vers partir jusqu jusque"
    " semaine week end weekend we ouvrables ouvres".split()
)
#: A refusal inside the words cannot be guessed: she writes what is possible.
_REFUSALS = frozenset({"sauf", "pas", "jamais", "hors", "excepte", "ni", "impossible", "indisponible"})
_AFTERNOON = re.compile(r"\bapres\s*midis?\b|\ba\s?-?\s?midi\b")
_HOUR = re.compile(r"\b(\d{1,2})\s*(?:h|heures?)\s*(\d{2})?\b")
_HOURS = re.compile(r"\b(\d{1,2})\s*(?:h|heures?)?\s*(?:\d{2})?\s*(?:-|a|et)\s*\d{1,2}\s*(?:h|heures?)\s*(?:\d{2})?\b")
_BEFORE = re.compile(r"\b(?:avant|jusqu\W?\s*a|jusque)\s+(\d{1,2})\s*(?:h|heures?)(?:\s*\d{2})?\b")
#: What sounds like a refusal and is none.
_NO_REFUSAL = re.compile(
    r"\b(?:(?:hors|sauf)\s+(?:les\s+)?vacances(?:\s+scolaires)?|pas de preferences?|peu importe)\b"
)
_DAY = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_RANGE = re.compile(rf"\b({_DAY})\s+(?:au|a)\s+({_DAY})\b")


class Refusal(ValueError):
    """The words say when somebody is not free."""


@lru_cache(maxsize=4096)
def parse_slots(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the codes of the half-days, and the pieces that mean none. Raises Refusal for "sauf le mercredi"."""
    found: set[str] = set()
    left: list[str] = []
    for piece in re.split(r"[;,\n|]+", text):
        if not folded(piece):
            continue
        codes = _piece(piece)
        if codes:
            found |= codes
        else:
            left.append(" ".join(piece.split()))
    return frozenset(found), tuple(left)


@lru_cache(maxsize=1024)
def slots_of_heading(heading: str) -> frozenset[str]:
    """Return the half-days that a heading names ("Mercredi après-midi", "Sam."), or nothing when it says more."""
    words = _prepared(heading).split()
    meant = [word for word in words if word in _DAY_WORDS or word in _HALF_WORDS]
    others = [word for word in words if word not in meant and word not in _FILLERS and not word.isdigit()]
    if others or not any(word in _DAY_WORDS for word in meant):
        return frozenset()
    try:
        return parse_slots(heading)[0]
    except Refusal:
        return frozenset()


def unaccented(text: str) -> str:
    """Return a text in lower case without accents, its punctuation kept."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _prepared(piece: str) -> str:
    text = folded(piece.replace("-", " - "))
    return _AFTERNOON.sub("pm", text)


def _piece(piece: str) -> frozenset[str]:
    text = _NO_REFUSAL.sub(lambda match: "" if "vacances" in match[0] else "toujours", _with_hours(piece))
    words = text.split()
    if _REFUSALS & set(words):
        raise Refusal(piece)
    spread = _RANGE.search(text)
    if spread:
        days = _between(spread[1], spread[2])
        halves = [_HALF_WORDS[word] for word in words if word in _HALF_WORDS]
        return _codes(days, halves)
    return _sequence(words)


def _with_hours(piece: str) -> str:
    """Replace "14h-16h" or "après 18h" by the half-day."""

    def half(hour: int) -> str:
        return " matin " if hour < 12 else " pm " if hour < 17 else " soir "

    text = unaccented(piece.replace("–", "-"))
    text = _BEFORE.sub(lambda match: " matin " if int(match[1]) <= 13 else " matin pm ", text)
    text = _HOURS.sub(lambda match: half(int(match[1])), text)
    text = _HOUR.sub(lambda match: half(int(match[1])), text)
    return _prepared(text)


def _between(first: str, last: str) -> list[str]:
    start, end = (_DAYS.index(_DAY_WORDS[word]) for word in (first, last))
    return list(_DAYS[start : end + 1]) if start <= end else []


def _sequence(words: list[str]) -> frozenset[str]:
    """Read days, then the halves said of them: "mercredi et samedi matin" is two mornings."""
    found: set[str] = set()
    days: list[str] = []
    halves: list[str] = []
    for word in words:
        if day := _DAY_WORDS.get(word):
            if halves and days:
                found |= _codes(days, halves)
                days, halves = [], []
            days.append(day)
        elif half := _HALF_WORDS.get(word):
            halves.append(half)
    if not days and (halves or _WHATEVER & set(words) or _ALL_DAYS & set(words) or _weekend(words)):
        days = ["sat"] if _weekend(words) else list(_DAYS)
    return frozenset(found | _codes(days, halves))


def _weekend(words: list[str]) -> bool:
    return "weekend" in words or "we" in words or ("week" in words and "end" in words)


def _codes(days: list[str], halves: list[str]) -> frozenset[str]:
    wanted = {f"{day}_{half}" for day in days for half in (halves or ("am", "pm", "eve"))}
    return frozenset(wanted & _KNOWN)
