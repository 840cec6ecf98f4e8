"""First prices where every seat will be taken: an auction of which only the prices are kept (compiled).

With every seat taken in the end, an optimum is one from whatever prices the insertion starts; where pairs are many ways
alike, starting near the last prices saves it nearly all of its searching. The auction is naive: whoever has no seat
bids for the one she likes best what makes it as good as her second choice, and a step more. Steps become finer.
Source: D. Bertsekas, 1979. It may stop at any moment, hence it does after reading so much: a bid rises by less than
twice the greatest score above all others, so that prices stay below 2⁵⁹ up to 10¹¹ pairs.
"""

from __future__ import annotations

import numpy as np

from .compiled import compiled
from .insertion import CAPACITY, FIRST_SLOT, INFINITY
from .rows import ITEM_MASK, NEVER, SCORE_SHIFT, TARGET

STEPS = (20, 100, 500, 2_500)  # parts of the greatest score by which bids rise, round after round
READS = 32  # times that each edge may be read, on average


@compiled
def opening_prices(row, edges, items, top):
    """Return a price for each item (M,), zero or above. row, edges: see `rows`; items: of `insertion`; top: best score.

    All agents must be able to hold a place at once, and that must take every place.
    """
    agents = len(row) - 1
    prices = np.zeros(len(items), np.int64)
    bids, holder = np.empty(agents, np.int64), np.empty(agents, np.int64)  # of each place
    waiting = np.empty(agents, np.int64)
    reads = READS * len(edges)
    for part in STEPS:
        step = top // part
        if step == 0:  # scores so few that most are equal: no price tells them apart
            break
        for item in range(len(items)):
            first = items[item, FIRST_SLOT]
            bids[first : first + items[item, CAPACITY]] = prices[item]
        for agent in range(agents):
            holder[agent], waiting[agent] = -1, agent
        size = agents
        while size > 0 and reads > 0:
            agent = waiting[size - 1]
            item, offer = _offer(row[agent], row[agent + 1] - 1, edges, prices, top)
            start = items[item, FIRST_SLOT]
            end = start + items[item, CAPACITY]
            lowest, runner_up = start, INFINITY
            for place in range(start + 1, end):
                if bids[place] < bids[lowest]:
                    lowest, runner_up = place, bids[lowest]
                else:
                    runner_up = min(runner_up, bids[place])
            bids[lowest] = prices[item] + offer + step
            prices[item] = min(bids[lowest], runner_up)
            if holder[lowest] < 0:
                size -= 1
            else:
                waiting[size - 1] = holder[lowest]
            holder[lowest] = agent
            reads -= row[agent + 1] - row[agent] + end - start
    return prices


@compiled(inline="always")
def _offer(start, end, edges, prices, top):
    """Return the best item of a row and by how much it is better than the second, `top` where there is none.

    The row may be in any order: ties go to the lower score, then item, as in `rows.refresh`, since where prices begin
    decides between equal optima.
    """
    best, second, chosen = NEVER, NEVER, -1
    for edge in range(start, end):
        target = edges[edge, TARGET]
        worth = (target >> SCORE_SHIFT) - prices[target & ITEM_MASK]
        if worth > best or (worth == best and target < chosen):
            best, second, chosen = worth, best, target
        elif worth > second:
            second = worth
    return chosen & ITEM_MASK, best - second if second > NEVER else top
