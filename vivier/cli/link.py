"""Link this checkout into its virtual environment: `.venv/bin/python -I vivier/cli/link.py`.

An editable installation by pip needs a build backend, which a fresh virtual environment may lack and which pip would
download. Two files do the same: a path that Python reads at start, and the command `vivier`.
"""

import os
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A line of shell that Python reads as a text: unlike "#!", it bears spaces and any length in the interpreter's path.
SCRIPT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from vivier.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""


def link(python: Path, packages: Path) -> None:
    """Write `vivier.pth` in `packages` and the command beside `python`."""
    # Relative, hence plain ASCII: Python 3.11 reads this file in the encoding of the user's language.
    (packages / "vivier.pth").write_text(f"{os.path.relpath(ROOT, packages)}\n", encoding="utf-8")
    command = python.with_name("vivier")
    command.write_text(SCRIPT.format(python=python), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    link(Path(sys.executable), Path(sysconfig.get_path("purelib")))
