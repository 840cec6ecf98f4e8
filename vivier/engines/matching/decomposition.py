"""Split a problem where seats abound from where they are scarce (Dulmage-Mendelsohn, capacitated Hopcroft-Karp).

Source: J. Hopcroft and R. Karp, 1973; A. Dulmage and N. Mendelsohn, 1958.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decomposition:
    """scarce_mentees: those that an alternating path joins to somebody who waits in some maximum matching;
    scarce_mentors: all the mentors these may meet, every one full. The rest can be served entirely by the rest.
    """

    scarce_mentees: list[bool]
    scarce_mentors: list[bool]
    matched: int  # size of a maximum matching
    phases: int


class _Matching:
    """A growing matching of mentees to seats. `level` is a mentor's distance from the mentees who wait."""

    def __init__(self, neighbours: Sequence[Sequence[int]], capacities: Sequence[int]) -> None:
        self.neighbours = neighbours
        self.capacities = capacities
        self.mentor_of = [-1] * len(neighbours)
        self.seat_of = [-1] * len(neighbours)
        self.holders: list[list[int]] = [[] for _ in capacities]
        self.level: list[int] = []

    def seat_greedily(self) -> None:
        for mentee in sorted(range(len(self.neighbours)), key=lambda i: len(self.neighbours[i])):
            for mentor in self.neighbours[mentee]:
                if len(self.holders[mentor]) < self.capacities[mentor]:
                    self._sit(mentee, mentor)
                    break

    def _sit(self, mentee: int, mentor: int) -> None:
        self.mentor_of[mentee] = mentor
        self.seat_of[mentee] = len(self.holders[mentor])
        self.holders[mentor].append(mentee)

    def waiting(self) -> list[int]:
        return [mentee for mentee, mentor in enumerate(self.mentor_of) if mentor < 0]

    def spread(self) -> tuple[list[bool], bool]:
        """Breadth-first levels from all who wait. Returns the mentees reached, and whether a free seat was met."""
        self.level = level = [0] * len(self.capacities)  # 0: not reached
        reached = [False] * len(self.neighbours)
        frontier = self.waiting()
        for mentee in frontier:
            reached[mentee] = True
        depth, free_seat = 0, False
        while frontier and not free_seat:
            depth += 1
            following: list[int] = []
            for mentee in frontier:
                for mentor in self.neighbours[mentee]:
                    if level[mentor] == 0:
                        level[mentor] = depth
                        holders = self.holders[mentor]
                        if len(holders) < self.capacities[mentor]:
                            free_seat = True
                        else:
                            following.extend(holders)
                            for holder in holders:
                                reached[holder] = True
            frontier = following
        return reached, free_seat

    def augment_all(self) -> None:
        """Seat as many of those who wait as disjoint shortest paths allow."""
        self.next_neighbour = [0] * len(self.neighbours)
        self.next_holder = [0] * len(self.capacities)
        self.parent = [-1] * len(self.neighbours)
        self.visited = [False] * len(self.neighbours)
        for mentee in self.waiting():
            end = self._path_from(mentee)
            if end is not None:
                self._shift(*end)

    def _path_from(self, start: int) -> tuple[int, int] | None:
        """Depth-first along rising levels; the last mentee of the path and the free mentor met, or None."""
        stack = [start]
        while stack:
            mentee = stack[-1]
            row = self.neighbours[mentee]
            held = self.mentor_of[mentee]
            wanted = 1 if held < 0 else self.level[held] + 1
            pushed = False
            while self.next_neighbour[mentee] < len(row):
                mentor = row[self.next_neighbour[mentee]]
                if self.level[mentor] == wanted:
                    holders = self.holders[mentor]
                    if len(holders) < self.capacities[mentor]:
                        return mentee, mentor
                    pushed = self._push_holder(mentor, mentee, stack)
                    if pushed:
                        break
                self.next_neighbour[mentee] += 1
            if not pushed:
                stack.pop()
        return None

    def _push_holder(self, mentor: int, asker: int, stack: list[int]) -> bool:
        holders = self.holders[mentor]
        while self.next_holder[mentor] < len(holders):
            holder = holders[self.next_holder[mentor]]
            self.next_holder[mentor] += 1
            if not self.visited[holder]:
                self.visited[holder] = True
                self.parent[holder] = asker
                stack.append(holder)
                return True
        return False

    def _shift(self, mentee: int, mentor: int) -> None:
        """Give the free seat to the path's last mentee, her seat to the one who asked for it, and so on."""
        freed_mentor, freed_seat = self.mentor_of[mentee], self.seat_of[mentee]
        self._sit(mentee, mentor)
        while freed_mentor >= 0:
            mentee = self.parent[mentee]
            mentor, seat = freed_mentor, freed_seat
            freed_mentor, freed_seat = self.mentor_of[mentee], self.seat_of[mentee]
            self.mentor_of[mentee], self.seat_of[mentee] = mentor, seat
            self.holders[mentor][seat] = mentee


def decompose(neighbours: Sequence[Sequence[int]], capacities: Sequence[int]) -> Decomposition:
    """Split the graph. neighbours: for each mentee the mentors she may meet; capacities: seats of each mentor."""
    matching = _Matching(neighbours, capacities)
    matching.seat_greedily()
    phases = 0
    while True:
        phases += 1
        reached, free_seat = matching.spread()
        if not free_seat:
            break
        matching.augment_all()
    return Decomposition(
        scarce_mentees=reached,
        scarce_mentors=[level > 0 for level in matching.level],
        matched=len(neighbours) - len(matching.waiting()),
        phases=phases,
    )
