"""What a pair counts for in the total. The proof has its own reading of the same rule."""

from __future__ import annotations

from .problem import MAX_SCORE, IntArray, Options


def optimised_scores(scores: IntArray, options: Options) -> IntArray:
    """Each score, or a concave function of it that raises the worst pairs most; integers from 0 to 10 000."""
    if options.score == "linear":
        return scores
    return MAX_SCORE - (MAX_SCORE - scores) ** 2 // MAX_SCORE
