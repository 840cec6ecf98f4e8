"""The ways of playing a step: each reads its table and judges an answer. Pure."""

from vivier.orientation.mechanics import choices, program, route, screen
from vivier.orientation.mechanics.plays import Answers, Play, Puzzle, Verdict, first

#: The key `kind` of a step → what reads the rest of its table.
READERS = {
    "program": program.read,
    "route": route.read,
    "choice": choices.read_choice,
    "spot": choices.read_spot,
    "screen": screen.read,
}

__all__ = ["READERS", "Answers", "Play", "Puzzle", "Verdict", "first"]
