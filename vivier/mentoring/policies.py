"""The rules of a programme: its versions, and the engine's rules that each stands for."""

from dataclasses import replace
from functools import cache

from vivier.engines.matching.policy import Policy, default_policy
from vivier.mentoring.models import MatchingPolicy
from vivier.programmes.models import Programme

#: What a version sets; the rest comes from the engine's own rules.
SETTINGS = (
    "radius_km",
    "require_common_slot",
    "require_common_language",
    "weight_distance",
    "weight_slots",
    "weight_interests",
    "first_qpv",
    "first_rural",
    "score",
    "hold_floor",
    "stickiness",
    "group_size",
)
#: The engine's own rules, read once: the file they come from does not change while the site runs.
shipped_rules = cache(default_policy)
_RANKED_BY = {"qpv": "first_qpv", "rural": "first_rural"}


def settings_of(policy: MatchingPolicy) -> dict:
    """Return what a version sets, by column."""
    return {name: getattr(policy, name) for name in SETTINGS}


def starting_rules(programme: Programme) -> MatchingPolicy:
    """Return the rules a programme starts from, as an unsaved version 1: the engine's own."""
    shipped = shipped_rules()
    facts = {rule.fact for rule in shipped.tier_rules}
    return MatchingPolicy(
        programme=programme,
        version=1,
        base=shipped.id,
        radius_km=round(shipped.radius_km),
        require_common_slot=shipped.require_common_slot,
        require_common_language=shipped.require_common_language,
        weight_distance=shipped.weights["distance"],
        weight_slots=shipped.weights["slots"],
        weight_interests=shipped.weights["interests"],
        first_qpv="qpv" in facts,
        first_rural="rural" in facts,
        score="concave",
        stickiness=0,
    )


def latest_rules(programme: Programme) -> MatchingPolicy | None:
    """Return the last version of a programme, None where nobody has run or changed anything yet."""
    return programme.matching_policies.select_related("created_by").order_by("-version").first()


def rules_of(programme: Programme) -> MatchingPolicy:
    """Return the last version, or the rules it would start from."""
    return latest_rules(programme) or starting_rules(programme)


def engine_rules(policy: MatchingPolicy) -> Policy:
    """Return the engine's rules for one version.

    Verification and past refusals always count: no version can switch them off.
    """
    shipped = shipped_rules()
    return replace(
        shipped,
        id=f"{shipped.id}+{policy.programme_id}.{policy.version}",
        label=f"Règles du programme, version {policy.version}",
        radius_km=policy.radius_km,
        require_vetting=True,
        exclude_past_refusal=True,
        require_common_slot=policy.require_common_slot,
        require_common_language=policy.require_common_language,
        weights={
            **shipped.weights,
            "distance": policy.weight_distance,
            "slots": policy.weight_slots,
            "interests": policy.weight_interests,
        },
        tier_rules=tuple(rule for rule in shipped.tier_rules if getattr(policy, _RANKED_BY.get(rule.fact, ""), True)),
    )


def priority_words(rule_id: str) -> str:
    """Return why somebody is served in her turn, in French ("habite une commune rurale")."""
    return shipped_rules().tier_reason(rule_id)
