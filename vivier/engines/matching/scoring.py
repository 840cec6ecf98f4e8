"""What a pair counts for in the total. The proof has its own reading of the same rules."""

from __future__ import annotations

import numpy as np

from .limits import MAX_SCORE, UNMATCHED
from .problem import Options, PairArray, Problem


def optimised_scores(problem: Problem, options: Options) -> PairArray:
    """(E,) 0…40 000: the score, or a concave function of it that raises the worst pairs most; then what is added.

    A wish of rank r adds 10 000 // r: a first wish makes up for any lack of score. A pair that exists adds
    `stickiness`. Where some seats are beyond what mentors offer, the others add 10 000.
    """
    table = np.arange(MAX_SCORE + 1, dtype=np.int32)
    if options.score == "concave":
        table = MAX_SCORE - (MAX_SCORE - table) ** 2 // MAX_SCORE
    value = table[problem.pair_score]
    if problem.pair_wish is not None:
        value += np.where(problem.pair_wish > 0, MAX_SCORE // np.maximum(problem.pair_wish, 1), 0)
    if options.previous and options.stickiness:
        value[existing(problem, options)] += options.stickiness
    if problem.pair_extra is not None:
        value[~problem.pair_extra] += MAX_SCORE
    return value


def existing(problem: Problem, options: Options) -> np.ndarray:
    """(E,) True for the pairs that `options.previous` names."""
    mentor_at = {mentor: n for n, mentor in enumerate(problem.mentor_ids)}
    previous = options.previous or {}
    held = (mentor_at.get(previous.get(mentee), UNMATCHED) for mentee in problem.mentee_ids)
    mentor = np.fromiter(held, dtype=np.int32, count=problem.mentee_count)
    return mentor[problem.pair_mentee] == problem.pair_mentor
