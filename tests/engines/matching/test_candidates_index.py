"""The spatial index finds whom a look at every pair finds: poles, antimeridian, rough places, crowds, online pairs."""

import random
import tracemalloc
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching import candidates as candidates_module
from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.policy import RULES, default_policy
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile

from .oracle import patient, thorough
from .test_candidates import metres, rule_apart_from_distance, rule_that_refuses, score

POLICY = default_policy()


def around(lat: float, lon: float, spread: float):
    """Places near a point; a longitude that passes 180 degrees comes back on the other side."""

    def place(rng: random.Random) -> tuple[float, float]:
        there = lon + rng.gauss(0, spread)
        return max(-89.9, min(90.0, lat + rng.gauss(0, spread))), (there + 180) % 360 - 180

    return place


REGIONS = {
    "one town": around(45.76, 4.84, 0.2),
    "one country": around(46.5, 2.5, 2),
    "antimeridian": around(-17, 180, 1),
    "north pole": lambda rng: (90 - abs(rng.gauss(0, 0.5)), rng.uniform(-180, 180)),
    "both poles": lambda rng: (rng.choice([-1, 1]) * rng.uniform(88, 89.9), rng.choice([-180.0, 0.0, 90.0, 180.0])),
    "everywhere": lambda rng: (rng.uniform(-89, 90), rng.uniform(-180, 180)),
    "a few doors": lambda rng: rng.choice([(45.0, 5.0), (45.0, 5.0), (45.2, 5.0), (44.8, 5.0), (45.0, 180.0)]),
    "one parallel": lambda rng: (60.0, rng.uniform(-180, 180)),
}


def person(rng: random.Random, region, rough: bool) -> dict:
    """What mentees and mentors have in common; some say nothing."""
    lat, lon = (None, None) if rng.random() < 0.1 else region(rng)

    def some(codes: str) -> frozenset[str] | None:
        return None if rng.random() < 0.2 else frozenset(rng.sample(codes, rng.randint(0, 2)))

    return {
        "lat": lat,
        "lon": lon,
        "location_error_km": rng.choice([0.0, 0.0, 2.0, 15.0, 50.0, 3_000.0, 1e300]) if rough else 0.0,
        "slots": some("abcd"),
        "languages": some("efg"),
        "interests": some("hijklm"),
        "accepts_online": rng.choice([None, True, False]),
    }


def crowd(rng: random.Random) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    """Up to 20 mentees and 40 mentors of one region, enough for many bands of latitude."""
    region, rough = REGIONS[rng.choice(sorted(REGIONS))], rng.random() < 0.5
    mentors = [
        MentorProfile(
            id=f"m{n}",
            capacity=rng.randint(0, 2),
            vetting_valid=rng.choice([None, True, True, False]),
            employer=rng.choice([None, " ", "Orange", "Minalogic"]),
            **person(rng, region, rough),
        )
        for n in range(rng.randint(0, 40))
    ]
    mentees = [
        MenteeProfile(
            id=f"f{n}",
            refused_mentors=frozenset(f"m{rng.randint(0, 40)}" for _ in range(rng.choice([0, 0, 5]))),
            excluded_employers=rng.choice([frozenset(), frozenset({" orange", "nobody's"})]),
            **person(rng, region, rough),
        )
        for n in range(rng.randint(0, 20))
    ]
    return mentees, mentors


seeds = st.integers(0, 2**32)


@st.composite
def instances(draw):
    """People and rules; from a drawn seed, so that most examples are crowded."""
    rng = random.Random(draw(seeds))
    flags = [name for name in POLICY.__slots__ if name.startswith(("require", "exclude"))]
    policy = replace(
        POLICY,
        radius_km=draw(st.sampled_from([0.0001, 0.5, 30, 80.25, 700, 12_000, 20_100])),
        online_beyond_radius=draw(st.booleans()),
        **{flag: rng.random() < 0.6 for flag in flags},
    )
    return *crowd(rng), policy


@thorough
@given(instances())
def test_the_pairs_are_those_of_a_look_at_every_pair(instance):
    mentees, mentors, policy = instance
    found = build_candidates(mentees, mentors, policy)
    problem = found.problem
    told = [[rule_that_refuses(mentee, mentor, policy) for mentor in mentors] for mentee in mentees]
    expected = [(i, j) for i, row in enumerate(told) for j, rule in enumerate(row) if rule is None]
    assert list(zip(problem.pair_mentee.tolist(), problem.pair_mentor.tolist(), strict=True)) == expected
    for rule in RULES:
        assert found.refusals[rule].tolist() == [row.count(rule) for row in told]
    distances = [metres(mentees[i], mentors[j]) for i, j in expected]
    assert found.distance_m.tolist() == [-1 if distance is None else distance for distance in distances]
    if policy.radius_km >= 0.5:  # below, the radius has no metre to be divided into points
        assert problem.pair_score.tolist() == [score(mentees[i], mentors[j], policy) for i, j in expected]


@thorough
@given(instances())
def test_the_nearest_beyond_is_the_first_given_of_the_nearest(instance):
    mentees, mentors, policy = instance
    found = build_candidates(mentees, mentors, policy)
    for i, mentee in enumerate(mentees):
        beyond = [
            (metres(mentee, mentor), j)
            for j, mentor in enumerate(mentors)
            if mentor.capacity > 0
            and rule_that_refuses(mentee, mentor, policy) == "distance"
            and rule_apart_from_distance(mentee, mentor, policy) is None
        ]
        least, nearest = min(beyond, default=(-1, -1))[0], int(found.nearest_beyond[i])
        assert found.nearest_beyond_m[i] == least
        if not beyond:
            assert nearest == -1
            continue
        place = mentors[nearest].lat, mentors[nearest].lon
        same_door = [j for metre, j in beyond if metre == least and (mentors[j].lat, mentors[j].lon) == place]
        assert nearest == same_door[0]


@patient
@given(instances(), st.integers(1, 60))
def test_small_blocks_give_the_same_pairs(instance, cells):
    whole = build_candidates(*instance)
    with mock.patch.object(candidates_module, "_CELLS", cells):
        parts = build_candidates(*instance)
    for name in ("pair_mentee", "pair_mentor", "pair_score"):
        assert np.array_equal(getattr(whole.problem, name), getattr(parts.problem, name))
    for name in ("distance_m", "online", "nearest_beyond"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))
    for name in ("common", "points", "refusals"):
        for key, values in getattr(whole, name).items():
            assert np.array_equal(values, getattr(parts, name)[key])


def test_what_is_kept_about_a_pair_is_small():
    found = build_candidates([MenteeProfile(id="f")], [MentorProfile(id="m", capacity=1)], POLICY)
    assert (found.distance_m.dtype, found.online.dtype) == (np.int32, np.bool_)
    assert {values.dtype for values in (*found.common.values(), *found.points.values())} == {np.dtype(np.int16)}


@pytest.mark.parametrize("online", [False, True])
def test_no_table_of_everybody_is_made(online):
    """20 000 × 20 000 is 400 million cells; people spread along a meridian have few neighbours."""
    policy = replace(POLICY, radius_km=1, online_beyond_radius=online)
    latitudes = np.linspace(-80, 80, 20_000).tolist()
    mentees = [MenteeProfile(id=f"f{n}", lat=lat, lon=5.0, accepts_online=True) for n, lat in enumerate(latitudes)]
    mentors = [
        MentorProfile(id=f"m{n}", capacity=1, lat=lat, lon=5.0, accepts_online=n == 7)
        for n, lat in enumerate(latitudes)
    ]
    tracemalloc.start()
    try:
        found = build_candidates(mentees, mentors, policy)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    neighbours = 59_998  # the step is 890 m: oneself, one to the north, one to the south
    assert found.problem.pair_count == neighbours + (20_000 - 3 if online else 0)
    assert peak < 100_000_000
