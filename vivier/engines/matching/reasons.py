"""French sentences for the codes and numbers of `explain` and `candidates`. The words are data: data/wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from .explanations import WaitingCode, WaitingReason
from .policy import RULES

Terms = Literal["both", "feminine", "mentor"]
_THOUSANDS = "\u202f"  # narrow no-break space, as French numbers are written


@cache
def _wording() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("data", "wording.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def waiting_text(reason: WaitingReason, *, terms: Terms = "both", radius_km: float | None = None) -> str:
    """Why she waits and the smallest change that would help, in a few short sentences.

    terms: the words for a mentor; radius_km: the policy's, needed for reasons told with candidates.
    """
    if radius_km is None and reason.code == WaitingCode.NO_MENTOR_IN_RADIUS:
        raise ValueError("this reason is told with the radius")
    words = _wording()["terms"][terms]
    radius = "" if radius_km is None else f"{radius_km:g}".replace(".", ",")
    main = _counted(_wording()["waiting"][reason.code], reason.candidates, words, radius=radius)
    return _sentences([main, *_details(reason, words)])


def _details(reason: WaitingReason, words: Mapping[str, str]) -> list[str]:
    if reason.code == WaitingCode.ALL_TAKEN:
        taken, earlier = sum(reason.taken_by_tier.values()), reason.taken_by_earlier_tiers
        table = _wording()["taken"]
        parts = [_counted(table["earlier"], earlier, words)] if earlier else []
        parts += [_counted(table["same"], taken - earlier, words)] if taken > earlier else []
        return [*parts, _seat_more(reason, words)]
    parts = []
    if sum(1 for count in reason.refusals.values() if count) > 1:
        parts.append(_refusals(reason.refusals, words))
    if reason.code == WaitingCode.NO_SEAT:
        parts.append(_seat_more(reason, words))
    elif reason.nearest_m is not None:
        parts.append(_wording()["help"]["nearest"].format(km=_number(-(-reason.nearest_m // 1000)), **words))
    return parts


def _seat_more(reason: WaitingReason, words: Mapping[str, str]) -> str:
    return _wording()["help"]["only_seat" if reason.candidates == 1 else "seat"].format(**words)


def _refusals(refusals: Mapping[str, int], words: Mapping[str, str]) -> str:
    table = _wording()["refusals"]
    listed = [table[rule].format(n=_number(refusals[rule])) for rule in RULES if refusals.get(rule)]
    return table["total"].format(n=_number(sum(refusals.values())), list=_listing(listed), **words)


def pair_text(
    *,
    distance_m: int | None,
    rank: int,
    candidates: int,
    online: bool = False,
    slots: Sequence[str] | int | None = None,
    interests: Sequence[str] | int | None = None,
    vetting_unknown: bool = False,
) -> str:
    """Why this pair, in one sentence. `slots` and `interests`: labels in common, or how many; None: unknown."""
    pieces = [_distance(distance_m, online), _common("slots", slots), _common("interests", interests)]
    if vetting_unknown:
        pieces.append(_wording()["vetting"]["unknown"])
    return _sentences([", ".join([*pieces, rank_text(rank, candidates)])])


def rank_text(rank: int, candidates: int) -> str:
    """Where the mentor stands among the mentee's candidates."""
    key = "only" if candidates == 1 else "first" if rank == 1 else "many"
    return _wording()["rank"][key].format(rank=rank, n=_number(candidates))


def price_text(points: int) -> str:
    """What one more seat at a mentor would add to the total, the number served being fixed."""
    return _counted(_wording()["price"], points, {})


def slack_text(points: int) -> str:
    """How far an alternative is from being chosen."""
    return _counted(_wording()["slack"], points, {})


def _distance(distance_m: int | None, online: bool) -> str:
    table = _wording()["distance"]
    if distance_m is None:
        return table["unknown"]
    km = (distance_m + 500) // 1000
    if online:
        return table["online"].format(n=_number(km))
    return table["many"].format(n=_number(km)) if km else table["door"]


def _common(name: str, shared: Sequence[str] | int | None) -> str:
    table = _wording()[name]
    if shared is None:
        return table["unknown"]
    if isinstance(shared, int):
        return _counted(table, shared, {})
    text = _counted(table, len(shared), {})
    return f"{text} ({', '.join(shared)})" if shared else text


def _counted(table: Mapping[str, str], count: int, words: Mapping[str, str], **more: str) -> str:
    key = {0: "none", 1: "one"}.get(count, "many")
    return table.get(key, table["many"]).format(n=_number(count), **words, **more)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", _THOUSANDS)


def _listing(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)
