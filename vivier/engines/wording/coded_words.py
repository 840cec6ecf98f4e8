"""The balance of words coded as masculine or feminine: a score whose French list nobody validated, never a finding."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from daachorse import DoubleArrayAhoCorasick

from .folding import fold

LABEL = "traduction non validée"


@dataclass(frozen=True, slots=True)
class CodedWords:
    """Words found, folded, in the order of the text. `label` goes wherever the score is shown."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    label: str = LABEL

    @property
    def score(self) -> int:
        """Feminine words less masculine ones."""
        return len(self.feminine) - len(self.masculine)

    def told(self) -> str:
        """One French line."""
        return f"mots codés : {len(self.masculine)} masculins, {len(self.feminine)} féminins ({self.label})"


def coded_words(text: str) -> CodedWords:
    """The coded words of a text."""
    stems, kinds, automaton = _lexicon()
    folded = fold(text)
    found: dict[str, list[str]] = {"masculine": [], "feminine": [], "except": []}
    last = -1
    hits = automaton.find_overlapping(folded.data)
    for start, _end, number in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start > last and (not start or not folded.text[start - 1].isalnum()):
            word_end = start + len(stems[number])
            while word_end < len(folded.text) and folded.text[word_end].isalnum():
                word_end += 1
            last = word_end - 1
            found[kinds[number]].append(folded.text[start:word_end])
    return CodedWords(tuple(found["masculine"]), tuple(found["feminine"]))


@cache
def _lexicon() -> tuple[list[str], list[str], DoubleArrayAhoCorasick]:
    tree = tomllib.loads(resources.files(__package__).joinpath("data", "coded_words.toml").read_text("utf-8"))
    pairs = [(stem, kind) for kind in ("masculine", "feminine", "except") for stem in tree[kind]]
    stems = [stem for stem, _ in pairs]
    automaton = DoubleArrayAhoCorasick([stem.encode("ascii") for stem in stems])
    return stems, [kind for _, kind in pairs], automaton
