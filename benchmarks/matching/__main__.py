"""Compare the solver with its peers on seeded instances: `python -m benchmarks.matching` (`make bench-matching`).

Each solver runs in a process of its own, in turn, so that a busy moment of the machine falls on all; medians are told.
Every exact peer must find the same counts by tier and the same total, or the benchmark fails. A whole run writes its
tables and its drawing into docs.
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
from benchmarks.matching.plot import drawing
from benchmarks.report import ROOT, write

#: Beyond these numbers of mentees a peer takes minutes: it is left out, and the table says so.
LARGEST = {"vivier": 10**9, "ortools": 10**9, "scipy": 50_000, "matching": 500}
#: Solvers of another question: their time is told, their answer is not compared.
NOT_EXACT = ("matching",)
#: SciPy's solver takes hours where pairs are at random or seats are short.
ONLY_TOWNS = ("scipy", "matching")
PICTURE = "images/matching.svg"
HEAD = [
    "| instance | pairs | served by tier | vivier s (MB) | ortools s (MB) | scipy s (MB) | matching s (MB) "
    "| ratio | target |",
    "|---|---|---|---|---|---|---|---|---|",
]
#: What is measured beside the comparison, each by a command of its own.
OTHERS = {
    "Matching: the same optima as OR-tools": ("benchmarks.matching.agreement", "no answer unlike OR-tools'"),
    "Matching: candidates from people": ("benchmarks.matching.candidates", "at most 0.6 s per million pairs"),
    "Matching: changes to a standing optimum": ("benchmarks.matching.incremental", "at most 0.15 s for 100 changes"),
}


def main() -> int:
    """Run what was asked; returns 1 when two solvers disagree or a benchmark fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="instances whose name contains this text, and nothing else")
    options = parser.parse_args()
    lines, times = list(HEAD), {peer: [] for peer in LARGEST}
    print("\n".join(HEAD))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for size in INSTANCES:
            if options.only in size.name:
                line, agreed = compare(size, Path(folder) / "instance.npz", options.rounds, times)
                lines.append(line)
                failed |= not agreed
    if options.only:
        return int(failed)
    sections = {"Matching: against its peers": _about(lines, options.rounds)}
    for title, (module, target) in OTHERS.items():
        done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=False)
        print(done.stdout, done.stderr[-2000:], flush=True)
        failed |= done.returncode != 0
        sections[title] = f"Target: {target}. `python -m {module}`\n\n{done.stdout}"
    if not failed:
        picture = ROOT / "docs" / PICTURE
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(drawing({peer: line for peer, line in times.items() if len(line) > 1}), encoding="utf-8")
        write(sections, "make bench-matching")
    return int(failed)


def _about(lines: list[str], rounds: int) -> str:
    table = "\n".join(lines)
    return (
        "Seconds from arrays to assignment, compiled code loaded, in a process of its own; median of "
        f"{rounds} interleaved rounds; greatest memory of the process. ratio: vivier / ortools (two phases: maximum "
        "flows by tier, then a minimum cost flow). `matching` answers another question (stable pairs). "
        f"`python -m benchmarks.matching`\n\n{table}\n\n![Seconds against pairs]({PICTURE})\n"
    )


def compare(size: Instance, path: Path, rounds: int, times: dict[str, list]) -> tuple[str, bool]:
    """Print the line of one instance, add the points of the drawing; tells whether all exact peers agree."""
    data = arrays(size)
    np.savez(path, **data)
    is_towns = size.layout == "towns" and not size.closed and size.step == 1
    peers = [peer for peer, largest in LARGEST.items() if size.mentees <= largest]
    peers = [peer for peer in peers if is_towns or peer not in ONLY_TOWNS]
    runs = {peer: [] for peer in peers}
    for _ in range(rounds):
        for peer in peers:
            runs[peer].append(run(peer, path))
    exact = [done for peer, found in runs.items() if peer not in NOT_EXACT for done in found]
    answers = {(tuple(done["served"]), done["total"]) for done in exact}
    seconds = {peer: statistics.median(done["seconds"] for done in found) for peer, found in runs.items()}
    cells = [
        f"{seconds[peer]:.3f} ({max(done['memory'] for done in runs[peer])})" if peer in runs else "not run"
        for peer in LARGEST
    ]
    if is_towns:
        for peer in peers:
            times[peer].append((len(data["mentee"]), seconds[peer]))
    served = " + ".join(map(str, runs["vivier"][0]["served"]))
    ratio = seconds["vivier"] / seconds["ortools"]
    agreed = "" if len(answers) == 1 else " DISAGREE"
    told = [size.name, len(data["mentee"]), served, *cells, f"{ratio:.2f}", f"{size.target or ''}{agreed}"]
    line = f"| {' | '.join(map(str, told))} |"
    print(line, flush=True)
    return line, len(answers) == 1


def run(peer: str, path: Path) -> dict:
    """Run one peer in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.matching.peers", peer, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
