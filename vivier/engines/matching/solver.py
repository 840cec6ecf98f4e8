"""The exact solver: split where seats abound from where they are scarce, then insert along shortest paths.

Tiers become prizes: serving a mentee of the t-th of T levels is worth `W (T - t)` more than her score, where
W = S N + 1 for scores up to S, so that no sum of scores outweighs one mentee. Matchable sets of mentees form a
transversal matroid, hence the greatest total serves as many of the first level as possible, then of the first two, and
so on. In int64 arrays prices stay below W (T + 1) and distances below twice that: 8 · 10¹⁶ for a million mentees in a
million tiers (S ≤ 40 000). What would reach 2⁵⁹ is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from .auction import opening_prices
from .decomposition import Decomposition, decompose
from .floor import highest_floor
from .insertion import EDGES_READ, PRICE, SCORE, SEARCHES, SORTS, insert_all, market
from .limits import UNMATCHED
from .prices import Graph, least_prices
from .problem import Duals, Floor, IntArray, InvalidProblem, Options, PairArray, Problem, Solution, Stats
from .rows import by_mentee, rows_of_mentees, rows_of_mentors
from .scoring import optimised_scores

_TOO_LARGE = 1 << 59  # prices below it keep every sum and difference of the search inside 64 bits


def solve(problem: Problem, options: Options | None = None) -> Solution:
    """As many mentees as possible tier by tier, then the best worst pair if `options.floor`, then the highest total.

    The order of the rows changes neither pairs nor prices: ties are decided by identifiers. Raises InvalidProblem when
    mentees times tiers pass some 10¹³.
    """
    options = options or Options()
    value = optimised_scores(problem, options)
    ordered = _order_by_identifiers(problem, value)
    floor = _floor(problem, ordered) if options.floor else None
    if floor is not None:
        kept = problem.pair_score >= floor.score
        ordered = _order_by_identifiers(problem, value, kept)
    parts = decompose(ordered.starts, ordered.mentor, ordered.capacities)
    draft = _Draft(ordered)
    work = {"phases": parts.phases, "scarce_mentees": int(parts.scarce_mentees.sum())}
    _serve_where_seats_abound(ordered, parts, draft, work)
    _serve_where_seats_are_scarce(ordered, parts, draft, work)
    draft.price_closed_mentors()
    return replace(_solution(problem, value, ordered, draft, work), floor=floor)


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """The problem with people sorted by identifier: the same whatever the order of the rows, but for pairs of a mentee.

    Sorting those would take half as long again: whoever chooses between equal ones does as `rows.refresh` does.
    mentee_at, mentor_at: position in the problem of each one here; capacities are clipped to the number of candidates.
    """

    mentee_at: IntArray
    mentor_at: IntArray
    levels: IntArray  # the distinct tiers
    level: IntArray  # (N,) position in `levels`
    capacities: IntArray
    starts: IntArray  # (N+1,) the pairs of a mentee lie side by side
    mentor: PairArray
    value: PairArray
    prize: IntArray  # (N,)

    def to_problem(self, assignment: IntArray) -> IntArray:
        """The same assignment between positions of the problem."""
        there = np.full(len(assignment), UNMATCHED, dtype=np.int64)
        placed = assignment >= 0
        there[self.mentee_at[placed]] = self.mentor_at[assignment[placed]]
        there.setflags(write=False)
        return there


def _order_by_identifiers(problem: Problem, value: PairArray, kept: np.ndarray | slice = slice(None)) -> _Ordered:
    """Order the pairs that are `kept`; value (E,): what each counts for."""
    mentee_at, mentee_rank = _ranks(problem.mentee_ids)
    mentor_at, mentor_rank = _ranks(problem.mentor_ids)
    starts, mentor, value = by_mentee(
        mentee_rank[problem.pair_mentee[kept]],
        mentor_rank[problem.pair_mentor[kept]],
        value[kept],
        problem.mentee_count,
    )
    levels, level = np.unique(problem.tiers[mentee_at], return_inverse=True)
    weight = weight_of(int(value.max(initial=0)), problem.mentee_count, len(levels))
    return _Ordered(
        mentee_at=mentee_at,
        mentor_at=mentor_at,
        levels=levels,
        level=level,
        capacities=np.minimum(problem.capacities[mentor_at], np.bincount(mentor, minlength=problem.mentor_count)),
        starts=starts,
        mentor=mentor,
        value=value,
        prize=weight * (len(levels) - level),
    )


def weight_of(top: int, mentees: int, levels: int) -> int:
    """W: what one mentee outweighs, scores being at most `top`. Raises InvalidProblem beyond 64 bits."""
    weight = top * mentees + 1
    if weight * (levels + 1) >= _TOO_LARGE:
        raise InvalidProblem("too_large", "so many mentees in so many tiers cannot be counted in 64 bits")
    return weight


def _ranks(ids: tuple[str, ...]) -> tuple[IntArray, PairArray]:
    """Positions in the order of identifiers, and the rank of each position."""
    rank = np.arange(len(ids), dtype=np.int32)
    if all(before < after for before, after in pairwise(ids)):
        return rank.astype(np.int64), rank
    at = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    rank[at] = np.arange(len(ids))
    return at, rank


def _floor(problem: Problem, ordered: _Ordered) -> Floor | None:
    scores = _order_by_identifiers(problem, problem.pair_score)
    found = highest_floor(
        scores.starts, scores.mentor, scores.value, scores.capacities, scores.level, len(scores.levels)
    )
    return None if found is None else Floor(found[0], ordered.to_problem(found[1]))


class _Draft:
    """An assignment in the making, with prices in which tiers are prizes."""

    def __init__(self, ordered: _Ordered) -> None:
        self.ordered = ordered
        self.assignment = np.full(len(ordered.level), UNMATCHED, dtype=np.int64)
        self.served = np.zeros(len(ordered.level), dtype=np.int64)
        self.prices = np.zeros(len(ordered.capacities), dtype=np.int64)
        self.least = np.zeros(len(ordered.capacities), dtype=bool)  # whose price is the least possible already

    def price_closed_mentors(self) -> None:
        """A mentor without a seat must be too dear for everyone; nobody pays it."""
        ordered = self.ordered
        closed = np.flatnonzero(ordered.capacities[ordered.mentor] == 0)
        mentee = np.searchsorted(ordered.starts, closed, side="right") - 1
        gain = ordered.value[closed] + ordered.prize[mentee] - self.served[mentee]
        np.maximum.at(self.prices, ordered.mentor[closed], gain)


def _serve_where_seats_abound(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert mentees, prices rising from 0: gives each of them the greatest value she can have.

    Where everybody is served and no seat remains, prices may start anywhere, and are not the least.
    """
    mentees = ~parts.scarce_mentees
    mentors = ~parts.scarce_mentors & (ordered.capacities > 0)
    row, edges = rows_of_mentees(ordered.starts, ordered.mentor, ordered.value, mentees, mentors)
    all_taken = mentees.all() and 0 < len(mentees) == ordered.capacities.sum()
    near, items, slots, mentor_of_seat = market(np.zeros(len(mentors)), np.where(mentors, ordered.capacities, 0))
    if all_taken:
        near[:, PRICE] = opening_prices(row, edges, items, int(ordered.value.max()))
    order = np.argsort(np.diff(row), kind="stable")
    seat_of = np.full(len(mentees), -1, dtype=np.int64)
    counts = insert_all(
        order[mentees[order]], np.arange(len(mentees)), row, edges, near, items, slots, mentor_of_seat, seat_of
    )
    _count_work(counts, work)
    seat = seat_of[mentees]
    draft.assignment[mentees] = mentor_of_seat[seat]
    draft.prices[mentors] = near[mentors, PRICE]
    # From price 0, and who is left having no part in these prices, they are the least.
    draft.least = mentors if parts.scarce_mentees.any() else np.full(len(mentors), not all_taken)
    draft.served[mentees] = slots[seat, SCORE] + ordered.prize[mentees] - draft.prices[mentor_of_seat[seat]]


def _serve_where_seats_are_scarce(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert seats, the value of mentees rising from 0: gives each mentor the greatest price she can have."""
    mentees, mentors = parts.scarce_mentees, parts.scarce_mentors
    row, edges = rows_of_mentors(ordered.starts, ordered.mentor, ordered.value, mentees, mentors)
    mentor_of_seat = np.repeat(np.arange(len(mentors)), np.where(mentors, ordered.capacities, 0))
    near, items, slots, mentee_of_slot = market(-ordered.prize, mentees.astype(np.int64))
    order = np.argsort(np.diff(row)[mentor_of_seat], kind="stable")
    slot_of = np.full(len(mentor_of_seat), -1, dtype=np.int64)
    counts = insert_all(order, mentor_of_seat, row, edges, near, items, slots, mentee_of_slot, slot_of)
    _count_work(counts, work)
    mentee, mentor = mentee_of_slot[slot_of], mentor_of_seat
    draft.assignment[mentee] = mentor
    draft.served[mentees] = (near[:, PRICE] + ordered.prize)[mentees]
    draft.prices[mentor] = slots[slot_of, SCORE] + ordered.prize[mentee] - draft.served[mentee]


def _count_work(counts: IntArray, work: dict[str, int]) -> None:
    for name, column in (("edges_read", EDGES_READ), ("searches", SEARCHES), ("sorts", SORTS)):
        work[name] = work.get(name, 0) + int(counts[column])


def _solution(problem: Problem, value: PairArray, ordered: _Ordered, draft: _Draft, work: dict[str, int]) -> Solution:
    """Prizes leave the prices, which fall to the least, and everything returns to the order of the problem."""
    levels = len(ordered.levels)
    served = draft.served - ordered.prize
    tier_values = np.zeros(levels, dtype=np.int64)
    tier_values[ordered.level] = -ordered.prize
    np.minimum.at(tier_values, ordered.level, served)  # no prize weighs on prices that started anywhere
    graph = Graph(ordered.starts, ordered.mentor, ordered.value, ordered.level, levels, draft.assignment)
    served, prices, tier_values = least_prices(graph, served, draft.prices, tier_values, draft.least)
    assignment = ordered.to_problem(draft.assignment)
    duals = Duals(
        mentee=_at(ordered.mentee_at, served),
        mentor=_at(ordered.mentor_at, prices),
        tier_levels=ordered.levels,
        tier_values=tier_values,
    )
    for array in (duals.mentee, duals.mentor, duals.tier_levels, duals.tier_values):
        array.setflags(write=False)
    chosen = assignment.astype(np.int32)[problem.pair_mentee] == problem.pair_mentor
    by_level = np.bincount(ordered.level[draft.assignment >= 0], minlength=levels).tolist()
    stats = Stats(
        matched=sum(by_level),
        matched_by_tier=MappingProxyType(dict(zip(ordered.levels.tolist(), by_level, strict=True))),
        total_score=int(problem.pair_score[chosen].sum()),
        objective=int(value[chosen].sum()),
        work=MappingProxyType(work),
    )
    return Solution(assignment=assignment, duals=duals, stats=stats)


def _at(position: IntArray, values: IntArray) -> IntArray:
    array = np.empty_like(values)
    array[position] = values
    return array
