"""The one clock of the rooms: `--today DATE` fixes it for a demonstration. Engines take `today` as an argument."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the local date, or the fixed date of the demonstration."""
    fixed = settings.VIVIER_TODAY
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def now() -> datetime:
    """Return the aware current time, moved to the fixed date where there is one."""
    moment = timezone.now()
    if not settings.VIVIER_TODAY:
        return moment
    local = timezone.localtime(moment)
    return datetime.combine(today(), local.timetz())


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the aware local time `hour`:`minute` of `day`."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day_of_month(day: date) -> str:
    """Return "1er", or "2" to "31"."""
    return "1er" if day.day == 1 else str(day.day)


def day_words(moment: datetime | date) -> str:
    """Return "mercredi 2 décembre", or "vendredi 1er janvier" (local day of an aware moment)."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{_DAYS[day.weekday()]} {day_of_month(day)} {_MONTHS[day.month - 1]}"


def date_words(moment: datetime | date) -> str:
    """Return "2 décembre 2026", or "1er janvier 2027" (local day of an aware moment)."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day_words(day).split(' ', 1)[1]} {day.year}"
