"""How this engine's inner loops are compiled, and kept compiled between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable | None = None, **options: Any) -> Callable:
    """Compile a function at its first call; machine code is kept beside the source, or for this account.

    Where neither can be written it is compiled anew in each process: slower to begin with, never an error.
    """
    if function is None:
        return lambda given: compiled(given, **options)
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:  # numba found no folder for its cache
        return njit(**options)(function)
