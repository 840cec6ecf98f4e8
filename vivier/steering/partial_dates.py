"""A date of which one knows the day, the month or only the year. Pure: what is not known is not made up."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from vivier.common.clock import day_of_month
from vivier.common.text import folded
from vivier.steering.vocabulary import Precision

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NUMBERS = {folded(name): number for number, name in enumerate(_MONTHS, start=1)}
#: Years that somebody may mean; another one is a slip.
FIRST_YEAR, LAST_YEAR = 2000, 2100
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<month>\d{1,2}|[a-z]+) (?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:er)? (?P<month>\d{1,2}|[a-z]+) (?P<year>\d{4})",
        r"(?P<year>\d{4}) (?P<month>\d{1,2})(?: (?P<day>\d{1,2}))?",
    )
)


class NotADateError(ValueError):
    """What was typed is no date that exists."""


@dataclass(frozen=True)
class PartialDate:
    """The first and the last day of what is known, and how much that is."""

    first: date
    last: date
    precision: str

    def __str__(self) -> str:
        return words(self.first, self.precision)


def read(text: str) -> PartialDate:
    """Return what "12 mars 2027", "12/03/2027", "mars 2027" or "2027" says. Raises NotADateError."""
    said = folded(text)
    for shape in _SHAPES:
        if found := shape.fullmatch(said):
            try:
                return _dated(**{"day": None, "month": None} | found.groupdict())
            except ValueError as error:
                raise NotADateError(text) from error
    raise NotADateError(text)


def _dated(year: str, month: str | None, day: str | None) -> PartialDate:
    number = int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(year)
    if month is None:
        return PartialDate(date(number, 1, 1), date(number, 12, 31), Precision.YEAR)
    rank = int(month) if month.isdecimal() else _NUMBERS.get(month, 0)
    if day is None:
        first = date(number, rank, 1)
        return PartialDate(first, first.replace(day=calendar.monthrange(number, rank)[1]), Precision.MONTH)
    only = date(number, rank, int(day))
    return PartialDate(only, only, Precision.DAY)


def words(first: date, precision: str) -> str:
    """Return "1er mars 2027", "mars 2027" or "2027"."""
    if precision == Precision.YEAR:
        return str(first.year)
    month = f"{_MONTHS[first.month - 1]} {first.year}"
    if precision == Precision.MONTH:
        return month
    return f"{day_of_month(first)} {month}"
