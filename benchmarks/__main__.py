"""Run every benchmark in a process of its own and write their tables to docs/benchmarks.md (`make bench`)."""

import subprocess
import sys
from dataclasses import dataclass

from benchmarks.report import ROOT, write


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
    Bench("First run in the web page", "benchmarks.first_run", "at most 2 s for 150 girls"),
    Bench("The exact solver", "benchmarks.matching_first", "150 × 110 in a blink; beyond: `make bench-matching`"),
)


def main() -> int:
    """Run all, or those whose module name contains an argument; returns 1 when one failed."""
    wanted = [bench for bench in BENCHES if not sys.argv[1:] or any(word in bench.module for word in sys.argv[1:])]
    parts, failed = {}, False
    for bench in wanted:
        print(f"{bench.title}…", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", bench.module], cwd=ROOT, capture_output=True, text=True, check=False
        )
        failed |= done.returncode != 0
        said = done.stdout.strip() if done.returncode == 0 else f"Failed:\n\n```\n{done.stderr.strip()[-2000:]}\n```"
        print(said, flush=True)
        parts[bench.title] = f"Target: {bench.target}. `python -m {bench.module}`\n\n{said}\n"
    if not failed:
        write(parts, "make bench")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
