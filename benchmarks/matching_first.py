"""Time the matching engine on seeded geographic towns: `python benchmarks/matching_first.py [--large] [--candidates]`.

Prints one line per instance: sizes, seconds to solve and to certify, counts by tier, peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from vivier.engines.matching.certificate import certify
from vivier.engines.matching.problem import Options, Problem
from vivier.engines.matching.solver import solve

SMALL = (("a programme", 150, 110, 12), ("a region", 5_000, 3_000, 36))
LARGE = (("three regions", 15_000, 9_000, 33),)


def town(seed: int, mentees: int, mentors: int, neighbours: int) -> Problem:
    """People gathered around towns; each mentee may meet about `neighbours` mentors, the nearer the better."""
    rng = np.random.default_rng(seed)
    towns = rng.random((max(3, mentees // 100), 2))
    people = towns[rng.integers(len(towns), size=mentees)] + rng.normal(0, 0.02, (mentees, 2))
    others = towns[rng.integers(len(towns), size=mentors)] + rng.normal(0, 0.02, (mentors, 2))
    rows, columns, scores = [], [], []
    for start in range(0, mentees, 256):
        gap = people[start : start + 256, None, :] - others[None, :, :]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        nearest = np.argpartition(distance, min(2 * neighbours, mentors - 1), axis=1)[:, : 2 * neighbours]
        keep = rng.random(nearest.shape) < 0.5
        row, rank = np.nonzero(keep)
        column = nearest[row, rank]
        far = distance[row, column] / (distance[row, column].max() + 1e-9)
        rows.append(row + start)
        columns.append(column)
        scores.append(np.rint(10_000 * (1 - far) * rng.uniform(0.5, 1, len(row))).astype(int))
    return Problem(
        mentee_ids=[f"mentee-{n}" for n in range(mentees)],
        tiers=(rng.random(mentees) > 0.35).astype(int),
        mentor_ids=[f"mentor-{n}" for n in range(mentors)],
        capacities=rng.choice([0, 1, 1, 2, 3], mentors),
        pair_mentee=np.concatenate(rows),
        pair_mentor=np.concatenate(columns),
        pair_score=np.concatenate(scores),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 15 000 mentees")
    arguments = parser.parse_args()
    for name, mentees, mentors, neighbours in SMALL + (LARGE if arguments.large else ()):
        problem = town(7, mentees, mentors, neighbours)
        options = Options()
        start = time.perf_counter()
        solution = solve(problem, options)
        solved = time.perf_counter()
        certificate = certify(problem, options, solution)
        checked = time.perf_counter()
        print(
            f"{name}: {mentees} × {mentors}, {problem.pair_count} pairs: solve {solved - start:.3f} s, "
            f"certify {checked - solved:.3f} s, proven {certificate.optimal}, "
            f"served {dict(solution.stats.matched_by_tier)}, "
            f"work {dict(solution.stats.work)}, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )


if __name__ == "__main__":
    main()
