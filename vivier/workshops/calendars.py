"""Sessions as a calendar that a telephone subscribes to (iCalendar, RFC 5545). No name of anybody is in it."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from vivier.common import clock
from vivier.common.links import absolute
from vivier.workshops import links, words
from vivier.workshops.models import Registration, Session
from vivier.workshops.transitions import State

#: A subscribed calendar asks again this often.
REFRESH = timedelta(hours=6)


def of_sessions(name: str, sessions: Iterable[Session]) -> bytes:
    """Return the calendar of sessions as whoever passes by reads them; a cancelled one says so, and is struck out."""
    return calendar_of(name, (_public_event(session) for session in sessions))


def of_places(name: str, places: Iterable[Registration]) -> bytes:
    """Return the calendar of somebody's places; the link of connection is in those that are confirmed."""
    return calendar_of(name, (_own_event(place) for place in places))


def calendar_of(name: str, events: Iterable[Event]) -> bytes:
    """Return the events as one calendar of that name."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier//seances//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _event(session: Session, uid: str, url: str, lines: list[str], status: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@vivier")
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", f"Annulée : {session.title}" if status == "CANCELLED" else session.title)
    event.add("location", words.where(session))
    event.add("description", "\n".join(filter(None, lines)))
    event.add("url", url)
    event.add("status", status)
    return event


def _public_event(session: Session) -> Event:
    status = "CANCELLED" if session.state == Session.State.CANCELLED else "CONFIRMED"
    url = absolute("workshops:session", session.code)
    return _event(session, session.code, url, [session.description, url], status)


def _own_event(place: Registration) -> Event:
    session = place.session
    is_off = session.state == Session.State.CANCELLED or place.state in (State.CANCELLED, State.REFUSED)
    is_sure = place.state == State.CONFIRMED and not is_off
    status = "CANCELLED" if is_off else "CONFIRMED" if is_sure else "TENTATIVE"
    state = "séance annulée" if session.state == Session.State.CANCELLED else place.get_state_display()
    connection = f"Lien de connexion : {session.online_url}" if is_sure and session.online_url else ""
    url = links.address_of(place)
    lines = [f"Inscription : {state}", connection, f"Adulte présent : {words.adult(session)}", url]
    return _event(session, place.public_id.hex, url, lines, status)
