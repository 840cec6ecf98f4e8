"""An optimum that follows its people: one comes, one leaves, a mentor offers more seats or fewer, without a full solve.

Tiers are prizes here, as in `solver`, but any prizes do whose steps from one tier to the next exceed every total of
values. Steps are made for twice as many mentees as there are. When that is exceeded, or when a tier comes that was not
known, prizes, prices and values rise together (`_widen`): one pass over the people, and over the pairs that those who
wait can reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .exchanges import (
    DISTANCE,
    FIRST,
    FREE,
    GONE,
    MENTOR,
    NEXT,
    NOT_REACHED,
    OTHER,
    PREVIOUS,
    PRICE,
    PRIZE,
    ROW,
    ROW_END,
    TIER,
    VALUE,
    WIDTH,
    WORTH,
    close_seats,
    enlist,
    first_tiers,
    leave_seat,
    offer,
    open_seats,
    room_for,
    seat,
    seat_as_assigned,
)
from .insertion import INFINITY
from .limits import MAX_NUMBER
from .prices import Graph, least_prices
from .problem import Duals, IntArray, InvalidProblem, Options, Problem, Solution, Stats
from .rows import by_mentee
from .scoring import optimised_scores


def _values(problem: Problem, options: Options) -> IntArray:
    """(E,) what each pair counts for in the total, 0 or more. Raises InvalidProblem for what cannot follow changes."""
    if options.floor:
        raise InvalidProblem("floor", "a floor is found by a full solve")
    if problem.pair_wish is not None or problem.pair_extra is not None:
        raise InvalidProblem("wish", "wishes and groups are honoured by a full solve")
    return optimised_scores(problem, options)


class Standing:
    """A problem and its optimum, kept together as people come and go.

    After each change as many mentees are served, tier by tier, as a full solve would serve, for the same total; where
    there are several such assignments it may be another one. The same changes in the same order give the same pairs.
    Mentees are named by identifier, mentors by position. A change is made entirely, or not at all if it raises.
    Whoever leaves still takes up memory: after many changes make a new one of `problem()` and `solution()`.

    solution: an optimum of `problem` for these options, as `solve` gives it. Raises InvalidProblem (a floor, wishes),
    and ValueError if it does not fit or does not serve as many as possible tier by tier; its prices are believed
    (`certify` checks them).
    """

    def __init__(self, problem: Problem, options: Options | None, solution: Solution) -> None:
        self._options = options or Options()
        values = _values(problem, self._options)
        self._ids = list(problem.mentee_ids)  # by number, those who left included; a mentee's number never changes
        self._number = {name: number for number, name in enumerate(self._ids)}
        self._mentor_ids, self._capacities = problem.mentor_ids, problem.capacities.copy()
        self._pairs = [(problem.pair_mentee, problem.pair_mentor, problem.pair_score)]
        self._told: Problem | None = None  # what stands, once asked for and until the next change
        self._mentees = _with_room(np.empty((0, WIDTH), dtype=np.int64), 0, problem.mentee_count)
        self._mentors = np.zeros((problem.mentor_count, WIDTH), dtype=np.int64)
        self._lay_out_rows(problem, values)
        self._read(problem, solution)
        # Prizes are for now what it is worth to be served in each tier.
        self._tiers, self._prizes = solution.duals.tier_levels, -solution.duals.tier_values
        self._step = self._highest = 0
        self._widen(self._tiers, values)

    def add_mentee(self, mentee_id: str, tier: int, mentors: Sequence[int], scores: Sequence[int]) -> None:
        """Let one mentee in; see `add_mentees`."""
        self.add_mentees([mentee_id], [tier], [0] * len(mentors), mentors, scores)

    def add_mentees(self, ids: Sequence[str], tiers: Any, pair_mentee: Any, pair_mentor: Any, pair_score: Any) -> None:
        """Let mentees in, one after the other.

        ids, tiers (n,); pair_mentee (e,) positions in `ids`; pair_mentor (e,) positions of mentors; pair_score (e,)
        0…10 000. Who left may come back. Raises InvalidProblem.
        """
        arrivals, pair_mentor = self._arrivals(ids, tiers, pair_mentee, pair_mentor, pair_score)
        values = _values(arrivals, self._options)
        self._widen(arrivals.tiers, values, arrivals.mentee_count)
        self._told = None
        first = len(self._ids)
        self._enter(arrivals, pair_mentor, values)
        for number in range(first, len(self._ids)):
            self._enlist(number)
            seat(number, self._mentees, self._mentors, self._mentee_rows)

    def remove_mentee(self, mentee_id: str) -> None:
        """Let a mentee leave; her seat, if she has one, is offered again. Raises KeyError."""
        number, self._told = self._number.pop(mentee_id), None
        mentor = self._mentees[number, MENTOR]
        leave_seat(number, self._mentees, self._mentors)
        self._mentees[number, VALUE] = GONE
        if mentor >= 0:
            offer(mentor, self._mentees, self._mentors, self._mentor_rows)

    def change_capacity(self, mentor: int, seats: int) -> None:
        """Give a mentor another number of seats; 0 if she leaves. Raises InvalidProblem."""
        mentor, seats = index(mentor), index(seats)
        if not 0 <= mentor < len(self._mentors):
            raise InvalidProblem("range", "mentor: a position in the list of mentors is expected")
        if not 0 <= seats <= MAX_NUMBER:
            raise InvalidProblem("range", f"seats: 0 to {MAX_NUMBER} is expected")
        more = seats - int(self._capacities[mentor])
        self._capacities[mentor], self._told = seats, None
        if more > 0:
            open_seats(mentor, more, self._mentees, self._mentors, self._mentor_rows)
        else:
            close_seats(mentor, -more, self._mentees, self._mentors, self._mentee_rows)

    def mentor_of(self, mentee_id: str) -> int | None:
        """Return the position of her mentor today, None if she waits. Raises KeyError."""
        mentor = int(self._mentees[self._number[mentee_id], MENTOR])
        return mentor if mentor >= 0 else None

    def problem(self) -> Problem:
        """Return the problem as it stands: those who came are last, in the order in which they came. Takes O(E)."""
        if self._told is None:
            self._told = self._tell()
        return self._told

    def _tell(self) -> Problem:
        present = self._present()
        position = np.full(len(self._ids), -1, dtype=np.int64)
        position[present] = np.arange(len(present))
        mentee, mentor, score = (np.concatenate(parts) for parts in zip(*self._pairs, strict=True))
        kept = position[mentee] >= 0
        told = Problem(
            mentee_ids=tuple(self._ids[number] for number in present.tolist()),
            tiers=self._mentees[present, TIER],
            mentor_ids=self._mentor_ids,
            capacities=self._capacities,
            pair_mentee=position[mentee[kept]],
            pair_mentor=mentor[kept],
            pair_score=score[kept],
        )
        self._pairs = [(mentee[kept], told.pair_mentor, told.pair_score)]
        return told

    def solution(self, *, least: bool = False) -> Solution:
        """Return the optimum of `problem()`, with its proof. Takes O(E).

        Prices are valid, not always the least ones (nor tier values the greatest): `least` asks for these, which are
        those of `solve` and are what reports explain, for about the time of reading all pairs in a random order.
        """
        problem, people = self.problem(), self._mentees[self._present()]
        levels = np.unique(problem.tiers)
        served, prices = people[:, VALUE] - people[:, PRIZE], self._mentors[:, PRICE].copy()
        tier_values = -self._prizes[np.searchsorted(self._tiers, levels)]
        assignment = people[:, MENTOR].copy()
        placed = assignment >= 0
        objective = int((served[placed] + prices[assignment[placed]]).sum())  # held pairs are tight
        if least:
            served, prices, tier_values = least_prices(
                self._graph(problem, levels, assignment), served, prices, tier_values, np.zeros(len(prices), dtype=bool)
            )
        for array in (assignment, served, prices, levels, tier_values):
            array.setflags(write=False)
        by_level = np.bincount(np.searchsorted(levels, problem.tiers[placed]), minlength=len(levels)).tolist()
        stats = Stats(
            matched=int(placed.sum()),
            matched_by_tier=MappingProxyType(dict(zip(levels.tolist(), by_level, strict=True))),
            total_score=int(problem.pair_score[assignment[problem.pair_mentee] == problem.pair_mentor].sum()),
            objective=objective,
        )
        return Solution(assignment, Duals(served, prices, levels, tier_values), stats)

    def _graph(self, problem: Problem, levels: IntArray, assignment: IntArray) -> Graph:
        values = _values(problem, self._options)
        rows = _by_first(problem.pair_mentee, problem.pair_mentor, values, problem.mentee_count)
        return Graph(*rows, np.searchsorted(levels, problem.tiers), len(levels), assignment)

    def _present(self) -> IntArray:
        return np.flatnonzero(self._mentees[: len(self._ids), VALUE] < GONE)

    def _lay_out_rows(self, problem: Problem, values: IntArray) -> None:
        """Rows by mentee and by mentor, with free space behind them for those who come."""
        ends = problem.mentee_count, problem.mentor_count
        starts, *pairs = _by_first(problem.pair_mentee, problem.pair_mentor, values, ends[0])
        self._mentee_rows = _rows(*pairs)
        self._mentees[: ends[0], ROW], self._mentees[: ends[0], ROW_END] = starts[:-1], starts[1:]
        starts, *pairs = _by_first(problem.pair_mentor, problem.pair_mentee, values, ends[1])
        self._mentor_rows = _rows(*pairs)
        self._mentors[:, ROW], self._mentors[:, ROW_END] = starts[:-1], starts[1:]
        self._room = np.diff(starts)
        self._mentee_rows_used = self._mentor_rows_used = problem.pair_count

    def _read(self, problem: Problem, solution: Solution) -> None:
        load = np.bincount(solution.assignment + 1, minlength=len(self._mentors) + 1)[1:]  # raises below UNMATCHED
        if len(solution.assignment) != problem.mentee_count or len(load) != len(self._mentors):
            raise ValueError("the solution is not one of this problem")
        if (load > self._capacities).any():
            raise ValueError("the solution gives a mentor more mentees than seats")
        duals, people, mentors = solution.duals, self._mentees[: problem.mentee_count], self._mentors
        tier_value = duals.tier_values[np.searchsorted(duals.tier_levels, problem.tiers)]
        people[:, VALUE], people[:, PRIZE], people[:, TIER] = duals.mentee - tier_value, -tier_value, problem.tiers
        people[:, [MENTOR, NEXT, PREVIOUS]] = -1
        mentors[:, PRICE], mentors[:, FREE], mentors[:, FIRST] = duals.mentor, self._capacities, -1
        mentors[:, DISTANCE] = INFINITY
        seat_as_assigned(solution.assignment.astype(np.int64), people, mentors)

    def _widen(self, tiers: IntArray, values: IntArray, arrivals: int = 0) -> None:
        """Make the steps between prizes large enough for these tiers, values and arrivals; the duals remain valid.

        A mentor whom exchanges join to somebody who waits becomes dearer by the rise of the first such tier, so that
        nobody who waits gains anything; a mentee who is served keeps the rest of her own tier's rise, which is no less.
        """
        highest = max(self._highest, int(values.max(initial=0)))
        needed = highest * (len(self._ids) + arrivals) + 1
        known = np.union1d(self._tiers, tiers)
        if needed <= self._step and len(known) == len(self._tiers):
            return
        step = self._step if needed <= self._step else 2 * needed
        # Nobody has a prize of a new tier: it starts as that of the next one.
        prizes = np.append(self._prizes, 0)[np.searchsorted(self._tiers, known)]
        rise = np.maximum(step - (prizes - np.append(prizes[1:], 0)), 0)[::-1].cumsum()[::-1]
        present, mentors = self._present(), self._mentors
        people = self._mentees[present]
        waiting = present[people[:, MENTOR] < 0]
        waiting = waiting[np.argsort(self._mentees[waiting, TIER], kind="stable")]
        first, well = first_tiers(waiting, self._mentees, mentors, self._mentee_rows)
        if not well:
            raise ValueError("the solution does not serve as many as possible tier by tier")
        dearer = np.append(rise, 0)[np.where(first == NOT_REACHED, len(rise), np.searchsorted(known, first))]
        own, held = rise[np.searchsorted(known, people[:, TIER])], people[:, MENTOR] >= 0
        self._mentees[present, PRIZE] += own
        self._mentees[present[held], VALUE] += own[held] - dearer[people[held, MENTOR]]
        mentors[:, PRICE] += dearer
        self._tiers, self._prizes, self._step, self._highest = known, prizes + rise, step, highest

    def _arrivals(
        self, ids: Sequence[str], tiers: Any, pair_mentee: Any, pair_mentor: Any, pair_score: Any
    ) -> tuple[Problem, IntArray]:
        """Return those who come as a problem of their own, and the position of the mentor of each of its pairs."""
        mentors = np.asarray(pair_mentor)
        if mentors.size and mentors.dtype.kind not in "iu":
            raise InvalidProblem("type", "pair_mentor: integers are expected")
        wrong = np.flatnonzero((mentors < 0) | (mentors >= len(self._mentors)))
        if wrong.size:
            raise InvalidProblem("range", "pair_mentor: a position in the list of mentors is expected", int(wrong[0]))
        met, position = np.unique(mentors.astype(np.int64), return_inverse=True)
        arrivals = Problem(
            mentee_ids=tuple(ids),
            tiers=tiers,
            mentor_ids=tuple(self._mentor_ids[mentor] for mentor in met.tolist()),
            capacities=self._capacities[met],
            pair_mentee=pair_mentee,
            pair_mentor=position,
            pair_score=pair_score,
        )
        here = next((n for n, name in enumerate(arrivals.mentee_ids) if name in self._number), None)
        if here is not None:
            raise InvalidProblem("duplicate_id", "mentee_ids: an identifier is already there", here)
        return arrivals, met[position]

    def _enter(self, arrivals: Problem, pair_mentor: IntArray, values: IntArray) -> None:
        """Write who comes, and the rows they read, behind those who are there."""
        count, first, used = arrivals.mentee_count, len(self._ids), self._mentee_rows_used
        starts, mentor, worth = _by_first(arrivals.pair_mentee, pair_mentor, values, count)
        self._mentee_rows = _with_room(self._mentee_rows, used, arrivals.pair_count)
        self._mentee_rows_used += arrivals.pair_count
        self._mentee_rows[used : self._mentee_rows_used] = np.column_stack([mentor, worth])
        self._mentees = _with_room(self._mentees, first, count)
        people = self._mentees[first : first + count]
        people[:, ROW], people[:, ROW_END] = used + starts[:-1], used + starts[1:]
        people[:, VALUE], people[:, TIER] = 0, arrivals.tiers
        people[:, PRIZE] = self._prizes[np.searchsorted(self._tiers, arrivals.tiers)]
        people[:, [MENTOR, NEXT, PREVIOUS]] = -1
        self._pairs.append((first + arrivals.pair_mentee, pair_mentor, arrivals.pair_score))
        self._number.update(zip(arrivals.mentee_ids, range(first, first + count), strict=True))
        self._ids.extend(arrivals.mentee_ids)

    def _enlist(self, number: int) -> None:
        """Let the mentors whom a mentee may meet know of her."""
        row = self._mentee_rows[self._mentees[number, ROW] : self._mentees[number, ROW_END]]
        most = int(room_for(self._room[row[:, OTHER]]).sum())
        self._mentor_rows = _with_room(self._mentor_rows, self._mentor_rows_used, most)
        self._mentor_rows_used = enlist(
            number, self._mentees, self._mentors, self._room,
            self._mentee_rows, self._mentor_rows, self._mentor_rows_used,
        )  # fmt: skip


def _by_first(first: IntArray, second: IntArray, values: IntArray, firsts: int) -> tuple[Any, ...]:
    """Return (starts (firsts + 1,), second, value) of pairs grouped by the first, whatever their integers."""
    return by_mentee(first.astype(np.int32), second.astype(np.int32), values.astype(np.int32), firsts)


def _rows(other: NDArray[np.int32], worth: NDArray[np.int32]) -> NDArray[np.int32]:
    """(more than E, 2) what exchanges read, with room for those who come."""
    rows = _with_room(np.empty((0, 2), dtype=np.int32), 0, len(other))
    rows[: len(other), OTHER], rows[: len(other), WORTH] = other, worth
    return rows


def _with_room(lines: np.ndarray, used: int, more: int) -> np.ndarray:
    """Return `lines` if `more` fit behind those in use, or a copy with half as much again (free pages cost nothing)."""
    if used + more <= len(lines):
        return lines
    copy = np.empty(((used + more) * 3 // 2 + 64, lines.shape[1]), dtype=lines.dtype)
    copy[:used] = lines[:used]
    return copy
