"""Small functions on French text, used wherever people or places are compared or shown."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'"})


def folded(text: str) -> str:
    """Return `text` without accents, case, punctuation or repeated spaces: the form in which names are compared."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return re.sub(r"[^0-9a-z]+", " ", plain).strip()


def plural(count: int, one: str, many: str) -> str:
    """Return "1 fille", "0 fille" or "2 filles": French counts in the plural from two."""
    return f"{count} {one if abs(count) < 2 else many}"


def listed(items: list[str]) -> str:
    """Return "a", "a et b" or "a, b et c"."""
    return " et ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def of(name: str) -> str:
    """Return "de Lina", "d’Inès", "d’Yvonne" or "de Yasmine"."""
    return f"d’{name}" if re.match(r"[aeiouh]|y[^aeiou]", folded(name)) else f"de {name}"
