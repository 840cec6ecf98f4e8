"""docs/benchmarks.md: each command replaces its own sections and leaves the others as they are."""

import os
import platform
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "benchmarks.md"


def write(sections: dict[str, str], command: str) -> None:
    """Put sections (title → text) into the report, in the place of those of the same title, else at its end."""
    known = _read()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    for title, text in sections.items():
        known[title] = f"Written by `{command}` on {date.today().isoformat()}: {machine}.\n\n{text.strip()}\n"
    head = "# Benchmarks\n\nTimes depend on the machine: run the command beside each table on yours.\n"
    parts = [head, *(f"## {title}\n\n{text.strip()}\n" for title, text in known.items())]
    TARGET.write_text("\n".join(parts), encoding="utf-8")


def _read() -> dict[str, str]:
    if not TARGET.exists():
        return {}
    _, *parts = TARGET.read_text(encoding="utf-8").split("\n## ")
    return dict(part.split("\n", 1) for part in parts)
