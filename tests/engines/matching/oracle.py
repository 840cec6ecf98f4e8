"""Small problems for hypothesis, and their optimum by trying everything."""

import random
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.depth import examples
from vivier.engines.matching.problem import Options, Problem

TIERS = (0, 1, 2, 7, 900)

# The machine may be busy: a slow example is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
thorough = settings(patient, max_examples=examples(300))


@st.composite
def problems(draw, mentees: int = 6, mentors: int = 5) -> Problem:
    """Any tiers with gaps, capacity 0, ties, people without a pair, rows in any order.

    Sizes are drawn, so that failures shrink; the rest comes from a drawn seed, so that most examples are crowded
    enough to need exchanges.
    """
    count = draw(st.sampled_from([*range(mentees), *[mentees] * mentees]))
    offered = draw(st.sampled_from([*range(mentors), *[mentors] * mentors]))
    return crowded(random.Random(draw(st.integers(0, 2**32))), count, offered)


def crowded(rng: random.Random, mentees: int, mentors: int) -> Problem:
    """A random problem of that size; how dense, how tied, how short of seats is random too."""
    density, top = rng.choice([0.3, 0.6, 1.0]), rng.choice([1, 3, 30, 10_000])
    seats, tiers = rng.choice([(1,), (0, 1), (0, 1, 1, 2, 3)]), rng.choice([(0,), (0, 1), TIERS])
    pairs = [(i, j) for i in range(mentees) for j in range(mentors) if rng.random() < density]
    rng.shuffle(pairs)
    return Problem(
        mentee_ids=rng.sample([f"f{n}" for n in range(mentees)], mentees),
        tiers=[rng.choice(tiers) for _ in range(mentees)],
        mentor_ids=rng.sample([f"m{n}" for n in range(mentors)], mentors),
        capacities=[rng.choice(seats) for _ in range(mentors)],
        pair_mentee=[i for i, _ in pairs],
        pair_mentor=[j for _, j in pairs],
        pair_score=[rng.randint(0, top) for _ in pairs],
    )


@st.composite
def full_houses(draw, mentors: int = 4) -> Problem:
    """Everybody can be served, and that takes every seat; some mentors offer none."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    seats = [rng.choice([0, 1, 1, 2, 3]) for _ in range(draw(st.integers(1, mentors)))]
    at_home = [j for j, count in enumerate(seats) for _ in range(count)]
    rng.shuffle(at_home)
    density, top = rng.choice([0.1, 0.3, 0.6, 1.0]), rng.choice([0, 1, 30, 10_000])
    mentees = range(len(at_home))
    pairs = [(i, j) for i in mentees for j in range(len(seats)) if j == at_home[i] or rng.random() < density]
    rng.shuffle(pairs)
    return Problem(
        mentee_ids=[f"f{n}" for n in mentees],
        tiers=[rng.choice(TIERS) for _ in mentees],
        mentor_ids=[f"m{n}" for n in range(len(seats))],
        capacities=seats,
        pair_mentee=[i for i, _ in pairs],
        pair_mentor=[j for _, j in pairs],
        pair_score=[rng.randint(0, top) for _ in pairs],
    )


def worth(score: int, kind: str) -> int:
    """The score that the total counts, in the words of the specification."""
    return score if kind == "linear" else 10_000 - ((10_000 - score) ** 2 // 10_000)


def values(problem: Problem, options: Options) -> list[int]:
    """What each pair counts for: its worth, 10 000 shared by the rank of a wish, and what an existing pair gains."""
    wishes = [0] * problem.pair_count if problem.pair_wish is None else problem.pair_wish.tolist()
    found = []
    for i, j, score, wish in zip(problem.pair_mentee, problem.pair_mentor, problem.pair_score, wishes, strict=True):
        value = worth(int(score), options.score) + (10_000 // wish if wish else 0)
        if problem.pair_extra is not None and not problem.pair_extra[len(found)]:
            value += 10_000
        if (options.previous or {}).get(problem.mentee_ids[i]) == problem.mentor_ids[j]:
            value += options.stickiness
        found.append(value)
    return found


def best(problem: Problem, kind: str) -> tuple[tuple[int, ...], int]:
    """(matched in each tier, ascending; greatest total), by dynamic programming over all assignments."""
    return best_with(problem, Options(score=kind))


def best_with(problem: Problem, options: Options, lowest: int = 0) -> tuple[tuple[int, ...], int]:
    """The same with all options but the floor, by pairs of at least the score `lowest`."""
    levels = sorted(set(problem.tiers.tolist()))
    rows: list[list[tuple[int, int]]] = [[] for _ in problem.mentee_ids]
    pairs = zip(problem.pair_mentee, problem.pair_mentor, problem.pair_score, values(problem, options), strict=True)
    for i, j, score, value in pairs:
        if score >= lowest:
            rows[i].append((int(j), value))

    @cache
    def from_mentee(mentee: int, seats: tuple[int, ...]) -> tuple[int, ...]:
        if mentee == len(rows):
            return (0,) * (len(levels) + 1)
        found = from_mentee(mentee + 1, seats)
        level = levels.index(int(problem.tiers[mentee]))
        for mentor, value in rows[mentee]:
            if seats[mentor]:
                left = (*seats[:mentor], seats[mentor] - 1, *seats[mentor + 1 :])
                rest = list(from_mentee(mentee + 1, left))
                rest[level] += 1
                rest[-1] += value
                found = max(found, tuple(rest))
        return found

    *counts, total = from_mentee(0, tuple(problem.capacities.tolist()))
    return tuple(counts), total


def best_floor(problem: Problem, options: Options) -> tuple[int | None, tuple[int, ...], int]:
    """(highest floor that serves as many, counts by tier, greatest total above it), by trying every score."""
    counts, total = best_with(problem, options)
    if not any(counts):
        return None, counts, total
    for lowest in sorted(set(problem.pair_score.tolist()), reverse=True):
        found = best_with(problem, options, lowest)
        if found[0] == counts:
            return lowest, *found
    raise AssertionError("unreachable")


@st.composite
def asked(draw) -> tuple[Problem, Options]:
    """A small problem, perhaps with wishes, and any options: people who left among the existing pairs too."""
    problem = draw(problems())
    rng = random.Random(draw(st.integers(0, 2**32)))
    if draw(st.booleans()):
        problem = replace(problem, pair_wish=[rng.choice([0, 0, 1, 2, 3, 20_000]) for _ in problem.pair_score])
    mentees, mentors = [*problem.mentee_ids, "left"], [*problem.mentor_ids, "gone"]
    previous = {rng.choice(mentees): rng.choice(mentors) for _ in range(draw(st.integers(0, 5)))}
    return problem, Options(
        score=draw(st.sampled_from(["concave", "linear"])),
        floor=draw(st.booleans()),
        previous=draw(st.sampled_from([None, previous])),
        stickiness=draw(st.sampled_from([0, 1, 40, 2_000, 10_000])),
    )


def random_problem(
    seed: int, mentees: int, mentors: int, degree: int, *, top: int = 10_000, tiers: int = 3, closed: float = 0.2
) -> Problem:
    """A larger seeded problem: `degree` candidates each on average; `closed`: share of mentors without a seat."""
    rng = np.random.default_rng(seed)
    wanted = rng.random((mentees, mentors)) < degree / mentors
    i, j = np.nonzero(wanted)
    seats = np.where(rng.random(mentors) < closed, 0, rng.integers(1, 4, mentors))
    return Problem(
        mentee_ids=[f"f{n}" for n in range(mentees)],
        tiers=rng.integers(0, tiers, mentees),
        mentor_ids=[f"m{n}" for n in range(mentors)],
        capacities=seats,
        pair_mentee=i,
        pair_mentor=j,
        pair_score=rng.integers(0, top + 1, len(i)),
    )


def shuffled(problem: Problem, seed: int) -> Problem:
    """The same problem with its three files in another order."""
    rng = np.random.default_rng(seed)
    mentees, mentors = rng.permutation(problem.mentee_count), rng.permutation(problem.mentor_count)
    pairs = rng.permutation(problem.pair_count)
    return Problem(
        mentee_ids=[problem.mentee_ids[n] for n in mentees],
        tiers=problem.tiers[mentees],
        mentor_ids=[problem.mentor_ids[n] for n in mentors],
        capacities=problem.capacities[mentors],
        pair_mentee=np.argsort(mentees)[problem.pair_mentee[pairs]],
        pair_mentor=np.argsort(mentors)[problem.pair_mentor[pairs]],
        pair_score=problem.pair_score[pairs],
    )


def named_pairs(problem: Problem, assignment) -> dict[str, str]:
    """mentee id → mentor id."""
    return {problem.mentee_ids[i]: problem.mentor_ids[j] for i, j in enumerate(assignment.tolist()) if j >= 0}
