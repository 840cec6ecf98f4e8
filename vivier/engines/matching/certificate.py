"""The proof, checked by code that shares nothing with the solver but the types.

What is checked, in 64-bit integers with every magnitude bounded first:
 1. feasible: every assigned pair is eligible, no mentor has more mentees than seats;
 2. as many as possible, tier by tier: no alternating path leads from a mentee who waits to a free seat, nor to a served
    mentee of a worse tier (matchable sets are the independent sets of a matroid, where single exchanges suffice);
 3. greatest total for those counts: u_i + p_j ≥ s_ij on all pairs and equal on assigned ones, p ≥ 0 and 0 where there
    is room, u_i ≥ λ of her tier and equal if she waits. Then Σ s over any assignment with the same counts k is at most
    Σ (u_i - λ) + Σ k_t λ_t + Σ c_j p_j, which must equal the total found;
 4. told truly: the counts and totals that the solution states are those of its assignment;
 5. with a floor: no assigned pair is below it, and 3. holds for the pairs that are not. It could not be higher: the
    assignment shown above it serves as many as those pairs allow, tier by tier (as in 2.), and yet not as many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from .problem import Certificate, IntArray, Options, Problem, Solution

# Two such numbers and a score still fit 64 bits; longer sums are taken in Python integers.
_BOUND = 1 << 60
_TOP = 10_000
_STRIDE = 1 << 20  # pairs looked at together: what is computed for them must not double the memory

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
    "floor_highest",
)


def certify(problem: Problem, options: Options | None, solution: Solution) -> Certificate:
    """Check that a solution is feasible, tier-optimal and of greatest total. Never raises on a malformed solution."""
    options = options or Options()
    checks = dict.fromkeys(_CHECKS, False)
    read = _read(problem, solution)
    if read is None:
        return Certificate(optimal=False, primal=None, dual=None, checks=MappingProxyType(checks))
    assignment, served, prices, tier_value = read
    checks["shape"] = True
    waits = assignment < 0
    load = np.bincount(assignment[~waits], minlength=problem.mentor_count)
    room = load < problem.capacities
    rows = _Rows(problem)
    pairs = _looked_at(problem, options, solution, assignment, served, prices)
    checks["pairs_eligible"] = pairs.chosen == int((~waits).sum())
    checks["seats_respected"] = bool((load <= problem.capacities).all())
    checks["served_by_tier"] = _served_by_tier(problem, rows, assignment, 0)
    checks["prices_valid"] = bool((prices >= 0).all() and (prices[room] == 0).all())
    checks["pairs_priced"] = pairs.priced
    checks["assigned_tight"] = pairs.tight
    checks["waiting_valued"] = bool((served >= tier_value).all() and (served[waits] == tier_value[waits]).all())
    dual = (
        _sum(served)
        - _sum(tier_value[waits])
        + sum(p * n for p, n in zip(prices.tolist(), problem.capacities.tolist(), strict=True) if p)
    )
    checks["totals_equal"] = pairs.value == dual
    checks["counts_stated"] = _counts_stated(problem, solution, assignment, pairs)
    checks["floor_highest"] = _floor_highest(problem, options, solution, rows, assignment, pairs)
    return Certificate(optimal=all(checks.values()), primal=pairs.value, dual=dual, checks=MappingProxyType(checks))


@dataclass
class _Pairs:
    """What the pairs show. chosen: how many are assigned; value, score: their sums; lowest: the least of their scores.

    priced: no pair is worth more than u + p; tight: those assigned are worth as much.
    """

    chosen: int = 0
    value: int = 0
    score: int = 0
    lowest: int = _TOP
    priced: bool = True
    tight: bool = True


def _looked_at(
    problem: Problem, options: Options, solution: Solution, assignment: IntArray, served: IntArray, prices: IntArray
) -> _Pairs:
    """Look at every pair, by strides. Below a floor only those assigned matter."""
    found = _Pairs()
    floor = solution.floor.score if options.floor and solution.floor is not None else 0
    current = _current(problem, options)
    for start in range(0, problem.pair_count, _STRIDE):
        part = slice(start, start + _STRIDE)
        mentee, mentor, score = problem.pair_mentee[part], problem.pair_mentor[part], problem.pair_score[part]
        value = _values(problem, options, current, part)
        slack = served[mentee] + prices[mentor] - value
        chosen = assignment[mentee] == mentor
        found.chosen += int(chosen.sum())
        found.value += int(value[chosen].sum())
        found.score += int(score[chosen].sum())
        found.lowest = min(found.lowest, int(score[chosen].min(initial=_TOP)))
        found.priced &= bool((slack[score >= floor] >= 0).all())
        found.tight &= bool((slack[chosen] == 0).all())
    return found


def _values(problem: Problem, options: Options, current: IntArray, part: slice) -> IntArray:
    """What pairs count for: at most 40 000."""
    values = problem.pair_score[part].astype(np.int64)
    if options.score == "concave":
        values = _TOP - (_TOP - values) * (_TOP - values) // _TOP
    if problem.pair_wish is not None:
        wished = problem.pair_wish[part] >= 1
        values[wished] += _TOP // problem.pair_wish[part][wished]
    if problem.pair_extra is not None:
        values += np.where(problem.pair_extra[part], 0, _TOP)
    return values + options.stickiness * (current[problem.pair_mentee[part]] == problem.pair_mentor[part])


def _current(problem: Problem, options: Options) -> IntArray:
    """(N,) the mentor each has before, -1 none."""
    current = np.full(problem.mentee_count, -1, dtype=np.int64)
    if options.previous:
        mentors = {name: at for at, name in enumerate(problem.mentor_ids)}
        for at, name in enumerate(problem.mentee_ids):
            if name in options.previous:
                current[at] = mentors.get(options.previous[name], -1)
    return current


def _floor_highest(
    problem: Problem, options: Options, solution: Solution, rows: _Rows, assignment: IntArray, pairs: _Pairs
) -> bool:
    """No pair is below the floor, and pairs above it cannot serve as many; without the option, no floor is stated."""
    floor = solution.floor
    if not options.floor or not pairs.chosen:
        return floor is None
    if floor is None or type(floor.score) is not int or not 0 <= floor.score <= pairs.lowest:
        return False
    above = _integers(floor.above, problem.mentee_count)
    if above is None or ((above < -1) | (above >= problem.mentor_count)).any():
        return False
    eligible = (above[problem.pair_mentee] == problem.pair_mentor) & (problem.pair_score > floor.score)
    load = np.bincount(above[above >= 0], minlength=problem.mentor_count)
    return (
        int(eligible.sum()) == int((above >= 0).sum())
        and bool((load <= problem.capacities).all())
        and _by_tier(problem, above) != _by_tier(problem, assignment)
        and _served_by_tier(problem, rows, above, floor.score + 1)
    )


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


class _Rows:
    """The pairs of each mentee: mentors and scores side by side."""

    def __init__(self, problem: Problem) -> None:
        mentee, self.mentors, self.scores = problem.pair_mentee, problem.pair_mentor, problem.pair_score
        if (mentee[1:] < mentee[:-1]).any():
            order = np.argsort(mentee, kind="stable")
            mentee, self.mentors, self.scores = mentee[order], self.mentors[order], self.scores[order]
        self.starts = np.searchsorted(mentee, np.arange(problem.mentee_count + 1, dtype=mentee.dtype))


def _served_by_tier(problem: Problem, rows: _Rows, assignment: IntArray, lowest: int) -> bool:
    """No alternating path from one who waits to a free seat or to a served mentee of a worse tier.

    Pairs of a score below `lowest` do not exist here. Tiers are taken from the first to the last; what one tier's paths
    reached need not be crossed again.
    """
    held = np.flatnonzero(assignment >= 0)
    held = held[np.argsort(assignment[held], kind="stable")]
    seat = np.searchsorted(assignment[held], np.arange(problem.mentor_count + 1))
    room = np.diff(seat) < problem.capacities
    crossed = np.zeros(problem.mentor_count, dtype=bool)
    waiting = np.flatnonzero(assignment < 0)
    waiting = waiting[np.argsort(problem.tiers[waiting], kind="stable")]
    tiers, starts = np.unique(problem.tiers[waiting], return_index=True)
    groups = np.split(waiting, starts[1:])
    for tier, frontier in zip(tiers.tolist(), groups, strict=False):
        while frontier.size:
            pairs = _ranges(rows.starts[frontier], rows.starts[frontier + 1])
            met = np.unique(rows.mentors[pairs[rows.scores[pairs] >= lowest]])
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


def _by_tier(problem: Problem, assignment: IntArray) -> dict[int, int]:
    tiers, position = np.unique(problem.tiers, return_inverse=True)
    served = np.bincount(position[assignment >= 0], minlength=len(tiers))
    return dict(zip(tiers.tolist(), served.tolist(), strict=True))


def _counts_stated(problem: Problem, solution: Solution, assignment: IntArray, pairs: _Pairs) -> bool:
    stats = solution.stats
    if not isinstance(stats.matched_by_tier, Mapping):
        return False
    by_tier = _by_tier(problem, assignment)
    return (
        dict(stats.matched_by_tier) == by_tier
        and stats.matched == sum(by_tier.values())
        and stats.objective == pairs.value
        and stats.total_score == pairs.score
    )
