"""Seeded matching instances, as arrays: the nearer the better, or at random; with seats in plenty, short, or closed."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree


@dataclass(frozen=True)
class Instance:
    """One instance. degree: eligible mentors for each mentee; step: scores are multiples of it (ties).

    layout "towns": half of the 2 × degree nearest mentors are eligible; "random": any are, with any score.
    closed: share of mentors without a seat; south: these are mostly in the southern third.
    target: the share of the peer's time that the specification asks for.
    """

    name: str
    mentees: int
    mentors: int
    degree: int
    target: float | None
    layout: str = "towns"
    seats: tuple[int, ...] = (1, 2, 2, 3)
    step: int = 1
    closed: float = 0.0
    south: bool = False


INSTANCES = (
    Instance("towns 500", 500, 300, 20, None),
    Instance("towns 5k", 5_000, 3_000, 36, 0.2),
    Instance("towns 50k", 50_000, 30_000, 46, 0.2),
    Instance("towns 50k, ties", 50_000, 30_000, 46, 0.2, step=2_000),
    Instance("towns 50k, 45 % closed", 50_000, 30_000, 46, 0.5, closed=0.45),
    Instance("towns 50k, south closed", 50_000, 30_000, 46, 0.5, closed=0.9, south=True),
    Instance("random 20k", 20_000, 20_000, 50, 1.0, layout="random", seats=(1,)),
    Instance("random 60k", 60_000, 60_000, 50, 1.0, layout="random", seats=(1,)),
    Instance("towns 200k", 200_000, 120_000, 49, 0.2),
)


def arrays(size: Instance, seed: int = 7) -> dict[str, np.ndarray]:
    """Return mentee, mentor, score (E,), tier (N,) and capacity (M,)."""
    rng = np.random.default_rng(seed)
    capacity = rng.choice(size.seats, size.mentors)
    if size.layout == "random":
        mentee, mentor, score = _at_random(rng, size)
        north = np.ones(size.mentors)
    else:
        mentee, mentor, score, north = _around_towns(rng, size)
    if size.closed:
        where = (north < 1 / 3) if size.south else np.ones(size.mentors, dtype=bool)
        capacity[where & (rng.random(size.mentors) < size.closed)] = 0
    return {
        "mentee": mentee.astype(np.int32),
        "mentor": mentor.astype(np.int32),
        "score": (score // size.step * size.step).astype(np.int32),
        "tier": (rng.random(size.mentees) > 0.35).astype(np.int32),
        "capacity": capacity.astype(np.int32),
    }


def _around_towns(rng: np.random.Generator, size: Instance) -> tuple[np.ndarray, ...]:
    towns = rng.random((max(3, size.mentees // 100), 2))
    people = towns[rng.integers(len(towns), size=size.mentees)] + rng.normal(0, 0.02, (size.mentees, 2))
    others = towns[rng.integers(len(towns), size=size.mentors)] + rng.normal(0, 0.02, (size.mentors, 2))
    distance, nearest = cKDTree(others).query(people, k=2 * size.degree)
    mentee, rank = np.nonzero(rng.random(nearest.shape) < 0.5)
    near = 1 - distance[mentee, rank] / distance[mentee, -1]
    score = np.rint(10_000 * near * rng.uniform(0.5, 1, len(mentee)))
    return mentee, nearest[mentee, rank], score, others[:, 1]


def _at_random(rng: np.random.Generator, size: Instance) -> tuple[np.ndarray, ...]:
    key = np.unique(rng.integers(size.mentees * size.mentors, size=size.mentees * size.degree))
    return key // size.mentors, key % size.mentors, rng.integers(0, 10_001, len(key))
