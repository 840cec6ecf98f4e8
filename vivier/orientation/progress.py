"""How far somebody is in a challenge: a signed word in the address, and nothing anywhere else.

It holds a step and how often it was tried, no name and no date: the same for everybody who stands there.
"""

from dataclasses import dataclass

from django.core import signing

from vivier.orientation.challenges import Challenge

_SALT = "vivier.orientation"
#: More tries than this open nothing more.
MOST_TRIES = 9


class LostProgress(Exception):
    """The word in the address was not written here for this challenge, or the challenge has changed since."""


@dataclass(frozen=True)
class Progress:
    """`step`: how many steps are solved, which is the position of the next; `tries`: wrong answers to that one."""

    step: int = 0
    tries: int = 0

    def tried(self) -> "Progress":
        """Return the same, one wrong answer later."""
        return Progress(self.step, min(self.tries + 1, MOST_TRIES))

    def onward(self) -> "Progress":
        """Return the start of the next step."""
        return Progress(self.step + 1)

    def word(self, challenge: Challenge) -> str:
        """Return what the address carries."""
        return _signer(challenge).sign(f"{self.step}.{self.tries}")


def read(challenge: Challenge, word: str) -> Progress:
    """Return what a word of the address says; without a word, the beginning. Raises LostProgress."""
    if not word:
        return Progress()
    try:
        step, tries = map(int, _signer(challenge).unsign(word).split("."))
    except (signing.BadSignature, ValueError) as error:
        raise LostProgress from error
    if step > len(challenge.steps):
        raise LostProgress
    return Progress(step, tries)


def _signer(challenge: Challenge) -> signing.Signer:
    return signing.Signer(salt=f"{_SALT}.{challenge.slug}")
