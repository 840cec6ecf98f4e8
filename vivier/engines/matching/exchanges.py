"""Exchanges that keep an assignment optimal as one person comes or goes, each along a shortest path (compiled).

Serving a mentee is worth the value of the pair and a prize for her tier, so a mentee who waits has value 0. Invariants
between two changes: value + price ≥ prize + value of the pair on every pair, equal on held ones; value ≥ 0, and 0 if
she waits; price ≥ 0, and 0 where a seat is free. Nothing is asked of a mentor who offers no seat but a price that
refuses everybody: no seat of hers is free. A path's distance is the total that it loses, so Dijkstra's search settles
what loses least, ties by distance then number; prices and values change by what is left to the end of the path.
"""

from __future__ import annotations

import numpy as np

from .compiled import compiled
from .heaps import grown, pop, push
from .insertion import INFINITY

# Mentees and mentors, one line of 64 bytes each, begin alike: where their row of pairs lies.
ROW, ROW_END = 0, 1
# mentees: her value and prize, her tier, her mentor (or -1), and those who share that mentor (or -1).
VALUE, PRIZE, TIER, MENTOR, NEXT, PREVIOUS = range(2, 8)
# mentors: price, free seats, the first of her mentees (or -1); in a search, distance and who moves where on the way.
PRICE, FREE, FIRST, DISTANCE, MOVER, TARGET = range(2, 8)
# pairs, in rows: the other person's number and the value of the pair.
OTHER, WORTH = 0, 1

WIDTH = 8
GONE = 1 << 60  # the value of a mentee who left: nothing that anybody could offer reaches it
NOT_REACHED = -1


@compiled
def seat(newcomer, mentees, mentors, rows):
    """Give a mentee without a seat the best place there is, moving others where it pays; she or another may wait.

    rows: pairs by mentee.
    """
    best, mentor, left_out, touched = _cheapest_place(newcomer, mentees, mentors, rows)
    _reprice(touched, best, 1, mentees, mentors)
    mentees[newcomer, VALUE] -= best
    if left_out >= 0:
        mentor = mentees[left_out, MENTOR]
        leave_seat(left_out, mentees, mentors)
    while mentor >= 0:
        mover = mentors[mentor, MOVER]
        freed = mentees[mover, MENTOR]
        leave_seat(mover, mentees, mentors)
        take_seat(mover, mentor, mentees, mentors)
        mentor = freed


@compiled
def _cheapest_place(newcomer, mentees, mentors, rows):
    """Search from a mentee. Returns (distance, mentor with a free seat or -1, who is to wait or -1, mentors met)."""
    value = 0
    for at in range(mentees[newcomer, ROW], mentees[newcomer, ROW_END]):
        value = max(value, mentees[newcomer, PRIZE] + rows[at, WORTH] - mentors[rows[at, OTHER], PRICE])
    mentees[newcomer, VALUE] = value
    heap_distance, heap_node, size = np.empty(256, np.int64), np.empty(256, np.int64), 0
    touched, reached = np.empty(len(mentors), np.int64), 0
    best, end, left_out = value, -1, newcomer
    mentee, distance = newcomer, 0
    while distance < best:
        while mentee >= 0:  # she alone at first, then all who share a mentor
            if distance + mentees[mentee, VALUE] < best:
                best, end, left_out = distance + mentees[mentee, VALUE], -1, mentee
            base = distance + mentees[mentee, VALUE] - mentees[mentee, PRIZE]
            for at in range(mentees[mentee, ROW], mentees[mentee, ROW_END]):
                mentor = rows[at, OTHER]
                cost = base + mentors[mentor, PRICE] - rows[at, WORTH]
                if cost < best and cost < mentors[mentor, DISTANCE]:
                    if mentors[mentor, DISTANCE] == INFINITY:
                        touched[reached] = mentor
                        reached += 1
                    mentors[mentor, DISTANCE], mentors[mentor, MOVER] = cost, mentee
                    if mentors[mentor, FREE] > 0:
                        best, end, left_out = cost, mentor, -1
                    else:
                        if size == len(heap_node):
                            heap_distance, heap_node = grown(heap_distance, heap_node)
                        push(heap_distance, heap_node, size, cost, mentor)
                        size += 1
            mentee = mentees[mentee, NEXT]
        distance, mentor, size = _nearest(heap_distance, heap_node, size, mentors)
        mentee = mentors[mentor, FIRST]
    return best, end, left_out, touched[:reached]


@compiled
def offer(mentor, mentees, mentors, rows):
    """Have the free seat of a mentor taken, others moving where it pays, or leave free the seat of least price.

    rows: pairs by mentor.
    """
    best, last, taken, touched = _dearest_use(mentor, mentees, mentors, rows)
    _reprice(touched, best, -1, mentees, mentors)
    while last != mentor:
        mover, target = mentors[last, MOVER], mentors[last, TARGET]
        leave_seat(mover, mentees, mentors)
        if taken >= 0:
            take_seat(taken, last, mentees, mentors)
        taken, last = mover, target
    if taken >= 0:
        take_seat(taken, mentor, mentees, mentors)


@compiled
def _dearest_use(offering, mentees, mentors, rows):
    """Search from a mentor. Returns (distance, mentor at the end, who waited and comes to her or -1, mentors met)."""
    heap_distance, heap_node, size = np.empty(256, np.int64), np.empty(256, np.int64), 0
    touched, reached = np.empty(len(mentors), np.int64), 1
    touched[0] = offering
    best, end, taken = mentors[offering, PRICE], offering, -1
    mentor, distance = offering, 0
    mentors[offering, DISTANCE] = 0
    while distance < best:
        base = distance + mentors[mentor, PRICE]
        for at in range(mentors[mentor, ROW], mentors[mentor, ROW_END]):
            mentee = rows[at, OTHER]
            cost = base + mentees[mentee, VALUE] - mentees[mentee, PRIZE] - rows[at, WORTH]
            if cost >= best:
                continue
            left = mentees[mentee, MENTOR]
            if left < 0:
                best, end, taken = cost, mentor, mentee
            elif cost < mentors[left, DISTANCE]:
                if mentors[left, DISTANCE] == INFINITY:
                    touched[reached] = left
                    reached += 1
                mentors[left, DISTANCE], mentors[left, MOVER], mentors[left, TARGET] = cost, mentee, mentor
                if cost + mentors[left, PRICE] < best:
                    best, end, taken = cost + mentors[left, PRICE], left, -1
                if size == len(heap_node):
                    heap_distance, heap_node = grown(heap_distance, heap_node)
                push(heap_distance, heap_node, size, cost, left)
                size += 1
        distance, mentor, size = _nearest(heap_distance, heap_node, size, mentors)
    return best, end, taken, touched[:reached]


@compiled(inline="always")
def _nearest(heap_distance, heap_node, size, mentors):
    """Take the nearest mentor out of a heap where she may appear again farther. Returns (distance, mentor, size)."""
    distance, mentor = INFINITY, 0
    while size > 0 and distance == INFINITY:
        if heap_distance[0] == mentors[heap_node[0], DISTANCE]:
            distance, mentor = heap_distance[0], heap_node[0]
        size -= 1
        pop(heap_distance, heap_node, size)
    return distance, mentor, size


@compiled
def _reprice(touched, best, sign, mentees, mentors):
    """Mentors nearer than `best` become dearer (sign 1) or cheaper (-1) by the difference; their mentees pay for it."""
    for mentor in touched:
        change = best - mentors[mentor, DISTANCE]
        if change > 0:
            mentors[mentor, PRICE] += sign * change
            mentee = mentors[mentor, FIRST]
            while mentee >= 0:
                mentees[mentee, VALUE] -= sign * change
                mentee = mentees[mentee, NEXT]
        mentors[mentor, DISTANCE] = INFINITY


@compiled
def take_seat(mentee, mentor, mentees, mentors):
    """Link a mentee to a mentor."""
    first = mentors[mentor, FIRST]
    mentees[mentee, MENTOR], mentees[mentee, NEXT], mentees[mentee, PREVIOUS] = mentor, first, -1
    if first >= 0:
        mentees[first, PREVIOUS] = mentee
    mentors[mentor, FIRST] = mentee
    mentors[mentor, FREE] -= 1


@compiled
def leave_seat(mentee, mentees, mentors):
    """Undo the link, if there is one."""
    mentor, following, before = mentees[mentee, MENTOR], mentees[mentee, NEXT], mentees[mentee, PREVIOUS]
    if mentor < 0:
        return
    if following >= 0:
        mentees[following, PREVIOUS] = before
    if before >= 0:
        mentees[before, NEXT] = following
    else:
        mentors[mentor, FIRST] = following
    mentors[mentor, FREE] += 1
    mentees[mentee, MENTOR], mentees[mentee, NEXT], mentees[mentee, PREVIOUS] = -1, -1, -1


@compiled
def seat_as_assigned(assignment, mentees, mentors):
    """Link all mentees to the mentors of an assignment (-1 waits)."""
    for mentee in range(len(assignment) - 1, -1, -1):
        if assignment[mentee] >= 0:
            take_seat(mentee, assignment[mentee], mentees, mentors)


@compiled
def open_seats(mentor, seats, mentees, mentors, rows):
    """Offer more seats. Once the price is 0, nobody gains by another one. rows: pairs by mentor."""
    while seats > 0 and mentors[mentor, PRICE] > 0:
        mentors[mentor, FREE] += 1
        seats -= 1
        offer(mentor, mentees, mentors, rows)
    mentors[mentor, FREE] += seats


@compiled
def close_seats(mentor, seats, mentees, mentors, rows):
    """Withdraw seats, the free ones first; whoever loses hers is seated as a newcomer. rows: pairs by mentee."""
    spared = min(seats, mentors[mentor, FREE])
    mentors[mentor, FREE] -= spared
    for _ in range(seats - spared):
        mentee = mentors[mentor, FIRST]
        leave_seat(mentee, mentees, mentors)
        mentors[mentor, FREE] -= 1
        seat(mentee, mentees, mentors, rows)


@compiled
def enlist(newcomer, mentees, mentors, room, mentee_rows, mentor_rows, used):
    """Write a mentee's pairs in her mentors' rows; a row that has no room left moves to the end, with more of it.

    room (M,): length that each row may reach; used: where free space begins in mentor_rows. Returns the new `used`.
    """
    for at in range(mentees[newcomer, ROW], mentees[newcomer, ROW_END]):
        mentor = mentee_rows[at, OTHER]
        start, length = mentors[mentor, ROW], mentors[mentor, ROW_END] - mentors[mentor, ROW]
        if length == room[mentor]:
            room[mentor] = room_for(length)
            for pair in range(length):
                mentor_rows[used + pair, OTHER] = mentor_rows[start + pair, OTHER]
                mentor_rows[used + pair, WORTH] = mentor_rows[start + pair, WORTH]
            start, used = used, used + room[mentor]
        mentor_rows[start + length, OTHER], mentor_rows[start + length, WORTH] = newcomer, mentee_rows[at, WORTH]
        mentors[mentor, ROW], mentors[mentor, ROW_END] = start, start + length + 1
    return used


@compiled
def room_for(length):
    """Room of a row that has to move: a quarter more, so that moving costs little in the long run."""
    return length + (length >> 2) + 4


@compiled
def first_tiers(waiting, mentees, mentors, rows):
    """Return (M,) the first tier from which one who waits reaches each mentor by exchanges, and whether all is well.

    waiting: ascending by tier. All is well if no exchange reaches a free seat nor a served mentee of a later tier.
    rows: pairs by mentee.
    """
    tiers = np.full(len(mentors), NOT_REACHED, np.int64)
    pending = np.empty(len(mentees) + 1, np.int64)
    for start in waiting:
        tier = mentees[start, TIER]
        pending[0], size = start, 1
        while size > 0:
            size -= 1
            mentee = pending[size]
            for at in range(mentees[mentee, ROW], mentees[mentee, ROW_END]):
                mentor = rows[at, OTHER]
                if tiers[mentor] != NOT_REACHED:
                    continue
                tiers[mentor] = tier
                if mentors[mentor, FREE] > 0:
                    return tiers, False
                holder = mentors[mentor, FIRST]
                while holder >= 0:
                    if mentees[holder, TIER] > tier:
                        return tiers, False
                    pending[size] = holder
                    size += 1
                    holder = mentees[holder, NEXT]
    return tiers, True
