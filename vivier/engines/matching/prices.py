"""The least prices that prove a total: one shortest-path search from any prices that prove it.

Prices that prove an optimum form a lattice, so its least element exists, does not depend on which of several optimal
assignments was found, and is the same on every machine (A. Shapley and M. Shubik, 1971, for the assignment game).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from .problem import IntArray


@dataclass(frozen=True, slots=True)
class Graph:
    """Pairs (mentee, mentor, value), levels of mentees (0…levels-1) and an assignment (-1 waits)."""

    mentee: IntArray
    mentor: IntArray
    value: IntArray
    level: IntArray
    levels: int
    assignment: IntArray


def least_prices(graph: Graph, served: IntArray, prices: IntArray, tier_values: IntArray) -> tuple[IntArray, ...]:
    """Lower valid prices (M,) and raise tier values (T,) as far as they go. Returns (served, prices, tier_values).

    served (N,): value of each mentee's place. Needed on entry: served + price ≥ value on every pair, equal on assigned
    ones; served ≥ the value of her tier, equal if she waits; price ≥ 0, and 0 where there is room.
    """
    mentors = len(prices)
    assigned = graph.assignment >= 0
    fall = _falls(graph, served, prices, tier_values)
    new_prices = prices - fall[:mentors]
    new_tiers = tier_values + fall[mentors:]
    new_served = served.copy()
    new_served[assigned] += fall[graph.assignment[assigned]]
    empty = np.bincount(graph.level[assigned], minlength=graph.levels) == 0
    if empty.any():  # nobody is served there: the value of being served is the least that refuses everybody
        new_tiers[empty] = 0
        refused = empty[graph.level[graph.mentee]]
        gain = graph.value[refused] - new_prices[graph.mentor[refused]]
        touched = np.full(graph.levels, np.iinfo(np.int64).min)
        np.maximum.at(touched, graph.level[graph.mentee[refused]], gain)
        some = touched > np.iinfo(np.int64).min
        new_tiers[some] = touched[some]
    new_served[~assigned] = new_tiers[graph.level[~assigned]]
    return new_served, new_prices, new_tiers


def _falls(graph: Graph, served: IntArray, prices: IntArray, tier_values: IntArray) -> IntArray:
    """How far each mentor's price may fall and each tier's value rise: (M + T,), 0 for tiers that serve nobody."""
    mentors, held = len(prices), graph.assignment
    slack = served[graph.mentee] + prices[graph.mentor] - graph.value
    holder = held[graph.mentee]
    source = np.where(holder >= 0, holder, mentors + graph.level[graph.mentee])
    useful = (prices[graph.mentor] > 0) & (source != graph.mentor)
    waits_on_nothing = (holder >= 0) & (prices[holder] == 0)  # such a source cannot fall at all
    limit = np.concatenate([prices, np.full(graph.levels, np.iinfo(np.int64).max)])
    direct = useful & waits_on_nothing
    np.minimum.at(limit, graph.mentor[direct], slack[direct])
    through = useful & ~waits_on_nothing
    matched = np.flatnonzero(held >= 0)
    tails = np.concatenate([source[through], held[matched]])
    heads = np.concatenate([graph.mentor[through], mentors + graph.level[matched]])
    lengths = np.concatenate([slack[through], served[matched] - tier_values[graph.level[matched]]])
    limit = _shortest(limit, tails, heads, lengths)
    limit[limit == np.iinfo(np.int64).max] = 0
    return limit


def _shortest(start: IntArray, tails: IntArray, heads: IntArray, lengths: IntArray) -> IntArray:
    """Dijkstra from all nodes at once, node n being `start[n]` away already. Lengths ≥ 0."""
    order = np.argsort(tails, kind="stable")
    first = np.searchsorted(tails[order], np.arange(len(start) + 1)).tolist()
    heads_list, lengths_list = heads[order].tolist(), lengths[order].tolist()
    distance = start.tolist()
    far = np.iinfo(np.int64).max
    heap = sorted((d, node) for node, d in enumerate(distance) if d < far)
    while heap:
        d, node = heappop(heap)
        if d > distance[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            reach = d + lengths_list[arc]
            head = heads_list[arc]
            if reach < distance[head]:
                distance[head] = reach
                heappush(heap, (reach, head))
    return np.array(distance, dtype=np.int64)
