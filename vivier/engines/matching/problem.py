"""What the matching engine is given and what it gives back: types and their validation, no algorithm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .limits import MAX_NUMBER, MAX_SCORE

IntArray = NDArray[np.int64]
PairArray = NDArray[np.int32]  # one number for each of millions of pairs
ScoreKind = Literal["concave", "linear"]

SCORE_KINDS: tuple[ScoreKind, ...] = ("concave", "linear")


class InvalidProblem(ValueError):
    """A problem that breaks a rule of its own. `code` is stable, `index` is the row of the array at fault, if any."""

    def __init__(self, code: str, message: str, index: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.index = index


def _integers(name: str, values: Any, low: int, high: int, kind: type = np.int64) -> NDArray[Any]:
    """`values` as a read-only array of type `kind`, each within low…high: a copy, unless it is one already."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise InvalidProblem("shape", f"{name}: a list of one dimension is expected")
    if array.size and array.dtype.kind not in "iu":
        if not isinstance(values, np.ndarray) and all(type(value) is int for value in values):  # beyond 64 bits
            at = next(n for n, value in enumerate(values) if not low <= value <= high)
            raise InvalidProblem("range", f"{name}: {low} to {high} is expected", at)
        raise InvalidProblem("type", f"{name}: integers are expected")
    if array.size and (array.min() < low or array.max() > high):
        at = int(np.flatnonzero((array < low) | (array > high))[0])
        raise InvalidProblem("range", f"{name}: {low} to {high} is expected", at)
    if array.dtype == kind and not array.flags.writeable and array.flags.c_contiguous:
        return array
    copy = np.array(array, dtype=kind)
    copy.setflags(write=False)
    return copy


def _identifiers(name: str, values: Sequence[str]) -> tuple[str, ...]:
    ids = tuple(values)
    seen: set[str] = set()
    for index, value in enumerate(ids):
        if not isinstance(value, str):
            raise InvalidProblem("type", f"{name}: text is expected", index)
        if not value:
            raise InvalidProblem("empty_id", f"{name}: an identifier is empty", index)
        if value in seen:
            raise InvalidProblem("duplicate_id", f"{name}: an identifier appears twice", index)
        seen.add(value)
    return ids


def _same_length(name: str, array: Sequence[Any] | IntArray, length: int) -> None:
    if len(array) != length:
        raise InvalidProblem("length", f"{name}: {length} values are expected, {len(array)} given")


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """N mentees, M mentors and E eligible pairs; arrays are checked and copied (one that is read-only is shared).

    mentee_ids, tiers      (N,) any text, unique; tier ≥ 0, 0 is served first, gaps are allowed
    mentor_ids, capacities (M,) any text, unique; seats ≥ 0
    pair_mentee, pair_mentor, pair_score  (E,) positions in the two lists above, and 0…10 000; no pair twice
    pair_wish              (E,) or None: 0 = not wished, 1 = her first wish, 2 = her second…
    pair_extra             (E,) or None: True = on a seat beyond what the mentor offers (see `groups`)

    Raises InvalidProblem.
    """

    mentee_ids: tuple[str, ...]
    tiers: IntArray
    mentor_ids: tuple[str, ...]
    capacities: IntArray
    pair_mentee: PairArray
    pair_mentor: PairArray
    pair_score: PairArray
    pair_wish: PairArray | None = None
    pair_extra: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        put("mentee_ids", _identifiers("mentee_ids", self.mentee_ids))
        put("mentor_ids", _identifiers("mentor_ids", self.mentor_ids))
        mentees, mentors = len(self.mentee_ids), len(self.mentor_ids)
        put("tiers", _integers("tiers", self.tiers, 0, MAX_NUMBER))
        put("capacities", _integers("capacities", self.capacities, 0, MAX_NUMBER))
        put("pair_mentee", _integers("pair_mentee", self.pair_mentee, 0, mentees - 1, np.int32))
        put("pair_mentor", _integers("pair_mentor", self.pair_mentor, 0, mentors - 1, np.int32))
        put("pair_score", _integers("pair_score", self.pair_score, 0, MAX_SCORE, np.int32))
        if self.pair_wish is not None:
            put("pair_wish", _integers("pair_wish", self.pair_wish, 0, MAX_NUMBER, np.int32))
            _same_length("pair_wish", self.pair_wish, len(self.pair_mentee))
        if self.pair_extra is not None:
            extra = np.array(self.pair_extra, dtype=bool)
            extra.setflags(write=False)
            put("pair_extra", extra)
            _same_length("pair_extra", extra, len(self.pair_mentee))
        _same_length("tiers", self.tiers, mentees)
        _same_length("capacities", self.capacities, mentors)
        _same_length("pair_mentor", self.pair_mentor, len(self.pair_mentee))
        _same_length("pair_score", self.pair_score, len(self.pair_mentee))
        self._refuse_duplicate_pairs()

    def _refuse_duplicate_pairs(self) -> None:
        key = self.pair_mentee.astype(np.int64) * max(1, len(self.mentor_ids)) + self.pair_mentor
        if (key[1:] > key[:-1]).all():  # pairs mostly come in order
            return
        in_order = np.sort(key)
        if (in_order[1:] > in_order[:-1]).all():
            return
        order = np.argsort(key, kind="stable")
        twice = np.flatnonzero(key[order[1:]] == key[order[:-1]])
        raise InvalidProblem("duplicate_pair", "the same pair appears twice", int(order[twice + 1].min()))

    @property
    def mentee_count(self) -> int:
        return len(self.mentee_ids)

    @property
    def mentor_count(self) -> int:
        return len(self.mentor_ids)

    @property
    def pair_count(self) -> int:
        return len(self.pair_mentee)


@dataclass(frozen=True, slots=True)
class Options:
    """How the total is counted, and what else is asked.

    score       "concave" (raises the worst pairs) or "linear" (plain sum)
    floor       also the best worst pair: among all ways to serve as many, tier by tier, only those whose lowest score
                is as high as it can be
    previous    mentee id → mentor id of the pairs that exist; who has left or may not be paired is passed over
    stickiness  points that an existing pair counts for more, 0…10 000
    """

    score: ScoreKind = "concave"
    floor: bool = False
    previous: Mapping[str, str] | None = None
    stickiness: int = 0

    def __post_init__(self) -> None:
        if self.score not in SCORE_KINDS:
            raise ValueError(f"score: one of {', '.join(SCORE_KINDS)} is expected")
        if type(self.stickiness) is not int or not 0 <= self.stickiness <= MAX_SCORE:
            raise ValueError(f"stickiness: 0 to {MAX_SCORE} is expected")


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """Prices that prove the total. Unit: points of the optimised score.

    mentee        (N,) u: what the mentee's place is worth; the value of her tier if she waits
    mentor        (M,) p ≥ 0: the least price vector, 0 where the mentor has room; how sought-after the mentor is
    tier_levels   (T,) the distinct tiers, ascending
    tier_values   (T,) λ: what it is worth to be served at all in that tier, the number served being fixed
    """

    mentee: IntArray
    mentor: IntArray
    tier_levels: IntArray
    tier_values: IntArray


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a solution. matched_by_tier names every tier that has a mentee, those served by nobody included."""

    matched: int
    matched_by_tier: Mapping[int, int]
    total_score: int  # sum of the scores as given
    objective: int  # sum of the optimised score, wishes and existing pairs counted
    work: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """The lowest score that an assignment had to have, and why it could not be higher.

    score  0…10 000: no assigned pair has less
    above  (N,) an assignment by pairs of a higher score alone: as many as possible tier by tier, and yet not as many
    """

    score: int
    above: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """assignment: (N,) position of each mentee's mentor, or UNMATCHED; duals: the proof; stats: what it amounts to.

    floor: asked for by Options.floor; None where nobody is served.
    """

    assignment: IntArray
    duals: Duals
    stats: Stats
    floor: Floor | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The verdict of a check that shares nothing with the solver.

    checks: name → held; primal and dual: the two totals, equal when the total is proven; None when a solution is so
    malformed that they cannot be counted.
    """

    optimal: bool
    primal: int | None
    dual: int | None
    checks: Mapping[str, bool]
