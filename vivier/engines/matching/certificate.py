"""The independent proof: shares nothing with the solver but the types."""

from __future__ import annotations

from .problem import Certificate, Options, Problem, Solution


def certify(problem: Problem, options: Options | None, solution: Solution) -> Certificate:
    """Check that a solution is feasible, tier-optimal and of greatest total. Never raises on a malformed solution."""
    raise NotImplementedError
