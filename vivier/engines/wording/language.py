"""Whether an advertisement, or a long part of it, is in English."""

from __future__ import annotations

_ENGLISH = tuple(f" {word} ".encode() for word in "the and you with our of to we will for are is".split())
_FRENCH = tuple(f" {word} ".encode() for word in "de et les des vous la en le un une du pour".split())
_LARGEST_SHARE = 0.3


def is_english(data: bytes) -> bool:
    """True when more than three small words in ten are English. `data`: the folded text.

    Small words say the language better than terms do, since French advertisements are full of English terms.
    """
    english = sum(map(data.count, _ENGLISH))
    return english > _LARGEST_SHARE * (english + sum(map(data.count, _FRENCH)))
