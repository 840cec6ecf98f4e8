"""The rules of a programme as versioned, validated data: who may meet whom, what counts, who is served first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any, get_args

from .problem import MAX_NUMBER
from .profiles import QPV_ANSWERS

# The order in which rules are told: each mentor kept away is counted at the first rule that refuses her.
RULES = ("distance", "vetting", "past_refusal", "same_employer", "language", "slots")
PARTS = ("distance", "slots", "interests", "languages")
MAX_WEIGHT = 1_000

_YES_NO = ("yes", "no", "unknown")
FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"qpv": QPV_ANSWERS, "rural": _YES_NO, "closing_soon": _YES_NO}
)


class InvalidPolicy(ValueError):
    """A policy file that cannot be applied; the message says which key and why."""


@dataclass(frozen=True, slots=True)
class TierRule:
    """`fact` with one of `values` gives `tier`; the first rule that fits decides. `reason` is said to people (French)."""

    id: str
    tier: int
    fact: str
    values: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a programme's rules.

    radius_km             a pair is refused beyond it (crow flies), unless a location is unknown
    online_beyond_radius  let pairs pass the radius when both accept to meet online
    require_*, exclude_*  the other hard rules; each applies only where both sides are known
    weights               part → weight of its points in the score, normalised over the parts known for the pair
    full_marks            "slots", "interests", "languages" → how many in common give the full points
    tier_rules, default_tier, default_tier_reason   first rule that fits decides
    """

    id: str
    date: str
    label: str
    source: str
    radius_km: float
    online_beyond_radius: bool
    require_vetting: bool
    exclude_past_refusal: bool
    exclude_same_employer: bool
    require_common_language: bool
    require_common_slot: bool
    weights: Mapping[str, int]
    full_marks: Mapping[str, int]
    tier_rules: tuple[TierRule, ...]
    default_tier: int
    default_tier_reason: str


def load_policy(text: str) -> Policy:
    """A policy from TOML text. Raises InvalidPolicy on anything missing, unknown or out of range."""
    raise NotImplementedError


def default_policy() -> Policy:
    """The policy shipped with the engine."""
    return load_policy(resources.files(__package__).joinpath("policies", "default.toml").read_text("utf-8"))
