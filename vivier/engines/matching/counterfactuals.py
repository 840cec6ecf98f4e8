"""What would serve more mentees: a wider radius, or one more mentor somewhere. Counts of maximum matchings, exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .candidates import Candidates, build_candidates
from .decomposition import Decomposition, decompose
from .groups import with_groups
from .policy import Policy
from .problem import IntArray, Problem
from .profiles import MenteeProfile, MentorProfile
from .rows import by_mentee

RADII_KM = (40.0, 50.0, 75.0, 100.0, 150.0)
#: Wider radii are tried no further than this: each is a problem of its own.
MOST_PAIRS = 1_000_000
_NEWCOMER = "\0"  # an identifier that nobody has


@dataclass(frozen=True, slots=True)
class Wider:
    """With this radius and nothing else changed, so many mentees could be served in all."""

    radius_km: float
    served: int


def most_served(problem: Problem, group: int = 1) -> int:
    """How many mentees a matching can serve at most, where whoever offers a seat may take up to `group`."""
    return _split(with_groups(problem, group)[0] if group > 1 else problem)[0].matched


def wider_radii(
    mentees: Sequence[MenteeProfile],
    mentors: Sequence[MentorProfile],
    policy: Policy,
    served: int,
    group: int = 1,
) -> list[Wider]:
    """The radii beyond the policy's that serve more than `served` and more than a smaller one, up to everybody."""
    found: list[Wider] = []
    for radius in RADII_KM:
        if radius <= policy.radius_km or served == len(mentees):
            continue
        problem = build_candidates(mentees, mentors, replace(policy, radius_km=radius)).problem
        if problem.pair_count > MOST_PAIRS:
            break
        if (count := most_served(problem, group)) > served:
            found.append(Wider(radius, count))
            served = count
    return found


def more_with_mentors_at(
    candidates: Candidates,
    mentees: Sequence[MenteeProfile],
    policy: Policy,
    places: Iterable[tuple[float, float]],
    group: int = 1,
) -> list[int]:
    """How many more mentees new mentors could serve at most, for each place (degrees) they would all live in.

    The first seat there serves one more, and so does each further one up to that number. A new mentor is verified, free
    at any time and shares the languages of everybody.
    """
    problem = candidates.problem
    served = most_served(problem, group)
    found = []
    for lat, lon in places:
        newcomer = MentorProfile(_NEWCOMER, capacity=len(mentees), lat=lat, lon=lon, vetting_valid=True)
        met = build_candidates(mentees, [newcomer], policy).problem.pair_mentee
        found.append(most_served(_with_mentor(problem, met), group) - served)
    return found


def _with_mentor(problem: Problem, met: IntArray) -> Problem:
    """The problem with one more mentor, who may meet those mentees and has a seat for each."""
    return Problem(
        mentee_ids=problem.mentee_ids,
        tiers=problem.tiers,
        mentor_ids=(*problem.mentor_ids, _NEWCOMER),
        capacities=np.append(problem.capacities, len(met)),
        pair_mentee=np.append(problem.pair_mentee, met),
        pair_mentor=np.append(problem.pair_mentor, np.full(len(met), problem.mentor_count)),
        pair_score=np.append(problem.pair_score, np.zeros(len(met), dtype=np.int32)),
    )


def seats_that_serve_more(problem: Problem) -> IntArray:
    """Positions of the mentors with whom one more seat would serve one more mentee."""
    parts, mentee, mentor = _split(problem)
    return np.unique(mentor[parts.scarce_mentees[mentee]]).astype(np.int64)


def _split(problem: Problem) -> tuple[Decomposition, IntArray, IntArray]:
    starts, mentor, _ = by_mentee(
        problem.pair_mentee.copy(), problem.pair_mentor.copy(), problem.pair_score.copy(), problem.mentee_count
    )
    degrees = np.bincount(mentor, minlength=problem.mentor_count)
    mentee = np.repeat(np.arange(problem.mentee_count), np.diff(starts))
    return decompose(starts, mentor, np.minimum(problem.capacities, degrees)), mentee, mentor
