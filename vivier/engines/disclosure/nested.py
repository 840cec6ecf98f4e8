"""Small tables of nested counts (reached ≥ completed ≥ accompanied): hide what shows a group of 1 to k − 1 people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

K = 5


@dataclass(frozen=True, slots=True)
class Hidden:
    """rows: positions of the lines to hide whole; total: whether the line of totals is hidden as well."""

    rows: frozenset[int]
    total: bool


def reveals(counts: Sequence[int], k: int = K) -> bool:
    """Whether one line shows a small group: a count, or what is left between two of them, of 1 to k − 1 people."""
    ends = (*counts, 0)
    return any(0 < abs(ends[i] - ends[j]) < k for i in range(len(ends)) for j in range(i + 1, len(ends)))


def hide_small_groups(rows: Sequence[Sequence[int]], k: int = K, *, is_alone: bool = True) -> Hidden:
    """Return what to hide of lines whose sums are published, so that neither a line nor any difference reveals anybody.

    rows: (N, C) counts ≥ 0 of groups that hold one another. Lines that reveal a small group are hidden; since the total
    less the lines shown is the sum of those hidden, these are at least two and their sum reveals nothing either, or the
    total is hidden too. Lines are added smallest first, then in order.

    is_alone: no other table shares some of these lines but not all. Else two totals could be subtracted: a line is
    then shown or hidden for itself, the same in every table, and the total is shown where it adds nothing to them.
    """
    hidden = {n for n, row in enumerate(rows) if reveals(row, k)}
    if (hidden and not is_alone) or reveals(_sum(rows, range(len(rows))), k):
        return Hidden(frozenset(hidden), total=True)
    while hidden and (len(hidden) == 1 or reveals(_sum(rows, hidden), k)):
        shown = [n for n in range(len(rows)) if n not in hidden and any(rows[n])]
        if not shown:
            return Hidden(frozenset(hidden), total=True)
        hidden.add(min(shown, key=lambda n: (rows[n][0], n)))
    return Hidden(frozenset(hidden), total=False)


def _sum(rows: Sequence[Sequence[int]], chosen) -> list[int]:
    return [sum(column) for column in zip(*(rows[n] for n in chosen), strict=True)]
