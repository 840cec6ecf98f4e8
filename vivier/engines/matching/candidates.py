"""From people to a problem: who may meet whom, with how many points, and what keeps the others apart.

Only mentors near a mentee are looked at (`sphere`), rule by rule (`sieve`); no table of everybody × everybody is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .limits import UNMATCHED
from .policy import COMMON, PARTS, RULES, Policy
from .problem import IntArray, Problem
from .profiles import MenteeProfile, MentorProfile
from .sieve import Rules, look_beyond, points_and_scores, sieve
from .sphere import build_index
from .tables import UNKNOWN, People, known, lists, read_people

_CELLS = 2_000_000  # pairs of one block, if no mentee has more: some 40 MB


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
    rules = _rules(mentees, mentors, policy)
    open_seat = np.fromiter((mentor.capacity > 0 for mentor in mentors), bool, len(mentors))
    nearest, nearest_m = _nearest_beyond(left, right, rules, open_seat)
    (pair_mentee, pair_mentor, distance_m), common, online, refusals = _eligible(left, right, rules)
    points, scores = points_and_scores(
        distance_m,
        common,
        max(1, round(1000 * policy.radius_km)),
        np.array([policy.full_marks[name] for name in COMMON], dtype=np.int64),
        np.array([policy.weights[part] for part in PARTS], dtype=np.int64),
    )
    tiers = _tiers(mentees, policy)
    problem = Problem(
        mentee_ids=[mentee.id for mentee in mentees],
        tiers=[tier for tier, _ in tiers],
        mentor_ids=[mentor.id for mentor in mentors],
        capacities=[mentor.capacity for mentor in mentors],
        pair_mentee=pair_mentee,
        pair_mentor=pair_mentor,
        pair_score=scores,
        pair_wish=_wishes(mentees, mentors, pair_mentee, pair_mentor),
    )
    return Candidates(
        problem=problem,
        policy_id=policy.id,
        tier_reasons=tuple(reason for _, reason in tiers),
        distance_m=distance_m,
        online=online,
        common=MappingProxyType(dict(zip(COMMON, common, strict=True))),
        points=MappingProxyType(dict(zip(PARTS, points, strict=True))),
        refusals=MappingProxyType(dict(zip(RULES, refusals, strict=True))),
        vetting_unknown=right.vetting == UNKNOWN,
        nearest_beyond=nearest,
        nearest_beyond_m=nearest_m,
        unknowns=MappingProxyType(_unknowns(mentees, left, right)),
    )


def _rules(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], policy: Policy) -> Rules:
    """The hard rules, with names of persons and companies turned into numbers."""
    position = {mentor.id: n for n, mentor in enumerate(mentors)}
    companies: dict[str, int] = {}
    for mentor in mentors:
        if mentor.employer and mentor.employer.strip():
            companies.setdefault(_company(mentor.employer), len(companies))
    unnamed = len(companies)
    return Rules(
        radius_km=float(policy.radius_km),
        online_beyond_radius=policy.online_beyond_radius,
        require_vetting=policy.require_vetting,
        require_common_language=policy.require_common_language,
        require_common_slot=policy.require_common_slot,
        refused=lists(
            _numbers(mentee.refused_mentors, position if policy.exclude_past_refusal else {}) for mentee in mentees
        ),
        companies=lists(
            _numbers(map(_company, mentee.excluded_employers), companies if policy.exclude_same_employer else {})
            for mentee in mentees
        ),
        position=np.arange(len(mentors), dtype=np.int32),
        company=np.fromiter(
            (companies.get(_company(mentor.employer or ""), unnamed) for mentor in mentors), np.int32, len(mentors)
        ),
    )


def _numbers(names: Iterable[str], number: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(number[name] for name in names if name in number)


def _company(name: str) -> str:
    return " ".join(name.casefold().split())


def _eligible(
    left: People, right: People, rules: Rules
) -> tuple[NDArray[np.int32], NDArray[np.int16], NDArray[np.bool_], IntArray]:
    """(mentee, mentor, distance_m), the counts in common, who meets online, and the refusals of each rule.

    Pairs are found by blocks, since nobody knows beforehand how many they are.
    """
    mentees, mentors = len(left.online), len(right.online)
    placed = ~np.isnan(right.latitude)
    index = build_index(right, placed, rules.radius_km)
    anywhere, online = np.flatnonzero(~placed), np.flatnonzero(placed & right.online)
    refusals = np.zeros((mentees, len(RULES)), dtype=np.int64)
    room, start = max(_CELLS, mentors), 0
    blocks = [_room(0)]
    while start < mentees:
        block = _room(room)
        start, count = sieve(start, left, right, index, anywhere, online, rules, *block, refusals)
        blocks.append([column[:, :count] for column in block])
    places, common, by_internet = (_joined(blocks) for _ in _room(0))
    return places, common, by_internet[0], np.ascontiguousarray(refusals.T)


def _room(pairs: int) -> list[NDArray[Any]]:
    """Where pairs are written, each a column: three of places, the counts in common, who meets online."""
    return [np.empty((3, pairs), np.int32), np.empty((len(COMMON), pairs), np.int16), np.empty((1, pairs), bool)]


def _joined(blocks: list[list[NDArray[Any]]]) -> NDArray[Any]:
    """The next columns of all blocks in one piece; the blocks forget them."""
    return np.concatenate([block.pop(0) for block in blocks], axis=1)


def _nearest_beyond(
    left: People, right: People, rules: Rules, open_seat: NDArray[np.bool_]
) -> tuple[IntArray, IntArray]:
    """For each mentee the nearest mentor with a seat whom only the distance keeps away, and her metres."""
    nearest, nearest_m = (np.full(len(left.online), UNKNOWN, dtype=np.int64) for _ in range(2))
    fits = open_seat & ~np.isnan(right.latitude)
    if rules.require_vetting:
        fits &= right.vetting != 0
    seeking = ~np.isnan(left.latitude)
    required = {"languages": rules.require_common_language, "slots": rules.require_common_slot}
    for common, name in enumerate(COMMON):
        if required.get(name, False) and known(right, common)[fits].all():
            # Whoever asks for what none of them offers need not be searched for in the whole country.
            offered = np.bitwise_or.reduce(right.bits[fits], axis=0, initial=0)
            some = slice(*left.word[common : common + 2])
            seeking &= (left.bits[:, some] & offered[some]).any(axis=1) | ~known(left, common)
    look_beyond(left, right, build_index(right, fits, rules.radius_km), rules, seeking, nearest, nearest_m)
    return nearest, nearest_m


def _wishes(
    mentees: Sequence[MenteeProfile],
    mentors: Sequence[MentorProfile],
    pair_mentee: NDArray[np.int32],
    pair_mentor: NDArray[np.int32],
) -> NDArray[np.int32] | None:
    """(E,) rank of each pair among the mentee's wishes, 0 for none; None where no eligible pair is wished."""
    wished = np.zeros(len(pair_mentee), dtype=np.int32)
    position = {mentor.id: n for n, mentor in enumerate(mentors)}
    for mentee, profile in enumerate(mentees):
        if profile.wishes:
            start, end = np.searchsorted(pair_mentee, [mentee, mentee + 1])
            for rank, name in enumerate(dict.fromkeys(profile.wishes), start=1):
                wished[start:end][pair_mentor[start:end] == position.get(name, UNMATCHED)] = rank
    return wished if wished.any() else None


def _tiers(mentees: Sequence[MenteeProfile], policy: Policy) -> list[tuple[int, str]]:
    """Each mentee's tier and its reason, found once for people alike."""
    first: dict[tuple[Any, ...], tuple[int, str]] = {}
    tiers = []
    for mentee in mentees:
        facts = mentee.qpv, mentee.rural, mentee.closing_soon
        tier = first.get(facts)
        if tier is None:
            tier = first[facts] = policy.tier_of(mentee)
        tiers.append(tier)
    return tiers


def _unknowns(mentees: Sequence[MenteeProfile], left: People, right: People) -> dict[str, int]:
    return {
        **_silent("mentee", left),
        "mentee_qpv": sum(one.qpv == "unknown" for one in mentees),
        "mentee_rural": sum(one.rural is None for one in mentees),
        **_silent("mentor", right),
        "mentor_vetting": int((right.vetting == UNKNOWN).sum()),
    }


def _silent(side: str, people: People) -> dict[str, int]:
    """How many people of one side say nothing of their place, and of each set."""
    sets = ((name, COMMON.index(name)) for name in ("slots", "languages", "interests"))
    return {
        f"{side}_location": int(np.isnan(people.latitude).sum()),
        **{f"{side}_{name}": int((~known(people, common)).sum()) for name, common in sets},
    }
