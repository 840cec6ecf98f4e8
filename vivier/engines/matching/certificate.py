"""The proof, checked by code that shares nothing with the solver but the types.

What is checked, in 64-bit integers with every magnitude bounded first:
 1. feasible: every assigned pair is eligible, no mentor has more mentees than seats;
 2. as many as possible, tier by tier: no alternating path leads from a mentee who waits to a free seat, nor to a served
    mentee of a worse tier (matchable sets are the independent sets of a matroid, where single exchanges suffice);
 3. greatest total for those counts: u_i + p_j ≥ s_ij on all pairs and equal on assigned ones, p ≥ 0 and 0 where there
    is room, u_i ≥ λ of her tier and equal if she waits. Then Σ s over any assignment with the same counts k is at most
    Σ (u_i - λ) + Σ k_t λ_t + Σ c_j p_j, which must equal the total found;
 4. told truly: the counts and totals that the solution states are those of its assignment.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .problem import Certificate, IntArray, NotAvailable, Options, Problem, Solution

# Two such numbers and a score still fit 64 bits; longer sums are taken in Python integers.
_BOUND = 1 << 60
_TOP = 10_000

_CHECKS = (
    "shape",
    "pairs_eligible",
    "seats_respected",
    "served_by_tier",
    "prices_valid",
    "pairs_priced",
    "assigned_tight",
    "waiting_valued",
    "totals_equal",
    "counts_stated",
)


def certify(problem: Problem, options: Options | None, solution: Solution) -> Certificate:
    """Check that a solution is feasible, tier-optimal and of greatest total. Never raises on a malformed solution.

    Raises NotAvailable for options whose optimum it cannot prove.
    """
    options = options or Options()
    if options.floor or options.stickiness or options.previous is not None or problem.pair_wish is not None:
        raise NotAvailable("floor, previous or wish")
    checks = dict.fromkeys(_CHECKS, False)
    read = _read(problem, solution)
    if read is None:
        return Certificate(optimal=False, primal=None, dual=None, checks=MappingProxyType(checks))
    assignment, served, prices, tier_value = read
    checks["shape"] = True
    value = _values(problem.pair_score, options)
    waits = assignment < 0
    chosen = assignment[problem.pair_mentee] == problem.pair_mentor
    load = np.bincount(assignment[~waits], minlength=problem.mentor_count)
    room = load < problem.capacities
    slack = served[problem.pair_mentee] + prices[problem.pair_mentor] - value
    checks["pairs_eligible"] = int(chosen.sum()) == int((~waits).sum())
    checks["seats_respected"] = bool((load <= problem.capacities).all())
    checks["served_by_tier"] = _served_by_tier(problem, assignment, room)
    checks["prices_valid"] = bool((prices >= 0).all() and (prices[room] == 0).all())
    checks["pairs_priced"] = bool((slack >= 0).all())
    checks["assigned_tight"] = bool((slack[chosen] == 0).all())
    checks["waiting_valued"] = bool((served >= tier_value).all() and (served[waits] == tier_value[waits]).all())
    primal = _sum(value[chosen])
    dual = (
        _sum(served)
        - _sum(tier_value[waits])
        + sum(p * n for p, n in zip(prices.tolist(), problem.capacities.tolist(), strict=True) if p)
    )
    checks["totals_equal"] = primal == dual
    checks["counts_stated"] = _counts_stated(problem, solution, assignment, chosen, primal)
    return Certificate(optimal=all(checks.values()), primal=primal, dual=dual, checks=MappingProxyType(checks))


def _values(scores: IntArray, options: Options) -> IntArray:
    if options.score == "linear":
        return scores
    missing = _TOP - scores
    return _TOP - missing * missing // _TOP


def _sum(values: IntArray) -> int:
    return sum(values.tolist())


def _integers(values: Any, length: int) -> IntArray | None:
    array = np.asarray(values)
    if array.shape != (length,) or (length and array.dtype.kind not in "iu"):
        return None
    if length and max(int(array.max()), -int(array.min())) >= _BOUND:
        return None
    return array.astype(np.int64)


def _read(problem: Problem, solution: Solution) -> tuple[IntArray, IntArray, IntArray, IntArray] | None:
    """(assignment, u, p, λ of each mentee), or None when they are not arrays of the right size and range."""
    duals = solution.duals
    levels = np.unique(problem.tiers)
    assignment = _integers(solution.assignment, problem.mentee_count)
    served = _integers(duals.mentee, problem.mentee_count)
    prices = _integers(duals.mentor, problem.mentor_count)
    stated = _integers(duals.tier_levels, len(levels))
    tier_values = _integers(duals.tier_values, len(levels))
    if assignment is None or served is None or prices is None or stated is None or tier_values is None:
        return None
    if not (stated == levels).all():
        return None
    if ((assignment < -1) | (assignment >= problem.mentor_count)).any():
        return None
    return assignment, served, prices, tier_values[np.searchsorted(levels, problem.tiers)]


def _served_by_tier(problem: Problem, assignment: IntArray, room: NDArray[np.bool_]) -> bool:
    """No alternating path from one who waits to a free seat or to a served mentee of a worse tier.

    Tiers are taken from the first to the last; what one tier's paths reached need not be crossed again.
    """
    order = np.argsort(problem.pair_mentee, kind="stable")
    mentors = problem.pair_mentor[order]
    row = np.searchsorted(problem.pair_mentee[order], np.arange(problem.mentee_count + 1))
    held = np.flatnonzero(assignment >= 0)
    held = held[np.argsort(assignment[held], kind="stable")]
    seat = np.searchsorted(assignment[held], np.arange(problem.mentor_count + 1))
    crossed = np.zeros(problem.mentor_count, dtype=bool)
    waiting = np.flatnonzero(assignment < 0)
    waiting = waiting[np.argsort(problem.tiers[waiting], kind="stable")]
    tiers, starts = np.unique(problem.tiers[waiting], return_index=True)
    groups = np.split(waiting, starts[1:])
    for tier, frontier in zip(tiers.tolist(), groups, strict=False):
        while frontier.size:
            met = np.unique(mentors[_ranges(row[frontier], row[frontier + 1])])
            met = met[~crossed[met]]
            crossed[met] = True
            frontier = held[_ranges(seat[met], seat[met + 1])]
            if room[met].any() or (problem.tiers[frontier] > tier).any():
                return False
    return True


def _ranges(starts: IntArray, ends: IntArray) -> IntArray:
    """All integers of start…end-1, one range after the other."""
    lengths = ends - starts
    total = int(lengths.sum())
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) if total else 0
    return np.arange(total, dtype=np.int64) + shift


def _counts_stated(
    problem: Problem, solution: Solution, assignment: IntArray, chosen: NDArray[np.bool_], primal: int
) -> bool:
    stats = solution.stats
    if not isinstance(stats.matched_by_tier, Mapping):
        return False
    tiers, position = np.unique(problem.tiers, return_inverse=True)
    served = np.bincount(position[assignment >= 0], minlength=len(tiers))
    by_tier = dict(zip(tiers.tolist(), served.tolist(), strict=True))
    return (
        dict(stats.matched_by_tier) == by_tier
        and stats.matched == sum(by_tier.values())
        and stats.objective == primal
        and stats.total_score == _sum(problem.pair_score[chosen])
    )
