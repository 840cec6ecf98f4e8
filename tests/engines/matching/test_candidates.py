"""Eligibility, scores and tiers against a plain reading of the rules, pair by pair."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching import candidates as candidates_module
from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.policy import RULES, default_policy
from vivier.engines.matching.problem import InvalidProblem
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile

from .oracle import patient, thorough

POLICY = default_policy()
LYON, VALENCE, GRENOBLE = (45.764, 4.8357), (44.9334, 4.8924), (45.1885, 5.7245)
CODES = [f"c{n:02}" for n in range(70)]  # more than one machine word of bits

places = st.one_of(
    st.none(),
    st.tuples(st.floats(44.9, 45.9), st.floats(4.7, 5.9)),
    st.sampled_from([LYON, VALENCE, GRENOBLE, (-17.5, -149.5)]),
)
few_codes = st.one_of(st.none(), st.frozensets(st.sampled_from([*CODES[:3], CODES[66]]), max_size=3))
answers = st.sampled_from([None, True, False])
companies = ["Orange", " orange ", "Minalogic", "Schneider Electric"]


@st.composite
def mentee_profiles(draw, number: int) -> MenteeProfile:
    place = draw(places)
    return MenteeProfile(
        id=f"f{number}",
        lat=place and place[0],
        lon=place and place[1],
        location_error_km=draw(st.sampled_from([0.0, 0.0, 12.5])),
        slots=draw(few_codes),
        languages=draw(few_codes),
        interests=draw(few_codes),
        qpv=draw(st.sampled_from(["yes", "declared", "no", "unknown"])),
        rural=draw(answers),
        closing_soon=draw(answers),
        refused_mentors=draw(st.frozensets(st.sampled_from(["m0", "m1", "nobody"]), max_size=2)),
        excluded_employers=draw(st.frozensets(st.sampled_from(companies), max_size=2)),
        accepts_online=draw(answers),
    )


@st.composite
def mentor_profiles(draw, number: int) -> MentorProfile:
    place = draw(places)
    return MentorProfile(
        id=f"m{number}",
        capacity=draw(st.integers(0, 2)),
        lat=place and place[0],
        lon=place and place[1],
        location_error_km=draw(st.sampled_from([0.0, 0.0, 20.0])),
        slots=draw(few_codes),
        languages=draw(few_codes),
        interests=draw(few_codes),
        vetting_valid=draw(answers),
        employer=draw(st.sampled_from([None, "", *companies])),
        accepts_online=draw(answers),
    )


@st.composite
def people(draw):
    mentees = [draw(mentee_profiles(n)) for n in range(draw(st.integers(0, 4)))]
    mentors = [draw(mentor_profiles(n)) for n in range(draw(st.integers(0, 4)))]
    return mentees, mentors


@st.composite
def policies(draw):
    flags = ["online_beyond_radius", "require_vetting", "exclude_past_refusal", "exclude_same_employer"]
    flags += ["require_common_language", "require_common_slot"]
    weights = {part: draw(st.integers(0, 3)) for part in POLICY.weights}
    return replace(
        POLICY,
        radius_km=draw(st.sampled_from([0.5, 30, 80.25, 20_000])),
        weights=weights if any(weights.values()) else POLICY.weights,
        full_marks={name: draw(st.integers(1, 3)) for name in POLICY.full_marks},
        **{flag: draw(st.booleans()) for flag in flags},
    )


def metres(a, b) -> int | None:
    """Haversine distance, rounded to the metre."""
    if a.lat is None or b.lat is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return round(2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(half))))


def in_common(a, b, name: str) -> int | None:
    mine, theirs = getattr(a, name), getattr(b, name)
    return len(mine & theirs) if mine and theirs else None


def rule_that_refuses(mentee, mentor, policy) -> str | None:
    distance = metres(mentee, mentor)
    limit = round(1000 * (policy.radius_km + mentee.location_error_km + mentor.location_error_km))
    online = policy.online_beyond_radius and mentee.accepts_online is True and mentor.accepts_online is True
    if distance is not None and distance > limit and not online:
        return "distance"
    return rule_apart_from_distance(mentee, mentor, policy)


def rule_apart_from_distance(mentee, mentor, policy) -> str | None:
    if policy.require_vetting and mentor.vetting_valid is False:
        return "vetting"
    if policy.exclude_past_refusal and mentor.id in mentee.refused_mentors:
        return "past_refusal"
    excluded = {name.strip().lower() for name in mentee.excluded_employers}
    if policy.exclude_same_employer and mentor.employer and mentor.employer.strip().lower() in excluded:
        return "same_employer"
    if policy.require_common_language and in_common(mentee, mentor, "languages") == 0:
        return "language"
    if policy.require_common_slot and in_common(mentee, mentor, "slots") == 0:
        return "slots"
    return None


def score(mentee, mentor, policy) -> int:
    parts = {}
    distance = metres(mentee, mentor)
    if distance is not None:
        radius = round(1000 * policy.radius_km)
        parts["distance"] = (10_000 * (radius - min(distance, radius)) + radius // 2) // radius
    for name, full in policy.full_marks.items():
        common = in_common(mentee, mentor, name)
        if common is not None:
            parts[name] = 10_000 * min(common, full) // full
    weight = sum(policy.weights[name] for name in parts)
    if not weight:
        return 5_000
    return math.floor(sum(policy.weights[name] * points for name, points in parts.items()) / weight + 0.5)


@thorough
@given(people(), policies())
def test_pairs_scores_and_refusals_are_those_of_the_rules_read_one_by_one(people, policy):
    mentees, mentors = people
    found = build_candidates(mentees, mentors, policy)
    problem = found.problem
    expected = [
        (i, j, score(mentee, mentor, policy))
        for i, mentee in enumerate(mentees)
        for j, mentor in enumerate(mentors)
        if rule_that_refuses(mentee, mentor, policy) is None
    ]
    pairs = zip(problem.pair_mentee.tolist(), problem.pair_mentor.tolist(), problem.pair_score.tolist(), strict=True)
    assert list(pairs) == expected
    for i, mentee in enumerate(mentees):
        told = [rule_that_refuses(mentee, mentor, policy) for mentor in mentors]
        assert {rule: int(found.refusals[rule][i]) for rule in RULES} == {rule: told.count(rule) for rule in RULES}


@patient
@given(people(), policies())
def test_the_parts_told_are_those_of_the_pair(people, policy):
    mentees, mentors = people
    found = build_candidates(mentees, mentors, policy)
    for pair, (i, j) in enumerate(zip(found.problem.pair_mentee, found.problem.pair_mentor, strict=True)):
        mentee, mentor = mentees[i], mentors[j]
        distance = metres(mentee, mentor)
        assert found.distance_m[pair] == (-1 if distance is None else distance)
        for name in ("slots", "interests", "languages"):
            common = in_common(mentee, mentor, name)
            assert found.common[name][pair] == (-1 if common is None else common)
        limit = round(1000 * (policy.radius_km + mentee.location_error_km + mentor.location_error_km))
        assert found.online[pair] == (distance is not None and distance > limit)
        unknown = {rule for rule, value in (("distance", distance), ("vetting", mentor.vetting_valid)) if value is None}
        unknown |= {"language"} if in_common(mentee, mentor, "languages") is None else set()
        unknown |= {"slots"} if in_common(mentee, mentor, "slots") is None else set()
        assert set(found.unknown_rules(pair)) == unknown


@patient
@given(people(), policies())
def test_the_nearest_beyond_is_the_nearest_whom_only_the_distance_keeps_away(people, policy):
    mentees, mentors = people
    found = build_candidates(mentees, mentors, policy)
    for i, mentee in enumerate(mentees):
        beyond = [
            metres(mentee, mentor)
            for mentor in mentors
            if rule_that_refuses(mentee, mentor, policy) == "distance"
            and rule_apart_from_distance(mentee, mentor, policy) is None
            and mentor.capacity > 0
        ]
        assert found.nearest_beyond_m[i] == min(beyond, default=-1)
        if beyond:
            assert metres(mentee, mentors[found.nearest_beyond[i]]) == min(beyond)
        else:
            assert found.nearest_beyond[i] == -1


@patient
@given(people(), policies())
def test_blocks_give_what_one_piece_gives(people, policy):
    mentees, mentors = people
    whole = build_candidates(mentees, mentors, policy)
    cells = candidates_module._CELLS
    candidates_module._CELLS = 1
    try:
        parts = build_candidates(mentees, mentors, policy)
    finally:
        candidates_module._CELLS = cells
    assert whole.problem.pair_score.tolist() == parts.problem.pair_score.tolist()
    assert whole.problem.pair_mentor.tolist() == parts.problem.pair_mentor.tolist()
    assert whole.nearest_beyond_m.tolist() == parts.nearest_beyond_m.tolist()
    assert {rule: counts.tolist() for rule, counts in whole.refusals.items()} == {
        rule: counts.tolist() for rule, counts in parts.refusals.items()
    }


def mentee(**fields) -> MenteeProfile:
    return MenteeProfile(id="f", **fields)


def mentor(**fields) -> MentorProfile:
    return MentorProfile(**{"id": "m", "capacity": 1, **fields})


def test_people_of_whom_nothing_is_known_are_refused_nobody():
    found = build_candidates([mentee()], [mentor()], POLICY)
    assert found.problem.pair_count == 1
    assert found.problem.pair_score.tolist() == [5_000]
    assert found.unknown_rules(0) == ("distance", "vetting", "language", "slots")
    assert found.unknowns["mentor_vetting"] == found.unknowns["mentee_qpv"] == found.unknowns["mentee_location"] == 1


def test_an_empty_answer_is_no_answer():
    found = build_candidates([mentee(slots=frozenset())], [mentor(slots=frozenset({"wed_pm"}))], POLICY)
    assert found.problem.pair_count == 1
    assert found.common["slots"].tolist() == [-1]


def test_an_unknown_neighbourhood_is_served_with_yes():
    tiers = {qpv: POLICY.tier_of(mentee(qpv=qpv, rural=False))[0] for qpv in ("yes", "declared", "unknown", "no")}
    assert tiers == {"yes": 0, "declared": 0, "unknown": 0, "no": 1}
    assert POLICY.tier_of(mentee(qpv="no", rural=True)) == (0, "rural")
    assert POLICY.tier_of(mentee(qpv="no", rural=None)) == (0, "rural_unknown")
    assert POLICY.tier_of(mentee(qpv="no", rural=False, closing_soon=True)) == (0, "closing_soon")
    assert POLICY.tier_of(mentee(qpv="no", rural=False)) == (1, "default")
    assert POLICY.tier_of(mentee(qpv="yes", rural=None)) == (0, "qpv")


def test_thirty_kilometres_are_the_limit_itself_included():
    south = 30_000 / 6_371_008.8 * 180 / math.pi
    inside = build_candidates([mentee(lat=45.0, lon=5.0)], [mentor(lat=45.0 + south, lon=5.0)], POLICY)
    outside = build_candidates([mentee(lat=45.0, lon=5.0)], [mentor(lat=45.0 + south * 1.0001, lon=5.0)], POLICY)
    assert inside.distance_m.tolist() == [30_000]
    assert outside.problem.pair_count == 0
    assert outside.nearest_beyond_m.tolist() == [30_003]


def test_an_approximate_place_refuses_only_what_is_certainly_too_far():
    far = mentor(lat=VALENCE[0], lon=VALENCE[1])  # 92 km
    exact = mentee(lat=LYON[0], lon=LYON[1])
    rough = replace(exact, location_error_km=70.0)
    assert build_candidates([exact], [far], POLICY).problem.pair_count == 0
    assert build_candidates([rough], [far], POLICY).problem.pair_count == 1


def test_the_score_of_a_known_case():
    one = mentee(lat=45.0, lon=5.0, slots=frozenset({"a", "b"}), interests=frozenset({"x", "y", "z"}))
    other = mentor(lat=45.0, lon=5.0, slots=frozenset({"b"}), interests=frozenset({"x", "y"}))
    found = build_candidates([one], [other], POLICY)
    assert {part: points.tolist() for part, points in found.points.items()} == {
        "distance": [10_000],
        "slots": [5_000],
        "interests": [10_000],
        "languages": [-1],
    }
    assert found.problem.pair_score.tolist() == [9_000]


@pytest.mark.parametrize(
    "wrong",
    [
        [mentee(lat=45.0)],
        [mentee(lon=5.0)],
        [mentee(lat=91.0, lon=5.0)],
        [mentee(lat=45.0, lon=math.nan)],
        [mentee(lat=45.0, lon=math.inf)],
        [mentee(location_error_km=-1.0)],
        [mentee(location_error_km=math.nan)],
        [mentee(qpv="maybe")],
        [mentee(), mentee()],
        [MenteeProfile(id="")],
    ],
)
def test_impossible_mentees_are_refused(wrong):
    with pytest.raises(InvalidProblem):
        build_candidates(wrong, [mentor()], POLICY)


def test_impossible_mentors_are_refused():
    for wrong in ([mentor(capacity=-1)], [mentor(), mentor()], [mentor(lat=1.0)]):
        with pytest.raises(InvalidProblem):
            build_candidates([mentee()], wrong, POLICY)


def test_cities_apart_have_no_pair_across():
    mentees = [MenteeProfile(id=f"f{n}", lat=lat, lon=lon) for n, (lat, lon) in enumerate((LYON, VALENCE, GRENOBLE))]
    mentors = [
        MentorProfile(id=f"m{n}", capacity=1, lat=lat, lon=lon)
        for n, (lat, lon) in enumerate((LYON, VALENCE, GRENOBLE))
    ]
    problem = build_candidates(mentees, mentors, POLICY).problem
    assert problem.pair_mentee.tolist() == problem.pair_mentor.tolist() == [0, 1, 2]
