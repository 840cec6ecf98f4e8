"""What `explain` finds: why this pair, and why she waits, as numbers and codes. Types only, no array."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class WaitingCode(StrEnum):
    """Why a mentee waits. The first three are told from the problem alone, the others need the candidates."""

    ALL_TAKEN = "all_taken"  # she has candidates with seats; all serve others
    NO_SEAT = "no_seat"  # none of her candidates offers a seat
    NO_CANDIDATE = "no_candidate"  # nobody is eligible; the rule is not known
    NO_MENTOR = "no_mentor"  # there is no mentor at all
    NO_MENTOR_IN_RADIUS = "no_mentor_in_radius"
    NO_VETTED_MENTOR = "no_vetted_mentor"
    REFUSED_ALL = "refused_all"
    SAME_EMPLOYER = "same_employer"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_COMMON_SLOT = "no_common_slot"


# The rule that kept the last mentors away names the reason.
CODE_OF_RULE: Mapping[str, WaitingCode] = MappingProxyType(
    {
        "distance": WaitingCode.NO_MENTOR_IN_RADIUS,
        "vetting": WaitingCode.NO_VETTED_MENTOR,
        "past_refusal": WaitingCode.REFUSED_ALL,
        "same_employer": WaitingCode.SAME_EMPLOYER,
        "language": WaitingCode.NO_COMMON_LANGUAGE,
        "slots": WaitingCode.NO_COMMON_SLOT,
    }
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A candidate she did not get. `slack`: points by which that pair would have to rise to enter an optimum."""

    mentor: int
    score: int
    rank: int
    slack: int
    mentor_price: int


@dataclass(frozen=True, slots=True)
class PairReason:
    """One assigned pair. Positions are those of the problem; `pair` is its row.

    rank           1 + her candidates with a strictly better score
    mentor_price   points that one more seat at this mentor would add, the number served in each tier being fixed
    wanted_by      mentees who wait and may meet this mentor: one more seat here would serve one of them, or another
    alternatives   the other candidates, nearest to entering first (slack, then rank, then mentor id)
    """

    mentee: int
    mentor: int
    pair: int
    score: int
    optimised_score: int
    rank: int
    candidates: int
    mentor_price: int
    wanted_by: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class WaitingReason:
    """One mentee who waits.

    candidates, seats       mentors whom she may meet, and the seats these offer
    taken_by_tier           tier → how many of these seats serve it
    refusals                rule → mentors it keeps away (empty when only the problem is known)
    nearest_m               metres to the nearest mentor with a seat whom only the distance keeps away; None when none
    A seat more at any of her candidates would serve one more mentee.
    """

    mentee: int
    tier: int
    code: WaitingCode
    candidates: int
    seats: int
    taken_by_tier: Mapping[int, int]
    refusals: Mapping[str, int]
    nearest_m: int | None = None

    @property
    def taken_by_earlier_tiers(self) -> int:
        return sum(count for tier, count in self.taken_by_tier.items() if tier < self.tier)
