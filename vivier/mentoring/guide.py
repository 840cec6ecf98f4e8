"""The talk guide: what two people may talk about this month, at school or as adults. Pure: `today` is given.

The texts are data (data/talk_guide.toml), checked when loaded: a guide with a hole does not start.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "talk_guide.toml"
#: The lists of the table: a month of school, and the same month for an adult.
SCHOOL, ADULTS = "month", "adult_month"


class GuideError(ValueError):
    """The guide has a hole or a date that says nothing."""


@dataclass(frozen=True)
class SchoolDate:
    """A date of the school calendar, as a source gives it; `is_checked` False: shown with its year, to be checked."""

    day: date
    label: str
    source: str
    is_checked: bool


@dataclass(frozen=True)
class Guide:
    """What to talk about in one month: to the marraine in sentences, to the mentee as questions to take along."""

    month: int
    title: str
    for_mentor: tuple[str, ...]
    for_mentee: tuple[str, ...]
    dates: tuple[SchoolDate, ...] = ()


def guide_of(today: date, *, school: bool = True) -> Guide:
    """Return the guide of the month of `today`, with its latest known dates; without `school`, that of adults."""
    return guides(SCHOOL if school else ADULTS)[today.month]


@cache
def guides(kind: str = SCHOOL) -> Mapping[int, Guide]:
    """Return the guide by month, 1 to 12, of SCHOOL or of ADULTS. Raises GuideError."""
    with TABLE.open("rb") as file:
        return read_guides(tomllib.load(file), kind)


def read_guides(table: dict, kind: str = SCHOOL) -> dict[int, Guide]:
    """Check and return the guides of a parsed table; the dates are those of school. Raises GuideError."""
    dates = [_date(row) for row in table.get("date", ())] if kind == SCHOOL else []
    found: dict[int, Guide] = {}
    for row in table.get(kind, ()):
        try:
            month, texts = row["month"], (tuple(row["for_mentor"]), tuple(row["for_mentee"]))
            of_month = tuple(sorted((one for one in dates if one.day.month == month), key=lambda one: one.day))
            guide = Guide(month, row["title"], *texts, dates=_latest(of_month))
        except (KeyError, TypeError) as error:
            raise GuideError(f"mois {row.get('month', 'sans numéro')} : {error}") from error
        if month in found or not all(texts):
            raise GuideError(f"mois {month} : il y en a deux, ou rien à dire")
        found[month] = guide
    if set(found) != set(range(1, 13)):
        raise GuideError(f"il manque les mois {sorted(set(range(1, 13)) - set(found))}")
    return found


def _latest(dates: tuple[SchoolDate, ...]) -> tuple[SchoolDate, ...]:
    """Keep the latest year known: an older one would be read as this year's."""
    return tuple(one for one in dates if one.day.year == dates[-1].day.year)


def _date(row: dict) -> SchoolDate:
    try:
        is_checked = {"checked": True, "to_check": False}[row["status"]]
        return SchoolDate(row["day"], row["label"], row["source"], is_checked)
    except KeyError as error:
        raise GuideError(f"date {row.get('label', 'sans nom')} : {error}") from error
