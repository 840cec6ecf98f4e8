"""The register as a calendar to subscribe to (iCalendar, RFC 5545): what, when, where, who does it; nobody is named."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.core import signing
from icalendar import Calendar, Event

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.links import absolute
from vivier.organisations.models import Organisation
from vivier.programmes.models import Plan
from vivier.steering import queries
from vivier.steering.queries.register import RegisterRow
from vivier.steering.vocabulary import Precision

_SALT = "vivier.steering.register"
#: A subscribed calendar holds what is older than this no more, and this many entries at most, the next ones first.
PAST, MOST = timedelta(days=90), 1000
#: A subscribed calendar asks again this often.
REFRESH = timedelta(hours=6)


class CalendarLinkError(DomainError):
    """The link opens no calendar."""


def address(plan: Plan, organisation: Organisation) -> str:
    """Return the whole address of a partner's calendar of a plan: whoever has it reads what partners read."""
    token = signing.dumps([plan.pk, organisation.public_id.hex], salt=_SALT)
    return absolute("steering:calendar", plan.slug, jeton=token)


def read(plan: Plan, token: str) -> Organisation:
    """Return whose calendar a link opens. Raises CalendarLinkError: not ours, or no partner of the plan any more."""
    try:
        plan_id, public_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise CalendarLinkError("Ce lien n’est pas complet.") from error
    organisation = Organisation.objects.filter(public_id=public_id).first()
    if organisation is None or plan_id != plan.pk:
        raise CalendarLinkError("Ce lien n’ouvre pas cet agenda.")
    if not queries.plans_of([organisation.pk]).filter(pk=plan.pk).exists():
        raise CalendarLinkError("Cette structure n’est plus partenaire de ce plan.")
    return organisation


def of_plan(plan: Plan, reader: Organisation | None) -> bytes:
    """Return the calendar of a plan: what a partner reads, or without reader what is announced publicly.

    Where there is too much, what is past gives way to what comes.
    """
    today = clock.today()
    rows = _rows(plan, reader, queries.Wanted(since=today - PAST), MOST + 1)
    if len(rows) > MOST:
        rows = _rows(plan, reader, queries.Wanted(since=today), MOST)
    return _calendar(plan.name, rows)


def _rows(plan: Plan, reader: Organisation | None, wanted: queries.Wanted, most: int) -> list[RegisterRow]:
    if reader is None:
        return list(queries.public_rows(plan, wanted, most))
    return list(queries.register_rows(plan, [reader.pk], wanted, most))


def _calendar(name: str, rows: Iterable[RegisterRow]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier//registre//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row))
    return calendar.to_ical()


def _event(row: RegisterRow) -> Event:
    event = Event()
    event.add("uid", f"{row.key}@registre.vivier")
    event.add("dtstamp", clock.now().astimezone(UTC))
    if row.session is not None:
        event.add("dtstart", row.session.starts_at.astimezone(UTC))
        event.add("dtend", row.session.ends_at.astimezone(UTC))
    else:
        event.add("dtstart", row.on)
        event.add("dtend", row.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    is_off = row.state[0] == "annulée"
    unknown = "" if row.precision == Precision.DAY else f" (date à préciser : {row.when})"
    event.add("summary", f"{'Annulée : ' if is_off else ''}{row.title}{unknown}")
    event.add("location", row.place)
    event.add("description", "\n".join(filter(None, [f"{row.kind_words}, {row.who.name}", row.url])))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED" if row.precision == Precision.DAY else "TENTATIVE")
    return event
