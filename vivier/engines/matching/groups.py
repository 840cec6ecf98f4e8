"""Group mentoring where mentors are short: seats beyond what mentors offer, each at a cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .limits import MAX_SCORE, UNMATCHED
from .problem import IntArray, Problem, Solution

_MORE = "\0"  # ends the identifier of a mentor's further seats: no file holds it


def with_groups(problem: Problem, size: int) -> tuple[Problem, IntArray]:
    """The problem in which whoever offers a seat may take up to `size` mentees, and the mentor (M',) of each one in it.

    Further seats are mentors of their own, behind the others; `pair_extra` marks their pairs, which count less (see
    `scoring`): a further seat is taken where it serves one more mentee, or where it is worth that cost.
    """
    few = np.flatnonzero((problem.capacities > 0) & (problem.capacities < size))
    place = np.full(problem.mentor_count, UNMATCHED, dtype=np.int64)
    place[few] = problem.mentor_count + np.arange(len(few))
    further = np.flatnonzero(place[problem.pair_mentor] >= 0)
    grouped = Problem(
        mentee_ids=problem.mentee_ids,
        tiers=problem.tiers,
        mentor_ids=(*problem.mentor_ids, *(problem.mentor_ids[mentor] + _MORE for mentor in few.tolist())),
        capacities=np.append(problem.capacities, size - problem.capacities[few]),
        pair_mentee=np.append(problem.pair_mentee, problem.pair_mentee[further]),
        pair_mentor=np.append(problem.pair_mentor, place[problem.pair_mentor[further]]),
        pair_score=np.append(problem.pair_score, problem.pair_score[further]),
        pair_wish=None if problem.pair_wish is None else np.append(problem.pair_wish, problem.pair_wish[further]),
        pair_extra=np.append(np.zeros(problem.pair_count, dtype=bool), np.ones(len(further), dtype=bool)),
    )
    return grouped, np.append(np.arange(problem.mentor_count), few)


def without_groups(problem: Problem, grouped: Solution, mentor_of: IntArray) -> tuple[Solution, int]:
    """The solution with the mentors of `problem`, and how many further seats it takes. Its proof is the grouped one.

    Its duals speak of `problem`, where no seat counts for more than another: a pair's slack is the same.
    """
    placed = grouped.assignment >= 0
    assignment = np.full(problem.mentee_count, UNMATCHED, dtype=np.int64)
    assignment[placed] = mentor_of[grouped.assignment[placed]]
    duals = replace(
        grouped.duals,
        mentee=grouped.duals.mentee - MAX_SCORE,
        mentor=grouped.duals.mentor[: problem.mentor_count],
        tier_values=grouped.duals.tier_values - MAX_SCORE,
    )
    extra = int((grouped.assignment >= problem.mentor_count).sum())
    return replace(grouped, assignment=assignment, duals=duals), extra
