"""Small problems for hypothesis, and their optimum by trying everything."""

import random
from functools import cache

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from vivier.engines.matching.problem import Problem

TIERS = (0, 1, 2, 7, 900)

# The machine may be busy: a slow example is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
thorough = settings(patient, max_examples=300)


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


def worth(score: int, kind: str) -> int:
    """The score that the total counts, in the words of the specification."""
    return score if kind == "linear" else 10_000 - ((10_000 - score) ** 2 // 10_000)


def best(problem: Problem, kind: str) -> tuple[tuple[int, ...], int]:
    """(matched in each tier, ascending; greatest total), by dynamic programming over all assignments."""
    levels = sorted(set(problem.tiers.tolist()))
    rows: list[list[tuple[int, int]]] = [[] for _ in problem.mentee_ids]
    for i, j, score in zip(problem.pair_mentee, problem.pair_mentor, problem.pair_score, strict=True):
        rows[i].append((int(j), worth(int(score), kind)))

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
