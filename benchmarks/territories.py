"""Time and memory of `vivier import territories` on all France, twice. Run by `make bench`; prints a Markdown table.

It imports the official samples into a throw-away database; the second import finds nothing to change.
"""

import os
import resource
from pathlib import Path

from benchmarks.communes import SAMPLES
from benchmarks.database import throwaway


def main() -> None:
    """Import twice, print seconds, rows and the greatest memory of this process."""
    folder = Path(os.environ.get("VIVIER_DATA", SAMPLES)) / "territories"
    if not folder.is_dir():
        print(f"Import of the territories: skipped, the official samples are not in {folder}.")
        return
    with throwaway():
        from vivier.common.actors import SYSTEM
        from vivier.territories.importing.run import import_folder

        print("| import | seconds | rows kept | refused | created or updated | memory MB |\n|---|---|---|---|---|---|")
        for name in ("first", "second"):
            report = import_folder(by=SYSTEM, folder=folder)
            kept = sum(file.kept for file in report.files)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"| {name} | {report.seconds:.1f} | {kept} | {report.refused_count} | {report.changes} | {memory:.0f} |"
            )
        if report.changes:
            raise SystemExit("the second import changed something")


if __name__ == "__main__":
    main()
