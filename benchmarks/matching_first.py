"""Time of the exact solver, its proof and the search of candidates. Run by `make bench`; prints Markdown tables.

Instances are seeded: people gathered around towns, the nearer the better (no mentor shortage, shortage, few distinct
scores), or pairs at random. Everything is timed from arrays or profiles already in memory.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.explain import explain_pairs, explain_waiting
from vivier.engines.matching.policy import default_policy
from vivier.engines.matching.problem import Problem
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.engines.matching.solver import solve

SHORTAGE, PLENTY = (0, 1, 1, 2, 3), (1, 2, 2, 3)


@dataclass(frozen=True)
class Size:
    """One instance. degree: eligible mentors for each mentee; seats: a mentor's are drawn among them."""

    name: str
    mentees: int
    mentors: int
    degree: int
    seats: tuple[int, ...]
    step: int = 1  # scores are multiples of it
    towns: bool = True


SIZES = (
    Size("a programme", 150, 110, 12, SHORTAGE),
    Size("a region, seats short", 5_000, 3_000, 36, SHORTAGE),
    Size("a region, seats in plenty", 5_000, 3_000, 36, PLENTY),
    Size("a region, 11 distinct scores", 5_000, 3_000, 36, SHORTAGE, step=1_000),
    Size("pairs at random", 5_000, 5_000, 36, (1,), towns=False),
    Size("three regions, seats short", 15_000, 9_000, 33, SHORTAGE),
    Size("three regions, seats in plenty", 15_000, 9_000, 33, PLENTY),
)
PEOPLE = ((150, 110), (5_000, 3_000), (15_000, 9_000))


def instance(size: Size, seed: int = 7) -> Problem:
    """The seeded problem of a size."""
    rng = np.random.default_rng(seed)
    mentee, mentor, score = _around_towns(rng, size) if size.towns else _at_random(rng, size)
    return Problem(
        mentee_ids=[f"mentee-{n}" for n in range(size.mentees)],
        tiers=(rng.random(size.mentees) > 0.35).astype(int),
        mentor_ids=[f"mentor-{n}" for n in range(size.mentors)],
        capacities=rng.choice(size.seats, size.mentors),
        pair_mentee=mentee,
        pair_mentor=mentor,
        pair_score=score // size.step * size.step,
    )


def _around_towns(rng: np.random.Generator, size: Size) -> tuple[np.ndarray, ...]:
    """Half of the 2 × degree nearest mentors are eligible."""
    towns = rng.random((max(3, size.mentees // 100), 2))
    people = towns[rng.integers(len(towns), size=size.mentees)] + rng.normal(0, 0.02, (size.mentees, 2))
    others = towns[rng.integers(len(towns), size=size.mentors)] + rng.normal(0, 0.02, (size.mentors, 2))
    parts = []
    for start in range(0, size.mentees, 256):
        gap = people[start : start + 256, None, :] - others[None, :, :]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        nearest = np.argpartition(distance, min(2 * size.degree, size.mentors - 1), axis=1)[:, : 2 * size.degree]
        row, rank = np.nonzero(rng.random(nearest.shape) < 0.5)
        column = nearest[row, rank]
        far = distance[row, column] / distance[row, column].max()
        score = np.rint(10_000 * (1 - far) * rng.uniform(0.5, 1, len(row))).astype(int)
        parts.append((row + start, column, score))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _at_random(rng: np.random.Generator, size: Size) -> tuple[np.ndarray, ...]:
    mentee = np.repeat(np.arange(size.mentees), size.degree)
    mentor = np.concatenate([rng.choice(size.mentors, size.degree, replace=False) for _ in range(size.mentees)])
    return mentee, mentor, rng.integers(0, 10_001, len(mentee))


def people(mentees: int, mentors: int, seed: int = 3) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    """Seeded people in 40 towns of one region, with slots, interests, a language and a vetting."""
    rng = np.random.default_rng(seed)
    towns = np.column_stack([rng.uniform(44, 46.5, 40), rng.uniform(3, 7, 40)])

    def common(count: int) -> list[dict[str, Any]]:
        places = towns[rng.integers(40, size=count)] + rng.normal(0, 0.08, (count, 2))
        return [
            {
                "lat": float(lat),
                "lon": float(lon),
                "slots": frozenset(f"slot{n}" for n in rng.choice(13, 3)),
                "interests": frozenset(f"interest{n}" for n in rng.choice(13, 3)),
                "languages": frozenset({"fr"}),
            }
            for lat, lon in places
        ]

    left = [MenteeProfile(id=f"mentee-{n}", **fields) for n, fields in enumerate(common(mentees))]
    vetting = rng.choice([True, True, False, None], mentors)
    right = [
        MentorProfile(id=f"mentor-{n}", capacity=1 + n % 2, vetting_valid=vetting[n], **fields)
        for n, fields in enumerate(common(mentors))
    ]
    return left, right


def timed(call: Callable[[], Any], times: int) -> tuple[Any, float]:
    """The last result and the median of the seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - start)
    return result, statistics.median(seconds)


def main() -> None:
    """Solve every size, then build candidates; print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="median of so many runs")
    times = parser.parse_args().times
    print("| instance | mentees × mentors | pairs | solve (s) | certify (s) | explain (s) | served | proven |")
    print("|---|---|---|---|---|---|---|---|")
    for size in SIZES:
        problem = instance(size)
        solution, solving = timed(lambda problem=problem: solve(problem), times)
        proof, proving = timed(lambda problem=problem, found=solution: certify(problem, None, found), times)
        _, telling = timed(lambda problem=problem, found=solution: explain(problem, found), 1)
        sizes = f"{size.mentees} × {size.mentors} | {problem.pair_count}"
        seconds = f"{solving:.3f} | {proving:.3f} | {telling:.3f}"
        print(f"| {size.name} | {sizes} | {seconds} | {solution.stats.matched} | {'yes' if proof.optimal else 'NO'} |")
    print("\n| people | pairs looked at | eligible pairs | candidates (s) |\n|---|---|---|---|")
    for mentees, mentors in PEOPLE:
        left, right = people(mentees, mentors)
        found, seconds = timed(lambda left=left, right=right: build_candidates(left, right, default_policy()), 1)
        print(f"| {mentees} × {mentors} | {mentees * mentors} | {found.problem.pair_count} | {seconds:.3f} |")
    print(f"\nPeak memory of the whole: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.")


def explain(problem: Problem, solution: Any) -> int:
    """Every reason of every pair and of everybody who waits."""
    return sum(1 for _ in explain_pairs(problem, None, solution)) + sum(1 for _ in explain_waiting(problem, solution))


if __name__ == "__main__":
    main()
