"""Time and memory of `build_candidates` on a country's people: `python -m benchmarks.matching.candidates`.

Seeded people live around towns, with slots, interests, languages, employers and vettings; some have no place or only a
rough one. Each size runs in a process of its own, compiled code being loaded before the clock starts.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vivier.engines.matching.candidates import build_candidates
from vivier.engines.matching.policy import default_policy
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.engines.matching.warm_up import warm_up

TOWNS, SPREAD_DEGREES = 2_000, 0.05


@dataclass(frozen=True)
class Size:
    """One instance: the towns of a country, and rules whose radius sets how many pairs there are."""

    mentees: int
    mentors: int
    radius_km: float


SIZES = (Size(5_000, 3_000, 30), Size(50_000, 30_000, 20), Size(50_000, 30_000, 30), Size(200_000, 120_000, 7.5))


def people(size: Size, seed: int = 3) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    """The seeded people of a size."""
    rng = np.random.default_rng(seed)
    towns = np.column_stack([rng.uniform(43, 50.5, TOWNS), rng.uniform(-1.5, 7.5, TOWNS)])
    seats, vetting = (
        rng.integers(0, 4, size.mentors).tolist(),
        rng.choice([True, True, True, False, None], size.mentors),
    )
    left = [MenteeProfile(id=f"mentee-{n}", **fields) for n, fields in enumerate(_common(rng, towns, size.mentees))]
    right = [
        MentorProfile(
            id=f"mentor-{n}", capacity=seats[n], vetting_valid=vetting[n], employer=f"firm {n % 900}", **fields
        )
        for n, fields in enumerate(_common(rng, towns, size.mentors))
    ]
    # Some keep out of their parents' company, some refused a mentor before.
    for n in range(0, len(left), 50):
        refused, companies = frozenset({right[n % len(right)].id}), frozenset({f"Firm {n % 900}"})
        left[n] = replace(left[n], refused_mentors=refused, excluded_employers=companies)
    return left, right


def _common(rng: np.random.Generator, towns: np.ndarray, count: int) -> list[dict[str, Any]]:
    """What mentees and mentors have in common. One in 5 000 has no place, one in 100 a rough one."""
    where = towns[rng.integers(TOWNS, size=count)] + rng.normal(0, SPREAD_DEGREES, (count, 2))
    slots, interests = _sets(rng, "slot", count), _sets(rng, "interest", count)
    languages = (frozenset({"fr"}), frozenset({"fr", "en"}), frozenset({"en"}))
    spoken = rng.choice(3, count, p=[0.6, 0.38, 0.02]).tolist()
    return [
        {
            "lat": None if n % 5_000 == 0 else lat,
            "lon": None if n % 5_000 == 0 else lon,
            "location_error_km": 15.0 if n % 100 == 1 else 0.0,
            "slots": slots[n],
            "interests": interests[n],
            "languages": languages[spoken[n]],
        }
        for n, (lat, lon) in enumerate(where.tolist())
    ]


def _sets(rng: np.random.Generator, name: str, count: int) -> list[frozenset[str]]:
    codes = [f"{name} {n}" for n in range(13)]
    return [frozenset(codes[n] for n in row) for row in rng.integers(13, size=(count, 3)).tolist()]


def measure(size: Size, times: int) -> dict[str, Any]:
    """Pairs, seconds of each run, and the greatest memory of this process before and after, in MB."""
    warm_up()
    left, right = people(size)
    policy = replace(default_policy(), id="benchmark", radius_km=size.radius_km)
    before, seconds, pairs = _memory(), [], 0
    for _ in range(times):
        started = time.perf_counter()
        pairs = build_candidates(left, right, policy).problem.pair_count
        seconds.append(time.perf_counter() - started)
    return {"pairs": pairs, "seconds": seconds, "before": before, "peak": _memory()}


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure every size in a process of its own; print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="median of so many runs")
    parser.add_argument("--size", type=int, help="measure this one here, and print JSON")
    options = parser.parse_args()
    if options.size is not None:
        print(json.dumps(measure(SIZES[options.size], options.times)))
        return
    print("| mentees × mentors | radius km | pairs | s | s per million | peak MB | of which people |")
    print("|---|---|---|---|---|---|---|")
    for n, size in enumerate(SIZES):
        command = [sys.executable, "-m", "benchmarks.matching.candidates", f"--size={n}", f"--times={options.times}"]
        done = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        seconds = statistics.median(done["seconds"])
        rate = f"{seconds:.2f} | {1e6 * seconds / done['pairs']:.3f}"
        print(
            f"| {size.mentees} × {size.mentors} | {size.radius_km} | {done['pairs']} | {rate} "
            f"| {done['peak']} | {done['before']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
