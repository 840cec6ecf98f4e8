"""Why this pair, and why she waits: numbers and codes, from the problem and its proven solution alone.

`reasons` turns them into French sentences; `candidates` adds which rule kept whom away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from .explanations import CODE_OF_RULE, Alternative, PairReason, WaitingCode, WaitingReason
from .limits import MAX_SCORE, UNMATCHED
from .policy import RULES
from .problem import IntArray, Options, Problem, Solution
from .scoring import optimised_scores
from .tables import UNKNOWN

if TYPE_CHECKING:  # who builds them loads compiled code
    from .candidates import Candidates


class _Rows:
    """The pairs of each mentee."""

    def __init__(self, problem: Problem) -> None:
        self.order = np.argsort(problem.pair_mentee, kind="stable")
        self.starts = np.searchsorted(problem.pair_mentee[self.order], np.arange(problem.mentee_count + 1))

    def of(self, mentee: int) -> IntArray:
        return self.order[self.starts[mentee] : self.starts[mentee + 1]]


def ranks(problem: Problem, solution: Solution) -> IntArray:
    """(N,) rank of each mentee's mentor among her candidates, 1 for the best score, ties sharing it; 0 if she waits."""
    chosen = solution.assignment[problem.pair_mentee] == problem.pair_mentor
    held = np.full(problem.mentee_count, MAX_SCORE + 1, dtype=np.int64)
    held[problem.pair_mentee[chosen]] = problem.pair_score[chosen]
    better = problem.pair_score > held[problem.pair_mentee]
    rank = 1 + np.bincount(problem.pair_mentee[better], minlength=problem.mentee_count)
    return np.where(solution.assignment == UNMATCHED, 0, rank)


def explain_pairs(
    problem: Problem, options: Options | None, solution: Solution, *, alternatives: int = 3
) -> Iterator[PairReason]:
    """One reason for each assigned pair, in the order of the mentees, each with at most `alternatives` others."""
    options = options or Options()
    rows, duals = _Rows(problem), solution.duals
    value = optimised_scores(problem, options)
    slack = duals.mentee[problem.pair_mentee] + duals.mentor[problem.pair_mentor] - value
    waits = solution.assignment[problem.pair_mentee] == UNMATCHED
    wanted = np.bincount(problem.pair_mentor[waits], minlength=problem.mentor_count)
    for mentee in np.flatnonzero(solution.assignment != UNMATCHED).tolist():
        row = rows.of(mentee)
        mentor = int(solution.assignment[mentee])
        scores, mentors = problem.pair_score[row], problem.pair_mentor[row]
        place = 1 + np.searchsorted(np.sort(-scores), -scores, side="left")
        own = int(np.flatnonzero(mentors == mentor)[0])
        others = [
            Alternative(
                int(mentors[n]), int(scores[n]), int(place[n]), int(slack[row[n]]), int(duals.mentor[mentors[n]])
            )
            for n in range(len(row))
            if n != own
        ]
        others.sort(key=lambda one: (one.slack, one.rank, problem.mentor_ids[one.mentor]))
        yield PairReason(
            mentee=mentee,
            mentor=mentor,
            pair=int(row[own]),
            score=int(scores[own]),
            optimised_score=int(value[row[own]]),
            rank=int(place[own]),
            candidates=len(row),
            mentor_price=int(duals.mentor[mentor]),
            wanted_by=int(wanted[mentor]),
            alternatives=tuple(others[:alternatives]),
        )


def explain_waiting(
    problem: Problem, solution: Solution, candidates: Candidates | None = None
) -> Iterator[WaitingReason]:
    """One reason for each mentee who waits, in their order. `candidates`, which `problem` comes from, tell the rule."""
    rows = _Rows(problem)
    holders = np.flatnonzero(solution.assignment != UNMATCHED)
    holders = holders[np.argsort(solution.assignment[holders], kind="stable")]
    starts = np.searchsorted(solution.assignment[holders], np.arange(problem.mentor_count + 1))
    for mentee in np.flatnonzero(solution.assignment == UNMATCHED).tolist():
        mentors = problem.pair_mentor[rows.of(mentee)]
        served = [holders[starts[mentor] : starts[mentor + 1]] for mentor in mentors.tolist()]
        tiers, counts = np.unique(problem.tiers[np.concatenate([holders[:0], *served])], return_counts=True)
        seats = int(problem.capacities[mentors].sum())
        refusals = {} if candidates is None else {rule: int(candidates.refusals[rule][mentee]) for rule in RULES}
        nearest = UNKNOWN if candidates is None else int(candidates.nearest_beyond_m[mentee])
        yield WaitingReason(
            mentee=mentee,
            tier=int(problem.tiers[mentee]),
            code=_code(problem.mentor_count, len(mentors), seats, refusals),
            candidates=len(mentors),
            seats=seats,
            taken_by_tier=MappingProxyType(dict(zip(tiers.tolist(), counts.tolist(), strict=True))),
            refusals=MappingProxyType(refusals),
            nearest_m=None if nearest == UNKNOWN else nearest,
        )


def _code(mentors: int, candidates: int, seats: int, refusals: Mapping[str, int]) -> WaitingCode:
    if seats:
        return WaitingCode.ALL_TAKEN
    if candidates:
        return WaitingCode.NO_SEAT
    if not mentors:
        return WaitingCode.NO_MENTOR
    last = [rule for rule in RULES if refusals.get(rule)]
    return CODE_OF_RULE[last[-1]] if last else WaitingCode.NO_CANDIDATE
