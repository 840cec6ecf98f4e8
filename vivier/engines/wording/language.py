"""Whether an advertisement, or a long part of it, is in a language that is not French."""

from __future__ import annotations


def _words(text: str) -> tuple[bytes, ...]:
    return tuple(f" {word} ".encode() for word in text.split())


_FRENCH = _words("de et les des vous la en le un une du pour nous est a au dans avec sur votre")
_OTHERS = (
    _words("the and you with our of to we will for are is have must your this in be looking"),
    _words("und wir mit der fur ein eine sie unser unsere suchen zum bei ist den"),
    _words("el los las con para por del y nuestro nuestra buscamos una que sus"),
    _words("il con per di della che cercasi cerchiamo del una sono nostro nostra"),
    _words("o os com para uma que da do procura nosso nossa em"),
)
_LARGEST_SHARE = 0.3


def is_foreign(data: bytes) -> bool:
    """True when more than three small words in ten are of one other language. `data`: the folded text.

    Small words say the language better than terms do, since French advertisements are full of English terms.
    """
    french = sum(map(data.count, _FRENCH))
    return any(
        count > _LARGEST_SHARE * (count + french) for count in (sum(map(data.count, words)) for words in _OTHERS)
    )
