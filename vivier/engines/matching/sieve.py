"""The rules applied to pairs, one after the other, and their points (compiled). `candidates` prepares and names.

A mentee's row holds mentors that may still be hers, in order: each rule shortens it. An entry is a mentor and her
distance in one word. Inner loops are given arrays, not tuples of them, which compiled code reads slowly.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .limits import MAX_SCORE
from .policy import COMMON, MAX_RADIUS_KM, PARTS, RULES
from .sphere import MARGIN_KM, chord_of, chord_squared, limit_metres, metres, slices
from .tables import UNKNOWN, Lists

MENTEE, MENTOR, DISTANCE = range(3)  # rows of what is written about pairs
NEUTRAL_SCORE = 5_000  # of a pair about which no part is known
_DISTANCE, _VETTING, _PAST_REFUSAL, _SAME_EMPLOYER, _LANGUAGE, _SLOTS = range(len(RULES))
_SLOTS_SET, _LANGUAGES_SET = COMMON.index("slots"), COMMON.index("languages")
_RULES, _SETS, _PARTS = len(RULES), len(COMMON), len(PARTS)
_SHIFT, _MASK = 32, (1 << 32) - 1  # an entry is mentor << 32 | metres + 1
_MOST = np.iinfo(np.int16).max  # codes in common that are told; full marks ask for far fewer
_ONE = np.uint64(1)


class Rules(NamedTuple):
    """The hard rules of a policy, and whom they name.

    refused, companies  for each mentee the mentors of past refusals, and the companies excluded
    position, company   (M,) the number by which each mentor, and her company, is named there
    """

    radius_km: float
    online_beyond_radius: bool
    require_vetting: bool
    require_common_language: bool
    require_common_slot: bool
    refused: Lists
    companies: Lists
    position: NDArray[np.int32]
    company: NDArray[np.int32]


@compiled
def sieve(mentee, left, right, index, anywhere, online, rules, places, common, by_internet, refusals):
    """Write the eligible pairs of the mentees from `mentee` on, as long as all mentors of one more would find room.

    index      of the mentors who have a place; `online`: positions of those of them who also meet online
    anywhere   positions of the mentors without a place
    places     (3, room) mentee, mentor, distance_m; common: (3, room); by_internet: (1, room) True beyond the radius
    refusals   (N, rules) mentors kept away, each counted at the first rule that refuses
    Returns the first mentee left over, and how many pairs were written.
    """
    mentors, room = len(right.online), places.shape[1]
    row, found, marks = _work_space(mentors, index)
    end = 0
    while mentee < len(left.online) and end + mentors <= room:
        count = _within_reach(mentee, left, right, index, anywhere, online, rules, found, row)
        refusals[mentee, _DISTANCE] = mentors - count
        start, end = end, end + _allowed(mentee, left, right, rules, row[:count], marks, refusals[mentee])
        kept = row[: end - start]
        _write_places(mentee, kept, rules.radius_km + left.error_km[mentee], right.error_km, places, by_internet, start)
        for n in range(_SETS):
            first = left.word[n]
            _write_shared(kept, left.bits[mentee, first : left.word[n + 1]], right.bits, first, common[n, start:end])
        mentee += 1
    return mentee, end


@compiled
def look_beyond(left, right, index, rules, seeking, nearest, nearest_m):
    """Write the nearest mentor whom only the distance keeps away, and her metres; of two as near, the first given.

    index: of the mentors who have a place and a seat; seeking: (N,) True where a search makes sense
    """
    row, found, marks = _work_space(len(right.online), index)
    untold = np.empty(_RULES, np.int64)
    for mentee in np.flatnonzero(seeking):
        inner = rules.radius_km + left.error_km[mentee]
        ring = max(1.0, 1.1 * inner)  # km; it grows until somebody is found
        while nearest[mentee] == UNKNOWN:
            count = _around(mentee, left, right, index, rules, inner - MARGIN_KM, ring, True, found, row)
            count = _allowed(mentee, left, right, rules, row[:count], marks, untold)
            best = math.inf
            for entry in row[:count]:
                mentor = entry >> _SHIFT
                chord = chord_squared(left.point, mentee, right.point, mentor)
                if chord < best or (chord == best and mentor < nearest[mentee]):
                    best, nearest[mentee], nearest_m[mentee] = chord, mentor, _metres_of(entry)
            if ring >= MAX_RADIUS_KM:
                break
            inner, ring = ring, 1.5 * ring


@compiled
def points_and_scores(distance, common, radius_m, full_marks, weights):
    """(parts, E) points, -1 unknown: proximity falls evenly from the door to the radius, the others rise to full marks.

    And (E,) scores: the weighted mean of the known parts, rounded to the nearest integer, halves up.
    """
    pairs = len(distance)
    points, scores = np.empty((_PARTS, pairs), np.int16), np.empty(pairs, np.int32)
    for pair in range(pairs):
        total = weight = 0
        for part in range(_PARTS):
            value = distance[pair] if part == 0 else common[part - 1, pair]
            if value == UNKNOWN:
                points[part, pair] = UNKNOWN
                continue
            if part == 0:
                given = (MAX_SCORE * (radius_m - min(value, radius_m)) + radius_m // 2) // radius_m
            else:
                given = MAX_SCORE * min(value, full_marks[part - 1]) // full_marks[part - 1]
            points[part, pair] = given
            total += weights[part] * given
            weight += weights[part]
        scores[pair] = NEUTRAL_SCORE if weight == 0 else (2 * total + weight) // (2 * weight)
    return points, scores


@compiled
def _work_space(mentors, index):
    """Room for a row, for slices of the index, and marks by mentor or company."""
    return np.empty(mentors, np.int64), np.empty((2 * len(index.starts), 2), np.int64), np.zeros(mentors + 1, np.bool_)


@compiled
def _within_reach(mentee, left, right, index, anywhere, online, rules, found, row):
    """Write into `row` the mentors whom the distance does not refuse, ascending; return how many."""
    if math.isnan(left.latitude[mentee]):
        for mentor in range(len(row)):
            row[mentor] = _entry(mentor, UNKNOWN)
        return len(row)
    outer = rules.radius_km + left.error_km[mentee]
    count = _around(mentee, left, right, index, rules, 0.0, outer, False, found, row)
    for mentor in anywhere:
        row[count] = _entry(mentor, UNKNOWN)
        count += 1
    if rules.online_beyond_radius and left.online[mentee]:
        for mentor in online:
            row[count] = _entry(mentor, metres(chord_squared(left.point, mentee, right.point, mentor)))
            count += 1
    row[:count].sort()
    return count


@compiled
def _around(mentee, left, right, index, rules, inner, outer, beyond, found, row):
    """Write into `row` the mentors of an index between two distances in km, within the limit or beyond it.

    Those whom she meets online wherever they live are left out. Within the limit, `outer` grows by mentors' errors.
    """
    skip_online = rules.online_beyond_radius and left.online[mentee]
    point, places, position, online, errors = left.point, index.point, index.position, right.online, right.error_km
    own_limit, shortest, count = rules.radius_km + left.error_km[mentee], chord_of(inner), 0
    for group in range(len(index.error_km)):
        km = outer if beyond else outer + index.error_km[group]
        longest = chord_of(km + MARGIN_KM)
        number = slices(index, group, left.latitude[mentee], left.longitude[mentee], km, found)
        for n in range(number):
            for at in range(found[n, 0], found[n, 1]):
                chord = chord_squared(point, mentee, places, at)
                if chord > longest or chord < shortest:
                    continue
                mentor, distance = position[at], metres(chord)
                if (distance > limit_metres(own_limit, errors[mentor])) == beyond:
                    row[count] = _entry(mentor, distance)
                    count += not (skip_online and online[mentor])
    return count


@compiled
def _allowed(mentee, left, right, rules, row, marks, refusals):
    """Shorten `row` to those whom no rule but the distance refuses, counting the others; return how many stay."""
    count = len(row)
    kept = _keep_vetted(row, right.vetting) if rules.require_vetting else count
    refusals[_VETTING], count = count - kept, kept
    kept = _keep_unnamed(row[:count], rules.position, _listed(rules.refused, mentee), marks)
    refusals[_PAST_REFUSAL], count = count - kept, kept
    kept = _keep_unnamed(row[:count], rules.company, _listed(rules.companies, mentee), marks)
    refusals[_SAME_EMPLOYER], count = count - kept, kept
    if rules.require_common_language:
        kept = _keep_sharing(row[:count], left.bits[mentee], right.bits, left.word, _LANGUAGES_SET)
    refusals[_LANGUAGE], count = count - kept, kept
    if rules.require_common_slot:
        kept = _keep_sharing(row[:count], left.bits[mentee], right.bits, left.word, _SLOTS_SET)
    refusals[_SLOTS] = count - kept
    return kept


@compiled
def _keep_vetted(row, vetting):
    kept = 0
    for entry in row:
        row[kept] = entry
        kept += vetting[entry >> _SHIFT] != 0
    return kept


@compiled
def _keep_unnamed(row, number, named, marks):
    """Keep the mentors whose number is not among those named."""
    if len(named) == 0:
        return len(row)
    for one in named:
        marks[one] = True
    kept = 0
    for entry in row:
        row[kept] = entry
        kept += not marks[number[entry >> _SHIFT]]
    for one in named:
        marks[one] = False
    return kept


@compiled
def _keep_sharing(row, mine, theirs, word, common):
    """Keep those who share a code of a set with her, and those of whom it is unknown."""
    first, last = word[common], word[common + 1]
    if not mine[first:last].any():
        return len(row)
    kept = 0
    for entry in row:
        mentor, hers, both = entry >> _SHIFT, np.uint64(0), np.uint64(0)
        for n in range(first, last):
            hers |= theirs[mentor, n]
            both |= theirs[mentor, n] & mine[n]
        row[kept] = entry
        kept += (hers == 0) | (both != 0)
    return kept


@compiled
def _write_places(mentee, row, own_limit, errors, places, by_internet, start):
    for n, entry in enumerate(row):
        mentor, distance = entry >> _SHIFT, _metres_of(entry)
        places[MENTEE, start + n], places[MENTOR, start + n], places[DISTANCE, start + n] = mentee, mentor, distance
        by_internet[0, start + n] = distance > limit_metres(own_limit, errors[mentor])


@compiled
def _write_shared(row, mine, theirs, first, counts):
    for n, entry in enumerate(row):
        counts[n] = min(_shared(mine, theirs, entry >> _SHIFT, first), _MOST)


@compiled
def _shared(mine, theirs, mentor, first):
    """How many codes of one set she shares with a mentor, whose set begins at word `first`; -1 where one is unknown."""
    any_mine, any_theirs, count = np.uint64(0), np.uint64(0), 0
    for n in range(len(mine)):
        any_mine |= mine[n]
        any_theirs |= theirs[mentor, first + n]
        both = mine[n] & theirs[mentor, first + n]
        while both:
            both &= both - _ONE
            count += 1
    return count if any_mine and any_theirs else UNKNOWN


@compiled
def _entry(mentor, distance):
    return np.int64(mentor) << _SHIFT | np.int64(distance + 1)


@compiled
def _metres_of(entry):
    return (entry & _MASK) - 1


@compiled
def _listed(lists, mentee):
    return lists.values[lists.starts[mentee] : lists.starts[mentee + 1]]
