"""The proof accepts every optimum, and nothing else."""

import ast
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import vivier.engines.matching.certificate as certificate_module
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.limits import UNMATCHED
from vivier.engines.matching.problem import Options, Problem, Solution, Stats
from vivier.engines.matching.solver import solve

from .oracle import best, patient, problems, random_problem, thorough, worth

KINDS = st.sampled_from(["concave", "linear"])


def restated(problem: Problem, solution: Solution, assignment, kind: str) -> Solution:
    """Another assignment with the same prices, and counts and totals that are truly its own."""
    assignment = np.asarray(assignment, dtype=np.int64)
    chosen = assignment[problem.pair_mentee] == problem.pair_mentor
    scores = problem.pair_score[chosen].tolist()
    tiers = problem.tiers.tolist()
    stats = Stats(
        matched=int((assignment >= 0).sum()),
        matched_by_tier={t: sum(a >= 0 and t == u for a, u in zip(assignment, tiers, strict=True)) for t in set(tiers)},
        total_score=sum(scores),
        objective=sum(worth(score, kind) for score in scores),
    )
    return replace(solution, assignment=assignment, stats=stats)


@st.composite
def feasible_assignments(draw):
    problem = draw(problems())
    seats = problem.capacities.tolist()
    assignment = [UNMATCHED] * problem.mentee_count
    for mentee in range(problem.mentee_count):
        mentors = [j for j in problem.pair_mentor[problem.pair_mentee == mentee].tolist() if seats[j]]
        choice = draw(st.sampled_from([UNMATCHED, *mentors]))
        assignment[mentee] = choice
        if choice != UNMATCHED:
            seats[choice] -= 1
    return problem, assignment


@thorough
@given(feasible_assignments(), KINDS)
def test_with_true_prices_it_accepts_an_assignment_if_and_only_if_it_is_optimal(given_assignment, kind):
    problem, assignment = given_assignment
    options = Options(score=kind)
    solution = restated(problem, solve(problem, options), assignment, kind)
    counts = tuple(count for _, count in sorted(solution.stats.matched_by_tier.items()))
    optimal = (counts, solution.stats.objective) == best(problem, kind)
    assert certify(problem, options, solution).optimal == optimal


@patient
@given(feasible_assignments(), KINDS, st.data())
def test_no_prices_make_it_accept_an_assignment_that_is_not_optimal(given_assignment, kind, data):
    problem, assignment = given_assignment
    options = Options(score=kind)
    solution = restated(problem, solve(problem, options), assignment, kind)
    counts = tuple(count for _, count in sorted(solution.stats.matched_by_tier.items()))
    assume((counts, solution.stats.objective) != best(problem, kind))
    number = st.integers(-20_000, 20_000)
    prices = st.sampled_from([0, 1, 10_000])

    def drawn(array, values):
        return np.array(data.draw(st.lists(values, min_size=len(array), max_size=len(array))), dtype=np.int64)

    duals = solution.duals
    duals = replace(
        duals,
        mentee=drawn(duals.mentee, number),
        mentor=drawn(duals.mentor, prices),
        tier_values=drawn(duals.tier_values, number),
    )
    assert not certify(problem, options, replace(solution, duals=duals)).optimal


def busy(seed: int = 5) -> tuple[Problem, Solution]:
    """A problem in which some wait, some mentors are dear and some have room."""
    problem = random_problem(seed, 40, 25, 6, tiers=3)
    solution = solve(problem)
    assert (solution.assignment < 0).any()
    assert (solution.duals.mentor > 0).any()
    assert certify(problem, None, solution).optimal
    return problem, solution


def refused(problem: Problem, solution: Solution) -> set[str]:
    """Names of the checks that failed; the whole must be refused."""
    certificate = certify(problem, None, solution)
    assert not certificate.optimal
    return {name for name, held in certificate.checks.items() if not held}


def test_swapping_the_mentors_of_two_mentees_is_refused():
    problem, solution = busy()
    pairs = set(zip(problem.pair_mentee.tolist(), problem.pair_mentor.tolist(), strict=True))
    held = np.flatnonzero(solution.assignment >= 0).tolist()
    eligible = apart = 0
    for a in held:
        for b in held:
            x, y = int(solution.assignment[a]), int(solution.assignment[b])
            if a < b and x != y:
                changed = solution.assignment.copy()
                changed[a], changed[b] = y, x
                other = restated(problem, solution, changed, "concave")
                if {(a, y), (b, x)} <= pairs and eligible < 20:
                    certificate = certify(problem, None, other)
                    assert certificate.optimal == (other.stats.objective == solution.stats.objective)
                    eligible += 1
                elif not {(a, y), (b, x)} <= pairs and apart < 20:
                    assert "pairs_eligible" in refused(problem, other)
                    apart += 1
    assert eligible
    assert apart


def test_dropping_a_pair_is_refused():
    problem, solution = busy()
    for mentee in np.flatnonzero(solution.assignment >= 0).tolist():
        changed = solution.assignment.copy()
        changed[mentee] = UNMATCHED
        assert "served_by_tier" in refused(problem, restated(problem, solution, changed, "concave"))


def test_overloading_a_mentor_is_refused():
    problem, solution = busy()
    full = np.bincount(solution.assignment[solution.assignment >= 0], minlength=problem.mentor_count)
    tried = 0
    for mentee in np.flatnonzero(solution.assignment < 0).tolist():
        for mentor in problem.pair_mentor[problem.pair_mentee == mentee].tolist():
            assert full[mentor] >= problem.capacities[mentor]
            changed = solution.assignment.copy()
            changed[mentee] = mentor
            assert "seats_respected" in refused(problem, restated(problem, solution, changed, "concave"))
            tried += 1
    assert tried


def test_serving_a_worse_tier_in_place_of_a_better_one_is_refused():
    problem = Problem(("a", "b"), [0, 1], ("A",), [1], [0, 1], [0, 0], [10, 9_000])
    solution = solve(problem)
    assert solution.assignment.tolist() == [0, UNMATCHED]
    assert "served_by_tier" in refused(problem, restated(problem, solution, [UNMATCHED, 0], "concave"))


def test_leaving_an_exchange_undone_is_refused():
    """a waits although b could move to B: only an alternating path shows it."""
    problem = Problem(("a", "b"), [0, 0], ("A", "B"), [1, 1], [0, 1, 1], [0, 0, 1], [5, 9_000, 5])
    solution = solve(problem)
    assert "served_by_tier" in refused(problem, restated(problem, solution, [UNMATCHED, 0], "concave"))


@pytest.mark.parametrize("step", [1, -1, 10_000, -10_000])
def test_any_price_that_is_changed_is_refused(step):
    """Of anybody who has a seat, or who waits; a closed mentor or a tier served whole may have several true prices."""
    problem, solution = busy()
    waiting_tiers = np.unique(problem.tiers[solution.assignment < 0])
    places = {
        "mentee": range(problem.mentee_count),
        "mentor": np.flatnonzero(problem.capacities).tolist(),
        "tier_values": np.searchsorted(solution.duals.tier_levels, waiting_tiers).tolist(),
    }
    for name, indices in places.items():
        for index in indices:
            changed = getattr(solution.duals, name).copy()
            changed[index] += step
            certificate = certify(problem, None, replace(solution, duals=replace(solution.duals, **{name: changed})))
            assert not certificate.optimal, (name, index)


def forged(tiers, capacities, pairs, assignment, *, u, p, tier_value):
    """Mentees a, b…, mentors A, B…, pairs such as {"aA": 10}; the prices are the forger's."""
    mentees, mentors = "abc"[: len(tiers)], "ABC"[: len(capacities)]
    problem = Problem(
        tuple(mentees),
        tiers,
        tuple(mentors),
        capacities,
        [mentees.index(name[0]) for name in pairs],
        [mentors.index(name[1]) for name in pairs],
        list(pairs.values()),
    )
    solution = restated(problem, solve(problem, Options(score="linear")), assignment, "linear")
    duals = replace(solution.duals, mentee=np.array(u), mentor=np.array(p), tier_values=np.array([tier_value]))
    return problem, replace(solution, duals=duals)


CROSSED = {"aA": 10, "aB": 5, "bA": 9, "bB": 1}  # best: a with B, b with A, 14
ONE_SEAT = {"aA": 5, "bA": 9}  # best: b


@pytest.mark.parametrize(
    ("case", "prices", "failed"),
    [
        # 11 "proven" by prices that forget the pair bA
        (([0, 0], [1, 1], CROSSED, [0, 1]), {"u": [10, 1], "p": [0, 0], "tier_value": 1}, {"pairs_priced"}),
        # a serves 5 where b would give 9, "proven" by a value of a below that of her tier
        (([0, 0], [1], ONE_SEAT, [0, -1]), {"u": [-4, 0], "p": [9], "tier_value": 0}, {"waiting_valued"}),
        # or by a value of b above that of her tier
        (
            ([0, 0], [1], ONE_SEAT, [0, -1]),
            {"u": [5, 9], "p": [0], "tier_value": 5},
            {"waiting_valued", "totals_equal"},
        ),
        # a price below nothing
        (([0], [1], {"aA": 10}, [0]), {"u": [12], "p": [-2], "tier_value": 0}, {"prices_valid"}),
        # a price where there is room
        (([0], [2], {"aA": 10}, [0]), {"u": [7], "p": [3], "tier_value": 0}, {"prices_valid", "totals_equal"}),
        # the same price where there is none
        (([0, 0], [2], {"aA": 10, "bA": 9}, [0, 0]), {"u": [7, 6], "p": [3], "tier_value": 0}, set()),
        # a value above that of the pair
        (([0], [1], {"aA": 10}, [0]), {"u": [12], "p": [0], "tier_value": 0}, {"assigned_tight", "totals_equal"}),
    ],
)
def test_each_condition_refuses_what_it_is_for(case, prices, failed):
    problem, solution = forged(*case, **prices)
    certificate = certify(problem, Options(score="linear"), solution)
    assert {name for name, held in certificate.checks.items() if not held} == failed
    assert certificate.optimal == (not failed)


@pytest.mark.parametrize(
    "lie",
    [
        {"matched": 0},
        {"objective": 1},
        {"total_score": 1},
        {"matched_by_tier": MappingProxyType({})},
        {"matched_by_tier": {0: 1, 1: 1, 2: 1}},
        {"matched_by_tier": None},
    ],
)
def test_counts_that_are_not_those_of_the_assignment_are_refused(lie):
    problem, solution = busy()
    assert refused(problem, replace(solution, stats=replace(solution.stats, **lie))) == {"counts_stated"}


def test_the_proof_of_one_score_does_not_hold_for_the_other():
    problem, solution = busy()
    assert certify(problem, Options(score="concave"), solution).optimal
    assert not certify(problem, Options(score="linear"), solution).optimal


def malformed():
    yield "assignment", np.zeros(3, dtype=np.int64)
    yield "assignment", np.full(40, 25)
    yield "assignment", np.full(40, -2)
    yield "assignment", np.zeros(40)
    yield "assignment", None
    yield "assignment", np.zeros((40, 1), dtype=np.int64)
    yield "mentee", np.full(40, 1 << 62)
    yield "mentee", np.full(40, -(1 << 63))
    yield "mentor", np.zeros(24, dtype=np.int64)
    yield "mentor", np.full(25, 0.5)
    yield "tier_levels", np.array([0, 1, 3])
    yield "tier_values", np.array([0, 1])
    yield "tier_values", ["a", "b", "c"]


@pytest.mark.parametrize(("name", "value"), list(malformed()))
def test_malformed_solutions_are_refused_without_an_error(name, value):
    problem, solution = busy()
    if name == "assignment":
        broken = replace(solution, assignment=value)
    else:
        broken = replace(solution, duals=replace(solution.duals, **{name: value}))
    certificate = certify(problem, None, broken)
    assert not certificate.optimal
    assert certificate.primal is None
    assert not certificate.checks["shape"]


@patient
@given(problems())
def test_checks_always_have_the_same_names(problem):
    names = set(certify(problem, None, solve(problem)).checks)
    assert names == set(certificate_module._CHECKS)


def test_it_shares_nothing_with_the_solver_but_the_types():
    tree = ast.parse(Path(certificate_module.__file__).read_text("utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("." * node.level + (node.module or ""))
    assert imported == {"__future__", "collections.abc", "dataclasses", "types", "typing", "numpy", ".problem"}
