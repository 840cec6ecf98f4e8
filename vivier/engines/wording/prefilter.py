"""One pass over a text for the anchors of every pattern, so that expressions run only where they may match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .rules import RulePattern

_IS_WORD = bytes(chr(code).isalnum() and code < 128 for code in range(256))


class Prefilter:
    """Finds the passages of patterns by their anchors (Aho-Corasick, as an automaton without failure links)."""

    def __init__(self, patterns: Sequence[RulePattern]) -> None:
        self._patterns = patterns
        users: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for anchor in pattern.anchors:
                users.setdefault(anchor, []).append(number)
        anchors = sorted(users)
        encoded = [anchor.encode("ascii") for anchor in anchors]
        self._automaton = BytesAhoCorasick(encoded, implementation=Implementation.DFA)
        self._starts_word = bytes(anchor[0].isalnum() for anchor in anchors)
        self._rests = [[(number, patterns[number].then.match) for number in users[anchor]] for anchor in anchors]

    def passages(self, text: str, data: bytes) -> Iterator[tuple[int, int, int, re.Match[str]]]:
        """Number of the pattern, start, end, and the match of what follows the anchor, in no order."""
        starts_word, rests, is_word = self._starts_word, self._rests, _IS_WORD
        for anchor, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            if starts_word[anchor] and start and is_word[data[start - 1]]:
                continue
            for number, match in rests[anchor]:
                if (found := match(text, end)) is not None:
                    yield number, start, found.end(), found

    def passages_without_anchors(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The same by trying every pattern at every offset: the slow truth that `passages` is checked against."""
        for number, pattern in enumerate(self._patterns):
            whole = pattern.whole()
            for start in range(len(text)):
                if (found := whole.match(text, start)) is not None:
                    yield number, start, found.end()
