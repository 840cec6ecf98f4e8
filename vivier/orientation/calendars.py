"""The decisions of a track as a calendar to keep (iCalendar, RFC 5545). No name of anybody is in it."""

from datetime import UTC, date, timedelta

from icalendar import Event

from vivier.common import clock
from vivier.orientation.decisions import State, Step, Track, steps
from vivier.workshops.calendars import calendar_of


def of_track(track: Track, today: date) -> bytes:
    """Return what is open or coming this year; what may be done all year has no day of its own and is left out."""
    dated = [step for step in steps(track, today) if step.state != State.PAST and not step.decision.is_always]
    return calendar_of(f"Ce qui se décide ({track.name})", (_event(step) for step in dated))


def _event(step: Step) -> Event:
    """Return the days themselves where they are known; else a mark on the first day of the months."""
    decision = step.decision
    event = Event()
    event.add("uid", f"{decision.code}-{step.first.year}@vivier")
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("dtstart", step.first)
    event.add("dtend", (step.last if step.is_exact else step.first) + timedelta(days=1))
    title = decision.what[:1].upper() + decision.what[1:]
    event.add("summary", title if step.is_exact else f"{title} ({step.when})")
    doubt = "" if step.is_sure else "Dates à vérifier pour cette année. "
    lines = [*decision.todo, f"Avec : {decision.helper}", f"{doubt}Source : {decision.source}"]
    event.add("description", "\n".join(lines))
    event.add("transp", "TRANSPARENT")  # a month is no appointment
    return event
