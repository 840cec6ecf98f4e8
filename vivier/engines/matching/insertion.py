"""Insert agents one by one along shortest paths, over rows sorted only as often as it pays.

Each agent (a mentee, or one seat of a mentor) wants one place at an item of its row. An item has `capacity` places and
a price; a place is worth `score - price`. All agents given must be able to hold a place at once: the split of
`decomposition` sees to it. Invariants: prices only rise, so the cost `price - score` kept in a row when it was last
sorted is a lower bound of today's; every matched pair is the best its agent can have at today's prices; the price of an
item with room is where it started. The total is therefore the greatest after each insertion.
All numbers are Python integers: nothing can overflow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

INFINITY = 1 << 80
SENTINEL = (INFINITY << 1, -1, 0)  # beyond any distance, whatever is subtracted from it
PATIENCE = 4  # edges that may be read past the nearest pending item before a row's reading is suspended

Edge = tuple[int, int, int]  # cost bound, item, score


class Market:
    """The items, the agents placed so far, and the search that inserts one more."""

    def __init__(
        self,
        rows: list[list[Edge]],
        row_of: Sequence[int],
        prices: list[int],
        capacities: Sequence[int],
    ) -> None:
        """rows: edges (any cost, item, score), shared by agents; row_of: by agent; prices: the first ones."""
        self.rows = rows
        self.row_of = row_of
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
        self.distance = [INFINITY] * items
        self.parent = [-1] * items
        self.parent_score = [0] * items
        self.bits = (items + agents + 1).bit_length()

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
        if len(self.holders[item]) < self.capacities[item]:
            self._sit(agent, item, score)
        else:
            self.searches += 1
            self._search(agent, base=-cost)

    def _sit(self, agent: int, item: int, score: int) -> None:
        self.item_of[agent] = item
        self.score_of[agent] = score
        self.seat_of[agent] = len(self.holders[item])
        self.holders[item].append(agent)

    def _search(self, newcomer: int, base: int) -> None:
        """Find the cheapest way in, raise the prices that it passes, and move along it."""
        search = _Search(self, newcomer, base)
        search.run()
        assert search.end >= 0, "the split promises a place to every agent"
        search.raise_prices()
        self.edges_read += search.edges_read
        self._move(newcomer, search.end)
        for reading, wasted in enumerate(search.useless):
            if wasted > 3 and 4 * wasted > search.positions[reading]:
                self._sort(self.row_of[search.agents[reading]])

    def _move(self, newcomer: int, item: int) -> None:
        """Seat each agent of the path where the next one was; the last takes the free place."""
        seat = len(self.holders[item])
        self.holders[item].append(-1)
        while True:
            agent = self.parent[item]
            freed_item, freed_seat = self.item_of[agent], self.seat_of[agent]
            self.item_of[agent], self.seat_of[agent] = item, seat
            self.score_of[agent] = self.parent_score[item]
            self.holders[item][seat] = agent
            if agent == newcomer:
                return
            item, seat = freed_item, freed_seat


class _Search:
    """Dijkstra over items from one newcomer, reading rows no further than needed.

    `best` is the cost of reaching the cheapest free place so far, at item `end`. Distances are at least 0.
    A reading is one agent's row being read; it is suspended, and queued like an item, once what follows in it lies
    beyond the nearest item queued.
    """

    def __init__(self, market: Market, newcomer: int, base: int) -> None:
        self.market = market
        self.best = INFINITY
        self.end = -1
        self.items, self.bits = len(market.prices), market.bits
        self.heap: list[int] = []  # distance << bits | item, or | items + reading
        self.touched: list[int] = []
        self.edges_read = 0
        # By reading: agent, her row, distance so far plus the score that she gives up, next edge, useless edges met.
        self.agents, self.rows, self.bases = [newcomer], [market.rows[market.row_of[newcomer]]], [base]
        self.positions, self.useless = [0], [0]

    def run(self) -> None:
        """Take what is queued, nearest first, until nothing nearer than `best` is left."""
        heap, items, bits = self.heap, self.items, self.bits
        mask = (1 << bits) - 1
        done: set[int] = set()
        self._read(0)
        while heap and heap[0] >> bits < self.best:
            entry = heappop(heap)
            node = entry & mask
            if node >= items:
                self._read(node - items)
            elif node not in done:
                done.add(node)
                first = len(self.agents)
                self._reach_holders(node, entry >> bits)
                for reading in range(len(self.agents) - 1, first - 1, -1):
                    self._read(reading)

    def _reach_holders(self, item: int, distance: int) -> None:
        """Each holder of a full item may take another item of her row."""
        market = self.market
        value = distance - market.prices[item]
        for holder in market.holders[item]:
            self.agents.append(holder)
            self.rows.append(market.rows[market.row_of[holder]])
            self.bases.append(value + market.score_of[holder])
            self.positions.append(0)
            self.useless.append(0)

    def _read(self, reading: int) -> None:
        """Read a row from where it was left, until it cannot matter any more or can wait."""
        market, heap, bits, best = self.market, self.heap, self.bits, self.best
        prices, distance, holders, capacities = market.prices, market.distance, market.holders, market.capacities
        row, base, position = self.rows[reading], self.bases[reading], self.positions[reading]
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
                    heappush(heap, bound << bits | (self.items + reading))
                    break
            position += 1
            cost = base + prices[item] - score
            if cost >= best:
                wasted += 1
            elif cost < distance[item]:
                if distance[item] == INFINITY:
                    self.touched.append(item)
                distance[item] = cost
                market.parent[item] = self.agents[reading]
                market.parent_score[item] = score
                if len(holders[item]) < capacities[item]:
                    best, self.end = cost, item
                else:
                    heappush(heap, cost << bits | item)
                    if cost < nearest:
                        nearest = cost
        self.best = best
        self.positions[reading] = position
        self.useless[reading] += wasted
        self.edges_read += position - start

    def raise_prices(self) -> None:
        """Items nearer than `best` become dearer by the difference; distances are ready for the next search."""
        prices, distance = self.market.prices, self.market.distance
        for item in self.touched:
            if distance[item] < self.best:
                prices[item] += self.best - distance[item]
            distance[item] = INFINITY
