"""The exact solver: split where seats abound from where they are scarce, then insert along shortest paths.

Tiers become prizes: serving a mentee of the t-th of T levels is worth `W (T - t)` more than her score, where
W = 10 000 N + 1, so that no sum of scores outweighs one mentee. Matchable sets of mentees form a transversal matroid,
hence the greatest total serves as many of the first level as possible, then of the first two, and so on.
In int64 arrays prizes and prices stay below W (T + 1), that is 10¹⁶ for a million mentees in a million tiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from .decomposition import Decomposition, decompose
from .insertion import Edge, Market
from .prices import Graph, least_prices
from .problem import MAX_SCORE, UNMATCHED, Duals, IntArray, NotAvailable, Options, Problem, Solution, Stats
from .scoring import optimised_scores


def solve(problem: Problem, options: Options | None = None) -> Solution:
    """As many mentees as possible tier by tier, then the highest total.

    The order of the rows given changes nothing: ties are decided by identifiers. Raises NotAvailable.
    """
    options = options or Options()
    _refuse_what_is_to_come(problem, options)
    ordered = _order_by_identifiers(problem, options)
    parts = decompose(_neighbours(ordered), ordered.capacities.tolist())
    draft = _Draft(ordered)
    work = {"phases": parts.phases, "scarce_mentees": sum(parts.scarce_mentees)}
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
    mentee: IntArray
    mentor: IntArray
    value: IntArray
    prize: IntArray  # (N,)


def _order_by_identifiers(problem: Problem, options: Options) -> _Ordered:
    mentee_at, mentee_rank = _ranks(problem.mentee_ids)
    mentor_at, mentor_rank = _ranks(problem.mentor_ids)
    mentee, mentor = mentee_rank[problem.pair_mentee], mentor_rank[problem.pair_mentor]
    order = np.lexsort((mentor, mentee))
    levels, level = np.unique(problem.tiers[mentee_at], return_inverse=True)
    weight = MAX_SCORE * problem.mentee_count + 1
    return _Ordered(
        mentee_at=mentee_at,
        mentor_at=mentor_at,
        levels=levels,
        level=level,
        capacities=np.minimum(problem.capacities[mentor_at], np.bincount(mentor, minlength=problem.mentor_count)),
        mentee=mentee[order],
        mentor=mentor[order],
        value=optimised_scores(problem.pair_score[order], options),
        prize=weight * (len(levels) - level),
    )


def _ranks(ids: tuple[str, ...]) -> tuple[IntArray, IntArray]:
    at = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    rank = np.empty_like(at)
    rank[at] = np.arange(len(ids))
    return at, rank


def _starts(sorted_keys: IntArray, count: int) -> list[int]:
    return np.searchsorted(sorted_keys, np.arange(count + 1)).tolist()


def _neighbours(ordered: _Ordered) -> list[list[int]]:
    """For each mentee, the mentors with a seat whom she may meet."""
    open_pair = ordered.capacities[ordered.mentor] > 0
    starts = _starts(ordered.mentee[open_pair], len(ordered.level))
    mentors = ordered.mentor[open_pair].tolist()
    return [mentors[a:b] for a, b in pairwise(starts)]


def _rows(agent: IntArray, item: IntArray, value: IntArray, count: int) -> list[list[Edge]]:
    """Edges by agent. `agent` need not be sorted."""
    order = np.argsort(agent, kind="stable")
    starts = _starts(agent[order], count)
    values = value[order]
    edges = list(zip((-values).tolist(), item[order].tolist(), values.tolist(), strict=True))
    return [edges[a:b] for a, b in pairwise(starts)]


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
        closed = ordered.capacities[ordered.mentor] == 0
        mentee = ordered.mentee[closed]
        gain = ordered.value[closed] + ordered.prize[mentee] - self.served[mentee]
        np.maximum.at(self.prices, ordered.mentor[closed], gain)


def _serve_where_seats_abound(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert mentees, prices rising from 0: gives each of them the greatest value she can have."""
    mentees = ~np.array(parts.scarce_mentees, dtype=bool)
    mentors = ~np.array(parts.scarce_mentors, dtype=bool) & (ordered.capacities > 0)
    pair = mentees[ordered.mentee] & mentors[ordered.mentor]
    market = Market(
        rows=_rows(ordered.mentee[pair], ordered.mentor[pair], ordered.value[pair], len(mentees)),
        row_of=range(len(mentees)),
        prices=[0] * len(mentors),
        capacities=np.where(mentors, ordered.capacities, 0).tolist(),
    )
    degree = np.bincount(ordered.mentee[pair], minlength=len(mentees))
    order = np.argsort(degree, kind="stable")
    market.insert_all(order[mentees[order]].tolist())
    _count_work(market, work)
    item, score = np.array(market.item_of, dtype=np.int64), np.array(market.score_of, dtype=np.int64)
    draft.assignment[mentees] = item[mentees]
    draft.prices[mentors] = np.array(market.prices, dtype=np.int64)[mentors]
    draft.served[mentees] = score[mentees] + ordered.prize[mentees] - draft.prices[item[mentees]]


def _serve_where_seats_are_scarce(ordered: _Ordered, parts: Decomposition, draft: _Draft, work: dict[str, int]) -> None:
    """Insert seats, the value of mentees rising from 0: gives each mentor the greatest price she can have."""
    mentees = np.array(parts.scarce_mentees, dtype=bool)
    mentors = np.array(parts.scarce_mentors, dtype=bool)
    pair = mentees[ordered.mentee] & mentors[ordered.mentor]
    seats = np.repeat(np.arange(len(mentors)), np.where(mentors, ordered.capacities, 0))
    market = Market(
        rows=_rows(ordered.mentor[pair], ordered.mentee[pair], ordered.value[pair], len(mentors)),
        row_of=seats.tolist(),
        prices=(-ordered.prize).tolist(),
        capacities=mentees.astype(int).tolist(),
    )
    degree = np.bincount(ordered.mentor[pair], minlength=len(mentors))
    market.insert_all(np.argsort(degree[seats], kind="stable").tolist())
    _count_work(market, work)
    item, score = np.array(market.item_of, dtype=np.int64), np.array(market.score_of, dtype=np.int64)
    draft.assignment[item] = seats
    draft.served[mentees] = (np.array(market.prices, dtype=np.int64) + ordered.prize)[mentees]
    draft.prices[seats] = score + ordered.prize[item] - draft.served[item]


def _count_work(market: Market, work: dict[str, int]) -> None:
    for name in ("edges_read", "searches", "sorts"):
        work[name] = work.get(name, 0) + getattr(market, name)


def _solution(problem: Problem, ordered: _Ordered, draft: _Draft, work: dict[str, int]) -> Solution:
    """Prizes leave the prices, which fall to the least, and everything returns to the order of the problem."""
    levels = len(ordered.levels)
    weight = MAX_SCORE * problem.mentee_count + 1
    graph = Graph(ordered.mentee, ordered.mentor, ordered.value, ordered.level, levels, draft.assignment)
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
    chosen = draft.assignment[ordered.mentee] == ordered.mentor
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
