"""Ranks, slacks and reasons for waiting, each against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.explain import explain_pairs, explain_waiting, ranks
from vivier.engines.matching.explanations import WaitingCode
from vivier.engines.matching.policy import default_policy
from vivier.engines.matching.problem import Options, Problem
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.engines.matching.solver import solve

from .oracle import best, patient, problems, thorough, worth

KINDS = st.sampled_from(["concave", "linear"])


def with_pairs(problem: Problem, scores, capacities=None) -> Problem:
    return Problem(
        problem.mentee_ids,
        problem.tiers,
        problem.mentor_ids,
        problem.capacities if capacities is None else capacities,
        problem.pair_mentee,
        problem.pair_mentor,
        scores,
    )


@patient
@given(problems(), KINDS)
def test_each_pair_is_told_with_its_rank_and_its_alternatives(problem, kind):
    options = Options(score=kind)
    solution = solve(problem, options)
    told = list(explain_pairs(problem, options, solution, alternatives=99))
    assert [reason.mentee for reason in told] == np.flatnonzero(solution.assignment >= 0).tolist()
    for reason in told:
        row = np.flatnonzero(problem.pair_mentee == reason.mentee)
        scores = dict(zip(problem.pair_mentor[row].tolist(), problem.pair_score[row].tolist(), strict=True))
        assert reason.mentor == solution.assignment[reason.mentee]
        assert problem.pair_mentor[reason.pair] == reason.mentor
        assert reason.score == scores[reason.mentor]
        assert reason.optimised_score == worth(reason.score, kind)
        assert reason.rank == 1 + sum(score > reason.score for score in scores.values())
        assert reason.rank == ranks(problem, solution)[reason.mentee]
        assert reason.candidates == len(scores)
        rivals = problem.pair_mentee[problem.pair_mentor == reason.mentor]
        assert reason.wanted_by == sum(solution.assignment[rivals] < 0)
        assert {one.mentor for one in reason.alternatives} == set(scores) - {reason.mentor}
        slacks = [one.slack for one in reason.alternatives]
        assert slacks == sorted(slacks)
        for one in reason.alternatives:
            assert one.rank == 1 + sum(score > scores[one.mentor] for score in scores.values())
            assert one.mentor_price == solution.duals.mentor[one.mentor] >= 0


@thorough
@given(problems(mentees=5, mentors=4), st.data())
def test_an_alternative_that_rises_by_less_than_its_slack_changes_no_total(problem, data):
    options = Options(score="linear")
    solution = solve(problem, options)
    told = [(r, one) for r in explain_pairs(problem, options, solution) for one in r.alternatives if one.slack > 1]
    if not told:
        return
    reason, other = data.draw(st.sampled_from(told))
    at = (problem.pair_mentee == reason.mentee) & (problem.pair_mentor == other.mentor)
    risen = problem.pair_score + np.where(at, other.slack - 1, 0)
    if risen.max() <= 10_000:
        assert best(with_pairs(problem, risen), "linear")[1] == solution.stats.objective


@patient
@given(problems())
def test_those_who_wait_are_told_why(problem):
    solution = solve(problem)
    told = list(explain_waiting(problem, solution))
    assert [reason.mentee for reason in told] == np.flatnonzero(solution.assignment < 0).tolist()
    for reason in told:
        mentors = problem.pair_mentor[problem.pair_mentee == reason.mentee]
        seats = int(problem.capacities[mentors].sum())
        assert (reason.candidates, reason.seats) == (len(mentors), seats)
        if seats:
            assert reason.code == WaitingCode.ALL_TAKEN
            assert sum(reason.taken_by_tier.values()) == seats
            assert all(tier <= reason.tier for tier in reason.taken_by_tier)
        elif len(mentors):
            assert reason.code == WaitingCode.NO_SEAT
        else:
            assert reason.code == (WaitingCode.NO_CANDIDATE if problem.mentor_count else WaitingCode.NO_MENTOR)


@thorough
@given(problems(mentees=5, mentors=4), st.data())
def test_one_more_seat_at_any_of_her_candidates_serves_one_more(problem, data):
    solution = solve(problem)
    waiting = [reason for reason in explain_waiting(problem, solution) if reason.candidates]
    if not waiting:
        return
    reason = data.draw(st.sampled_from(waiting))
    mentor = data.draw(st.sampled_from(problem.pair_mentor[problem.pair_mentee == reason.mentee].tolist()))
    seats = problem.capacities.copy()
    seats[mentor] += 1
    more = solve(with_pairs(problem, problem.pair_score, seats))
    assert more.stats.matched == solution.stats.matched + 1


NEAR, FAR = (45.764, 4.8357), (44.9334, 4.8924)


def only_reason(*mentors: MentorProfile, **fields):
    mentee = MenteeProfile(id="f", lat=NEAR[0], lon=NEAR[1], **fields)
    found = build_candidates([mentee], mentors, default_policy())
    (reason,) = explain_waiting(found.problem, solve(found.problem), found)
    return reason


def mentor(name: str, place=NEAR, capacity: int = 1, **fields) -> MentorProfile:
    return MentorProfile(id=name, capacity=capacity, lat=place[0], lon=place[1], **fields)


WED, SAT = frozenset({"wed"}), frozenset({"sat"})


@pytest.mark.parametrize(
    ("mentors", "fields", "code"),
    [
        ([], {}, WaitingCode.NO_MENTOR),
        ([mentor("far", FAR)], {}, WaitingCode.NO_MENTOR_IN_RADIUS),
        ([mentor("far", FAR, vetting_valid=False)], {}, WaitingCode.NO_MENTOR_IN_RADIUS),
        ([mentor("far", FAR), mentor("near", vetting_valid=False)], {}, WaitingCode.NO_VETTED_MENTOR),
        ([mentor("near")], {"refused_mentors": frozenset({"near"})}, WaitingCode.REFUSED_ALL),
        ([mentor("near", employer="X")], {"excluded_employers": frozenset({"x"})}, WaitingCode.SAME_EMPLOYER),
        ([mentor("near", languages=WED)], {"languages": SAT}, WaitingCode.NO_COMMON_LANGUAGE),
        ([mentor("near", slots=WED), mentor("b", vetting_valid=False)], {"slots": SAT}, WaitingCode.NO_COMMON_SLOT),
        ([mentor("near", capacity=0)], {}, WaitingCode.NO_SEAT),
    ],
)
def test_the_last_rule_that_kept_somebody_away_names_the_reason(mentors, fields, code):
    assert only_reason(*mentors, **fields).code == code


def test_the_nearest_mentor_with_a_seat_is_told():
    reason = only_reason(mentor("far", FAR), mentor("closed", (45.4, 4.84), capacity=0))
    assert reason.code == WaitingCode.NO_MENTOR_IN_RADIUS
    assert reason.nearest_m == 92_465
    assert reason.refusals["distance"] == 2
