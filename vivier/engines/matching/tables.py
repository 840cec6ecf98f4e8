"""People as columns that compiled loops read: points of the unit sphere, bit sets, flags, lists of positions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .policy import COMMON
from .problem import IntArray, InvalidProblem
from .profiles import QPV_ANSWERS, MenteeProfile, MentorProfile

UNKNOWN = -1
_WORD = 64

Bits = NDArray[np.uint64]
Person = MenteeProfile | MentorProfile


class People(NamedTuple):
    """n people. A tuple, because compiled code reads it.

    latitude, longitude  (n,) radians, NaN where unknown; point: (n, 3) on the unit sphere
    error_km             (n,) how far off the place may be
    bits                 (n, words) sets as bits, all 0 where unknown; the set `common` of policy.COMMON lies in the
                         words from word[common] to word[common + 1]
    online, vetting      (n,) True where accepted; 1 valid, 0 not, -1 unknown
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    point: NDArray[np.float64]
    error_km: NDArray[np.float64]
    bits: Bits
    word: IntArray
    online: NDArray[np.bool_]
    vetting: NDArray[np.int8]


class Lists(NamedTuple):
    """A list of numbers for each person: those of the n-th are values[starts[n]:starts[n + 1]]."""

    starts: IntArray
    values: NDArray[np.int32]


def read_people(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> tuple[People, People]:
    """Both sides as columns, with the same bit for the same code. Raises InvalidProblem (a place that is none)."""
    for index, mentee in enumerate(mentees):
        if mentee.qpv not in QPV_ANSWERS:
            raise InvalidProblem("qpv", f"qpv: one of {', '.join(QPV_ANSWERS)} is expected", index)
    sets = [_bits(name, mentees, mentors) for name in COMMON]
    word = np.cumsum([0, *(left.shape[1] for left, _ in sets)])
    left, right = (
        _columns(side, np.hstack([pair[n] for pair in sets]), word) for n, side in enumerate((mentees, mentors))
    )
    return left, right


def lists(each: Iterable[Sequence[int]]) -> Lists:
    """Lists of numbers, one for each person, as two arrays."""
    each = list(each)
    starts = np.cumsum([0, *map(len, each)], dtype=np.int64)
    return Lists(starts, np.fromiter(chain.from_iterable(each), np.int32, int(starts[-1])))


def known(people: People, common: int) -> NDArray[np.bool_]:
    """(n,) True where a set of policy.COMMON is known."""
    return people.bits[:, people.word[common] : people.word[common + 1]].any(axis=1)


def _columns(side: Sequence[Person], bits: Bits, word: IntArray) -> People:
    latitude, longitude, error_km = _places(side)
    ring = np.cos(latitude)
    vetting = (getattr(one, "vetting_valid", None) for one in side)
    return People(
        latitude=latitude,
        longitude=longitude,
        point=np.column_stack([ring * np.cos(longitude), ring * np.sin(longitude), np.sin(latitude)]),
        error_km=error_km,
        bits=bits,
        word=word,
        online=np.fromiter((one.accepts_online is True for one in side), bool, len(side)),
        vetting=np.fromiter((UNKNOWN if valid is None else valid for valid in vetting), np.int8, len(side)),
    )


def _places(side: Sequence[Person]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes in radians (NaN: unknown), and errors in km. The first that is impossible is told."""
    given = [list(map(attrgetter(name), side)) for name in ("lat", "lon")]
    lat, lon = (np.array(degrees, dtype=np.float64) for degrees in given)  # None becomes NaN
    error = np.array(list(map(attrgetter("location_error_km"), side)), dtype=np.float64)
    no_lat, no_lon = (np.fromiter((one is None for one in degrees), bool, len(side)) for degrees in given)
    half = no_lat != no_lon
    nowhere = ~no_lat & ~((np.abs(lat) <= 90) & (np.abs(lon) <= 180))
    boundless = ~((error >= 0) & (error < math.inf))
    wrong = np.flatnonzero(half | nowhere | boundless)
    if wrong.size:
        index = int(wrong[0])
        if half[index]:
            raise InvalidProblem("location", "a latitude and a longitude go together", index)
        if nowhere[index]:
            raise InvalidProblem("location", "degrees of latitude and longitude are expected", index)
        raise InvalidProblem("location", "an error in km, 0 or more, is expected", index)
    return np.radians(lat), np.radians(lon), error


def _bits(name: str, *sides: Sequence[Any]) -> list[Bits]:
    """For each side (n, words) bits of one set. Each distinct set is spelt once: people often say the same."""
    number: dict[frozenset[str], int] = {}
    rows = [
        np.fromiter((number.setdefault(frozenset(getattr(one, name) or ()), len(number)) for one in side), np.int64)
        for side in sides
    ]
    bit: dict[str, int] = {}
    spelt = [sum(1 << bit.setdefault(code, len(bit)) for code in codes) for codes in number]
    words = max(1, -(-len(bit) // _WORD))
    packed = b"".join(value.to_bytes(words * _WORD // 8, "little") for value in spelt)
    table = np.frombuffer(packed, dtype="<u8").astype(np.uint64).reshape(-1, words)
    return [table[row] for row in rows]
