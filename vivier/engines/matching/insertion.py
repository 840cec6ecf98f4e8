"""Insert agents one by one along shortest paths, over rows sorted only as often as it pays.

Each agent (a mentee, or one seat of a mentor) wants one place at an item of its row. An item has `capacity` places and
a price; a place is worth `score - price`. An agent may stay out for its own `outside` value. Invariants: prices only
rise, so the cost `price - score` kept in a row when it was last sorted is a lower bound of today's; every matched pair
is the best its agent can have at today's prices; the price of an item with room is where it started; an agent that
stays out would gain nothing by entering. The total is therefore the greatest after each insertion.
All numbers are Python integers: nothing can overflow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

INFINITY = 1 << 80
SENTINEL = (INFINITY, -1, 0)
PATIENCE = 4  # edges that may be read past the nearest pending item before a row's reading is suspended

Edge = tuple[int, int, int]  # cost bound, item, score


class Market:
    """The items, the agents placed so far, and the search that inserts one more."""

    def __init__(
        self,
        rows: list[list[Edge]],
        row_of: Sequence[int],
        outside: Sequence[int],
        prices: list[int],
        capacities: Sequence[int],
    ) -> None:
        """rows: edges (any cost, item, score), shared by agents; row_of, outside: by agent; prices: the first ones."""
        self.rows = rows
        self.row_of = row_of
        self.outside = outside
        self.prices = prices
        self.capacities = capacities
        items, agents = len(prices), len(row_of)
        self.holders: list[list[int]] = [[] for _ in range(items)]
        self.item_of = [-1] * agents
        self.score_of = [0] * agents
        self.seat_of = [-1] * agents
        self.edges_read = 0
        self.searches = 0
        self.sorts = 0
        self._distance = [INFINITY] * items
        self._parent = [-1] * items
        self._parent_score = [0] * items
        self._bits = (items + agents + 1).bit_length()

    def insert_all(self, order: Iterable[int]) -> None:
        for agent in order:
            self._insert(agent)

    def _sort(self, row: int) -> list[Edge]:
        """Sort a row by today's costs; ties by item, so that the same input always gives the same output."""
        prices = self.prices
        edges = [(prices[item] - score, item, score) for _, item, score in self.rows[row] if item >= 0]
        edges.sort()
        edges.append(SENTINEL)
        self.rows[row] = edges
        self.sorts += 1
        return edges

    def _insert(self, agent: int) -> None:
        cost, item, score = self._sort(self.row_of[agent])[0]
        stay_out = -self.outside[agent]  # everything below is a cost, to be made small
        if cost >= stay_out:
            return
        if len(self.holders[item]) < self.capacities[item]:
            self._sit(agent, item, score)
            return
        self.searches += 1
        self._search(agent, base=-cost, best=stay_out - cost)

    def _sit(self, agent: int, item: int, score: int) -> None:
        self.item_of[agent] = item
        self.score_of[agent] = score
        self.seat_of[agent] = len(self.holders[item])
        self.holders[item].append(agent)

    def _search(self, newcomer: int, base: int, best: int) -> None:
        """Find the cheapest way in (a free place, or somebody who had better leave), then move along it.

        `best` is the cost of the cheapest way known: at first, that of leaving the newcomer out. Distances are ≥ 0.
        """
        prices, holders, capacities = self.prices, self.holders, self.capacities
        distance, parent, parent_score = self._distance, self._parent, self._parent_score
        rows, row_of, score_of, outside = self.rows, self.row_of, self.score_of, self.outside
        items, bits = len(prices), self._bits
        mask = (1 << bits) - 1
        heap: list[int] = []  # distance << bits | item, or | items + reading
        # One reading per agent reached: agent, her row, value she gives up plus distance, next edge, useless edges met.
        agents, readings, bases, positions, useless = [newcomer], [rows[row_of[newcomer]]], [base], [0], [0]
        pending = [0]
        touched: list[int] = []
        done: set[int] = set()
        end_item = end_agent = -1
        edges_read = 0
        while True:
            while pending:
                reading = pending.pop()
                row, base, position = readings[reading], bases[reading], positions[reading]
                agent = agents[reading]
                start, wasted, impatience = position, 0, 0
                nearest = heap[0] >> bits if heap else INFINITY
                while True:
                    bound, item, score = row[position]
                    bound += base
                    if bound >= best:
                        break  # nothing further in this row can matter, ever
                    if bound > nearest:
                        impatience += 1
                        if impatience > PATIENCE:
                            heappush(heap, bound << bits | (items + reading))
                            break
                    position += 1
                    cost = base + prices[item] - score
                    if cost < best:
                        if cost < distance[item]:
                            if distance[item] == INFINITY:
                                touched.append(item)
                            distance[item] = cost
                            parent[item] = agent
                            parent_score[item] = score
                            if len(holders[item]) < capacities[item]:
                                best, end_item, end_agent = cost, item, -1
                            else:
                                heappush(heap, cost << bits | item)
                                if cost < nearest:
                                    nearest = cost
                    else:
                        wasted += 1
                positions[reading] = position
                useless[reading] += wasted
                edges_read += position - start
            if not heap or heap[0] >> bits >= best:
                break
            entry = heappop(heap)
            node = entry & mask
            if node >= items:
                pending.append(node - items)
                continue
            if node in done:
                continue
            done.add(node)
            value = (entry >> bits) - prices[node]
            for holder in holders[node]:
                base = value + score_of[holder]
                if base - outside[holder] < best:
                    best, end_item, end_agent = base - outside[holder], node, holder
                pending.append(len(agents))
                agents.append(holder)
                readings.append(rows[row_of[holder]])
                bases.append(base)
                positions.append(0)
                useless.append(0)
        for item in touched:
            if distance[item] < best:
                prices[item] += best - distance[item]
            distance[item] = INFINITY
        self.edges_read += edges_read
        if end_item >= 0:
            self._move(newcomer, end_item, end_agent)
        for reading, wasted in enumerate(useless):
            if wasted > 3 and 4 * wasted > positions[reading]:
                self._sort(row_of[agents[reading]])

    def _move(self, newcomer: int, item: int, leaver: int) -> None:
        """Seat each agent of the path where the next one was; the last takes the free place, or the leaver's."""
        if leaver < 0:
            seat = len(self.holders[item])
            self.holders[item].append(-1)
        else:
            seat = self.seat_of[leaver]
            self.item_of[leaver] = self.seat_of[leaver] = -1
        while True:
            agent = self._parent[item]
            freed_item, freed_seat = self.item_of[agent], self.seat_of[agent]
            self.item_of[agent], self.seat_of[agent] = item, seat
            self.score_of[agent] = self._parent_score[item]
            self.holders[item][seat] = agent
            if agent == newcomer:
                return
            item, seat = freed_item, freed_seat
