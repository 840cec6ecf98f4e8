"""When, where and for whom, in French; and whether a programme says "tu"."""

from datetime import date

from django.utils import timezone

from vivier.common import clock
from vivier.common.text import of
from vivier.people.consent_rules import age_on
from vivier.people.models import Beneficiary
from vivier.programmes.models import Programme
from vivier.programmes.vocabulary import Audience
from vivier.workshops.models import Registration, Session

#: A space at which a line does not break.
_KEPT = "\u00a0"
#: Programmes for pupils say "tu" to everybody, also to who turns 18 among them.
_SAYS_TU = frozenset({Audience.LYCEENNES, Audience.COLLEGIENNES, Audience.PUPILS})


def says_tu(programme: Programme, birth_date: date | None) -> bool:
    """Tell whether a page or a mail says "tu": in programmes for pupils, and to minors everywhere."""
    if programme.audience in _SAYS_TU:
        return True
    return birth_date is not None and age_on(birth_date, clock.today()) < 18


def hour(moment) -> str:
    """Return "14 h" or "14 h 30", local time; its spaces never break."""
    local = timezone.localtime(moment)
    return f"{local.hour}{_KEPT}h{_KEPT}{local.minute:02d}" if local.minute else f"{local.hour}{_KEPT}h"


def hours(session: Session) -> str:
    """Return "de 14 h à 16 h", which stays on one line; the last day is named when it is another one."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if start.date() == end.date():
        return f"de{_KEPT}{hour(start)}{_KEPT}à{_KEPT}{hour(end)}"
    return f"de{_KEPT}{hour(start)} au {clock.day_words(end)} à{_KEPT}{hour(end)}"


def day(session: Session) -> str:
    """Return "mercredi 2 décembre 2026"."""
    return f"{clock.day_words(session.starts_at)} {timezone.localtime(session.starts_at).year}"


def when(session: Session) -> str:
    """Return "mercredi 2 décembre 2026, de 14 h à 16 h"."""
    return f"{day(session)}, {hours(session)}"


def length(session: Session) -> str:
    """Return how long a session lasts: "2 h", "1 h 30", "45 min"."""
    minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
    full, rest = divmod(minutes, 60)
    return f"{rest} min" if not full else f"{full} h {rest:02d}" if rest else f"{full} h"


def until(registration: Registration) -> str:
    """Return until when a seat is held for an authorisation: "mercredi 2 décembre à 14 h"; "" where nothing is said."""
    if registration.held_until is None:
        return ""
    return f"{clock.day_words(registration.held_until)} à{_KEPT}{hour(registration.held_until)}"


def held_sentence(registration: Registration) -> str:
    """Return the sentence on until when a seat is held; "" for a seat that is sure, and for who waits."""
    day = until(registration) if registration.state == Registration.State.AWAITING_CONSENT else ""
    return f"Si d’autres attendent une place, celle-ci est gardée jusqu’au {day}." if day else ""


def city(session: Session) -> str:
    """Return the city of a session, or "en ligne"."""
    if session.mode == Session.Mode.ONLINE:
        return "en ligne"
    return session.site.commune.name if session.site else ""


def where(session: Session) -> str:
    """Return where one goes: the place, then the city unless the place names it; or "en ligne"."""
    if session.mode == Session.Mode.ONLINE:
        return "en ligne"
    name = city(session)
    if not session.place:
        return name or "lieu à préciser"
    return session.place if not name or name.casefold() in session.place.casefold() else f"{session.place}, {name}"


def adult(session: Session) -> str:
    """Return who answers for the session on the day; the structure where nobody is named."""
    return session.host or f"l’équipe {of(session.programme.controller.name)}"


def checked(session: Session) -> str:
    """Return how that adult was verified, or that nothing was recorded."""
    if session.host and session.host_checked_on:
        structure = session.programme.controller.name
        return f"vérification faite par {structure} le {session.host_checked_on:%d/%m/%Y}"
    return "aucune vérification n’est encore enregistrée"


def tu_to(beneficiary: Beneficiary, programme: Programme) -> bool:
    """Tell whether one says "tu" to that person in that programme."""
    return says_tu(programme, beneficiary.identity.birth_date)


def counted(programme: Programme, count: int, stem: str) -> str:
    """Return "18 présentes", "1 attendue", or with both genders where the public has both; `stem` is "présent"."""
    feminine, masculine = (f"{stem}e", stem) if count < 2 else (f"{stem}es", f"{stem}s")
    if programme.audience == Audience.PUPILS:
        return f"{count} {feminine} {'ou' if count < 2 else 'et'} {masculine}"
    return f"{count} {feminine}"


def attendance_labels(programme: Programme) -> dict[str, str]:
    """Return the words of the attendance list: yes, no, and everybody came."""
    if programme.audience == Audience.PUPILS:
        return {"yes": "présence", "no": "absence", "everybody": "Toutes et tous présents"}
    return {"yes": "présente", "no": "absente", "everybody": "Toutes présentes"}
