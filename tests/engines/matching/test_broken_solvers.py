"""Solvers broken on purpose: the proof refuses whatever is no optimum, and never passes a wrong total."""

from dataclasses import replace

import numpy as np
import pytest

from vivier.engines.matching import decomposition, floor, prices, solver
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.problem import Options, Problem

from .oracle import best_floor, best_with, random_problem

OPTIONS = Options(floor=True, previous={f"f{n}": f"m{n % 5}" for n in range(40)}, stickiness=700)


def _no_tiers(monkeypatch):
    """Every tier has the same prize."""
    real = solver._order_by_identifiers

    def order(problem, value, *kept):
        ordered = real(problem, value, *kept)
        return replace(ordered, prize=np.full_like(ordered.prize, ordered.prize.max(initial=0)))

    monkeypatch.setattr(solver, "_order_by_identifiers", order)


def _tiers_upside_down(monkeypatch):
    real = solver._order_by_identifiers

    def order(problem, value, *kept):
        ordered = real(problem, value, *kept)
        return replace(ordered, prize=ordered.prize.max(initial=0) + ordered.prize.min(initial=1) - ordered.prize)

    monkeypatch.setattr(solver, "_order_by_identifiers", order)


def _prize_too_small(monkeypatch):
    monkeypatch.setattr(solver, "weight_of", lambda top, mentees, levels: max(1, top // 50))


def _seats_ignored(monkeypatch):
    """Each mentor seems to have one seat more."""
    real = solver._order_by_identifiers

    def order(problem, value, *kept):
        ordered = real(problem, value, *kept)
        degrees = np.bincount(ordered.mentor, minlength=len(ordered.capacities))
        return replace(ordered, capacities=np.minimum(ordered.capacities + 1, degrees))

    monkeypatch.setattr(solver, "_order_by_identifiers", order)


def _score_as_given(monkeypatch):
    """The concave score, wishes and existing pairs are forgotten."""
    monkeypatch.setattr(solver, "optimised_scores", lambda problem, options: problem.pair_score.copy())


def _stickiness_forgotten(monkeypatch):
    real = solver.optimised_scores
    monkeypatch.setattr(
        solver, "optimised_scores", lambda problem, options: real(problem, replace(options, stickiness=0))
    )


def _closed_mentors_unpriced(monkeypatch):
    monkeypatch.setattr(solver._Draft, "price_closed_mentors", lambda draft: None)


def _prices_one_off(monkeypatch):
    real = prices.least_prices

    def least(*arguments):
        served, found, tiers = real(*arguments)
        return served, np.maximum(found - 1, 0), tiers

    monkeypatch.setattr(solver, "least_prices", least)


def _price_of_rooms(monkeypatch):
    """A mentor with room has a price."""
    real = prices.least_prices

    def least(*arguments):
        served, found, tiers = real(*arguments)
        return served, found + 1, tiers

    monkeypatch.setattr(solver, "least_prices", least)


def _least_prices_left_out(monkeypatch):
    """From prices that prove nothing, the search for the least would never end."""
    monkeypatch.setattr(solver, "least_prices", lambda graph, served, found, tiers, least: (served, found, tiers))


def _first_come(monkeypatch):
    """Whoever comes first sits first; nobody ever moves."""

    def insert(order, row_of, row, edges, near, items, slots, item_of_slot, slot_of):
        taken = np.zeros(len(near), dtype=np.int64)
        for agent in order:
            for edge in range(row[row_of[agent]], row[row_of[agent] + 1] - 1):
                item = edges[edge, 1] & 0xFFFFFFFF
                if taken[item] < items[item, 3]:
                    slot = items[item, 1] + taken[item]
                    slots[slot, 0], slots[slot, 1] = agent, edges[edge, 1] >> 32
                    slot_of[agent], taken[item] = slot, taken[item] + 1
                    break
        return np.zeros(3, dtype=np.int64)

    monkeypatch.setattr(solver, "insert_all", insert)
    _least_prices_left_out(monkeypatch)


def _floor_one_step_low(monkeypatch):
    real = floor.highest_floor

    def lower(starts, mentor, score, *rest):
        found = real(starts, mentor, score, *rest)
        below = score[score < found[0]] if found else score[:0]
        return (int(below.max()), found[1]) if len(below) else found

    monkeypatch.setattr(solver, "highest_floor", lower)


def _floor_one_step_high(monkeypatch):
    real = floor.highest_floor

    def higher(starts, mentor, score, *rest):
        found = real(starts, mentor, score, *rest)
        beyond = score[score > found[0]] if found else score[:0]
        return (int(beyond.min()), np.full_like(found[1], -1)) if len(beyond) else found

    monkeypatch.setattr(solver, "highest_floor", higher)


def _floor_forgotten(monkeypatch):
    monkeypatch.setattr(solver, "highest_floor", lambda *arguments: None)


def _nobody_scarce(monkeypatch):
    """Who waits is left out, and the others are split wrongly: the scarce are thought to abound."""
    real = decomposition.decompose

    def decompose(starts, mentor, capacities):
        parts = real(starts, mentor, capacities)
        return replace(parts, scarce_mentors=np.zeros_like(parts.scarce_mentors))

    monkeypatch.setattr(solver, "decompose", decompose)
    _least_prices_left_out(monkeypatch)


BROKEN = [
    _no_tiers,
    _tiers_upside_down,
    _prize_too_small,
    _seats_ignored,
    _score_as_given,
    _stickiness_forgotten,
    _closed_mentors_unpriced,
    _prices_one_off,
    _price_of_rooms,
    _first_come,
    _floor_one_step_low,
    _floor_one_step_high,
    _floor_forgotten,
    _nobody_scarce,
]


def instances() -> list[Problem]:
    return [random_problem(seed, 40, 25, 6, tiers=3, top=top) for seed in range(6) for top in (10_000, 40)]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__.strip("_"))
def test_a_broken_solver_is_caught(broken, monkeypatch):
    with monkeypatch.context() as patched:
        broken(patched)
        answers = [_try(problem) for problem in instances()]
    caught = 0
    for problem, solution in zip(instances(), answers, strict=True):
        if solution is None:
            caught += 1
            continue
        certificate = certify(problem, OPTIONS, solution)
        caught += not certificate.optimal
    assert caught, "no instance shows the fault"


def _try(problem: Problem):
    try:
        return solver.solve(problem, OPTIONS)
    except (AssertionError, IndexError, ValueError):
        return None


def test_the_same_instances_are_proven_when_nothing_is_broken():
    for problem in instances():
        assert certify(problem, OPTIONS, solver.solve(problem, OPTIONS)).optimal


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__.strip("_"))
def test_what_it_passes_is_the_optimum(broken, monkeypatch):
    """On problems small enough to try everything: a fault that shows nothing may pass, a wrong answer never."""
    small = [random_problem(seed, 6, 4, 3, tiers=2, top=9) for seed in range(25)]
    with monkeypatch.context() as patched:
        broken(patched)
        answers = [_try(problem) for problem in small]
    for problem, solution in zip(small, answers, strict=True):
        if solution is not None and certify(problem, OPTIONS, solution).optimal:
            counts = tuple(count for _, count in sorted(solution.stats.matched_by_tier.items()))
            told = None if solution.floor is None else solution.floor.score
            assert (told, counts, solution.stats.objective) == best_floor(problem, OPTIONS)
            assert counts == best_with(problem, OPTIONS)[0]
