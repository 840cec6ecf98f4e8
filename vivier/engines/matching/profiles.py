"""The people as the matching engine sees them. `None` always means "nobody told us", and never refuses anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QpvAnswer = Literal["yes", "declared", "no", "unknown"]
QPV_ANSWERS: tuple[QpvAnswer, ...] = ("yes", "declared", "no", "unknown")


@dataclass(frozen=True, slots=True)
class MenteeProfile:
    """A person who should get a mentor.

    lat, lon            degrees WGS84; both or neither
    location_error_km   how far off they may be (0 for a commune, some 50 for a department's centroid): the distance
                        rule refuses only what is too far for certain
    slots, languages, interests   codes of the caller's own; None or empty: unknown
    qpv, rural, closing_soon      what her tier rests on (see Policy.tier_rules); True, False or None for the last two
    refused_mentors     mentor ids that either of the two refused before
    excluded_employers  companies she must not meet (her own, a parent's)
    accepts_online      may meet online; counts only with a policy that lets online pairs pass the radius
    wishes              mentor ids, the most wished first; a wish counts in the total, it passes no rule
    """

    id: str
    lat: float | None = None
    lon: float | None = None
    location_error_km: float = 0.0
    slots: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    interests: frozenset[str] | None = None
    qpv: QpvAnswer = "unknown"
    rural: bool | None = None
    closing_soon: bool | None = None
    refused_mentors: frozenset[str] = frozenset()
    excluded_employers: frozenset[str] = frozenset()
    accepts_online: bool | None = None
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentorProfile:
    """A person who offers `capacity` places. Fields as for MenteeProfile; `vetting_valid`: None if nobody attested."""

    id: str
    capacity: int
    lat: float | None = None
    lon: float | None = None
    location_error_km: float = 0.0
    slots: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    interests: frozenset[str] | None = None
    vetting_valid: bool | None = None
    employer: str | None = None
    accepts_online: bool | None = None
