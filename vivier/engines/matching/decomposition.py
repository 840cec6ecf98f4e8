"""Split a problem where seats abound from where they are scarce (Dulmage-Mendelsohn, capacitated Hopcroft-Karp).

Source: J. Hopcroft and R. Karp, 1973; A. Dulmage and N. Mendelsohn, 1958. Compiled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .problem import IntArray, PairArray


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """scarce_mentees (N,): those that an alternating path joins to somebody who waits in some maximum matching;
    scarce_mentors (M,): all the mentors these may meet, every one full. The rest can be served entirely by the rest.
    """

    scarce_mentees: NDArray[np.bool_]
    scarce_mentors: NDArray[np.bool_]
    matched: int  # size of a maximum matching
    phases: int


def decompose(starts: IntArray, mentor: PairArray, capacities: IntArray) -> Decomposition:
    """Split the graph. starts (N+1,), mentor (E,): whom each may meet; capacities (M,): at most a degree."""
    everyone = np.zeros(len(starts) - 1, np.int64)
    mentor_of, reached, level, phases = _serve(starts, mentor, capacities, everyone, 1, _fewest_first(starts))
    return Decomposition(reached, level > 0, int((mentor_of >= 0).sum()), phases)


def serve_by_level(
    starts: IntArray, mentor: PairArray, capacities: IntArray, level: IntArray, levels: int
) -> NDArray[np.int64]:
    """As many mentees as possible, level by level (N,: 0…levels-1). Returns (N,) the mentor of each, -1 for none."""
    return _serve(starts, mentor, capacities, level, levels, _fewest_first(starts))[0]


def _fewest_first(starts: IntArray) -> IntArray:
    """Mentees, those who may meet fewest mentors first; numpy sorts what numba would take seconds to compile."""
    return np.argsort(np.diff(starts), kind="stable")


@compiled
def _serve(starts, mentor, capacities, level_of, levels, order):
    """Returns (mentor of each mentee, mentees and mentors that those of the last level who wait reach, phases).

    level_of (N,): 0…levels-1; order (N,): in which mentees take a first seat.
    """
    mentees, mentors = len(starts) - 1, len(capacities)
    first = np.zeros(mentors + 1, np.int64)
    for j in range(mentors):
        first[j + 1] = first[j] + capacities[j]
    holder = np.empty(first[mentors], np.int64)  # by seat: a mentor's lie side by side
    load = np.zeros(mentors, np.int64)
    mentor_of, seat_of = np.full(mentees, -1, np.int64), np.full(mentees, -1, np.int64)
    level, reached = np.zeros(mentors, np.int64), np.zeros(mentees, np.bool_)
    phases = 0
    for now in range(levels):  # whoever is served stays served: matchable sets form a matroid
        who = level_of == now
        _seat_greedily(order, who, starts, mentor, capacities, first, holder, load, mentor_of, seat_of)
        phases += _seat_all(who, starts, mentor, capacities, first, holder, load, mentor_of, seat_of, level, reached)
    return mentor_of, reached, level, phases


@compiled
def _seat_all(who, starts, mentor, capacities, first, holder, load, mentor_of, seat_of, level, reached):
    """Seat as many of `who` as possible, moving others but unseating nobody. Returns the number of phases."""
    mentees = len(starts) - 1
    frontier = np.empty(mentees, np.int64)
    parent = np.empty(mentees, np.int64)
    phases = 0
    while True:
        phases += 1
        if not _spread(who, starts, mentor, capacities, first, holder, load, mentor_of, level, reached, frontier):
            return phases
        next_pair, next_seat, visited = starts[:-1].copy(), first[:-1].copy(), np.zeros(mentees, np.bool_)
        for mentee in range(mentees):
            if mentor_of[mentee] >= 0 or not who[mentee]:
                continue
            last = _path_from(
                mentee, starts, mentor, capacities, first, holder, load, mentor_of, level,
                next_pair, next_seat, parent, visited, frontier,
            )  # fmt: skip
            if last >= 0:
                _shift(last, mentor[next_pair[last]], first, holder, load, mentor_of, seat_of, parent)


@compiled
def _seat_greedily(order, who, starts, mentor, capacities, first, holder, load, mentor_of, seat_of):
    """Give each mentee the first seat she meets."""
    for mentee in order:
        if not who[mentee]:
            continue
        for pair in range(starts[mentee], starts[mentee + 1]):
            j = mentor[pair]
            if load[j] < capacities[j]:
                mentor_of[mentee], seat_of[mentee] = j, first[j] + load[j]
                holder[seat_of[mentee]] = mentee
                load[j] += 1
                break


@compiled
def _spread(who, starts, mentor, capacities, first, holder, load, mentor_of, level, reached, frontier):
    """Breadth-first levels from those of `who` who wait (0: not reached). Tells whether a free seat was met."""
    level[:], reached[:] = 0, False
    size = 0
    for mentee in range(len(mentor_of)):
        if mentor_of[mentee] < 0 and who[mentee]:
            reached[mentee] = True
            frontier[size] = mentee
            size += 1
    begin, depth, free_seat = 0, 0, False
    while begin < size and not free_seat:
        depth, end = depth + 1, size
        for at in range(begin, end):
            for pair in range(starts[frontier[at]], starts[frontier[at] + 1]):
                j = mentor[pair]
                if level[j] != 0 or capacities[j] == 0:
                    continue
                level[j] = depth
                if load[j] < capacities[j]:
                    free_seat = True
                    continue
                for seat in range(first[j], first[j] + load[j]):
                    if not reached[holder[seat]]:
                        reached[holder[seat]] = True
                        frontier[size] = holder[seat]
                        size += 1
        begin = end
    return free_seat


@compiled
def _path_from(
    start, starts, mentor, capacities, first, holder, load, mentor_of, level,
    next_pair, next_seat, parent, visited, stack,
):  # fmt: skip
    """Depth-first along rising levels. Returns the last mentee of a path to a free seat (her next pair), or -1."""
    stack[0], size = start, 1
    while size > 0:
        mentee = stack[size - 1]
        wanted = 1 if mentor_of[mentee] < 0 else level[mentor_of[mentee]] + 1
        pushed = False
        while next_pair[mentee] < starts[mentee + 1]:
            j = mentor[next_pair[mentee]]
            if level[j] == wanted:
                if load[j] < capacities[j]:
                    return mentee
                while next_seat[j] < first[j] + load[j]:
                    other = holder[next_seat[j]]
                    next_seat[j] += 1
                    if not visited[other]:
                        visited[other], parent[other] = True, mentee
                        stack[size] = other
                        size += 1
                        pushed = True
                        break
                if pushed:
                    break
            next_pair[mentee] += 1
        if not pushed:
            size -= 1
    return -1


@compiled
def _shift(mentee, mentor, first, holder, load, mentor_of, seat_of, parent):
    """Give the free seat to the path's last mentee, her seat to the one who asked for it, and so on."""
    seat = first[mentor] + load[mentor]
    load[mentor] += 1
    while True:
        freed_mentor, freed_seat = mentor_of[mentee], seat_of[mentee]
        mentor_of[mentee], seat_of[mentee], holder[seat] = mentor, seat, mentee
        if freed_mentor < 0:
            return
        mentee, mentor, seat = parent[mentee], freed_mentor, freed_seat
