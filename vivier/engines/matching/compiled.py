"""How this engine's inner loops are compiled, and kept compiled between runs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from numba import njit

_STAMP = "sources.txt"


def compiled(function: Callable | None = None, **options: Any) -> Callable:
    """Compile a function at its first call; machine code is kept beside the source, or for this account.

    Where neither can be written it is compiled anew in each process: slower to begin with, never an error.
    """
    if function is None:
        return lambda given: compiled(given, **options)
    try:
        made = njit(cache=True, **options)(function)
    except RuntimeError:  # numba found no folder for its cache
        return njit(**options)(function)
    _forget_what_is_stale(Path(made.stats.cache_path))
    return made


@functools.cache
def _forget_what_is_stale(folder: Path) -> None:
    """Erase machine code of other sources than today's: numba looks at one file, not at what it calls."""
    sources = blake2b(digest_size=16)
    for source in sorted(Path(__file__).parent.glob("*.py")):
        text = source.read_bytes()
        sources.update(text if b"@compiled" in text else b"")
    stamp, today = folder / _STAMP, sources.hexdigest()
    try:
        if stamp.exists() and stamp.read_text() == today:
            return
        for kept in (*folder.glob("*.nbi"), *folder.glob("*.nbc")):
            kept.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        stamp.write_text(today)
    except OSError:  # a folder that is only read was filled with these sources
        return
