"""The highest score that every pair can have while as many are served, tier by tier: found by halving."""

from __future__ import annotations

import numpy as np

from .decomposition import serve_by_level
from .problem import IntArray, PairArray


def highest_floor(
    starts: IntArray, mentor: PairArray, score: PairArray, capacities: IntArray, level: IntArray, levels: int
) -> tuple[int, IntArray] | None:
    """The floor and an assignment (N,) above it, which serves fewer; None where nobody can be served.

    starts (N+1,), mentor, score (E,): pairs by mentee; capacities (M,): at most a degree; level (N,): 0…levels-1.
    """

    def served(kept: np.ndarray) -> tuple[IntArray, list[int]]:
        rows = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])[starts]
        seats = np.minimum(capacities, np.bincount(mentor[kept], minlength=len(capacities)))
        assignment = serve_by_level(rows, mentor[kept], seats, level, levels)
        return assignment, np.bincount(level[assignment >= 0], minlength=levels).tolist()

    everything = served(np.ones(len(mentor), dtype=bool))[1]
    if not any(everything):
        return None
    steps = np.unique(score)
    # At `low` as many are served; at `high` fewer, as `above` shows. Beyond the last step nobody is.
    low, high, above = 0, len(steps), np.full(len(level), -1, dtype=np.int64)
    while high - low > 1:
        middle = (low + high) // 2
        assignment, counts = served(score >= steps[middle])
        if counts == everything:
            low = middle
        else:
            high, above = middle, assignment
    return int(steps[low]), above
