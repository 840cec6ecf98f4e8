"""How deep the tests dig: `make test-deep` gives hypothesis ten times the examples and runs what is marked `deep`.

`make test` shows every promise once and stays within minutes; `deep` marks what repeats a promise on another source or
age, or on all of France.
"""

import os

#: 1 for `make test`.
DEPTH = int(os.environ.get("VIVIER_DEPTH", "1"))


def examples(number: int) -> int:
    """Return how many examples hypothesis tries of what `make test` tries `number` of."""
    return number * DEPTH
