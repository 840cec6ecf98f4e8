"""Compile the engine ahead of its first run: `python -m vivier.engines.matching.warm_up`."""

from __future__ import annotations

from .certificate import certify
from .incremental import Standing
from .problem import Options, Problem
from .solver import solve


def warm_up() -> None:
    """Solve a problem so small that it takes nothing, and so made that every compiled function is called.

    Two mentees share one seat (scarce), another has a choice (abundant), pairs come out of order, a mentor is closed,
    a tier is served by nobody. Then somebody comes, somebody leaves, and a mentor offers fewer seats, then more.
    """
    problem = Problem(
        mentee_ids=("a", "b", "c", "d"),
        tiers=[0, 0, 1, 2],
        mentor_ids=("A", "B", "C"),
        capacities=[1, 2, 0],
        pair_mentee=[2, 1, 0, 1, 3, 3],
        pair_mentor=[1, 0, 0, 2, 2, 0],
        pair_score=[5, 3, 9, 1, 1, 2],
    )
    for options in (Options(), Options(score="linear")):
        solution = solve(problem, options)
        assert certify(problem, options, solution).optimal
        standing = Standing(problem, options, solution)
        standing.add_mentee("e", 3, [1, 0], [7, 8])
        standing.remove_mentee("a")
        for seats in (0, 2):
            standing.change_capacity(0, seats)
        assert certify(standing.problem(), options, standing.solution(least=True)).optimal


if __name__ == "__main__":
    warm_up()
