"""Titles in one gender: find the name of the occupation, its gender, and write both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from .advertisement import Advertisement
from .inflection import feminine, feminines_of, looks_masculine, short_form
from .occupations import Labels, words_of
from .title_words import words_of_titles

#: Both genders are told: H/F, F-H, (H/F/X), homme/femme, tous genres. What is read with it must begin with a space.
_TOLD = re.compile(
    r"[^a-z0-9](?:[hm] ?[/\\|.,&+ou-]{1,2} ?f|f ?[/\\|.,&+ou-]{1,2} ?[hm]|[fhmw](?: ?/ ?[fhmwdxn]+){1,3}"
    r"|hf|fh|h f|f h|x ?/ ?x|hommes? ?(?:/|-|ou|et|&) ?femmes?|femmes? ?(?:/|-|ou|et|&) ?hommes?"
    r"|tou(?:te)?s genres|toutes et (?:a )?tous|tous et (?:a )?toutes|all genders?)(?![a-z0-9])"
)
# What makes the other gender of the word before it; of those that may be words of their own, only the longer ones stand
# apart from it: « Cuisinier / ière », not « Cuisinier / Le Mans ».
_LONG_ENDINGS = "euse|t?rice|iere|ere|ienne|esse|sse|eure"
_ENDINGS = f"e|(?<=e.)ee|n?ne|se|ve|l?le|f?fe|t?te|re|t?eur|ier|ien|ante?|nt|(?<=ffe.)f|{_LONG_ENDINGS}"
#: Both are written in one word: (e), ·e, -trice, /euse, /eur after a feminine. It begins with the mark, which is what a
#: search skips to.
_BOTH = re.compile(
    rf"[(.\x01\x02/ -](?:(?:(?<=[a-z]\()|(?<=[a-z] \())(?:{_ENDINGS})s?\)"
    rf"|(?:(?<=[a-z][.\x01\x02/-])(?:{_ENDINGS})"
    rf"|(?:(?<=[a-z]/)|(?<=[a-z] )(?:/|- |ou )) ?(?:e(?!-)|{_LONG_ENDINGS}))(?:[.\x01\x02-]?s)?(?![a-z0-9]))"
)
# What says in a text that both genders are meant, after the mark before it, which is what a search skips to.
_EITHER = re.compile(
    r"[^a-z0-9](?:(?:[hm] ?/ ?f|f ?/ ?[hm]|hf|fh)(?![a-z0-9])"
    r"|hommes? (?:ou|et) (?:une? )?femme|femmes? (?:ou|et) (?:un )?homme)"
)
# What may stand before the name of the occupation.
_LEAD = words_of_titles("lead")
_ONE_FORM = words_of_titles("one_form")
_BREAK = re.compile(r"[|:,;/()\[\]\x01\x02!?]| - |^- | -$|\. ")
_TOKEN = re.compile(r"[a-z0-9]+")
_LONGEST = 160  # characters: beyond, the first line is not a title


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an occupation in one gender: its place in the folded advertisement and both its forms as written."""

    start: int
    end: int
    is_feminine: bool
    masculine: str
    feminine: str


class TitleReader:
    """Finds names in one gender by a table of labels."""

    def __init__(self, labels: Labels, order: str = "masculine", style: str = "double") -> None:
        self._labels, self._order, self._style = labels, order, style
        self._first_epicenes = {words[0] for words in labels.epicenes}

    def names(self, ad: Advertisement) -> Iterator[Name]:
        """Names in one gender in the title; none when it tells both somewhere."""
        title = ad.title
        if not title or len(title) > _LONGEST or "h/f" in title or "f/h" in title:
            return
        if _BOTH.search(title) or _TOLD.search(f" {title}"):
            return
        tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(title)]
        known = {word for word, _, _ in tokens}
        labels = self._labels
        at_head = True
        end = 0
        for at, (word, start, stop) in enumerate(tokens):
            begins = at == 0 or (title[end:start] != " " and _BREAK.search(title, end - 1, start + 1) is not None)
            at_head = at_head or begins
            end = stop
            if not at_head or (not begins and word in labels.adjectives):
                continue
            if labels.others.get(word) in known:  # « développeuse ou développeur »
                at_head = False
                continue
            name = self._of_some(ad, tokens, at)
            if name is not None and not self._has_both(name, known):
                yield name
            at_head = word in _LEAD and name is None

    def name_in_text(self, ad: Advertisement, start: int) -> Name | None:
        """The name in one gender, of one person or several, that begins at an offset of the text."""
        labels = self._labels
        first = _TOKEN.match(ad.text, start)
        if first is None:
            return None
        word = first[0]
        if word not in labels.heads and word[:-1] not in labels.heads and word not in labels.phrases:
            return None
        tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(ad.text, start, min(len(ad.text), start + 80))]
        return self._of_some(ad, tokens, 0, guess=False)

    def text_tells_both(self, ad: Advertisement, name: Name) -> bool:
        """Whether H/F, or the other gender of the name, stands in the text, whatever the title says."""
        others = _words_of_the_other(name)
        key = (" ".join(others), 0, 0)  # a text may hold the same name often
        told = ad.contexts.get(key)
        if told is None:
            text = ad.text[ad.title_end :]
            told = _EITHER.search(text) is not None or not set(_TOKEN.findall(text)).isdisjoint(others)
            ad.contexts[key] = told
        return told or _BOTH.match(ad.text, name.end + ad.text.startswith(" (", name.end)) is not None

    def suggestions(self, name: Name) -> tuple[str, ...]:
        """Both genders as the settings write them, then the masculine or feminine with (H/F)."""
        one, other = (name.masculine, name.feminine) if self._order == "masculine" else (name.feminine, name.masculine)
        mark = "(H/F)" if self._order == "masculine" else "(F/H)"
        double = _shared_tail(one, other)
        written = name.feminine if name.is_feminine else name.masculine
        is_short = self._style == "short" and " " not in name.masculine
        first = short_form(name.masculine, name.feminine) if is_short else double
        return tuple(dict.fromkeys((first, double, f"{written} {mark}")))

    def _of_some(
        self, ad: Advertisement, tokens: list[tuple[str, int, int]], at: int, guess: bool = True
    ) -> Name | None:
        """The name of one person or of several (« vendeuses »)."""
        word, start, stop = tokens[at]
        if not word.endswith("s") or word in self._labels.others or word[:-1] not in self._labels.heads:
            return self._name(ad, tokens, at, guess)
        name = self._name(ad, [(word[:-1], start, stop - 1)], 0, guess=False)
        ending = _written(ad, stop - 1, stop)
        return name and Name(start, stop, name.is_feminine, name.masculine + ending, name.feminine + ending)

    def _name(self, ad: Advertisement, tokens: list[tuple[str, int, int]], at: int, guess: bool = True) -> Name | None:
        labels = self._labels
        word, start, stop = tokens[at]
        for words, other, is_feminine in labels.phrases.get(word, ()):
            if tuple(token for token, _, _ in tokens[at : at + len(words)]) == words:
                end = tokens[at + len(words) - 1][2]
                written = _written(ad, start, end)
                other = _cased(other, written)
                return Name(start, end, is_feminine, *((other, written) if is_feminine else (written, other)))
        if self._is_epicene(tokens, at):
            return None
        if word in labels.feminines and word in labels.heads:
            name = self._grow(ad, tokens, at, is_feminine=False)
            return None if word in _ONE_FORM and name.end == stop else name
        if word in labels.masculines and word in labels.heads:
            return self._grow(ad, tokens, at, is_feminine=True)
        if guess and looks_masculine(word):
            written = _written(ad, start, stop)
            return Name(start, stop, False, written, _cased(feminine(written.lower()), written))
        return None

    def _is_epicene(self, tokens: list[tuple[str, int, int]], at: int) -> bool:
        if tokens[at][0] not in self._first_epicenes:
            return False
        words = tuple(token for token, _, _ in tokens[at : at + 8])
        return any(words[:length] in self._labels.epicenes for length in range(1, len(words) + 1))

    def _grow(self, ad: Advertisement, tokens: list[tuple[str, int, int]], at: int, is_feminine: bool) -> Name:
        """Take the words after the first that have the same gender: « assistant commercial et administratif »."""
        table = self._labels.masculines if is_feminine else self._labels.feminines
        last = at
        following = at + 1
        while following < len(tokens):
            word = tokens[following][0]
            between = ad.text[tokens[following - 1][2] : tokens[following][1]]
            if between not in (" ", "-", "  "):
                break
            if word in table or (between == "-" and not is_feminine and looks_masculine(word)):
                last = following
            elif word not in ("et", "ou") or following - last > 1:
                break
            following += 1
        start, end = tokens[at][1], tokens[last][2]
        written = _written(ad, start, end)
        other = re.sub(r"[^\W_]+", lambda word: _other(word[0], table), written)
        return Name(start, end, is_feminine, *((other, written) if is_feminine else (written, other)))

    def _has_both(self, name: Name, known: set[str]) -> bool:
        if not known.isdisjoint(_words_of_the_other(name)):
            return True
        own = words_of(name.feminine if name.is_feminine else name.masculine)
        masculine, others = (known, own) if name.is_feminine else (own, known)
        return any(not feminines_of(word).isdisjoint(others) for word in masculine)


def _written(ad: Advertisement, start: int, end: int) -> str:
    """The words of a passage as they are written, each letter in one character with its accent."""
    return normalize("NFC", ad.raw[slice(*ad.folded.origin(start, end))])


def _words_of_the_other(name: Name) -> list[str]:
    """The folded words that only the other gender of a name has."""
    masculine, feminine_words = words_of(name.masculine), words_of(name.feminine)
    one, other = (feminine_words, masculine) if name.is_feminine else (masculine, feminine_words)
    return [word for word in other if word not in one and len(word) > 2]


def _other(word: str, table: dict[str, str]) -> str:
    folded = words_of(word)
    if not folded or folded[0] not in table:
        return feminine(word) if folded and looks_masculine(folded[0]) else word
    return _cased(table[folded[0]], word)


def _cased(text: str, model: str) -> str:
    """Write a text with the capitals of another."""
    if model.isupper() and len(model) > 1:
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text[:1].lower() + text[1:]


def _shared_tail(one: str, other: str) -> str:
    """« Développeur / Développeuse web » rather than the tail twice."""
    left, right = one.split(), other.split()
    shared = 0
    while shared < min(len(left), len(right)) - 1 and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    return f"{' '.join(left[: len(left) - shared])} / {other}"
