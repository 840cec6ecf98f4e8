"""What every mechanic takes and gives back. Pure: an answer is the parameters of an address, whatever they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

#: The parameters of an address: each name with its values, in order.
Answers = Mapping[str, Sequence[str]]


class Verdict(StrEnum):
    """Where an answer stands; OPEN: nothing has been judged yet."""

    OPEN = "open"
    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True)
class Play:
    """What an answer gives: the verdict, what the page draws, a sentence about this very answer ("" where none).

    `focus`: the id of what the keyboard goes on from, where nothing is said; "" leaves it where it is.
    """

    verdict: Verdict
    view: object
    said: str = ""
    focus: str = ""


class Puzzle(Protocol):
    """One thing to solve. `template`: the partial that draws `Play.view`."""

    template: str

    def play(self, answers: Answers) -> Play:
        """Return what `answers` give; never raises, whatever they hold."""

    def solution(self) -> dict[str, list[str]]:
        """Return the answers that solve it."""


def first(answers: Answers, name: str) -> str:
    """Return the first value of a parameter, or ""."""
    values = answers.get(name) or [""]
    return values[0]


def index(text: str, size: int) -> int | None:
    """Return the position that a text writes, from 0 to `size` excluded; None for anything else."""
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else size
    return position if position < size else None
