"""Fold a text into lower-case ASCII of the same length, so that rules read one spelling and offsets stay true."""

from __future__ import annotations

import bisect
import codecs
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

#: A dot in the middle of a word; look-alikes are told apart from full stops so that a rule may find them.
DOT, BULLET = "\x01", "\x02"

# Each of these takes the place of a control character in Latin-1: 256 characters cover what advertisements hold.
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
_SLOTS = [*range(0x0E, 0x20), *range(0x7F, 0xA0)]
_SAME = {"\xa0": " ", "\xb7": DOT, "«": '"', "»": '"', "´": "'", "\t": " ", "\n": " ", "\r": " "}


def _tables() -> tuple[object, bytes]:
    """The encoding of a text into one byte a character, and the folding of these bytes."""
    decoding = [chr(code) for code in range(256)]
    decoding[ord("\xad")] = "\ufffe"  # the soft hyphen is one of those that are not seen
    for slot, character in zip(_SLOTS, _BEYOND_LATIN_1, strict=False):
        decoding[slot] = character
    folded = bytearray(256)
    for code, character in enumerate(decoding):
        plain = _BEYOND_LATIN_1.get(character) or _SAME.get(character) or unicodedata.normalize("NFD", character)[0]
        folded[code] = ord(plain.lower()) if plain.isascii() else ord("?")
    return codecs.charmap_build("".join(decoding)), bytes(folded)


_ENCODING, _FOLDED = _tables()
# The same for a text of Latin-1 alone, which is encoded at once: its control characters are what they are.
_LATIN_1 = bytes(ord("?") if code in _SLOTS else folded for code, folded in enumerate(_FOLDED))
# What most often keeps an advertisement out of Latin-1, put in plain characters first: quicker than the encoding above.
_COMMON = tuple((character, _BEYOND_LATIN_1[character]) for character in "’œ€•")
# Characters that are seen as nothing, or as part of the one before: rare, and dropped with a table of offsets.
_INVISIBLE = re.compile("[\u0300\u0301\u0302\u0308\u0327\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\xad]")


class Folded(NamedTuple):
    """A text in lower-case ASCII, as str and bytes. `origins` gives the offsets where characters were dropped."""

    text: str
    data: bytes
    origins: Sequence[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the unfolded text of a passage of the folded one."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end] if end > start else self.origins[start]

    def position(self, origin: int) -> int:
        """The first folded offset at or after an offset of the unfolded text."""
        if self.origins is None:
            return origin
        return bisect.bisect_left(self.origins, origin)


def fold(text: str) -> Folded:
    """Lower case, no accents, one kind of apostrophe, hyphen, dot and space; one character for one."""
    for character, plain in _COMMON:
        text = text.replace(character, plain)
    if "\xad" not in text:
        try:
            data = text.encode("latin-1").translate(_LATIN_1)
        except UnicodeEncodeError:
            pass
        else:
            return Folded(data.decode("ascii"), data)
    try:
        data = codecs.charmap_encode(text, "strict", _ENCODING)[0].translate(_FOLDED)
    except UnicodeEncodeError:
        if _INVISIBLE.search(text):
            return _fold_dropping(text)
        data = codecs.charmap_encode(text, "replace", _ENCODING)[0].translate(_FOLDED)
    return Folded(data.decode("ascii"), data)


def _fold_dropping(text: str) -> Folded:
    origins: list[int] = []
    start = 0
    for dropped in _INVISIBLE.finditer(text):
        origins += range(start, dropped.start())
        start = dropped.end()
    origins += range(start, len(text) + 1)
    data = codecs.charmap_encode(_INVISIBLE.sub("", text), "replace", _ENCODING)[0].translate(_FOLDED)
    return Folded(data.decode("ascii"), data, origins)
