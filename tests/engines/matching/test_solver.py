"""The solver against brute force, and against its own proof where brute force cannot follow."""

import random
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vivier.engines.matching.certificate import certify
from vivier.engines.matching.problem import InvalidProblem, Options, Problem
from vivier.engines.matching.solver import solve, weight_of

from .oracle import (
    asked,
    best,
    best_floor,
    best_with,
    crowded,
    full_houses,
    named_pairs,
    patient,
    problems,
    random_problem,
    shuffled,
    thorough,
)

KINDS = st.sampled_from(["concave", "linear"])


def counts(solution) -> tuple[int, ...]:
    return tuple(count for _, count in sorted(solution.stats.matched_by_tier.items()))


@thorough
@given(problems(), KINDS)
def test_it_finds_the_optimum_that_trying_everything_finds(problem, kind):
    solution = solve(problem, Options(score=kind))
    assert (counts(solution), solution.stats.objective) == best(problem, kind)


@thorough
@given(problems(mentees=9, mentors=3), KINDS)
def test_many_mentees_for_few_mentors(problem, kind):
    solution = solve(problem, Options(score=kind))
    assert (counts(solution), solution.stats.objective) == best(problem, kind)


@thorough
@given(full_houses(), KINDS)
def test_where_everybody_is_served_and_no_seat_remains(problem, kind):
    options = Options(score=kind)
    solution = solve(problem, options)
    assert (counts(solution), solution.stats.objective) == best(problem, kind)
    assert certify(problem, options, solution).optimal


def test_it_finds_the_optimum_of_crowded_problems():
    """The same on problems that are never small, the same ones each time."""
    for seed in range(800):
        problem = crowded(random.Random(seed), 3 + seed % 4, 2 + seed % 5)
        for kind in ("concave", "linear"):
            solution = solve(problem, Options(score=kind))
            assert (counts(solution), solution.stats.objective) == best(problem, kind), seed
            assert certify(problem, Options(score=kind), solution).optimal, seed


@patient
@given(problems(), KINDS)
def test_what_it_finds_is_proven(problem, kind):
    options = Options(score=kind)
    certificate = certify(problem, options, solve(problem, options))
    assert certificate.optimal
    assert certificate.primal == certificate.dual


@pytest.mark.parametrize("seed", range(12))
def test_larger_problems_are_proven(seed):
    shapes = [(60, 40, 5), (120, 30, 8), (40, 90, 6), (200, 150, 3)]
    mentees, mentors, degree = shapes[seed % len(shapes)]
    problem = random_problem(seed, mentees, mentors, degree, top=(10_000, 3)[seed % 2], tiers=1 + seed % 5)
    solution = solve(problem)
    assert certify(problem, None, solution).optimal
    assert solution.stats.matched == (solution.assignment >= 0).sum()


FULL_WITH_TIES = Problem(
    mentee_ids=("f5", "f3", "f2", "f1", "f4", "f0"),
    tiers=[1, 1, 2, 2, 1, 1],
    mentor_ids=("m3", "m0", "m4", "m1", "m2"),
    capacities=[1, 0, 1, 2, 2],
    pair_mentee=[1, 5, 3, 0, 1, 1, 3, 2, 2, 2, 0, 2, 0, 3, 4, 4, 5, 4, 3, 5, 0, 4, 1, 5, 2, 5, 1, 0, 4, 3],
    pair_mentor=[3, 1, 4, 4, 1, 4, 2, 2, 3, 4, 3, 1, 0, 1, 2, 3, 2, 0, 3, 4, 2, 4, 0, 3, 0, 0, 2, 1, 1, 0],
    pair_score=[
        *(24, 12, 29, 25, 11, 29, 0, 5, 23, 8, 7, 8, 16, 5, 8),
        *(22, 18, 19, 24, 10, 17, 10, 12, 4, 18, 8, 17, 6, 14, 5),
    ],
)


@thorough
@given(st.one_of(problems(), full_houses()), KINDS, st.integers(0, 2**32))
@example(FULL_WITH_TIES, "concave", 2)
def test_the_order_of_the_rows_changes_nothing(problem, kind, seed):
    other = shuffled(problem, seed)
    options = Options(score=kind)
    first, second = solve(problem, options), solve(other, options)
    assert named_pairs(problem, first.assignment) == named_pairs(other, second.assignment)
    prices = dict(zip(problem.mentor_ids, first.duals.mentor.tolist(), strict=True))
    assert prices == dict(zip(other.mentor_ids, second.duals.mentor.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_rows_changes_nothing_with_heavy_ties(seed):
    problem = random_problem(seed, 150, 90, 9, top=1, tiers=2)
    other = shuffled(problem, seed + 100)
    assert named_pairs(problem, solve(problem).assignment) == named_pairs(other, solve(other).assignment)


def one_seat_each(seed: int, people: int, degree: int) -> Problem:
    """As many seats as mentees; everybody may have a mentor of her own, or any of `degree` others."""
    rng = np.random.default_rng(seed)
    mentee = np.repeat(np.arange(people), degree)
    pairs = np.unique(
        np.concatenate([mentee * people + rng.integers(people, size=len(mentee)), np.arange(people) * (people + 1)])
    )
    return Problem(
        mentee_ids=[f"f{n:05}" for n in range(people)],
        tiers=rng.integers(0, 2, people),
        mentor_ids=[f"m{n:05}" for n in range(people)],
        capacities=[1] * people,
        pair_mentee=pairs // people,
        pair_mentor=pairs % people,
        pair_score=rng.integers(0, 10_001, len(pairs)),
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_rows_changes_nothing_where_an_auction_meets_ties(seed):
    problem = one_seat_each(seed, 300, 40)
    problem = replace(problem, pair_score=problem.pair_score % 21)
    other = shuffled(problem, seed + 100)
    assert named_pairs(problem, solve(problem).assignment) == named_pairs(other, solve(other).assignment)


def test_pairs_at_random_for_every_seat_are_hardly_searched():
    problem = one_seat_each(4, 3_000, 20)
    solution = solve(problem)
    assert certify(problem, None, solution).optimal
    assert solution.stats.matched == 3_000
    assert solution.stats.work["edges_read"] < 2 * problem.pair_count


@thorough
@given(st.one_of(problems(mentees=5, mentors=4), full_houses(mentors=3)), KINDS, st.data())
def test_a_price_is_what_one_more_seat_would_add(problem, kind, data):
    """At the same number served in each tier: the defining property of the least prices."""
    if not problem.mentor_count:
        return
    mentor = data.draw(st.integers(0, problem.mentor_count - 1))
    options = Options(score=kind)
    solution = solve(problem, options)
    seats = problem.capacities.copy()
    seats[mentor] += 1
    richer = Problem(
        problem.mentee_ids,
        problem.tiers,
        problem.mentor_ids,
        seats,
        problem.pair_mentee,
        problem.pair_mentor,
        problem.pair_score,
    )
    assert solution.duals.mentor[mentor] == _best_total_with(richer, kind, counts(solution)) - solution.stats.objective


def _best_total_with(problem: Problem, kind: str, wanted: tuple[int, ...]) -> int:
    """Greatest total over the assignments that serve exactly these numbers in each tier."""
    levels = sorted(set(problem.tiers.tolist()))
    states = {(tuple(problem.capacities.tolist()), (0,) * len(levels)): 0}
    for mentee, tier in enumerate(problem.tiers.tolist()):
        level = levels.index(tier)
        following = dict(states)
        for pair in np.flatnonzero(problem.pair_mentee == mentee).tolist():
            mentor, score = int(problem.pair_mentor[pair]), int(problem.pair_score[pair])
            value = score if kind == "linear" else 10_000 - ((10_000 - score) ** 2 // 10_000)
            for (seats, served), total in states.items():
                if seats[mentor]:
                    left = (*seats[:mentor], seats[mentor] - 1, *seats[mentor + 1 :])
                    more = (*served[:level], served[level] + 1, *served[level + 1 :])
                    following[left, more] = max(following.get((left, more), -1), total + value)
        states = following
    return max(total for (_, served), total in states.items() if served == wanted)


def problem_of(tiers, capacities, pairs) -> Problem:
    """Mentees a, b, c…, mentors A, B, C…, pairs such as ("aB", 9000)."""
    mentees, mentors = "abcdefgh"[: len(tiers)], "ABCDEFGH"[: len(capacities)]
    return Problem(
        mentee_ids=tuple(mentees),
        tiers=tiers,
        mentor_ids=tuple(mentors),
        capacities=capacities,
        pair_mentee=[mentees.index(name[0]) for name, _ in pairs],
        pair_mentor=[mentors.index(name[1]) for name, _ in pairs],
        pair_score=[score for _, score in pairs],
    )


def test_a_tier_is_served_before_any_score():
    problem = problem_of([900, 7], [1], [("aA", 10_000), ("bA", 0)])
    assert named_pairs(problem, solve(problem).assignment) == {"b": "A"}


def test_one_more_mentee_counts_more_than_any_score():
    problem = problem_of([0, 0], [1, 1], [("aA", 10_000), ("aB", 0), ("bA", 0)])
    assert named_pairs(problem, solve(problem).assignment) == {"a": "B", "b": "A"}


def test_serving_a_tier_first_never_costs_a_place_overall():
    problem = problem_of([0, 1, 1], [1, 1], [("aA", 1), ("aB", 9), ("bA", 5), ("cA", 5)])
    solution = solve(problem)
    assert solution.stats.matched_by_tier == {0: 1, 1: 1}
    assert solution.stats.matched == 2


def test_the_concave_score_raises_the_worst_pair():
    pairs = [("aA", 10_000), ("aB", 6_000), ("bA", 5_000), ("bB", 500)]
    problem = problem_of([0, 0], [1, 1], pairs)
    linear, concave = solve(problem, Options(score="linear")), solve(problem, Options(score="concave"))
    assert named_pairs(problem, linear.assignment) == {"a": "B", "b": "A"}
    assert linear.stats.objective == linear.stats.total_score == 11_000
    assert concave.stats.objective == (10_000 - 1_600) + (10_000 - 2_500)
    uneven = problem_of([0, 0], [1, 1], [("aA", 10_000), ("aB", 4_900), ("bA", 5_000), ("bB", 0)])
    assert named_pairs(uneven, solve(uneven, Options(score="linear")).assignment) == {"a": "A", "b": "B"}
    assert named_pairs(uneven, solve(uneven, Options(score="concave")).assignment) == {"a": "B", "b": "A"}


def test_nobody_to_pair():
    problem = problem_of([], [], [])
    solution = solve(problem)
    assert solution.stats.matched == 0
    assert solution.stats.matched_by_tier == {}
    assert certify(problem, None, solution).optimal


def test_tiers_that_serve_nobody_are_counted():
    problem = problem_of([0, 5], [0], [("aA", 3), ("bA", 4)])
    solution = solve(problem)
    assert solution.stats.matched_by_tier == {0: 0, 5: 0}
    assert certify(problem, None, solution).optimal


def test_huge_numbers_of_seats_and_tiers():
    problem = problem_of([999_999_999, 0], [999_999_999], [("aA", 10_000), ("bA", 10_000)])
    solution = solve(problem)
    assert solution.stats.matched == 2
    assert certify(problem, None, solution).optimal


def test_a_long_chain_of_exchanges_needs_no_deep_recursion():
    """Each mentee may hold her own mentor or the next; the last to come pushes everybody along."""
    length = 3_000
    i = [n for n in range(length) for _ in range(2)][:-1]
    j = [n + k for n in range(length) for k in range(2)][:-1]
    problem = Problem(
        mentee_ids=[f"f{n:05}" for n in range(length)],
        tiers=[0] * length,
        mentor_ids=[f"m{n:05}" for n in range(length)],
        capacities=[1] * length,
        pair_mentee=i,
        pair_mentor=j,
        pair_score=[10_000 if a == b else 1 for a, b in zip(i, j, strict=True)],
    )
    backwards = Problem(
        problem.mentee_ids,
        problem.tiers,
        problem.mentor_ids,
        problem.capacities,
        problem.pair_mentee,
        problem.pair_mentor,
        10_001 - problem.pair_score,
    )
    for chain in (problem, backwards):
        solution = solve(chain)
        assert solution.stats.matched == length
        assert certify(chain, None, solution).optimal


def test_the_solution_cannot_be_changed():
    solution = solve(problem_of([0], [1], [("aA", 1)]))
    with pytest.raises(ValueError, match="read-only"):
        solution.assignment[0] = -1
    with pytest.raises(AttributeError):
        solution.assignment = None


@thorough
@given(asked())
def test_every_option_leads_to_the_optimum_found_by_trying_everything(problem_and_options):
    problem, options = problem_and_options
    solution = solve(problem, options)
    counts = tuple(solution.stats.matched_by_tier[tier] for tier in sorted(set(problem.tiers.tolist())))
    if options.floor:
        floor, *expected = best_floor(problem, options)
        assert (None if solution.floor is None else solution.floor.score) == floor
    else:
        expected = best_with(problem, options)
        assert solution.floor is None
    assert (counts, solution.stats.objective) == tuple(expected)
    assert certify(problem, options, solution).optimal


def test_existing_pairs_change_only_where_it_pays():
    problem = random_problem(3, 300, 200, 12)
    before = solve(problem)
    pairs = dict(named_pairs(problem, before.assignment))
    rng = np.random.default_rng(0)
    moved = replace(
        problem, pair_score=np.clip(problem.pair_score + rng.integers(-900, 900, problem.pair_count), 0, 10_000)
    )
    changes = []
    for stickiness in (0, 300, 2_000, 10_000):
        after = solve(moved, Options(previous=pairs, stickiness=stickiness))
        assert after.stats.matched_by_tier == before.stats.matched_by_tier
        now = named_pairs(moved, after.assignment)
        changes.append(sum(now.get(mentee) != mentor for mentee, mentor in pairs.items()))
    assert changes == sorted(changes, reverse=True)
    assert changes[0] > 3 * changes[-1]


def test_a_first_wish_weighs_as_much_as_ten_thousand_points():
    problem = problem_of([0], [1, 1, 1], [("aA", 9_000), ("aB", 0), ("aC", 0)])
    wished = replace(problem, pair_wish=[0, 2, 1])
    assert named_pairs(wished, solve(wished).assignment) == {"a": "C"}


def test_a_wish_leaves_nobody_out():
    problem = replace(problem_of([0, 1], [1, 1], [("aA", 9), ("aB", 0), ("bA", 9)]), pair_wish=[1, 0, 0])
    assert named_pairs(problem, solve(problem).assignment) == {"a": "B", "b": "A"}


def test_a_floor_raises_the_worst_pair_and_serves_as_many():
    problem = problem_of([0, 0], [1, 1], [("aA", 9_000), ("aB", 4_000), ("bA", 4_000), ("bB", 10)])
    plain, floored = solve(problem, Options(score="linear")), solve(problem, Options(score="linear", floor=True))
    assert (plain.stats.total_score, floored.stats.total_score) == (9_010, 8_000)
    assert floored.floor.score == 4_000


def test_sums_that_would_not_fit_64_bits_are_refused():
    assert weight_of(30_000, 200_000, 3) * 4 < 2**35
    assert weight_of(30_000, 1_000_000, 1_000_000) > 30_000 * 1_000_000
    with pytest.raises(InvalidProblem) as refused:
        weight_of(30_000, 5_000_000, 5_000_000)
    assert refused.value.code == "too_large"


def test_the_largest_numbers_are_counted_exactly():
    """Everybody in a tier of her own, the highest scores, wishes and existing pairs: prizes pass 10¹⁴."""
    count = 150_000
    mentees = np.arange(count)
    problem = Problem(
        mentee_ids=[f"f{n:06}" for n in mentees],
        tiers=mentees,
        mentor_ids=[f"m{n:06}" for n in mentees[: count // 3]],
        capacities=np.full(count // 3, 2),
        pair_mentee=np.repeat(mentees, 2),
        pair_mentor=np.column_stack([mentees // 3, (mentees // 3 + 1) % (count // 3)]).ravel(),
        pair_score=np.tile([10_000, 9_999], count),
        pair_wish=np.ones(2 * count, dtype=int),
    )
    options = Options(previous={f"f{n:06}": f"m{n // 3:06}" for n in mentees}, stickiness=10_000)
    solution = solve(problem, options)
    assert solution.stats.matched == 2 * (count // 3)
    assert np.abs(solution.duals.mentee).max() > 10**8
    certificate = certify(problem, options, solution)
    assert certificate.optimal and certificate.primal == certificate.dual


def test_a_programme_is_solved_at_once():
    """150 × 110: 0.1 s asked. Best of three, since the machine may be busy."""
    problem = random_problem(1, 150, 110, 30)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        solve(problem)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1


def test_a_tier_of_which_nobody_may_be_paired_is_worth_nothing():
    problem = problem_of([5, 5, 0], [1], [("cA", 9_000)])
    duals = solve(problem).duals
    assert duals.tier_values.tolist()[1] == 0
    assert duals.mentee.tolist()[:2] == [0, 0]
