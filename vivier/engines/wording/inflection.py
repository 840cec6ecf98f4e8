"""French feminines of the names of occupations and of the adjectives that follow them."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold
from .title_words import words_of_titles

# Endings of an unknown masculine, the longest first: what is cut, what is put instead.
_ENDINGS = (
    (r"traiteur", 1, "se"),
    (r"(?:a|i|u|c|p|cul|enquê|enque)teur", 3, "rice"),
    (r"(?:[eé]nieur|esseur|cesseur|[tpx][eé]rieur)", 0, "e"),
    (r"eur", 1, "se"),
    (r"ien", 0, "ne"),
    (r"ier", 2, "ère"),
    (r"(?:ant|ent|é|al|in|and|ard|is|ert)", 0, "e"),
    (r"if", 1, "ve"),
    (r"eux", 1, "se"),
    (r"(?:el|on|et)", 0, "double"),
)
_OCCUPATION = re.compile(r"[a-z]{2,}(?:teur|eur|ien|ier)")
# Words with the ending of an occupation that begin a title and are not one.
_NOT_ONE = words_of_titles("not_an_occupation")


def feminine(word: str) -> str:
    """The feminine of a masculine word by its ending; the word itself when it has none of these endings."""
    for ending, cut, put in _ENDINGS:
        if re.search(ending + "$", word.lower()):
            put = word[-1] + "e" if put == "double" else put
            return (word[:-cut] if cut else word) + put
    return word


@lru_cache(maxsize=8_192)  # the same names come again in a corpus
def feminines_of(masculine: str) -> frozenset[str]:
    """What the feminine of a folded masculine word may be, whatever its ending."""
    m = masculine
    if len(m) < 3:
        return frozenset()
    stem = m[:-1]
    return frozenset(
        (m + "e", m + m[-1] + "e", m[:-3] + "rice", *(stem + ending for ending in ("se", "ve", "esse", "que", "che")))
    )


def looks_masculine(word: str) -> bool:
    """Whether an unknown folded word that begins a title is the masculine name of somebody's occupation."""
    return len(word) > 5 and word not in _NOT_ONE and _OCCUPATION.fullmatch(word) is not None


def short_form(masculine: str, feminine_form: str) -> str:
    """Both genders with the ending in brackets: « Développeur(se) »."""
    folded_masculine, folded_feminine = fold(masculine).text, fold(feminine_form).text
    if folded_feminine.startswith(folded_masculine):
        return f"{masculine}({feminine_form[len(masculine) :]})"
    common = next(
        (at for at, pair in enumerate(zip(folded_masculine, folded_feminine, strict=False)) if pair[0] != pair[1]), 0
    )
    return f"{masculine}({feminine_form[common:]})"
