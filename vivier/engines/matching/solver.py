"""The exact solver."""

from __future__ import annotations

from .problem import Options, Problem, Solution


def solve(problem: Problem, options: Options | None = None) -> Solution:
    """As many mentees as possible tier by tier, then the highest total. Raises NotAvailable for options to come."""
    raise NotImplementedError
