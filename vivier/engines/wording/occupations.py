"""The names of occupations in both genders: the table of the engine, and any other list in the form of the ROME."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from .folding import fold
from .inflection import feminines_of

_WORD = re.compile(r"[^\W_]+")


class InvalidLabels(ValueError):
    """A list of labels that cannot be used; the message is French."""


@dataclass(slots=True)
class Labels:
    """What is known of words and names, all folded.

    feminines   masculine word → feminine as written; masculines the reverse
    others      word → the other gender, both folded
    phrases     first word → names of several words whose genders differ otherwise: (words, other gender, is feminine)
    epicenes    names of one form, by their words
    heads       words that begin a name and have a gender
    adjectives  words that may also follow a noun which is no name: « stage commercial »
    """

    feminines: dict[str, str] = field(default_factory=dict)
    masculines: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str, bool]]] = field(default_factory=dict)
    epicenes: set[tuple[str, ...]] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, label: str) -> None:
        """Take « Développeur / Développeuse web », « Valet de chambre | Femme de chambre », or a name of one form.

        « ~ Confirmé / Confirmée » is an adjective, which never begins a name.
        """
        begins = not label.startswith("~ ")
        label = label.removeprefix("~ ")
        self.count += begins
        if " | " in label:
            self._add_phrase(*label.split(" | ", 1))
            return
        left, _, right = label.partition(" / ")
        masculine, feminine = _WORD.findall(left), _WORD.findall(right)
        if not right:
            self.epicenes.add(words_of(left))
            return
        pairs = [(m, f) for m, f in zip(masculine, feminine, strict=False) if fold(m).text != fold(f).text]
        if not pairs or not all(fold(f).text in feminines_of(fold(m).text) for m, f in pairs):
            return  # two names of one occupation, not two genders of one name
        if not begins or fold(masculine[0]).text != fold(feminine[0]).text:
            self.heads |= {fold(masculine[0]).text, fold(feminine[0]).text} if begins else set()
        else:  # « Aide-soignant »: the first word has one form
            self._add_phrase(left, " ".join(right.split()[: len(left.split())]))
        if not begins:
            self.adjectives |= {fold(word).text for pair in pairs for word in pair}
        for m, f in pairs:
            one, other = fold(m).text, fold(f).text
            self.feminines.setdefault(one, f.lower())
            self.masculines.setdefault(other, m.lower())
            self.others.setdefault(one, other)
            self.others.setdefault(other, one)

    def _add_phrase(self, masculine: str, feminine: str) -> None:
        for name, other, is_feminine in ((masculine, feminine, False), (feminine, masculine, True)):
            words = words_of(name)
            self.phrases.setdefault(words[0], []).append((words, other, is_feminine))

    def with_more(self, lines: Iterable[str]) -> Labels:
        """These labels and others; the words known first keep their forms."""
        more = Labels(
            dict(self.feminines),
            dict(self.masculines),
            dict(self.others),
            {word: list(known) for word, known in self.phrases.items()},
            set(self.epicenes),
            set(self.heads),
            set(self.adjectives),
            self.count,
        )
        for line in lines:
            more.add(line)
        return more


@lru_cache(maxsize=8_192)  # the same names come again in a corpus
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(re.findall(r"[a-z0-9]+", fold(text).text))


def read_labels(text: str) -> list[str]:
    """Labels from the CSV of the ROME (libelle_appellation_long) or from lines. Raises InvalidLabels."""
    lines = text.splitlines()
    if not lines:
        raise InvalidLabels("ce fichier est vide")
    heading = next(csv.reader([lines[0]]))
    if len(heading) == 1 or lines[0].startswith("#") or " / " in lines[0]:
        found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    else:
        column = next((name for name in ("libelle_appellation_long", "libelle", "label") if name in heading), None)
        if column is None:
            raise InvalidLabels("la colonne libelle_appellation_long manque")
        found = [row[column].strip() for row in csv.DictReader(lines) if row.get(column)]
    if not found:
        raise InvalidLabels("ce fichier ne contient aucun intitulé")
    return found


@cache
def shipped_labels() -> Labels:
    """The table of the engine."""
    text = resources.files(__package__).joinpath("data", "occupations.txt").read_text("utf-8")
    return Labels().with_more(read_labels(text))
