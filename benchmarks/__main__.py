"""Run every benchmark in a process of its own and write their tables to docs/benchmarks.md (`make bench`)."""

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Bench:
    """One benchmark: its title, its module, and the target it is read against."""

    title: str
    module: str
    target: str


BENCHES = (
    Bench("From a fresh clone to a page", "benchmarks.first_start", "at most 90 s, then at most 8 s"),
    Bench("Pages with a region in the database", "benchmarks.pages", "p95 at most 150 ms, at most 12 queries"),
    Bench("Commune field on all France", "benchmarks.communes", "p95 at most 50 ms"),
    Bench("Importing the territories of France", "benchmarks.territories", "at most 60 s and 600 MB"),
    Bench("Importing 10 000 people", "benchmarks.people_files", "at most 10 s"),
    Bench("The exact solver", "benchmarks.matching_first", "150 × 110 in a blink; scale is another issue's"),
)


def main() -> int:
    """Run all, or those whose module name contains an argument; returns 1 when one failed."""
    wanted = [bench for bench in BENCHES if not sys.argv[1:] or any(word in bench.module for word in sys.argv[1:])]
    parts, failed = [_head()], False
    for bench in wanted:
        print(f"{bench.title}…", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", bench.module], cwd=ROOT, capture_output=True, text=True, check=False
        )
        failed |= done.returncode != 0
        said = done.stdout.strip() if done.returncode == 0 else f"Failed:\n\n```\n{done.stderr.strip()[-2000:]}\n```"
        print(said, flush=True)
        parts.append(f"## {bench.title}\n\nTarget: {bench.target}. `python -m {bench.module}`\n\n{said}\n")
    if len(wanted) == len(BENCHES) and not failed:
        TARGET.write_text("\n".join(parts), encoding="utf-8")
    return int(failed)


def _head() -> str:
    return (
        "# Benchmarks\n\n"
        f"Written by `make bench` on {date.today().isoformat()}: {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {platform.system()}. Times depend on the machine: run the command beside each "
        "table on yours.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
