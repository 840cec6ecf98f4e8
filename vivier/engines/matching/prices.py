"""The least prices that prove a total: one shortest-path search from any prices that prove it.

Prices that prove an optimum form a lattice, so its least element exists, does not depend on which of several optimal
assignments was found, and is the same on every machine (A. Shapley and M. Shubik, 1971, for the assignment game).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .heaps import grown, pop, push
from .problem import IntArray

FAR = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Pairs by mentee (starts (N+1,), mentor, value), levels of mentees (0…levels-1), an assignment (-1 waits)."""

    starts: IntArray
    mentor: IntArray
    value: IntArray
    level: IntArray
    levels: int
    assignment: IntArray


def least_prices(
    graph: Graph, served: IntArray, prices: IntArray, tier_values: IntArray, least: NDArray[np.bool_]
) -> tuple[IntArray, ...]:
    """Lower valid prices (M,) and raise tier values (T,) as far as they go. Returns (served, prices, tier_values).

    served (N,): value of each mentee's place. Needed on entry: served + price ≥ value on every pair, equal on assigned
    ones; served ≥ the value of her tier, equal if she waits; price ≥ 0, and 0 where there is room.
    least (M,): mentors whose price is known to be the least already.
    """
    mentors = len(prices)
    assigned = graph.assignment >= 0
    fall = _falls(
        graph.starts, graph.mentor, graph.value, graph.level, graph.assignment, served, prices, tier_values, least
    )
    fall[fall == FAR] = 0
    new_prices = prices - fall[:mentors]
    new_tiers = tier_values + fall[mentors:]
    new_served = served.copy()
    new_served[assigned] += fall[graph.assignment[assigned]]
    empty = np.bincount(graph.level[assigned], minlength=graph.levels) == 0
    if empty.any():  # nobody is served there: the value of being served is the least that refuses everybody
        new_tiers[empty] = 0
        touched = _best_gains(graph.starts, graph.mentor, graph.value, graph.level, empty, new_prices)
        some = touched > -FAR
        new_tiers[some] = touched[some]
    new_served[~assigned] = new_tiers[graph.level[~assigned]]
    return new_served, new_prices, new_tiers


@compiled
def _best_gains(starts, mentor, value, level, wanted, prices):
    """Return by wanted level the greatest `value - price` that a mentee of it could have, -FAR where none could."""
    best = np.full(len(wanted), -FAR)
    for mentee in range(len(level)):
        if wanted[level[mentee]]:
            for pair in range(starts[mentee], starts[mentee + 1]):
                best[level[mentee]] = max(best[level[mentee]], value[pair] - prices[mentor[pair]])
    return best


@compiled
def _falls(starts, mentor, value, level, assignment, served, prices, tier_values, least):
    """How far each mentor's price may fall and each tier's value rise: (M + T,), FAR for tiers that serve nobody.

    Dijkstra over mentors and tiers, each mentor being her own price away already. A node's arcs are those of the
    mentees who follow it: the holders of a mentor, those of a tier who wait. Mentors of least price come first, at 0.
    """
    mentors, tiers = len(prices), len(tier_values)
    nodes = mentors + tiers
    distance = np.full(nodes, FAR)
    unknown = 0
    for j in range(mentors):
        distance[j] = 0 if least[j] else prices[j]
        unknown += not least[j]
    for mentee in range(len(assignment)):
        if assignment[mentee] >= 0 and least[assignment[mentee]]:
            tier = mentors + level[mentee]
            distance[tier] = min(distance[tier], served[mentee] - tier_values[level[mentee]])
            if unknown:
                for pair in range(starts[mentee], starts[mentee + 1]):
                    j = mentor[pair]
                    if not least[j]:
                        distance[j] = min(distance[j], served[mentee] + prices[j] - value[pair])
    if not unknown and (assignment >= 0).all():
        return distance
    follower_start, follower = _followers(level, assignment, mentors, nodes)
    heap_distance, heap_node = np.empty(max(nodes, 16), np.int64), np.empty(max(nodes, 16), np.int64)
    size = 0
    for node in range(nodes):
        if distance[node] < FAR and not (node < mentors and least[node]):
            push(heap_distance, heap_node, size, distance[node], node)
            size += 1
    while size > 0:
        d, node = heap_distance[0], heap_node[0]
        size -= 1
        pop(heap_distance, heap_node, size)
        if d > distance[node]:
            continue
        for at in range(follower_start[node], follower_start[node + 1]):
            mentee = follower[at]
            if node < mentors:  # she may rise by as much, and her tier by what she is above it more
                tier = mentors + level[mentee]
                reach = d + served[mentee] - tier_values[level[mentee]]
                if reach < distance[tier]:
                    distance[tier] = reach
                    if size == len(heap_node):
                        heap_distance, heap_node = grown(heap_distance, heap_node)
                    push(heap_distance, heap_node, size, reach, tier)
                    size += 1
            for pair in range(starts[mentee], starts[mentee + 1]):
                j = mentor[pair]
                reach = d + served[mentee] + prices[j] - value[pair]
                if reach < distance[j]:
                    distance[j] = reach
                    if size == len(heap_node):
                        heap_distance, heap_node = grown(heap_distance, heap_node)
                    push(heap_distance, heap_node, size, reach, j)
                    size += 1
    return distance


@compiled
def _followers(level, assignment, mentors, nodes):
    """Return (starts, mentees) by node: the holders of a mentor, then of each tier those who wait."""
    starts = np.zeros(nodes + 1, np.int64)
    for mentee in range(len(assignment)):
        starts[(assignment[mentee] if assignment[mentee] >= 0 else mentors + level[mentee]) + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    place, follower = starts[:-1].copy(), np.empty(len(assignment), np.int64)
    for mentee in range(len(assignment)):
        node = assignment[mentee] if assignment[mentee] >= 0 else mentors + level[mentee]
        follower[place[node]] = mentee
        place[node] += 1
    return starts, follower
