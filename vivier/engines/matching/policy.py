"""The rules of a programme as versioned, validated data: who may meet whom, what counts, who is served first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Any

from .limits import MAX_NUMBER
from .profiles import QPV_ANSWERS, MenteeProfile

# The order in which rules are told: each mentor kept away is counted at the first rule that refuses her.
RULES = ("distance", "vetting", "past_refusal", "same_employer", "language", "slots")
PARTS = ("distance", "slots", "interests", "languages")
COMMON = ("slots", "interests", "languages")
MAX_WEIGHT = 1_000
MAX_RADIUS_KM = 20_100  # half the earth's circumference

_YES_NO = ("yes", "no", "unknown")
FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"qpv": QPV_ANSWERS, "rural": _YES_NO, "closing_soon": _YES_NO})
_FLAGS = (
    "online_beyond_radius",
    "require_vetting",
    "exclude_past_refusal",
    "exclude_same_employer",
    "require_common_language",
    "require_common_slot",
)


class InvalidPolicy(ValueError):
    """A policy that cannot be applied; the message says which key and why."""


@dataclass(frozen=True, slots=True)
class TierRule:
    """`fact` with one of `values` gives `tier`; the first rule that fits decides. `reason`: told to people (French)."""

    id: str
    tier: int
    fact: str
    values: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a programme's rules. Derive another with `dataclasses.replace` and an id of its own.

    radius_km             a pair is refused beyond it (crow flies), unless a location is unknown
    online_beyond_radius  let pairs pass the radius when both accept to meet online
    require_*, exclude_*  the other hard rules; each applies only where both sides are known
    weights               part → weight of its points in the score, normalised over the parts known for the pair
    full_marks            "slots", "interests", "languages" → how many in common give the full points
    tier_rules, default_tier, default_tier_reason   first rule that fits decides

    Raises InvalidPolicy.
    """

    id: str
    date: date
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

    def __post_init__(self) -> None:
        for name in ("id", "label", "source", "default_tier_reason"):
            _text(name, getattr(self, name))
        if type(self.date) is not date:
            raise InvalidPolicy("date: a day such as 2026-11-01 is expected")
        if type(self.radius_km) not in (int, float) or not 0 < self.radius_km <= MAX_RADIUS_KM:
            raise InvalidPolicy(f"radius_km: more than 0 and at most {MAX_RADIUS_KM} is expected")
        for name in _FLAGS:
            if type(getattr(self, name)) is not bool:
                raise InvalidPolicy(f"{name}: true or false is expected")
        _numbers("weights", self.weights, PARTS, 0, MAX_WEIGHT)
        if not any(self.weights.values()):
            raise InvalidPolicy("weights: one of them at least must count")
        _numbers("full_marks", self.full_marks, COMMON, 1, MAX_WEIGHT)
        _number("default_tier", self.default_tier, 0, MAX_NUMBER)
        ids = [rule.id for rule in self.tier_rules]
        if len(ids) != len(set(ids)) or "default" in ids:
            raise InvalidPolicy("tiers: each rule needs an id of its own, other than 'default'")
        for rule in self.tier_rules:
            _check_tier_rule(rule)
        object.__setattr__(self, "weights", MappingProxyType(dict(self.weights)))
        object.__setattr__(self, "full_marks", MappingProxyType(dict(self.full_marks)))

    def tier_of(self, mentee: MenteeProfile) -> tuple[int, str]:
        """Her tier and the id of the rule that gives it ("default" when none fits)."""
        facts = {
            "qpv": mentee.qpv,
            "rural": _answer(mentee.rural),
            "closing_soon": _answer(mentee.closing_soon),
        }
        for rule in self.tier_rules:
            if facts[rule.fact] in rule.values:
                return rule.tier, rule.id
        return self.default_tier, "default"

    def tier_reason(self, rule_id: str) -> str:
        """The French words of a tier rule."""
        return next((rule.reason for rule in self.tier_rules if rule.id == rule_id), self.default_tier_reason)


def _answer(value: bool | None) -> str:
    return "unknown" if value is None else "yes" if value else "no"


def _text(name: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise InvalidPolicy(f"{name}: text is expected")


def _number(name: str, value: Any, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:
        raise InvalidPolicy(f"{name}: an integer from {low} to {high} is expected")


def _numbers(name: str, table: Any, keys: tuple[str, ...], low: int, high: int) -> None:
    if not isinstance(table, Mapping):
        raise InvalidPolicy(f"{name}: a table is expected")
    _same_keys(name, table, keys)
    for key, value in table.items():
        _number(f"{name}.{key}", value, low, high)


def _same_keys(name: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if key not in table:
            raise InvalidPolicy(f"{name}: {key} is missing")
    for key in table:
        if key not in keys:
            raise InvalidPolicy(f"{name}: {key} is not known")


def _check_tier_rule(rule: TierRule) -> None:
    if not isinstance(rule.id, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", rule.id):
        raise InvalidPolicy("tiers: id: lower-case letters, digits and underscores are expected")
    _number(f"tiers.{rule.id}.tier", rule.tier, 0, MAX_NUMBER)
    _text(f"tiers.{rule.id}.reason", rule.reason)
    if rule.fact not in FACTS:
        raise InvalidPolicy(f"tiers.{rule.id}.fact: one of {', '.join(FACTS)} is expected")
    if not rule.values or not rule.values <= set(FACTS[rule.fact]):
        raise InvalidPolicy(f"tiers.{rule.id}.values: some of {', '.join(FACTS[rule.fact])} are expected")


def load_policy(text: str) -> Policy:
    """A policy from TOML text. Raises InvalidPolicy on anything missing, unknown or out of range."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidPolicy(f"not TOML: {error}") from error
    _same_keys(
        "policy",
        tree,
        ("id", "date", "label", "source", "eligibility", "weights", "full_marks", "tiers", "default_tier"),
    )
    eligibility = _table(tree, "eligibility", ("radius_km", *_FLAGS))
    default = _table(tree, "default_tier", ("tier", "reason"))
    if not isinstance(tree["tiers"], list):
        raise InvalidPolicy("tiers: a list of tables is expected")
    return Policy(
        id=tree["id"],
        date=tree["date"],
        label=tree["label"],
        source=tree["source"],
        **eligibility,
        weights=tree["weights"],
        full_marks=tree["full_marks"],
        tier_rules=tuple(_tier_rule(rule) for rule in tree["tiers"]),
        default_tier=default["tier"],
        default_tier_reason=default["reason"],
    )


def _table(tree: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    table = tree[name]
    if not isinstance(table, dict):
        raise InvalidPolicy(f"{name}: a table is expected")
    _same_keys(name, table, keys)
    return table


def _tier_rule(rule: Any) -> TierRule:
    if not isinstance(rule, dict):
        raise InvalidPolicy("tiers: a list of tables is expected")
    _same_keys("tiers", rule, ("id", "tier", "fact", "values", "reason"))
    if not isinstance(rule["values"], list) or not all(isinstance(value, str) for value in rule["values"]):
        raise InvalidPolicy("tiers: values: a list of words is expected")
    return TierRule(rule["id"], rule["tier"], rule["fact"], frozenset(rule["values"]), rule["reason"])


def default_policy() -> Policy:
    """The policy shipped with the engine."""
    return load_policy(resources.files(__package__).joinpath("data", "policy_default.toml").read_text("utf-8"))
