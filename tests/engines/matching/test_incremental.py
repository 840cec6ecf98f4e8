"""A standing optimum against a full solve of the same problem, after every change."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.depth import examples
from vivier.engines.matching import exchanges, prices, rows
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.incremental import Standing
from vivier.engines.matching.problem import InvalidProblem, Options, Problem
from vivier.engines.matching.solver import solve
from vivier.engines.matching.warm_up import warm_up

from .oracle import TIERS, crowded, named_pairs, patient, problems, random_problem

KINDS = st.sampled_from(["concave", "linear"])
NEW_TIERS = (1, 3, 8, 999_999_999)  # one that may be known, between, and after all


def assert_optimal(standing: Standing, options: Options | None = None) -> None:
    """Proven, and what a full solve finds: its counts, its total and, when they are asked for, its prices."""
    problem = standing.problem()
    expected, found = solve(problem, options), standing.solution()
    certificate = certify(problem, options, found)
    assert certificate.optimal, certificate
    assert found.stats.matched_by_tier == expected.stats.matched_by_tier
    assert found.stats.objective == expected.stats.objective
    least = standing.solution(least=True)
    assert certify(problem, options, least).optimal
    assert least.duals.mentor.tolist() == expected.duals.mentor.tolist()
    assert least.duals.tier_values.tolist() == expected.duals.tier_values.tolist()


class Changes(RuleBasedStateMachine):
    """Any changes in any order, to any small problem."""

    @initialize(problem=problems(), kind=KINDS)
    def begin(self, problem, kind):
        self.options = Options(score=kind)
        self.mentors, self.came = problem.mentor_count, 0
        self.present = list(problem.mentee_ids)
        self.standing = Standing(problem, self.options, solve(problem, self.options))

    def newcomer(self, data) -> tuple[int, list[int], list[int]]:
        tier = data.draw(st.sampled_from([*TIERS, *NEW_TIERS]))
        mentors = [j for j in range(self.mentors) if data.draw(st.booleans())]
        top = data.draw(st.sampled_from([0, 2, 10_000]))
        return tier, mentors, [data.draw(st.integers(0, top)) for _ in mentors]

    @rule(data=st.data())
    def comes(self, data):
        name = f"n{self.came}"
        self.came += 1
        self.standing.add_mentee(name, *self.newcomer(data))
        self.present.append(name)

    @rule(data=st.data(), count=st.integers(0, 3))
    def come_together(self, data, count):
        names = [f"n{self.came + n}" for n in range(count)]
        self.came += count
        newcomers = [self.newcomer(data) for _ in names]
        self.standing.add_mentees(
            names,
            [tier for tier, _, _ in newcomers],
            [n for n, (_, mentors, _) in enumerate(newcomers) for _ in mentors],
            [j for _, mentors, _ in newcomers for j in mentors],
            [score for _, _, scores in newcomers for score in scores],
        )
        self.present += names

    @precondition(lambda self: self.present)
    @rule(data=st.data())
    def leaves(self, data):
        name = data.draw(st.sampled_from(self.present))
        self.present.remove(name)
        self.standing.remove_mentee(name)

    @precondition(lambda self: self.mentors)
    @rule(data=st.data(), seats=st.sampled_from([0, 0, 1, 2, 4, 999_999_999]))
    def offers(self, data, seats):
        self.standing.change_capacity(data.draw(st.integers(0, self.mentors - 1)), seats)

    @invariant()
    def is_optimal(self):
        assert_optimal(self.standing, self.options)
        assert list(self.standing.problem().mentee_ids) == self.present


TestChanges = Changes.TestCase
TestChanges.settings = type(patient)(patient, max_examples=examples(60), stateful_step_count=12)


def change(standing: Standing, rng: random.Random, name: str, degree: int, top: int) -> None:
    """One random change; `name` is that of whoever comes."""
    problem = standing.problem()
    what = rng.choice(["comes", "leaves", "offers"])
    if what == "comes":
        mentors = rng.sample(range(problem.mentor_count), min(degree, problem.mentor_count))
        standing.add_mentee(name, rng.choice([0, 1, 2, 3]), mentors, [rng.randint(0, top) for _ in mentors])
    elif what == "leaves" and problem.mentee_count:
        standing.remove_mentee(rng.choice(problem.mentee_ids))
    elif problem.mentor_count:
        standing.change_capacity(rng.randrange(problem.mentor_count), rng.choice([0, 1, 1, 2, 3]))


def test_crowded_problems_stay_optimal():
    """The same on problems that are never small, the same ones each time."""
    for seed in range(150):
        rng = random.Random(seed)
        problem = crowded(rng, 3 + seed % 5, 2 + seed % 4)
        standing = Standing(problem, None, solve(problem))
        for n in range(8):
            change(standing, rng, f"n{n}", 3, rng.choice([1, 10_000]))
            assert_optimal(standing)


@pytest.mark.parametrize("seed", range(6))
def test_larger_problems_stay_optimal(seed):
    mentees, mentors, degree = [(120, 60, 8), (60, 90, 6), (200, 40, 5)][seed % 3]
    top = (10_000, 3)[seed % 2]
    problem = random_problem(seed, mentees, mentors, degree, top=top, tiers=1 + seed % 4)
    standing = Standing(problem, None, solve(problem))
    rng = random.Random(seed)
    for n in range(25):
        change(standing, rng, f"n{n}", degree, top)
        assert_optimal(standing)


def test_many_more_come_than_there_were():
    """Far beyond the room that was made for them, in rows as in prizes."""
    problem = random_problem(3, 10, 12, 4)
    standing, rng = Standing(problem, None, solve(problem)), random.Random(3)
    for n in range(120):
        mentors = rng.sample(range(12), 4)
        standing.add_mentee(f"n{n}", n % 4, mentors, [rng.randint(0, 10_000) for _ in mentors])
    assert_optimal(standing)
    for name in standing.problem().mentee_ids[:100]:
        standing.remove_mentee(name)
    assert_optimal(standing)


def test_each_tier_may_be_of_one_mentee():
    problem = random_problem(4, 300, 100, 4, tiers=10**6)
    standing = Standing(problem, None, solve(problem))
    standing.add_mentee("n", 5, [0, 1, 2], [1, 2, 3])
    assert_optimal(standing)


def standing_of(tiers, capacities, pairs) -> Standing:
    """Mentees a, b…, mentors 0, 1…, pairs such as {"a0": 10}; plain scores."""
    mentees = "abcd"[: len(tiers)]
    problem = Problem(
        tuple(mentees),
        tiers,
        tuple("ABCD"[: len(capacities)]),
        capacities,
        [mentees.index(name[0]) for name in pairs],
        [int(name[1]) for name in pairs],
        list(pairs.values()),
    )
    options = Options(score="linear")
    return Standing(problem, options, solve(problem, options))


def places(standing: Standing) -> dict[str, int | None]:
    return {name: standing.mentor_of(name) for name in standing.problem().mentee_ids}


def test_who_comes_has_the_seat_of_a_later_tier_whatever_the_score():
    standing = standing_of([1, 1], [1], {"a0": 9_000, "b0": 8_000})
    standing.add_mentee("n", 0, [0], [1])
    assert places(standing) == {"a": None, "b": None, "n": 0}


def test_who_comes_has_a_seat_of_a_later_tier_whatever_it_costs_those_who_move():
    chain = {"a0": 10_000, "a1": 0, "b1": 10_000, "b2": 0, "c2": 10_000, "c3": 0, "d3": 10_000}
    standing = standing_of([0, 0, 0, 1], [1, 1, 1, 1], chain)
    standing.add_mentee("n", 0, [0], [0])
    assert places(standing) == {"a": 1, "b": 2, "c": 3, "d": None, "n": 0}


def test_who_comes_waits_rather_than_take_an_equal_one_s_seat():
    standing = standing_of([0], [1], {"a0": 5})
    standing.add_mentee("n", 0, [0], [5])
    assert places(standing) == {"a": 0, "n": None}


def test_who_comes_makes_another_move():
    standing = standing_of([0], [1, 1], {"a0": 9, "a1": 8})
    standing.add_mentee("n", 0, [0], [1])
    assert places(standing) == {"a": 1, "n": 0}


def test_who_may_meet_nobody_waits():
    standing = standing_of([0], [1], {"a0": 5})
    standing.add_mentee("n", 0, [], [])
    assert places(standing) == {"a": 0, "n": None}


def test_when_somebody_leaves_the_best_of_the_first_tier_that_waits_is_taken_up():
    standing = standing_of([0, 1, 0, 0], [1], {"a0": 9, "b0": 8, "c0": 2, "d0": 3})
    standing.remove_mentee("a")
    assert places(standing) == {"b": None, "c": None, "d": 0}


def test_when_somebody_leaves_another_may_move_to_a_better_seat():
    standing = standing_of([0, 0], [1, 1], {"a0": 9, "b0": 8, "b1": 1})
    standing.remove_mentee("a")
    assert places(standing) == {"b": 0}


def test_when_a_mentor_leaves_her_mentees_go_elsewhere_or_wait():
    standing = standing_of([0, 0], [2, 1], {"a0": 9, "b0": 8, "a1": 6, "b1": 4})
    standing.change_capacity(0, 0)
    assert places(standing) == {"a": 1, "b": None}
    standing.change_capacity(0, 1)
    assert places(standing) == {"a": 1, "b": 0}


def test_who_left_may_come_back():
    standing = standing_of([0], [1], {"a0": 5})
    standing.remove_mentee("a")
    assert places(standing) == {}
    standing.add_mentee("a", 2, [0], [7])
    assert places(standing) == {"a": 0}
    assert standing.problem().pair_score.tolist() == [7]


def test_the_problem_told_is_the_one_that_stands():
    standing = standing_of([0, 4], [1, 2], {"a0": 5, "b0": 6, "b1": 7})
    standing.remove_mentee("a")
    standing.add_mentee("n", 2, np.array([1, 0], dtype=np.int32), np.array([3, 4], dtype=np.int32))
    standing.change_capacity(1, 9)
    problem = standing.problem()
    assert (problem.mentee_ids, problem.mentor_ids) == (("b", "n"), ("A", "B"))
    assert (problem.tiers.tolist(), problem.capacities.tolist()) == ([4, 2], [1, 9])
    pairs = zip(problem.pair_mentee.tolist(), problem.pair_mentor.tolist(), problem.pair_score.tolist(), strict=True)
    assert set(pairs) == {(0, 0, 6), (0, 1, 7), (1, 1, 3), (1, 0, 4)}


def test_a_new_one_may_be_made_of_what_it_tells():
    problem = random_problem(8, 60, 30, 5)
    standing, rng = Standing(problem, None, solve(problem)), random.Random(8)
    for n in range(10):
        change(standing, rng, f"m{n}", 4, 10_000)
        problem = standing.problem()
        standing = Standing(problem, None, standing.solution(least=n % 2 == 0))
    assert_optimal(standing)


def test_the_same_changes_give_the_same_pairs():
    problem, pairs = random_problem(9, 80, 40, 6, top=1), []
    for _ in range(2):
        standing, rng = Standing(problem, None, solve(problem)), random.Random(9)
        for n in range(40):
            change(standing, rng, f"n{n}", 5, 1)
        told = standing.problem()
        pairs.append(named_pairs(told, standing.solution().assignment))
    assert pairs[0] == pairs[1]


@pytest.mark.parametrize(
    ("newcomers", "code"),
    [
        ((["a"], [0], [0], [0], [5]), "duplicate_id"),
        ((["n", "n"], [0, 0], [0], [0], [5]), "duplicate_id"),
        ((["n"], [-1], [0], [0], [5]), "range"),
        ((["n"], [0], [0], [2], [5]), "range"),
        ((["n"], [0], [0], [-1], [5]), "range"),
        ((["n"], [0], [0], [0.5], [5]), "type"),
        ((["n"], [0], [1], [0], [5]), "range"),
        ((["n"], [0], [0], [0], [10_001]), "range"),
        ((["n"], [0], [0, 0], [0, 0], [5, 6]), "duplicate_pair"),
        ((["n"], [0], [0], [0], [5, 6]), "length"),
    ],
)
def test_newcomers_who_break_a_rule_are_refused_and_nothing_changes(newcomers, code):
    standing = standing_of([0], [1, 1], {"a0": 5})
    with pytest.raises(InvalidProblem) as refused:
        standing.add_mentees(*newcomers)
    assert refused.value.code == code
    assert places(standing) == {"a": 0}
    assert_optimal(standing, Options(score="linear"))


@pytest.mark.parametrize(("mentor", "seats"), [(-1, 1), (1, 1), (0, -1), (0, 10**9)])
def test_seats_out_of_range_are_refused(mentor, seats):
    standing = standing_of([0], [1], {"a0": 5})
    with pytest.raises(InvalidProblem):
        standing.change_capacity(mentor, seats)
    assert standing.problem().capacities.tolist() == [1]


def test_who_is_not_there_cannot_leave():
    standing = standing_of([0], [1], {"a0": 5})
    standing.remove_mentee("a")
    for ask in (standing.remove_mentee, standing.mentor_of):
        with pytest.raises(KeyError):
            ask("a")


def test_a_solution_that_serves_too_few_or_is_of_another_problem_is_refused():
    def of(capacities, pairs, tiers=(0, 0)):
        names, scores = "ab"[: len(pairs)], [0] * len(pairs)
        tiers = tiers[: len(pairs)]
        return Problem(names, tiers, "AB"[: len(capacities)], capacities, range(len(pairs)), pairs, scores)

    one_seat, closed, wide = of([1], [0, 0]), of([0], [0, 0]), of([2], [0, 0])
    with pytest.raises(ValueError, match="tier by tier"):
        Standing(one_seat, None, solve(closed))
    first, second = of([1], [0, 0], (0, 1)), of([1], [0, 0], (1, 0))
    with pytest.raises(ValueError, match="tier by tier"):
        Standing(first, None, solve(second))
    with pytest.raises(ValueError, match="more mentees than seats"):
        Standing(one_seat, None, solve(wide))
    for other in (of([1], [0]), of([0, 1], [1, 1])):
        with pytest.raises(ValueError, match="not one of this problem"):
            Standing(one_seat, None, solve(other))


def test_an_option_that_it_cannot_honour_is_refused():
    problem = Problem(("a",), [0], ("A",), [1], [0], [0], [5])
    with pytest.raises(InvalidProblem, match="full solve"):
        Standing(problem, Options(floor=True), solve(problem))
    wished = replace(problem, pair_wish=[1])
    with pytest.raises(InvalidProblem, match="full solve"):
        Standing(wished, None, solve(wished))


def test_existing_pairs_count_for_those_who_come_too():
    problem = Problem(("a",), [0], ("A", "B"), [1, 1], [0, 0], [0, 1], [5, 9])
    options = Options(score="linear", previous={"a": "A", "b": "B"}, stickiness=100)
    standing = Standing(problem, options, solve(problem, options))
    standing.add_mentee("b", tier=0, mentors=[0, 1], scores=[9, 5])
    assert (standing.mentor_of("a"), standing.mentor_of("b")) == (0, 1)
    assert certify(standing.problem(), options, standing.solution()).optimal


def test_setup_compiles_all_that_changes_call():
    """Nobody waits for a compiler when the first mentee comes."""

    def compiled() -> dict[str, int]:
        return {
            f"{module.__name__}.{name}": len(function.signatures)
            for module in (exchanges, prices, rows)
            for name, function in vars(module).items()
            if hasattr(function, "signatures")
        }

    warm_up()
    before = compiled()
    problem = random_problem(2, 50, 30, 5)
    for options in (Options(), Options(score="linear")):
        standing, rng = Standing(problem, options, solve(problem, options)), random.Random(2)
        for n in range(20):
            change(standing, rng, f"n{n}", 5, 10_000)
        standing.change_capacity(np.int32(3), np.int32(2))
        standing.solution(least=True)
    assert compiled() == before
