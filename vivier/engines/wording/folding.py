"""Fold a text into lower-case ASCII of the same length, so that rules read one spelling and offsets stay true."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

#: A dot in the middle of a word; look-alikes are told apart from full stops so that a rule may find them.
DOT, BULLET = "\x01", "\x02"

# What stands for the characters beyond Latin-1 that advertisements hold; for any other, a question mark does.
_BEYOND_LATIN_1 = {
    **dict.fromkeys("’‘ʼ′", "'"),
    **dict.fromkeys("–—‑−‐", "-"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("\u202f\u2009\u200a\u2007\u2002\u2003\u3000", " "),
    **dict.fromkeys("‧⋅∙・", DOT),
    **dict.fromkeys("•●▪", BULLET),
    **dict.fromkeys("œŒ", "o"),
    "…": ".",
    "€": "e",
}
_IN_LATIN_1 = {"\xa0": " ", "\xb7": DOT, "«": '"', "»": '"', "´": "'", "\t": " ", "\n": " ", "\r": " "}
_OFTEN = tuple((character, _BEYOND_LATIN_1[character]) for character in "’€œ…–•")  # put in plain ones without a look
_MOST = 16  # others that are replaced as they are met; a text in another script holds many more
# Characters that are seen as nothing, or as part of the one before: rare, and dropped.
_INVISIBLE = re.compile("[\u0300\u0301\u0302\u0308\u0327\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\xad]")


def _folded(character: str) -> str:
    plain = _IN_LATIN_1.get(character) or unicodedata.normalize("NFD", character)[0].lower()
    return plain if plain.isascii() and (plain.isprintable() or plain < "\x0e") else "?"


_FOLDED = "".join(_folded(chr(code)) for code in range(256)).encode("ascii")


class Folded(NamedTuple):
    """A text in lower-case ASCII, as str and bytes. `gaps`: its offsets before which a character was dropped."""

    text: str
    data: bytes
    gaps: Sequence[int] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the unfolded text of a passage of the folded one."""
        if not self.gaps:
            return start, end
        first = start + bisect_right(self.gaps, start)
        return first, end + bisect_right(self.gaps, end) if end > start else first

    def position(self, origin: int) -> int:
        """The first folded offset at or after an offset of the unfolded text."""
        if not self.gaps:
            return origin
        return origin - bisect_left(range(len(self.gaps)), origin, key=lambda nth: self.gaps[nth] + nth)


def fold(text: str) -> Folded:
    """Lower case, no accents, one kind of apostrophe, hyphen, dot and space; one character for one."""
    plain, gaps = _dropped(text) if "\xad" in text else (text, ())
    for beyond, character in _OFTEN:
        plain = plain.replace(beyond, character)
    for _ in range(_MOST):
        try:
            data = plain.encode("latin-1").translate(_FOLDED)
        except UnicodeEncodeError as error:
            beyond = plain[error.start]
            if _INVISIBLE.match(beyond):
                plain, gaps = _dropped(plain)
            else:
                plain = plain.replace(beyond, _BEYOND_LATIN_1.get(beyond, "?"))
        else:
            return Folded(data.decode("ascii"), data, gaps)
    for beyond, character in _BEYOND_LATIN_1.items():
        plain = plain.replace(beyond, character)
    if not gaps:
        plain, gaps = _dropped(plain)
    data = plain.encode("latin-1", "replace").translate(_FOLDED)
    return Folded(data.decode("ascii"), data, gaps)


def _dropped(text: str) -> tuple[str, Sequence[int]]:
    """A text without what is not seen, and the gaps that this leaves in it."""
    gaps = [found.start() - nth for nth, found in enumerate(_INVISIBLE.finditer(text))]
    return _INVISIBLE.sub("", text), gaps
