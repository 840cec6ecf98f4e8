"""Compare the solver with its peers on seeded instances: `python -m benchmarks.matching` (`make bench-matching`).

Each solver runs in a process of its own, in turn, so that a busy moment of the machine falls on all; medians are told.
Every peer must find the same counts by tier and the same total, or the benchmark fails.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.matching.instances import INSTANCES, Instance, arrays

#: Beyond these sizes a peer takes minutes: it is left out, and the table says so.
LARGEST = {"vivier": 10**9, "ortools": 10**9, "scipy": 5_000}


def main() -> int:
    """Run what was asked, print a Markdown table; returns 1 when two solvers disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="instances whose name contains this text")
    options = parser.parse_args()
    print("| instance | pairs | served by tier | vivier s (MB) | ortools s (MB) | scipy s (MB) | ratio | target |")
    print("|---|---|---|---|---|---|---|---|")
    disagree = False
    with tempfile.TemporaryDirectory() as folder:
        for size in INSTANCES:
            if options.only in size.name:
                disagree |= not compare(size, Path(folder) / "instance.npz", options.rounds)
    return int(disagree)


def compare(size: Instance, path: Path, rounds: int) -> bool:
    """Print the line of one instance; tells whether all peers agree."""
    data = arrays(size)
    np.savez(path, **data)
    peers = [peer for peer, largest in LARGEST.items() if size.mentees <= largest]
    runs = {peer: [] for peer in peers}
    for _ in range(rounds):
        for peer in peers:
            runs[peer].append(run(peer, path))
    answers = {(tuple(done["served"]), done["total"]) for found in runs.values() for done in found}
    seconds = {peer: statistics.median(done["seconds"] for done in found) for peer, found in runs.items()}
    cells = [
        f"{seconds[peer]:.3f} ({max(done['memory'] for done in runs[peer])})" if peer in runs else "not run"
        for peer in LARGEST
    ]
    served = " + ".join(map(str, runs["vivier"][0]["served"]))
    ratio = seconds["vivier"] / seconds["ortools"]
    agreed = "" if len(answers) == 1 else " DISAGREE"
    told = [size.name, len(data["mentee"]), served, *cells, f"{ratio:.2f}", f"{size.target}{agreed}"]
    print(f"| {' | '.join(map(str, told))} |", flush=True)
    return len(answers) == 1


def run(peer: str, path: Path) -> dict:
    """Run one peer in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.matching.peers", peer, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
