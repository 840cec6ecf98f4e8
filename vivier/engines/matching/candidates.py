"""From people to a problem: who may meet whom, with how many points, and what keeps the others apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .policy import Policy
from .problem import IntArray, Problem
from .profiles import MenteeProfile, MentorProfile


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Every eligible pair with its parts, and for each mentee how many mentors each rule keeps away.

    problem             mentees and mentors in the order given; E pairs ordered by mentee, then mentor position
    policy_id           the versioned rules applied: store it with the run
    tier_reasons        (N,) id of the tier rule that decided each mentee's tier
    distance_m          (E,) metres as the crow flies; -1 unknown
    online              (E,) True where the pair passes the radius only because both accept online
    common              "slots", "languages", "interests" → (E,) how many they share; -1 unknown
    points              part of the score → (E,) 0…10 000; -1 unknown (left out of the weighted mean)
    refusals            rule → (N,) mentors kept away by it, each counted at the first rule of policy.RULES that refuses
    nearest_beyond      (N,) position of the nearest mentor with a place whom only the distance keeps away; -1 none
    nearest_beyond_m    (N,) her distance in metres; -1 none
    unknowns            "mentee_location", "mentor_vetting"… → how many people the files say nothing about
    """

    problem: Problem
    policy_id: str
    tier_reasons: tuple[str, ...]
    distance_m: IntArray
    online: NDArray[np.bool_]
    common: Mapping[str, IntArray]
    points: Mapping[str, IntArray]
    refusals: Mapping[str, IntArray]
    nearest_beyond: IntArray
    nearest_beyond_m: IntArray
    unknowns: Mapping[str, int]


def build_candidates(
    mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], policy: Policy
) -> Candidates:
    """All eligible pairs, scored. Raises InvalidProblem (duplicate ids, wrong capacity, half a location)."""
    raise NotImplementedError
