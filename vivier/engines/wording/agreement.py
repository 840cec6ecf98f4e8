"""Make what is proposed agree with the article that stands before it."""

from __future__ import annotations

import re

from .folding import fold
from .inflection import feminines_of

# Heads of what is proposed without an article.
_FEMININE = ("personne", "équipe", "capacité", "formation", "expérience")
_MASCULINE = ("profil", "niveau", "diplôme", "bac", "extrait", "esprit", "nom", "goût")
#: An article, or what stands for one, at the end of some words; `lead`: an elided « de » before it.
ARTICLE = re.compile(
    r"(?P<lead>(?<![\w’'-])d[’'])?(?<![\w-])(?P<article>une?|le|la|l[’']|du|de la|de l[’']|des|au|à la|à l[’']|les|aux"
    r"|ce|cet|cette|d[’']|de)\s*$",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:une?|des|la|les?|l[’'])(?:\s|(?<=[’']))", re.IGNORECASE)
_PAIR = re.compile(r"(?P<one>[\w-]+e) ou (?P<other>[\w-]+)", re.IGNORECASE)
_PLURALS = ("des", "les", "aux")


def agreed(article: str, proposal: str) -> str | None:
    """A proposal with the article that stood before the passage, made to agree; None when the article stays."""
    head = re.match(r"[\w-]*", proposal)[0].lower()  # type: ignore[index]
    of = {"du": "de", "de la": "de", "de l’": "de", "des": "de", "au": "à", "à la": "à", "à l’": "à", "aux": "à"}
    if _OWN.match(proposal):
        if article in ("de", "d’"):
            return _of(proposal)
        return proposal if article not in of else (_of(proposal) if of[article] == "de" else f"à {proposal}")
    if article in ("de", "d’"):
        return _of(proposal)
    if article in _PLURALS:
        return None
    if " / " in proposal and (both := _each(article, *proposal.split(" / ", 1))) is not None:
        return both
    pair = _PAIR.match(proposal)
    if pair and fold(pair["one"]).text in feminines_of(fold(pair["other"]).text):
        one, other = pair.groups()
        return (
            f"{_article(article, one, True)}{one} ou {_article(article, other, False)}{other}{proposal[pair.end() :]}"
        )
    if head in _FEMININE or head in _MASCULINE:
        return f"{_article(article, proposal, head in _FEMININE)}{proposal}"
    if article in ("l’", "de l’", "à l’") and not elides(proposal):
        either = {"l’": "la ou le ", "de l’": "de la ou du ", "à l’": "à la ou au "}[article]
        return f"{either}{proposal}"
    return None


def _each(article: str, one: str, other: str) -> str | None:
    """« un assistant commercial / une assistante commerciale »; None where these are no two genders."""
    words = [fold(re.match(r"[\w-]*", name)[0].lower()).text for name in (one, other)]  # type: ignore[index]
    is_first = words[0] in feminines_of(words[1])  # the feminine
    if not is_first and words[1] not in feminines_of(words[0]):
        return None
    return f"{_article(article, one, is_first)}{one} / {_article(article, other, not is_first)}{other}"


def _article(article: str, word: str, is_feminine: bool) -> str:
    if article in ("un", "une"):
        return "une " if is_feminine else "un "
    if article in ("ce", "cet", "cette"):
        return "cette " if is_feminine else "cet " if elides(word) else "ce "
    kind = "de" if article in ("du", "de la", "de l’") else "à" if article in ("au", "à la", "à l’") else ""
    if elides(word):
        return f"{kind} l’".lstrip()
    if is_feminine:
        return f"{kind} la ".lstrip()
    return {"": "le ", "de": "du ", "à": "au "}[kind]


def _of(proposal: str) -> str:
    if re.match(r"(?:les|le)\s", proposal, re.IGNORECASE):
        return ("des " if proposal[:3].lower() == "les" else "du ") + proposal.split(" ", 1)[1]
    return f"d’{proposal}" if elides(proposal) else f"de {proposal}"


def elides(word: str) -> bool:
    """Whether an article loses its vowel before a word. None of those proposed begins with an aspirate h."""
    return fold(word[:1]).text in "aeiouh" and word[:1] != ""
