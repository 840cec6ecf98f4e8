"""The exact solver: split where seats abound from where they are scarce, then insert along shortest paths.

Tiers become prizes: serving a mentee of the t-th of T levels is worth `W (T - t)` more than her score, where
W = 10 000 N + 1, so that no sum of scores outweighs one mentee. Matchable sets of mentees form a transversal matroid,
hence the greatest total serves as many of the first level as possible, then of the first two, and so on.
In int64 arrays prizes and prices stay below W (T + 1), that is 10¹⁶ for a million mentees in a million tiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from .decomposition import Decomposition, decompose
from .insertion import EDGES_READ, PRICE, SCORE, SEARCHES, SORTS, insert_all, market
from .prices import Graph, least_prices
from .problem import MAX_SCORE, UNMATCHED, Duals, IntArray, NotAvailable, Options, Problem, Solution, Stats
from .rows import by_mentee, rows_of_mentees, rows_of_mentors
from .scoring import optimised_scores


def solve(problem: Problem, options: Options | None = None) -> Solution:
    """As many mentees as possible tier by tier, then the highest total.

    The order of the rows given changes nothing: ties are decided by identifiers. Raises NotAvailable.
    """
    options = options or Options()
    _refuse_what_is_to_come(problem, options)
    ordered = _order_by_identifiers(problem, options)
    parts = decompose(ordered.starts, ordered.mentor, ordered.capacities)
    draft = _Draft(ordered)
    work = {"phases": parts.phases, "scarce_mentees": int(parts.scarce_mentees.sum())}
    _serve_where_seats_abound(ordered, parts, draft, work)
    _serve_where_seats_are_scarce(ordered, parts, draft, work)
    draft.price_closed_mentors()
    return _solution(problem, ordered, draft, work)


def _refuse_what_is_to_come(problem: Problem, options: Options) -> None:
    if options.floor:
        raise NotAvailable("floor")
    if options.previous is not None or options.stickiness:
        raise NotAvailable("previous")
    if problem.pair_wish is not None:
        raise NotAvailable("wish")


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """The problem with people sorted by identifier and pairs by both: the same whatever the order of the rows.

    mentee_at, mentor_at: position in the problem of each one here; capacities are clipped to the number of candidates.
    """

    mentee_at: IntArray
    mentor_at: IntArray
    levels: IntArray  # the distinct tiers
    level: IntArray  # (N,) position in `levels`
    capacities: IntArray
    starts: IntArray  # (N+1,) the pairs of a mentee lie side by side
    mentor: NDArray[np.int32]
    value: NDArray[np.int32]
    prize: IntArray  # (N,)


def _order_by_identifiers(problem: Problem, options: Options) -> _Ordered:
    mentee_at, mentee_rank = _ranks(problem.mentee_ids)
    mentor_at, mentor_rank = _ranks(problem.mentor_ids)
    starts, mentor, value = by_mentee(
        mentee_rank[problem.pair_mentee],
        mentor_rank[problem.pair_mentor],
        optimised_scores(problem.pair_score, options),
        problem.mentee_count,
        problem.mentor_count,
    )
    levels, level = np.unique(problem.tiers[mentee_at], return_inverse=True)
    weight = MAX_SCORE * problem.mentee_count + 1
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


def _ranks(ids: tuple[str, ...]) -> tuple[IntArray, IntArray]:
    at = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    rank = np.empty_like(at)
    rank[at] = np.arange(len(ids))
    return at, rank


class _Draft:
    """An assignment in the making, with prices in which tiers are prizes."""

    def __init__(self, ordered: _Ordered) -> None:
        self.ordered = ordered
        self.assignment = np.full(len(ordered.level), UNMATCHED, dtype=np.int64)
        self.served = np.zeros(len(ordered.level), dtype=np.int64)
        self.prices = np.zeros(len(ordered.capacities), dtype=np.int64)

    def price_closed_mentors(self) -> None:
        """A mentor without a seat must be too dear for everyone; nobody pays it."""
        ordered = self.ordered
        closed = np.flatnonzero(ordered.capacities[ordered.mentor] == 0)
        mentee = np.searchsorted(ordered.starts, closed, side="right") - 1
        gain = ordered.value[closed] + ordered.prize[mentee] - self.served[mentee]
        np.maximum.at(self.prices, ordered.mentor[closed], gain)


def _serve_where_seats_abound(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert mentees, prices rising from 0: gives each of them the greatest value she can have."""
    mentees = ~parts.scarce_mentees
    mentors = ~parts.scarce_mentors & (ordered.capacities > 0)
    row, edges = rows_of_mentees(ordered.starts, ordered.mentor, ordered.value, mentees, mentors)
    items, slots, mentor_of_seat = market(np.zeros(len(mentors)), np.where(mentors, ordered.capacities, 0))
    order = np.argsort(np.diff(row), kind="stable")
    seat_of = np.full(len(mentees), -1, dtype=np.int64)
    counts = insert_all(
        order[mentees[order]], np.arange(len(mentees)), row, edges, items, slots, mentor_of_seat, seat_of
    )
    _count_work(counts, work)
    seat = seat_of[mentees]
    draft.assignment[mentees] = mentor_of_seat[seat]
    draft.prices[mentors] = items[mentors, PRICE]
    draft.served[mentees] = slots[seat, SCORE] + ordered.prize[mentees] - draft.prices[mentor_of_seat[seat]]


def _serve_where_seats_are_scarce(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert seats, the value of mentees rising from 0: gives each mentor the greatest price she can have."""
    mentees, mentors = parts.scarce_mentees, parts.scarce_mentors
    row, edges = rows_of_mentors(ordered.starts, ordered.mentor, ordered.value, mentees, mentors)
    mentor_of_seat = np.repeat(np.arange(len(mentors)), np.where(mentors, ordered.capacities, 0))
    items, slots, mentee_of_slot = market(-ordered.prize, mentees.astype(np.int64))
    order = np.argsort(np.diff(row)[mentor_of_seat], kind="stable")
    slot_of = np.full(len(mentor_of_seat), -1, dtype=np.int64)
    counts = insert_all(order, mentor_of_seat, row, edges, items, slots, mentee_of_slot, slot_of)
    _count_work(counts, work)
    mentee, mentor = mentee_of_slot[slot_of], mentor_of_seat
    draft.assignment[mentee] = mentor
    draft.served[mentees] = (items[:, PRICE] + ordered.prize)[mentees]
    draft.prices[mentor] = slots[slot_of, SCORE] + ordered.prize[mentee] - draft.served[mentee]


def _count_work(counts: IntArray, work: dict[str, int]) -> None:
    for name, column in (("edges_read", EDGES_READ), ("searches", SEARCHES), ("sorts", SORTS)):
        work[name] = work.get(name, 0) + int(counts[column])


def _solution(problem: Problem, ordered: _Ordered, draft: _Draft, work: dict[str, int]) -> Solution:
    """Prizes leave the prices, which fall to the least, and everything returns to the order of the problem."""
    levels = len(ordered.levels)
    weight = MAX_SCORE * problem.mentee_count + 1
    graph = Graph(ordered.starts, ordered.mentor, ordered.value, ordered.level, levels, draft.assignment)
    served, prices, tier_values = least_prices(
        graph, draft.served - ordered.prize, draft.prices, -weight * (levels - np.arange(levels, dtype=np.int64))
    )
    assignment = np.full(problem.mentee_count, UNMATCHED, dtype=np.int64)
    placed = draft.assignment >= 0
    assignment[ordered.mentee_at[placed]] = ordered.mentor_at[draft.assignment[placed]]
    duals = Duals(
        mentee=_at(ordered.mentee_at, served),
        mentor=_at(ordered.mentor_at, prices),
        tier_levels=ordered.levels,
        tier_values=tier_values,
    )
    for array in (assignment, duals.mentee, duals.mentor, duals.tier_levels, duals.tier_values):
        array.setflags(write=False)
    chosen = np.repeat(draft.assignment, np.diff(ordered.starts)) == ordered.mentor
    by_level = np.bincount(ordered.level[placed], minlength=levels).tolist()
    stats = Stats(
        matched=int(placed.sum()),
        matched_by_tier=MappingProxyType(dict(zip(ordered.levels.tolist(), by_level, strict=True))),
        total_score=int(problem.pair_score[assignment[problem.pair_mentee] == problem.pair_mentor].sum()),
        objective=int(ordered.value[chosen].sum()),
        work=MappingProxyType(work),
    )
    return Solution(assignment=assignment, duals=duals, stats=stats)


def _at(position: IntArray, values: IntArray) -> IntArray:
    array = np.empty_like(values)
    array[position] = values
    return array
