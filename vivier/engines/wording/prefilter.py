"""One pass over a text for the anchors of every pattern, so that expressions run only where they may match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from operator import itemgetter
from types import MappingProxyType

from daachorse import DoubleArrayAhoCorasick

from .rules import RulePattern

# Everything between words is one byte: an anchor that begins a word is then found only where a word begins. All digits
# are another but zero, with which some numbers begin: one key of the automaton then stands for all ages of two digits.
_BETWEEN = b" "
_SPACED = re.sub(b"[1-9]", b"1", re.sub(b"[^0-9a-z]", _BETWEEN, bytes(range(256))))
_place = itemgetter(0, 1, 2)
Passage = tuple[int, int, int, re.Match[str], int, int]
Sentence = Callable[[int, int], tuple[int, int]]
Places = MutableMapping[str, list[int]]
_Rests = list[tuple[int, Callable[[str, int], re.Match[str] | None] | None, str]]


class Prefilter:
    """Finds the passages of patterns by their anchors (Aho-Corasick, as a double array).

    Anchors that begin with a mark, such as a bracket, are few: they are looked for one by one where the mark stands.
    placed: number of a pattern of which only the place is wanted → its name; a bare one is not read any further
    typical: folded text such as will be read; what it leads to is kept together in memory
    """

    def __init__(
        self,
        patterns: Sequence[RulePattern],
        placed: Mapping[int, str] = MappingProxyType({}),
        typical: bytes = b"",
    ) -> None:
        self._patterns = patterns
        self._led = {number: one.led for number, one in enumerate(patterns) if one.before is not None}
        self._openings = {number for number in self._led if patterns[number].may_open}
        # Anchors look alike to the automaton that differ by digits or marks: the text tells them apart.
        alike: dict[tuple[bytes, int], dict[str, _Rests]] = {}
        marks: dict[str, _Rests] = {}
        for number, pattern in enumerate(patterns):
            name = placed.get(number, "")
            is_read = not name or not pattern.is_bare or pattern.before is not None
            rest = number, pattern.then.match if is_read else None, name
            following = {after.encode("ascii").translate(_SPACED) for after in pattern.following}
            for anchor in pattern.anchors:
                if anchor[0].isalnum():
                    # After a mark, that a word ends says nothing.
                    is_told = anchor[-1].isalnum() or _BETWEEN not in following
                    sought = (b" " + anchor.encode("ascii")).translate(_SPACED)
                    for after in (is_told and following) or (b"",):
                        alike.setdefault((sought + after, 1 + len(after)), {}).setdefault(anchor, []).append(rest)
                else:
                    marks.setdefault(anchor, []).append(rest)
        sought = sorted(alike)
        self._automaton = DoubleArrayAhoCorasick(
            [key for key, _ in sought],
            corpus=[_spaced(typical)],
            use_prefilter=False,  # an anchor stands in nearly every sentence: there is nothing to skip
        )
        self._anchors = [(key[1], alike[key]) for key in sought]
        # First character → first two → anchors; and what looks for the first where one of the second follows.
        by_mark: dict[str, dict[str, list[tuple[str, _Rests]]]] = {}
        for anchor, rests in marks.items():
            by_mark.setdefault(anchor[0], {}).setdefault(anchor[:2], []).append((anchor, rests))
        self._marks = [
            (mark, re.compile(f"{re.escape(mark)}(?=[{re.escape(''.join(sorted(two[1] for two in marked)))}])"), marked)
            for mark, marked in by_mark.items()
        ]

    def passages(self, text: str, data: bytes, places: Places, sentence: Sentence | None = None) -> list[Passage]:
        """Start, end (negative: the longest first), number, what follows the anchor, starts of `here`, of the anchor.

        That of `here` is -1 unless what stands before the anchor names it (`before`, `here`). In order of place, then
        of pattern. What is only placed goes to `places`, in any order.

        places    name → offsets; makes a list for a name that it lacks
        sentence  bounds of the one that holds a passage, for what may open a sentence on a line of its own
        """
        known, led = self._anchors, self._led
        found: list[Passage] = []
        for start, end, number in self._automaton.find_overlapping(_spaced(data)):
            beyond, anchors = known[number]
            end -= beyond
            for pattern, match, name in anchors.get(text[start:end], ()):
                if match is None:
                    places[name].append(start)
                elif (rest := match(text, end)) is not None:
                    if name or pattern in led:
                        self._take(text, start, pattern, rest, name, places, found, sentence)
                    else:
                        found.append((start, -rest.end(), pattern, rest, -1, start))
        for mark, sought, marked in self._marks:
            first = text.find(mark)
            for at in sought.finditer(text, first) if first >= 0 else ():
                start = at.start()
                for anchor, rests in marked[text[start : start + 2]]:
                    if text.startswith(anchor, start):
                        for pattern, match, name in rests:
                            if match is None:
                                places[name].append(start)
                            elif (rest := match(text, start + len(anchor))) is not None:
                                self._take(text, start, pattern, rest, name, places, found, sentence)
        found.sort(key=_place)
        return found

    def _take(
        self,
        text: str,
        start: int,
        number: int,
        rest: re.Match[str],
        name: str,
        places: Places,
        found: list[Passage],
        sentence: Sentence | None,
    ) -> None:
        """Add a passage to those found, or to the places of its name, unless what should lead to it is lacking."""
        here, anchor = -1, start
        if number in self._led:
            if (led := self._lead(text, start, number, sentence)) is None:
                return
            start, here = led
        if name:
            places[name].append(start)
        else:
            found.append((start, -rest.end(), number, rest, here, anchor))

    def _lead(self, text: str, start: int, number: int, sentence: Sentence | None) -> tuple[int, int] | None:
        """What stands before an anchor (see `led`); the start of a sentence does where a line begins without a mark."""
        led = self._led[number](text, start)
        if led is None and sentence is not None and number in self._openings:
            return self._led[number](text, start, sentence(start, start + 1)[0])
        return led

    def passages_by_trial(self, text: str, sentence: Sentence | None = None) -> Iterator[tuple[int, int, int]]:
        """The same by looking for every anchor from end to end: the slow truth that `passages` is checked against."""
        for number, pattern in enumerate(self._patterns):
            for anchor in pattern.anchors:
                start = text.find(anchor)
                while start >= 0:
                    is_inside = anchor[0].isalnum() and text[start - 1 : start].isalnum()
                    if not is_inside and (found := pattern.then.match(text, start + len(anchor))) is not None:
                        led = (start, -1) if pattern.before is None else self._lead(text, start, number, sentence)
                        if led is not None:
                            yield number, led[0], found.end()
                    start = text.find(anchor, start + 1)


def _spaced(data: bytes) -> bytes:
    """A folded text as the automaton reads it, one byte later."""
    return (b" %b " % data).translate(_SPACED)
