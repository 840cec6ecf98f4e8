"""One advertisement as the rules see it: title and text folded in one piece, with its sentences."""

from __future__ import annotations

import re
from collections import defaultdict

from .folding import fold

#: A sentence ends at a mark before a capital, at a line that does not go on, at a bullet or a tag. The expression
#: begins with the characters that may end one, so that it skips from one of them to the next.
_ENDS = re.compile(
    r"[.!?…•●▪<\n](?:(?<=[.!?…])(?=\s+[^a-zà-ÿ\s])|(?<=[•●▪])|(?<=<)(?=/?(?:p|br|li|ul|ol|div|h\d)\b)"
    r"|(?<=\n)(?:(?=\s*[^a-zà-ÿœ\s(])|(?=\s*\n)|(?<=[.!?:;]\n)|(?<=[.!?:;]\r\n)))"
)
LONGEST = 400  # characters of a sentence on either side of a passage; advertisements hold some without end


class Advertisement:
    """Title and text joined by a line break. Offsets below are those of the folded whole.

    raw     title, line break, text
    folded  the same in lower-case ASCII (see `folding`)
    places  id of an exception, or of a rule that counts → where its words stand, in any order
    contexts  rule or what is sought, and sentence → whether the sentence is one that the rule reads, or holds it
    """

    __slots__ = (
        "_opening",
        "_sentence",
        "contexts",
        "data",
        "folded",
        "places",
        "raw",
        "text",
        "title",
        "title_end",
    )

    def __init__(self, title: str, text: str) -> None:
        self.raw = f"{title}\n{text}"
        self.folded = fold(self.raw)
        self.text, self.data = self.folded.text, self.folded.data
        self.title_end = self.folded.position(len(title))
        self.title = self.text[: self.title_end]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.contexts: dict[tuple[str, int, int], bool] = {}
        self._sentence = (0, -1)  # the last one that was looked for
        self._opening = -1  # not looked for yet

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentence that holds the passage; never across title and text."""
        low, high = self._sentence
        if low <= start and end <= high:
            return low, high
        low, high = self._sentence_of(start, end)
        if start - low < LONGEST and high - end < LONGEST:  # a whole one: others may read it
            self._sentence = low, high
        return low, high

    def _sentence_of(self, start: int, end: int) -> tuple[int, int]:
        raw, low, high = self.raw, *self.bounds(start)
        is_shifted = bool(self.folded.gaps)
        if is_shifted:
            start, end = self.folded.origin(start, end)
            low, high = self.folded.origin(low, high)
        low, high = max(low, start - LONGEST), min(high, end + LONGEST)
        last = max(end - 1, start)
        for ending in _ENDS.finditer(raw, low, high):
            at = ending.start()
            if at < start:
                low = at + 1
            elif at >= last:
                high = at + 1
                break
        return (self.folded.position(low), self.folded.position(high)) if is_shifted else (low, high)

    def before(self, low: int) -> int:
        """Where the sentence before one that begins at `low` begins, in the same field."""
        first, end = self.bounds(low)[0], low - 1
        while end > first and not self.text[end].isalnum():
            end -= 1
        return self._sentence_of(end, end + 1)[0] if end > first else low

    @property
    def opening(self) -> int:
        """Where the title and the first sentence of the text end: they tell the nature of the post."""
        if self._opening < 0:
            first = self.title_end + 1
            while first < len(self.text) and not self.text[first].isalnum():
                first += 1
            self._opening = self._sentence_of(first, first)[1] if first < len(self.text) else self.title_end
        return self._opening

    def bounds(self, start: int) -> tuple[int, int]:
        """Bounds of the field (title or text) that holds an offset."""
        return (0, self.title_end) if start < self.title_end else (self.title_end + 1, len(self.text))

    def is_whole(self, start: int, end: int) -> bool:
        """True unless the passage spans the title and the text, or the ends of two lines that are not one sentence."""
        if start <= self.title_end < end:
            return False
        first, last = self.folded.origin(start, end)
        return _ENDS.search(self.raw, first, last) is None if "\n" in self.raw[first:last] else True

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """Field and offsets in it, in code points, of a passage."""
        first, last = self.folded.origin(start, end)
        before = self.folded.origin(self.title_end, self.title_end)[0]
        return (
            ("title", first, last)
            if first < before or start < self.title_end
            else ("text", first - before - 1, last - before - 1)
        )
