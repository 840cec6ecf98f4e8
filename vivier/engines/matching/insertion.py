"""Insert agents one by one along shortest paths, over rows sorted only as often as it pays (compiled).

Each agent (a mentee, or one seat of a mentor) wants one place at an item of its row. An item has places and a price; a
place is worth `score - price`. All agents given must be able to hold a place at once: the split of `decomposition`
sees to it. Invariants: prices only rise, so the key `score - price` kept in a row when it was last sorted is an upper
bound of today's; every matched pair is the best its agent can have at today's prices; the price of an item with room is
where it started. If all started at their least, the total is therefore the greatest after each insertion; wherever they
started, it is when no room is left.
Numbers are 64-bit integers: prices and distances stay below W (T + 1), see `solver`.
"""

from __future__ import annotations

import numpy as np

from .compiled import compiled
from .heaps import grown, pop, push
from .rows import ITEM_MASK, KEY, SCORE_SHIFT, TARGET, refresh

INFINITY = 1 << 61  # beyond any distance, and nearer than a sentinel from anywhere
PATIENCE = 4  # edges that may be read past the nearest pending item before a row's reading is suspended
USELESS, SHARE = 3, 4  # a row is sorted again after more useless edges than this, and a quarter of those read

# near (one line per item): its price and how far it is in the present search. Read for every edge, hence kept apart
# and small: it fits a processor's cache.
PRICE, DISTANCE = range(2)
# items (one line each): the agent it is reached from in the present search, and its slots.
PARENT, FIRST_SLOT, LOAD, CAPACITY = range(4)
# slots (one line each): who holds it, for what score, and where the row of that agent begins.
HOLDER, SCORE, ROW_START = range(3)
# readings (one line each): the agent whose row is read, its distance plus what it gives up, next edge, useless edges.
AGENT, BASE, NEXT, WASTED = range(4)
# counts told to whoever measures.
EDGES_READ, SEARCHES, SORTS = range(3)


def market(prices: np.ndarray, capacities: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return (near, items, slots, item of each slot) of an empty market, from first prices and places."""
    near = np.full((len(prices), 2), INFINITY, dtype=np.int64)
    near[:, PRICE] = prices
    items = np.zeros((len(prices), 4), dtype=np.int64)
    items[:, CAPACITY] = capacities
    items[:, FIRST_SLOT] = np.cumsum(capacities) - capacities
    item_of_slot = np.repeat(np.arange(len(prices)), capacities)
    slots = np.zeros((len(item_of_slot), 3), dtype=np.int64)
    slots[:, HOLDER] = -1
    return near, items, slots, item_of_slot


@compiled
def insert_all(order, row_of, row, edges, near, items, slots, item_of_slot, slot_of):
    """Give each agent of `order` a place, moving others where it pays; returns the counts.

    row_of: the row of each agent; row, edges: see `rows`; slot_of (agents,): -1 on entry, the slot held on return.
    """
    counts = np.zeros(3, np.int64)
    heap_distance, heap_node = np.empty(4096, np.int64), np.empty(4096, np.int64)
    readings = np.empty((len(row_of) + 1, 4), np.int64)
    to_read = np.empty(len(row_of) + 1, np.int64)
    touched = np.empty(len(items), np.int64)
    count = len(items)
    for newcomer in order:
        start, sentinel = row[row_of[newcomer]], row[row_of[newcomer] + 1] - 1
        refresh(edges, near, PRICE, start, sentinel)
        counts[SORTS] += 1
        target = edges[start, TARGET]
        item = target & ITEM_MASK
        if items[item, LOAD] < items[item, CAPACITY]:
            slot = items[item, FIRST_SLOT] + items[item, LOAD]
            items[item, LOAD] += 1
            _sit(slots, slot_of, slot, newcomer, target >> SCORE_SHIFT, start)
            continue
        # Dijkstra from the newcomer. `best` is the cost of the cheapest free place so far, at item `end`.
        counts[SEARCHES] += 1
        best, end, size, reached = INFINITY, -1, 0, 0
        readings[0, AGENT], readings[0, BASE], readings[0, NEXT], readings[0, WASTED] = (
            newcomer,
            edges[start, KEY],
            start,
            0,
        )
        opened, pending = 1, 1
        to_read[0] = 0
        while True:
            while pending > 0:
                pending -= 1
                reading = to_read[pending]
                agent, base, edge = readings[reading, AGENT], readings[reading, BASE], readings[reading, NEXT]
                wasted, impatience = readings[reading, WASTED], 0
                while True:
                    bound = base - edges[edge, KEY]
                    if bound >= best:
                        break  # nothing further in this row can matter, ever
                    if size > 0 and bound > heap_distance[0]:
                        impatience += 1
                        if impatience > PATIENCE:
                            if size == len(heap_node):
                                heap_distance, heap_node = grown(heap_distance, heap_node)
                            push(heap_distance, heap_node, size, bound, count + reading)
                            size += 1
                            break
                    target = edges[edge, TARGET]
                    item = target & ITEM_MASK
                    edge += 1
                    counts[EDGES_READ] += 1
                    cost = base + near[item, PRICE] - (target >> SCORE_SHIFT)
                    if cost >= best:
                        wasted += 1
                    elif cost < near[item, DISTANCE]:
                        if near[item, DISTANCE] == INFINITY:
                            touched[reached] = item
                            reached += 1
                        near[item, DISTANCE], items[item, PARENT] = cost, agent
                        if items[item, LOAD] < items[item, CAPACITY]:
                            best, end = cost, item
                        else:
                            if size == len(heap_node):
                                heap_distance, heap_node = grown(heap_distance, heap_node)
                            push(heap_distance, heap_node, size, cost, item)
                            size += 1
                readings[reading, NEXT], readings[reading, WASTED] = edge, wasted
            if size == 0 or heap_distance[0] >= best:
                break
            distance, node = heap_distance[0], heap_node[0]
            size -= 1
            pop(heap_distance, heap_node, size)
            if node >= count:  # a reading that was suspended
                to_read[0], pending = node - count, 1
            elif distance == near[node, DISTANCE]:  # not reached from nearer since
                value = distance - near[node, PRICE]
                first = items[node, FIRST_SLOT]
                for slot in range(first, first + items[node, LOAD]):  # each holder may take another item of its row
                    readings[opened, AGENT], readings[opened, BASE] = slots[slot, HOLDER], value + slots[slot, SCORE]
                    readings[opened, NEXT], readings[opened, WASTED] = slots[slot, ROW_START], 0
                    to_read[pending] = opened
                    pending += 1
                    opened += 1
        assert end >= 0, "the split promises a place to every agent"
        _raise_prices(near, touched[:reached], best)
        _move(items, slots, item_of_slot, slot_of, edges, row, row_of, end, newcomer)
        for reading in range(opened):
            if readings[reading, WASTED] > USELESS:
                at = row_of[readings[reading, AGENT]]
                if SHARE * readings[reading, WASTED] > readings[reading, NEXT] - row[at]:
                    refresh(edges, near, PRICE, row[at], row[at + 1] - 1)
                    counts[SORTS] += 1
    return counts


@compiled(inline="always")
def _sit(slots, slot_of, slot, agent, score, row_start):
    slots[slot, HOLDER], slots[slot, SCORE], slots[slot, ROW_START] = agent, score, row_start
    slot_of[agent] = slot


@compiled(inline="always")
def _raise_prices(near, touched, best):
    """Items nearer than `best` become dearer by the difference; distances are ready for the next search."""
    for item in touched:
        if near[item, DISTANCE] < best:
            near[item, PRICE] += best - near[item, DISTANCE]
        near[item, DISTANCE] = INFINITY


@compiled
def _move(items, slots, item_of_slot, slot_of, edges, row, row_of, item, newcomer):
    """Seat each agent of the path where the next one was; the last takes the free place of `item`."""
    slot = items[item, FIRST_SLOT] + items[item, LOAD]
    items[item, LOAD] += 1
    while True:
        agent = items[item_of_slot[slot], PARENT]
        freed = slot_of[agent]
        start = row[row_of[agent]]
        edge = start
        while (edges[edge, TARGET] & ITEM_MASK) != item_of_slot[slot]:
            edge += 1
        _sit(slots, slot_of, slot, agent, edges[edge, TARGET] >> SCORE_SHIFT, start)
        if agent == newcomer:
            return
        slot = freed
