"""Whether an amount of pay, as an advertisement writes it, is below the minimum wage."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

_AMOUNT = re.compile(r"([0-9]{1,2}(?: ?[0-9]{3})|[0-9]{1,4})(?:[.,]([0-9]{1,2}))?(?![0-9])")
_BY_HOUR = re.compile(r"heure|horaire|/ ?h")
#: Share of the minimum under which an amount is plainly below it: a rounded or last year's amount is left alone.
_PLAINLY = 0.97
# It begins with a digit, which is what a search skips to.
_FEWER_HOURS = re.compile(
    r"[0-9](?<![0-9]{2})(?:(?<=[12])[0-9]|(?<=3)[0-4])? ?h(?:eures?)?(?:[0-9]{2})? ?(?:/|par|hebdo|la) ?(?:s|hebdo|$)"
)
_LARGEST_BY_HOUR = 100  # euros; beyond, an amount is that of a month


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """The minimum wage (SMIC) in euros, gross and about net, of an hour and of a month of 35 hours a week."""

    since: date
    hourly: float
    monthly: float
    hourly_net: float
    monthly_net: float


@cache
def minimum_wage() -> MinimumWage:
    """The latest one of data/minimum_wage.toml."""
    text = resources.files(__package__).joinpath("data", "minimum_wage.toml").read_text("utf-8")
    return max((MinimumWage(**row) for row in tomllib.loads(text)["minimum"]), key=lambda one: one.since)


def is_below_minimum(passage: str, text: str) -> bool:
    """Whether a folded passage such as « 9,50 e brut de l'heure » or « 1 400 e net par mois » is below the minimum.

    A month is taken for a full one, unless the folded text tells fewer hours a week. Where neither gross nor net is
    said, the amount is taken for a net one: what is told is then below either.
    """
    found = _AMOUNT.search(passage)
    if found is None:
        return False
    amount = float(f"{found[1].replace(' ', '')}.{found[2] or 0}")
    least = minimum_wage()
    is_gross = "brut" in passage
    if _BY_HOUR.search(passage) and amount < _LARGEST_BY_HOUR:
        return amount < _PLAINLY * (least.hourly if is_gross else least.hourly_net)
    return amount < _PLAINLY * (least.monthly if is_gross else least.monthly_net) and not _FEWER_HOURS.search(text)
