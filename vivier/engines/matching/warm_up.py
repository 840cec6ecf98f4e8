"""Compile the engine ahead of its first run: `python -m vivier.engines.matching.warm_up`."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

from .candidates import build_candidates
from .certificate import certify
from .incremental import Standing
from .policy import default_policy
from .problem import Options, Problem
from .profiles import MenteeProfile, MentorProfile
from .solver import solve


def warm_up() -> None:
    """Call every compiled function once, in this process."""
    match()
    search_candidates()


def match() -> None:
    """Solve problems so small that they take nothing, and so made that every compiled function is called.

    Two mentees share one seat (scarce), another has a choice (abundant), pairs come out of order, a mentor is closed,
    a tier is served by nobody. Then somebody comes, somebody leaves, and a mentor offers fewer seats, then more.
    Elsewhere one mentee takes the only seat.
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
    for options in (Options(), Options(score="linear"), Options(floor=True)):
        solution = solve(problem, options)
        assert certify(problem, options, solution).optimal
        if options.floor:
            continue
        standing = Standing(problem, options, solution)
        standing.add_mentee("e", 3, [1, 0], [7, 8])
        standing.remove_mentee("a")
        for seats in (0, 2):
            standing.change_capacity(0, seats)
        assert certify(standing.problem(), options, standing.solution(least=True)).optimal
    assert solve(Problem(("a",), [0], ("A",), [1], [0], [0], [5])).stats.matched == 1


def search_candidates() -> None:
    """Look for the pairs of two mentees and two mentors, of whom one is too far away."""
    mentees = [MenteeProfile("a", lat=45.0, lon=5.0), MenteeProfile("b")]
    mentors = [MentorProfile("A", 1, lat=45.0, lon=5.0), MentorProfile("B", 1, lat=46.0, lon=5.0)]
    assert build_candidates(mentees, mentors, default_policy()).problem.pair_count == 3


if __name__ == "__main__":
    # Side by side: each half takes a core for several seconds, and they share nothing.
    with ProcessPoolExecutor(2) as halves:
        for half in [halves.submit(match), halves.submit(search_candidates)]:
            half.result()
