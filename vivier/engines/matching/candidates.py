"""From people to a problem: who may meet whom, with how many points, and what keeps the others apart.

All pairs are looked at, by blocks of mentees, so that memory stays bounded; only eligible pairs are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from .policy import COMMON, PARTS, RULES, Policy
from .problem import MAX_SCORE, IntArray, Problem
from .profiles import MenteeProfile, MentorProfile
from .tables import UNKNOWN, People, chord_squared, disjoint, metres, read_people, shared

NEUTRAL_SCORE = 5_000  # of a pair about which no part is known
_CELLS = 2_000_000  # of one block: some 100 MB of work space


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Every eligible pair with its parts, and for each mentee how many mentors each rule keeps away.

    problem             mentees and mentors in the order given; E pairs ordered by mentee, then mentor position
    policy_id           the versioned rules applied: store it with the run
    tier_reasons        (N,) id of the tier rule that decided each mentee's tier, or "default"
    distance_m          (E,) metres as the crow flies; -1 unknown
    online              (E,) True where the pair passes the radius only because both accept online
    common              "slots", "languages", "interests" → (E,) how many they share; -1 unknown
    points              part of the score → (E,) 0…10 000; -1 unknown (left out of the weighted mean)
    refusals            rule → (N,) mentors kept away by it, each counted at the first rule of policy.RULES that refuses
    vetting_unknown     (M,) True where nobody attested the mentor's vetting
    nearest_beyond      (N,) position of the nearest mentor with a seat whom only the distance keeps away; -1 none
    nearest_beyond_m    (N,) her distance in metres; -1 none
    unknowns            "mentee_location", "mentor_vetting", "mentee_qpv"… → how many people the files say nothing about
    """

    problem: Problem
    policy_id: str
    tier_reasons: tuple[str, ...]
    distance_m: IntArray
    online: NDArray[np.bool_]
    common: Mapping[str, IntArray]
    points: Mapping[str, IntArray]
    refusals: Mapping[str, IntArray]
    vetting_unknown: NDArray[np.bool_]
    nearest_beyond: IntArray
    nearest_beyond_m: IntArray
    unknowns: Mapping[str, int]

    def unknown_rules(self, pair: int) -> tuple[str, ...]:
        """The rules that could not be applied to a pair because one of the two said nothing."""
        unknown = {
            "distance": self.distance_m[pair] == UNKNOWN,
            "vetting": self.vetting_unknown[self.problem.pair_mentor[pair]],
            "language": self.common["languages"][pair] == UNKNOWN,
            "slots": self.common["slots"][pair] == UNKNOWN,
        }
        return tuple(rule for rule in RULES if unknown.get(rule, False))


def build_candidates(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], policy: Policy) -> Candidates:
    """All eligible pairs, scored. Raises InvalidProblem (duplicate ids, wrong capacity, half a location)."""
    left, right = read_people(mentees, mentors)
    apart = _kept_apart(mentees, mentors, policy)
    open_seat = np.array([mentor.capacity > 0 for mentor in mentors], dtype=bool)
    found = _Found(len(mentees))
    size = max(1, _CELLS // max(1, len(mentors)))
    for start in range(0, len(mentees), size):
        end = start + size
        listed = {rule: columns[start:end] for rule, columns in apart.items()}
        block = _Block(left.slice(start, end), right, policy, start, listed)
        block.sieve(found)
        block.look_beyond(found, open_seat)
    pairs = found.joined()
    points = _points(pairs, policy)
    tiers = [policy.tier_of(mentee) for mentee in mentees]
    problem = Problem(
        mentee_ids=[mentee.id for mentee in mentees],
        tiers=[tier for tier, _ in tiers],
        mentor_ids=[mentor.id for mentor in mentors],
        capacities=[mentor.capacity for mentor in mentors],
        pair_mentee=pairs["mentee"],
        pair_mentor=pairs["mentor"],
        pair_score=_scores(points, policy),
    )
    return Candidates(
        problem=problem,
        policy_id=policy.id,
        tier_reasons=tuple(reason for _, reason in tiers),
        distance_m=pairs["distance_m"],
        online=pairs["online"].astype(bool),
        common=MappingProxyType({name: pairs[name] for name in COMMON}),
        points=MappingProxyType(points),
        refusals=MappingProxyType(found.refusals),
        vetting_unknown=right.vetting == UNKNOWN,
        nearest_beyond=found.nearest,
        nearest_beyond_m=found.nearest_m,
        unknowns=MappingProxyType(_unknowns(mentees, mentors)),
    )


def _kept_apart(
    mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], policy: Policy
) -> Mapping[str, list[IntArray]]:
    """Rules that name persons: for each, the mentor positions refused to each mentee."""
    position = {mentor.id: n for n, mentor in enumerate(mentors)}
    employed: dict[str, list[int]] = {}
    for n, mentor in enumerate(mentors):
        if mentor.employer and mentor.employer.strip():
            employed.setdefault(_company(mentor.employer), []).append(n)
    refused, colleagues = [], []
    for mentee in mentees:
        past = [position[one] for one in mentee.refused_mentors if one in position]
        same = [n for name in mentee.excluded_employers for n in employed.get(_company(name), ())]
        refused.append(np.array(past if policy.exclude_past_refusal else [], dtype=np.int64))
        colleagues.append(np.array(same if policy.exclude_same_employer else [], dtype=np.int64))
    return {"past_refusal": refused, "same_employer": colleagues}


def _company(name: str) -> str:
    return " ".join(name.casefold().split())


class _Found:
    """What the blocks have found so far."""

    def __init__(self, mentees: int) -> None:
        self.parts: dict[str, list[IntArray]] = {
            name: [] for name in ("mentee", "mentor", "distance_m", "online", *COMMON)
        }
        self.refusals = {rule: np.zeros(mentees, dtype=np.int64) for rule in RULES}
        self.nearest = np.full(mentees, UNKNOWN, dtype=np.int64)
        self.nearest_m = np.full(mentees, UNKNOWN, dtype=np.int64)

    def joined(self) -> dict[str, IntArray]:
        empty = [np.empty(0, dtype=np.int64)]
        return {name: np.concatenate(blocks or empty) for name, blocks in self.parts.items()}


class _Block:
    """Some consecutive mentees against all mentors. Rows count from the block's first mentee."""

    def __init__(self, left: People, right: People, policy: Policy, start: int, apart: Mapping[str, list[IntArray]]):
        """left: the block's mentees, `start` the position of the first; apart: rule → columns refused to each row."""
        self.left, self.right, self.policy, self.start = left, right, policy, start
        self.rows, self.width = len(left.x), len(right.x)
        self.apart = {rule: _cells(columns, self.width) for rule, columns in apart.items()}
        self.chord = np.zeros((self.rows, self.width))
        for mine, theirs in ((left.x, right.x), (left.y, right.y), (left.z, right.z)):
            gap = mine[:, None] - theirs[None, :]
            gap *= gap
            self.chord += gap
        # Certainly too far whatever the errors; an unknown place (NaN) never is. The rest is measured exactly.
        reach = policy.radius_km + left.error_km + right.error_km.max(initial=0.0)
        self.beyond = self.chord > (chord_squared(reach) * (1 + 1e-9))[:, None]

    def sieve(self, found: _Found) -> None:
        """Apply the rules in their order, counting each mentor where she first fails, and keep who passes them all."""
        row, column = np.nonzero(~self.beyond)
        distance = metres(self.chord[row, column])
        limit = np.rint(1000 * (self.policy.radius_km + self.left.error_km[row] + self.right.error_km[column]))
        too_far = distance > limit
        self.beyond[row[too_far], column[too_far]] = True
        if self.policy.online_beyond_radius:
            self.beyond &= ~(self.left.online[:, None] & self.right.online[None, :])
        row, column = np.nonzero(~self.beyond)
        distance = metres(self.chord[row, column])
        limit = np.rint(1000 * (self.policy.radius_km + self.left.error_km[row] + self.right.error_km[column]))
        online = distance > limit
        self._count(found, "distance", self.width - np.bincount(row, minlength=self.rows))
        for rule in RULES[1:]:
            refused = self._refused(rule, row, column)
            self._count(found, rule, np.bincount(row[refused], minlength=self.rows))
            row, column, distance, online = (part[~refused] for part in (row, column, distance, online))
        columns = {"mentee": row + self.start, "mentor": column, "distance_m": distance, "online": online}
        for name, values in columns.items():
            found.parts[name].append(values.astype(np.int64))
        for name in COMMON:
            found.parts[name].append(shared(self.left.sets[name][row], self.right.sets[name][column]))

    def _count(self, found: _Found, rule: str, counts: IntArray) -> None:
        found.refusals[rule][self.start : self.start + self.rows] = counts

    def _refused(self, rule: str, row: IntArray, column: IntArray) -> NDArray[np.bool_]:
        """Which of the given cells a rule other than distance refuses."""
        if rule == "vetting":
            return (self.right.vetting[column] == 0) & self.policy.require_vetting
        if rule in self.apart:
            return np.isin(row * self.width + column, self.apart[rule])
        name = _required_sets(self.policy).get(rule)
        if name is None:
            return np.zeros(len(row), dtype=bool)
        return shared(self.left.sets[name][row], self.right.sets[name][column]) == 0

    def look_beyond(self, found: _Found, open_seat: NDArray[np.bool_]) -> None:
        """The nearest mentor with a seat whom only the distance keeps away; of two as near, the first given."""
        if not self.width:
            return
        fits = self.beyond & open_seat
        if self.policy.require_vetting:
            fits &= self.right.vetting != 0
        for name in _required_sets(self.policy).values():
            if self.right.sets[name].any():
                fits &= ~disjoint(self.left.sets[name], self.right.sets[name])
        for cells in self.apart.values():
            fits.reshape(-1)[cells] = False
        chord = np.where(fits, self.chord, np.inf)
        nearest = np.argmin(chord, axis=1)
        some = np.flatnonzero(np.isfinite(chord[np.arange(self.rows), nearest]))
        found.nearest[self.start + some] = nearest[some]
        found.nearest_m[self.start + some] = metres(self.chord[some, nearest[some]])


def _required_sets(policy: Policy) -> dict[str, str]:
    """Rules that ask for something in common → the sets they compare."""
    required = {"language": policy.require_common_language, "slots": policy.require_common_slot}
    return {rule: name for rule, name in (("language", "languages"), ("slots", "slots")) if required[rule]}


def _cells(columns: Sequence[IntArray], width: int) -> IntArray:
    """Flat positions, in a block `width` wide, of the columns listed for each row."""
    return np.concatenate([row * width + listed for row, listed in enumerate(columns)] or [np.empty(0, np.int64)])


def _points(pairs: Mapping[str, IntArray], policy: Policy) -> dict[str, IntArray]:
    """Points of each part: proximity falls evenly from the door to the radius, the others rise to full marks."""
    radius = round(1000 * policy.radius_km)
    distance = pairs["distance_m"]
    near = (MAX_SCORE * (radius - np.clip(distance, 0, radius)) + radius // 2) // radius
    points = {"distance": np.where(distance == UNKNOWN, UNKNOWN, near)}
    for name in COMMON:
        count, full = pairs[name], policy.full_marks[name]
        points[name] = np.where(count == UNKNOWN, UNKNOWN, MAX_SCORE * np.clip(count, 0, full) // full)
    return {part: points[part] for part in PARTS}


def _scores(points: Mapping[str, IntArray], policy: Policy) -> IntArray:
    """Weighted mean of the known parts, rounded to the nearest integer, halves up."""
    total = sum(np.where(points[part] == UNKNOWN, 0, policy.weights[part] * points[part]) for part in PARTS)
    weight = sum(np.where(points[part] == UNKNOWN, 0, policy.weights[part]) for part in PARTS)
    return np.where(weight == 0, NEUTRAL_SCORE, (2 * total + weight) // np.maximum(1, 2 * weight))


def _unknowns(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> dict[str, int]:
    return {
        "mentee_location": sum(one.lat is None for one in mentees),
        "mentee_slots": sum(not one.slots for one in mentees),
        "mentee_languages": sum(not one.languages for one in mentees),
        "mentee_interests": sum(not one.interests for one in mentees),
        "mentee_qpv": sum(one.qpv == "unknown" for one in mentees),
        "mentee_rural": sum(one.rural is None for one in mentees),
        "mentor_location": sum(one.lat is None for one in mentors),
        "mentor_slots": sum(not one.slots for one in mentors),
        "mentor_languages": sum(not one.languages for one in mentors),
        "mentor_interests": sum(not one.interests for one in mentors),
        "mentor_vetting": sum(one.vetting_valid is None for one in mentors),
    }
