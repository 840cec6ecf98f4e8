"""People as columns: points of the unit sphere, bit sets, flags. What `candidates` compares by blocks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from .policy import COMMON
from .problem import IntArray, InvalidProblem
from .profiles import QPV_ANSWERS, MenteeProfile, MentorProfile

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
UNKNOWN = -1
_WORD = 64

Bits = NDArray[np.uint64]
Person = MenteeProfile | MentorProfile


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """n people. x, y, z: on the unit sphere, NaN where unknown; sets: name → (n, words) bits, all 0 where unknown;
    online: True where accepted; vetting: 1 valid, 0 not, -1 unknown.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z: NDArray[np.float64]
    error_km: NDArray[np.float64]
    sets: Mapping[str, Bits]
    online: NDArray[np.bool_]
    vetting: IntArray

    def slice(self, start: int, end: int) -> People:
        columns = {column.name: getattr(self, column.name) for column in fields(self) if column.name != "sets"}
        parts = {name: column[start:end] for name, column in columns.items()}
        return People(sets={name: bits[start:end] for name, bits in self.sets.items()}, **parts)


def read_people(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> tuple[People, People]:
    """Both sides as columns, with the same bit for the same code. Raises InvalidProblem (a place that is none)."""
    for index, mentee in enumerate(mentees):
        if mentee.qpv not in QPV_ANSWERS:
            raise InvalidProblem("qpv", f"qpv: one of {', '.join(QPV_ANSWERS)} is expected", index)
    sides: tuple[Sequence[Person], Sequence[Person]] = (mentees, mentors)
    sets: tuple[dict[str, Bits], dict[str, Bits]] = ({}, {})
    for name in COMMON:
        codes = sorted({code for side in sides for one in side for code in getattr(one, name) or ()})
        bit = {code: n for n, code in enumerate(codes)}
        for side, columns in zip(sides, sets, strict=True):
            columns[name] = _bits([getattr(one, name) or () for one in side], bit)
    left, right = (_columns(side, columns) for side, columns in zip(sides, sets, strict=True))
    return left, right


def _columns(side: Sequence[Person], sets: Mapping[str, Bits]) -> People:
    x, y, z = _sphere(side)
    vetting = [getattr(one, "vetting_valid", None) for one in side]
    return People(
        x=x,
        y=y,
        z=z,
        error_km=np.array([one.location_error_km for one in side], dtype=np.float64),
        sets=sets,
        online=np.array([one.accepts_online is True for one in side], dtype=bool),
        vetting=np.array([UNKNOWN if valid is None else int(valid) for valid in vetting], dtype=np.int64),
    )


def _sphere(side: Sequence[Person]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    for index, one in enumerate(side):
        if (one.lat is None) != (one.lon is None):
            raise InvalidProblem("location", "a latitude and a longitude go together", index)
        if one.lat is not None and not (-90 <= one.lat <= 90 and -180 <= one.lon <= 180):
            raise InvalidProblem("location", "degrees of latitude and longitude are expected", index)
        if not 0 <= one.location_error_km < math.inf:
            raise InvalidProblem("location", "an error in km, 0 or more, is expected", index)
    latitude = np.radians(np.array([math.nan if one.lat is None else one.lat for one in side], dtype=np.float64))
    longitude = np.radians(np.array([math.nan if one.lon is None else one.lon for one in side], dtype=np.float64))
    ring = np.cos(latitude)
    return ring * np.cos(longitude), ring * np.sin(longitude), np.sin(latitude)


def _bits(sets: Sequence[Iterable[str]], bit: Mapping[str, int]) -> Bits:
    columns = np.zeros((len(sets), max(1, -(-len(bit) // _WORD))), dtype=np.uint64)
    for row, codes in enumerate(sets):
        for code in codes:
            word, shift = divmod(bit[code], _WORD)
            columns[row, word] |= np.uint64(1 << shift)
    return columns


def shared(mine: Bits, theirs: Bits) -> IntArray:
    """How many codes two lists of sets share, row by row; -1 where one of the two is unknown."""
    count = np.bitwise_count(mine & theirs).sum(axis=1, dtype=np.int64)
    known = mine.any(axis=1) & theirs.any(axis=1)
    return np.where(known, count, UNKNOWN)


def disjoint(mine: Bits, theirs: Bits) -> NDArray[np.bool_]:
    """(rows, columns): True where both sets are known and share nothing."""
    nothing = np.ones((len(mine), len(theirs)), dtype=bool)
    for word in range(mine.shape[1]):
        nothing &= (mine[:, word, None] & theirs[None, :, word]) == 0
    nothing &= mine.any(axis=1)[:, None]
    nothing &= theirs.any(axis=1)[None, :]
    return nothing


def chord_squared(km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared chord, on the unit sphere, of a great-circle distance; beyond half the earth, more than any chord."""
    half = np.asarray(km) / (2 * EARTH_RADIUS_KM)
    return np.where(half >= math.pi / 2, 5.0, 4 * np.sin(np.minimum(half, math.pi / 2)) ** 2)


def metres(chord: NDArray[np.float64]) -> IntArray:
    """Great-circle metres from squared chords of the unit sphere (haversine); -1 where unknown.

    Rounded to the metre, so that the last bit of a sine does not differ from one machine to the next.
    """
    known = ~np.isnan(chord)
    half = np.sqrt(np.clip(np.where(known, chord, 0.0) / 4, 0.0, 1.0))
    return np.where(known, np.rint(2000 * EARTH_RADIUS_KM * np.arcsin(half)), UNKNOWN).astype(np.int64)
