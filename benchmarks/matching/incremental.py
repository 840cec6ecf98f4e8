"""Time changes to a standing optimum, and have each outcome proven: `python -m benchmarks.matching.incremental`.

The last mentees of an instance are left out of the full solve, then come one by one; as many leave; as many mentors
change their seats. Compiled code is loaded before the clock starts. It fails if anything is not proven optimal.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.matching.instances import INSTANCES, Instance, arrays
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.incremental import Standing
from vivier.engines.matching.problem import Options, Problem
from vivier.engines.matching.solver import solve
from vivier.engines.matching.warm_up import warm_up

LINEAR = Options(score="linear")


def main() -> int:
    """Measure the instances asked for, print a Markdown table; returns 1 if an outcome is not proven."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="towns 200k", help="instances whose name contains this text")
    parser.add_argument("--changes", type=int, default=100)
    options = parser.parse_args()
    warm_up()
    print("| instance | what | seconds | slowest one | certified |")
    print("|---|---|---|---|---|")
    proven = [measure(size, options.changes) for size in INSTANCES if options.only in size.name]
    return int(not all(proven))


def measure(size: Instance, changes: int) -> bool:
    """Print the lines of one instance; tells whether everything was proven."""
    data = arrays(size)
    staying = size.mentees - changes
    problem = without(data, staying)
    rows = [np.flatnonzero(data["mentee"] == mentee) for mentee in range(staying, size.mentees)]
    rng = np.random.default_rng(1)
    leaving = rng.choice(staying, changes, replace=False).tolist()
    changing = rng.choice(size.mentors, changes, replace=False).tolist()
    seats = np.maximum(0, data["capacity"] + rng.choice([-2, -1, 1, 2], size.mentors))

    seconds, solution = timed(lambda: solve(problem, LINEAR))
    tell(size.name, "solve, for comparison", seconds, seconds, certify(problem, LINEAR, solution).optimal)
    seconds, standing = timed(lambda: Standing(problem, LINEAR, solution))
    tell(size.name, "Standing(…)", seconds, seconds, proven := is_proven(standing))

    def come(n: int) -> None:
        row = rows[n]
        standing.add_mentee(f"{staying + n:07}", data["tier"][staying + n], data["mentor"][row], data["score"][row])

    def leave(n: int) -> None:
        standing.remove_mentee(f"{leaving[n]:07}")

    def change(n: int) -> None:
        standing.change_capacity(changing[n], seats[changing[n]])

    def close(n: int) -> None:
        standing.change_capacity(changing[n], 0)

    for what, act in (("mentees come", come), ("mentees leave", leave), ("change seats", change), ("close", close)):
        each = [timed(lambda n=n, act=act: act(n))[0] for n in range(changes)]
        certified = is_proven(standing)
        tell(size.name, f"{changes} {what}", sum(each), max(each), certified)
        proven &= certified
    seconds, _ = timed(lambda: standing.add_mentee("new", 2, data["mentor"][rows[0]], data["score"][rows[0]]))
    told, problem = timed(standing.problem)
    tell(size.name, "1 of a new tier", seconds, seconds, certified := is_proven(standing))
    proven &= certified
    tell(size.name, "problem()", told, told, certified)
    for least in (False, True):
        told, solution = timed(lambda least=least: standing.solution(least=least))
        tell(size.name, f"solution(least={least})", told, told, certified := certify(problem, LINEAR, solution).optimal)
        proven &= certified
    return proven


def without(data: dict[str, np.ndarray], staying: int) -> Problem:
    """The first mentees of an instance, and its mentors."""
    kept = data["mentee"] < staying
    return Problem(
        mentee_ids=[f"{n:07}" for n in range(staying)],
        tiers=data["tier"][:staying],
        mentor_ids=[f"{n:07}" for n in range(len(data["capacity"]))],
        capacities=data["capacity"],
        pair_mentee=data["mentee"][kept],
        pair_mentor=data["mentor"][kept],
        pair_score=data["score"][kept],
    )


def is_proven(standing: Standing) -> bool:
    return certify(standing.problem(), LINEAR, standing.solution()).optimal


def timed(act: Callable) -> tuple[float, object]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def tell(instance: str, what: str, seconds: float, slowest: float, certified: bool) -> None:
    print(f"| {instance} | {what} | {seconds:.4f} | {slowest:.4f} | {'yes' if certified else 'NO'} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
