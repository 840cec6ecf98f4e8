"""Seats beyond what mentors offer: as many as possible, and further seats at their cost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching.certificate import certify
from vivier.engines.matching.groups import with_groups, without_groups
from vivier.engines.matching.problem import Options
from vivier.engines.matching.solver import solve

from .oracle import best_with, patient, problems


@patient
@given(problems(mentees=5, mentors=3), st.integers(1, 4))
def test_the_optimum_of_groups_is_the_one_found_by_trying_everything(problem, size):
    grouped, mentor_of = with_groups(problem, size)
    solution = solve(grouped)
    counts = tuple(count for _, count in sorted(solution.stats.matched_by_tier.items()))
    assert (counts, solution.stats.objective) == best_with(grouped, Options())
    assert certify(grouped, None, solution).optimal
    told, extra = without_groups(problem, solution, mentor_of)
    load = np.bincount(told.assignment[told.assignment >= 0], minlength=problem.mentor_count)
    open_seats = np.where(problem.capacities > 0, np.maximum(problem.capacities, size), 0)
    assert (load <= open_seats).all()
    assert extra >= np.maximum(load - problem.capacities, 0).sum()
    chosen = told.assignment[problem.pair_mentee] == problem.pair_mentor
    assert chosen.sum() == solution.stats.matched


@patient
@given(problems())
def test_groups_serve_no_fewer(problem):
    alone = solve(problem)
    grouped, mentor_of = with_groups(problem, 3)
    told, _ = without_groups(problem, solve(grouped), mentor_of)
    assert told.stats.matched >= alone.stats.matched
