"""Lines and columns of offsets, both from 1."""

from __future__ import annotations

import bisect
from collections.abc import Sequence


class Lines:
    """The lines of a text, to place offsets in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: Sequence[int] = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line without its end."""
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r")
