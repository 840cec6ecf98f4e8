"""One turn of a challenge: what the address says, and what the page answers. No query, nothing kept."""

from dataclasses import dataclass

from vivier.orientation import progress
from vivier.orientation.challenges import Challenge, Step
from vivier.orientation.mechanics import Answers, Play, Verdict, first
from vivier.orientation.tables import typeset

#: After so many wrong answers, the answer may be asked for.
ENOUGH = 2


@dataclass(frozen=True)
class Turn:
    """One page of a challenge. `word`: goes on with this step; `next_word`: goes on to the next, "" until solved.

    `is_fresh`: she has just come to this step.
    """

    challenge: Challenge
    step: Step
    number: int
    play: Play
    hints: tuple[str, ...]
    may_ask: bool
    was_shown: bool
    word: str
    next_word: str
    is_fresh: bool

    @property
    def focus(self) -> str:
        """The id of what takes the keyboard when the page is shown: what is said first, then the new question."""
        if self.said or self.is_solved:
            return "dit"
        return self.play.focus or ("question" if self.is_fresh and self.number > 1 else "")

    @property
    def total(self) -> int:
        return len(self.challenge.steps)

    @property
    def said(self) -> str:
        """What is said of this very answer, "" where nothing is."""
        return typeset(self.play.said)

    @property
    def is_solved(self) -> bool:
        return self.play.verdict is Verdict.RIGHT

    @property
    def is_wrong(self) -> bool:
        return self.play.verdict is Verdict.WRONG

    @property
    def is_last(self) -> bool:
        return self.number == self.total


def turn(challenge: Challenge, answers: Answers) -> Turn | None:
    """Return the page that `answers` (the parameters of an address) lead to; None when every step is solved.

    Raises LostProgress.
    """
    at = progress.read(challenge, first(answers, "suivi"))
    if at.step == len(challenge.steps):
        return None
    step = challenge.steps[at.step]
    shown = "montre" in answers and at.tries >= ENOUGH
    play = step.puzzle.play(step.puzzle.solution() if shown else answers)
    now = at.tried() if play.verdict is Verdict.WRONG else at
    return Turn(
        challenge=challenge,
        step=step,
        number=at.step + 1,
        play=play,
        hints=step.hints[: now.tries + 1],
        may_ask=now.tries >= ENOUGH,
        was_shown=shown,
        word=now.word(challenge),
        next_word=at.onward().word(challenge) if play.verdict is Verdict.RIGHT else "",
        is_fresh=not set(answers) - {"suivi"},
    )


def has_finished(challenge: Challenge, word: str) -> bool:
    """Tell whether a word of the address says that every step is solved; a word that says nothing has not."""
    try:
        return progress.read(challenge, word).step == len(challenge.steps)
    except progress.LostProgress:
        return False
