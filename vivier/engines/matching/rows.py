"""Pairs laid out for reading: by mentee, and as the rows that agents read in a market (compiled).

A row is a slice of `edges` (one line per pair, then a sentinel): KEY, a bound of what the place is worth today, and
TARGET, which holds the score and the item in one word, `score << 32 | item`.
"""

from __future__ import annotations

import numpy as np

from .compiled import compiled

KEY, TARGET = 0, 1
SCORE_SHIFT, ITEM_MASK = 32, (1 << 32) - 1
NEVER = -(1 << 62)  # the key of a sentinel: below anything that a row may hold


@compiled
def by_mentee(mentee, mentor, value, mentees):
    """Group pairs by mentee, in any order within a row. Returns (starts (N+1,), mentor, value)."""
    starts = _starts(mentee, mentees)
    grouped = True
    for pair in range(1, len(mentee)):
        if mentee[pair] < mentee[pair - 1]:
            grouped = False
            break
    if grouped:
        return starts, mentor, value
    place = starts[:-1].copy()
    grouped_mentor, grouped_value = np.empty(len(mentor), np.int32), np.empty(len(mentor), np.int32)
    for pair in range(len(mentee)):
        at = place[mentee[pair]]
        place[mentee[pair]] += 1
        grouped_mentor[at], grouped_value[at] = mentor[pair], value[pair]
    return starts, grouped_mentor, grouped_value


@compiled
def _starts(keys, count):
    starts = np.zeros(count + 1, np.int64)
    for key in keys:
        starts[key + 1] += 1
    for n in range(count):
        starts[n + 1] += starts[n]
    return starts


@compiled
def rows_of_mentees(starts, mentor, value, keep_mentee, keep_mentor):
    """Return (starts, edges) of the rows in which kept mentees read kept mentors."""
    mentees = len(starts) - 1
    row = np.zeros(mentees + 1, np.int64)
    for i in range(mentees):
        kept = 0
        if keep_mentee[i]:
            for pair in range(starts[i], starts[i + 1]):
                kept += keep_mentor[mentor[pair]]
        row[i + 1] = row[i] + kept + 1
    edges = np.empty((row[mentees], 2), np.int64)
    for i in range(mentees):
        at = row[i]
        if keep_mentee[i]:
            for pair in range(starts[i], starts[i + 1]):
                if keep_mentor[mentor[pair]]:
                    _write(edges, at, value[pair], mentor[pair])
                    at += 1
        edges[at, KEY], edges[at, TARGET] = NEVER, -1
    return row, edges


@compiled
def rows_of_mentors(starts, mentor, value, keep_mentee, keep_mentor):
    """Return (starts, edges) of the rows in which kept mentors read kept mentees."""
    mentees, mentors = len(starts) - 1, len(keep_mentor)
    row = np.zeros(mentors + 1, np.int64)
    for i in range(mentees):
        if keep_mentee[i]:
            for pair in range(starts[i], starts[i + 1]):
                if keep_mentor[mentor[pair]]:
                    row[mentor[pair] + 1] += 1
    for j in range(mentors):
        row[j + 1] += row[j] + 1
    edges = np.empty((row[mentors], 2), np.int64)
    at = row[:-1].copy()
    for i in range(mentees):
        if keep_mentee[i]:
            for pair in range(starts[i], starts[i + 1]):
                j = mentor[pair]
                if keep_mentor[j]:
                    _write(edges, at[j], value[pair], i)
                    at[j] += 1
    for j in range(mentors):
        edges[at[j], KEY], edges[at[j], TARGET] = NEVER, -1
    return row, edges


@compiled(inline="always")
def _write(edges, at, score, item):
    edges[at, KEY] = score
    edges[at, TARGET] = (np.int64(score) << SCORE_SHIFT) | np.int64(item)


@compiled
def refresh(edges, near, price, start, end):
    """Bring the keys of a row up to today's prices (column `price` of `near`) and sort it, the best first.

    Ties are in the order of scores, then items, whatever the order before: this decides between equal optima.
    """
    for edge in range(start, end):
        target = edges[edge, TARGET]
        edges[edge, KEY] = (target >> SCORE_SHIFT) - near[target & ITEM_MASK, price]
    gap = 1
    while gap < (end - start) // 9:
        gap = 3 * gap + 1
    while gap > 0:  # Shell's sort: rows are short, and nearly in order
        for edge in range(start + gap, end):
            key, target, at = edges[edge, KEY], edges[edge, TARGET], edge
            while at - gap >= start and (
                edges[at - gap, KEY] < key or (edges[at - gap, KEY] == key and edges[at - gap, TARGET] > target)
            ):
                edges[at, KEY], edges[at, TARGET] = edges[at - gap, KEY], edges[at - gap, TARGET]
                at -= gap
            edges[at, KEY], edges[at, TARGET] = key, target
        gap //= 3
