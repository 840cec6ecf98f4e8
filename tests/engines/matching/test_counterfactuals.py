"""What would serve more, against solving the changed problem."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.counterfactuals import (
    more_with_mentors_at,
    most_served,
    seats_that_serve_more,
    wider_radii,
)
from vivier.engines.matching.policy import default_policy
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.engines.matching.solver import solve

from .oracle import patient, problems

POLICY = default_policy()
VALENCE, GRENOBLE = (44.93, 4.89), (45.19, 5.72)  # 72 km apart


def people(where: tuple[float, float], count: int, name: str) -> list[MenteeProfile]:
    return [MenteeProfile(f"{name}{n}", lat=where[0], lon=where[1]) for n in range(count)]


@patient
@given(problems(), st.data())
def test_one_more_seat_serves_one_more_exactly_where_it_says(problem, data):
    served = solve(problem).stats.matched
    assert most_served(problem) == served
    useful = set(seats_that_serve_more(problem).tolist())
    for mentor in range(problem.mentor_count):
        seats = problem.capacities.copy()
        seats[mentor] += 1
        more = solve(replace(problem, capacities=seats)).stats.matched - served
        assert more == (mentor in useful)


def test_a_wider_radius_reaches_the_free_seats_of_the_next_city():
    mentees = people(VALENCE, 5, "v")
    mentors = [MentorProfile("V", 2, *VALENCE), MentorProfile("G", 2, *GRENOBLE)]
    (found,) = wider_radii(mentees, mentors, POLICY, served=2)
    assert (found.radius_km, found.served) == (75, 4)
    assert wider_radii(mentees[:2], mentors, POLICY, served=2) == []


def test_new_mentors_serve_those_who_wait_around_them_and_no_more():
    mentees = [*people(VALENCE, 5, "v"), *people(GRENOBLE, 1, "g")]
    candidates = build_candidates(mentees, [MentorProfile("V", 2, *VALENCE), MentorProfile("G", 1, *GRENOBLE)], POLICY)
    assert more_with_mentors_at(candidates, mentees, POLICY, [VALENCE, GRENOBLE, (48.85, 2.35)]) == [3, 0, 0]


def test_nobody_to_serve():
    candidates = build_candidates([], [], POLICY)
    assert most_served(candidates.problem) == 0
    assert more_with_mentors_at(candidates, [], POLICY, [VALENCE]) == [0]
    assert np.array_equal(seats_that_serve_more(candidates.problem), [])
