"""How a place is written, searched and read from what somebody types. No database."""

import re
from dataclasses import dataclass

from vivier.common.text import folded

_SAINT = re.compile(r"\bsaint(e|s|es)?\b")
_LOWER_WORDS = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "la", "le", "les", "l", "lès", "sous", "sur"}
)
_ON_THE_WAY_TO_SAINT = frozenset({"sa", "sai", "sain"})
#: Longer than any name of the referential; what is longer is cut, not refused.
LONGEST_QUERY = 80


def search_key(text: str) -> str:
    """Return the form in which names of places are compared: "L’Île-Saint-Denis" becomes "l ile st denis".

    The SQL function `territories_search_key` of migration 0001 says the same; a test holds them together.
    """
    return _SAINT.sub(lambda match: "st" + (match[1] or ""), folded(text))


def place_name(capitals: str) -> str:
    """Return a name that La Poste writes in capitals as it is read: "ST JEAN DE BOURNAY" → "St Jean de Bournay"."""
    if capitals != capitals.upper():
        return capitals
    words = re.split(r"([ '-])", capitals.lower())
    return "".join(
        word if index and word in _LOWER_WORDS else word[:1].upper() + word[1:] for index, word in enumerate(words)
    )


@dataclass(frozen=True)
class PlaceQuery:
    """What somebody typed, taken apart. Each part is "" when absent.

    `key` is the folded name with its numbers left out, `whole` the folded text with them ("lyon 3"), `postal` the
    beginning of a postal code or a whole one (2 to 5 digits), `department` a department's code beside a name. `also`
    holds what the key may become: "sai" is on its way to "saint", which is searched as "st".
    """

    key: str = ""
    whole: str = ""
    postal: str = ""
    department: str = ""
    also: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.key or self.postal)


def read_query(text: str) -> PlaceQuery:
    """Take apart "Romans 26", "38000 Grenoble", "Valence (26)", "lyon 3", "2607" or "L'Isle d'Abeau"."""
    words = search_key(text.replace("\x00", " ")[:LONGEST_QUERY]).split()
    if not words:
        return PlaceQuery()
    if len(words) == 1 and re.fullmatch(r"\d{2,5}", words[0]):
        return PlaceQuery(postal=words[0])
    names, postal, department = [], "", ""
    for position, word in enumerate(words):
        at_an_end = position in (0, len(words) - 1)
        if re.fullmatch(r"\d{5}", word):
            postal = word
        elif at_an_end and re.fullmatch(r"\d{2,3}|2[ab]", word) and len(words) > 1:
            department = word.upper()
        else:
            names.append(word)
    key = " ".join(names)
    if not key:
        return PlaceQuery(postal=postal or department)
    # "Lyon 03" is how post offices write the third arrondissement.
    whole = " ".join(word.lstrip("0") or word for word in words if word != postal)
    *before, last = names
    also = tuple(" ".join([*before, saint]) for saint in ("st ", "ste ")) if last in _ON_THE_WAY_TO_SAINT else ()
    return PlaceQuery(key=key, whole=whole if whole != key else "", postal=postal, department=department, also=also)
