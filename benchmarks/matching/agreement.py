"""Are our optima those of OR-tools? `python -m benchmarks.matching.agreement`: random instances, counts and totals."""

import sys

import numpy as np

from benchmarks.matching.peers import ortools, problem_of
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.problem import Options
from vivier.engines.matching.solver import solve

COUNT = 500


def main() -> int:
    """Compare on seeded instances of 1 to 3 tiers, with ties, closed mentors and people without a pair."""
    different = unproven = pairs = waiting = 0
    for seed in range(COUNT):
        data = instance(seed)
        ours = by_us(data)
        theirs = _told(data, ortools(data)) if len(data["mentee"]) else ours[0]
        different += ours[0] != theirs
        unproven += not ours[1]
        pairs += len(data["mentee"])
        waiting += len(data["tier"]) - sum(ours[0][0])
    print("| instances | pairs in all | who wait in all | answers unlike OR-tools' | not proven |")
    print("|---|---|---|---|---|")
    print(f"| {COUNT} | {pairs} | {waiting} | {different} | {unproven} |")
    return int(different + unproven > 0)


def instance(seed: int) -> dict[str, np.ndarray]:
    """One random instance: 1 to 120 mentees, 1 to 80 mentors."""
    rng = np.random.default_rng(seed)
    mentees, mentors = int(rng.integers(1, 121)), int(rng.integers(1, 81))
    top = rng.choice([1, 3, 30, 10_000])
    mentee, mentor = np.nonzero(rng.random((mentees, mentors)) < rng.choice([0.03, 0.1, 0.3]))
    return {
        "mentee": mentee,
        "mentor": mentor,
        "score": rng.integers(0, top + 1, len(mentee)),
        "tier": np.sort(rng.integers(0, rng.integers(1, 4), mentees)),
        "capacity": rng.choice(rng.choice([[1, 1, 1, 1], [0, 1, 1, 2], [0, 0, 1, 3]]), mentors),
    }


def by_us(data: dict[str, np.ndarray]) -> tuple[tuple, bool]:
    """Our counts by tier and total, and whether they are proven."""
    problem = problem_of(data)
    options = Options(score="linear")
    solution = solve(problem, options)
    return _told(data, solution.assignment), certify(problem, options, solution).optimal


def _told(data: dict[str, np.ndarray], assignment: np.ndarray) -> tuple:
    served = np.bincount(data["tier"][assignment >= 0], minlength=int(data["tier"].max()) + 1)
    chosen = assignment[data["mentee"]] == data["mentor"]
    return tuple(served.tolist()), int(data["score"][chosen].sum())


if __name__ == "__main__":
    sys.exit(main())
