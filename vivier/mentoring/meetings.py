"""When two people could first meet, from the half-days that both have. Pure: `today` is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vivier.common import clock
from vivier.people.vocabulary import Slot

#: Nobody is asked to come sooner: families have a week to organise.
NOTICE = timedelta(days=7)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
_HALVES = {"am": (0, "le matin"), "pm": (1, "l’après-midi"), "eve": (2, "en fin de journée")}


@dataclass(frozen=True)
class Meeting:
    """A first meeting that one may suggest: the day, and which part of it in words."""

    day: date
    half: str

    @property
    def words(self) -> str:
        """ "mercredi 2 décembre, l’après-midi"."""
        return f"{clock.day_words(self.day)}, {self.half}"


def first_meeting(common_slots: Iterable[str], today: date) -> Meeting | None:
    """Return the first common half-day at least a week away, the earliest of the day; None without common slot."""
    found = []
    for code in set(common_slots) & set(Slot.values):
        day, half = code.split("_")
        rank, words = _HALVES[half]
        soonest = today + NOTICE
        when = soonest + timedelta(days=(_DAYS.index(day) - soonest.weekday()) % 7)
        found.append((when, rank, words))
    if not found:
        return None
    day, _, words = min(found)
    return Meeting(day, words)
