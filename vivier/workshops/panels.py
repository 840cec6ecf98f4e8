"""What this room shows on the pages of people: places, and what authorisations are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.links import absolute
from vivier.common.permissions import Permission
from vivier.common.text import of
from vivier.people.extensions import Panel, Since, Subject
from vivier.people.models import Beneficiary, Guardianship
from vivier.people.queries import says_tu
from vivier.people.vocabulary import Purpose
from vivier.programmes.models import Enrolment
from vivier.workshops import links, papers, words
from vivier.workshops.models import Registration, Session
from vivier.workshops.queries.waiting import with_rank
from vivier.workshops.transitions import HOLDS_SEAT, STANDS, State

#: State of a place → tone of its tag.
TONES = {
    State.CONFIRMED: "ok",
    State.WAITING: "wait",
    State.AWAITING_CONSENT: "wait",
    State.REFUSED: "alert",
    State.CANCELLED: "info",
}


@dataclass(frozen=True)
class PlaceView:
    """One place in words. `online_url` is filled for who may know it; `may_leave`: the session has not begun.

    `rank`: how far she is in the line, 0 for who does not wait; `held`: until when the seat is held, "" where certain.
    """

    registration: Registration
    session: Session
    when: str
    where: str
    state: str
    tone: str
    attendance: str
    is_coming: bool
    is_past: bool
    may_leave: bool
    online_url: str
    adult: str
    rank: int
    held: str
    is_certified: bool

    @property
    def is_waiting(self) -> bool:
        return self.rank > 0


def place_view(registration: Registration, rank: int) -> PlaceView:
    """Return a place in words; its session, programme and site are already read, and its rank in the line."""
    session, now = registration.session, clock.now()
    is_coming = session.starts_at > now and session.state == Session.State.OPEN
    holds, stands = registration.state in HOLDS_SEAT, registration.state in STANDS
    is_off = session.state == Session.State.CANCELLED
    said = {True: "présente", False: "absente", None: "" if is_coming else "non notée"}[registration.attended]
    return PlaceView(
        registration=registration,
        session=session,
        when=words.when(session),
        where=words.where(session),
        state="séance annulée" if is_off else registration.get_state_display(),
        tone="info" if is_off else TONES[State(registration.state)],
        attendance=said if holds and not is_off else "",
        is_coming=is_coming and stands,
        is_past=session.starts_at <= now,
        may_leave=is_coming and stands,
        online_url=session.online_url if is_coming and registration.state == State.CONFIRMED else "",
        adult=words.adult(session),
        rank=rank,
        is_certified=papers.is_certified(registration),
        held=words.held_sentence(registration) if is_coming else "",
    )


def places_of(*beneficiaries: Beneficiary) -> list[PlaceView]:
    """Return every place of a person, or of several, the latest session first; one query."""
    rows = (
        with_rank(Registration.objects.filter(beneficiary__in=beneficiaries))
        .select_related("session__programme__controller", "session__site__commune")
        .order_by("-session__starts_at", "-pk")
    )
    return [place_view(row, row.rank) for row in rows]


def subjects(since: Since) -> Iterable[tuple[int, Subject]]:
    """Yield the coming sessions that authorisations are about; those booked before `since` are kept back."""
    rows = (
        Registration.objects.filter(
            beneficiary__in=list(since),
            session__state=Session.State.OPEN,
            session__ends_at__gt=clock.now(),
        )
        .exclude(state=State.CANCELLED, changes__transition="leave")
        .select_related("session__programme__controller", "session__site__commune")
        .order_by("session__starts_at", "pk")
        .distinct()
    )
    for row in rows:
        from_when = since[row.beneficiary_id]
        if from_when is None or row.registered_at >= from_when:
            yield row.beneficiary_id, _subject(row)


def _subject(row: Registration) -> Subject:
    return Subject(
        purpose=Purpose.ACTIVITY,
        title=row.session.title,
        when=words.when(row.session),
        where=words.where(row.session),
        adult=words.adult(row.session),
        checked=words.checked(row.session),
        state=row.get_state_display(),
        tone=TONES[State(row.state)],
        note=words.held_sentence(row),
    )


def person_panel(actor: Actor, beneficiary: Beneficiary) -> Panel | None:
    """Return programmes and places, for staff."""
    enrolments = (
        Enrolment.objects.filter(beneficiary=beneficiary)
        .select_related("programme", "site__commune")
        .order_by("-created_at", "-pk")
    )
    may_manage = actor.may(Permission.MANAGE_SESSIONS, beneficiary.controller_id)
    return Panel(
        "workshops/partials/person_panel.html",
        {
            "enrolments": list(enrolments),
            "places": places_of(beneficiary),
            "may_manage": may_manage,
            "coming": coming_sessions(beneficiary) if may_manage else [],
        },
    )


#: How many coming sessions are offered to staff who sign somebody up.
OFFERED = 50


def coming_sessions(beneficiary: Beneficiary) -> list[tuple[str, str]]:
    """Return (code, words) of the coming sessions of her structure in which she has no place and waits for none."""
    held = Registration.objects.filter(beneficiary=beneficiary, state__in=STANDS).values("session")
    rows = (
        Session.objects.filter(
            programme__controller=beneficiary.controller_id, state=Session.State.OPEN, starts_at__gt=clock.now()
        )
        .exclude(pk__in=held)
        .select_related("site__commune")
        .order_by("starts_at", "pk")[:OFFERED]
    )
    return [(row.code, f"{words.day(row)}, {row.title}, {words.city(row) or words.where(row)}") for row in rows]


def own_panel(actor: Actor, beneficiary: Beneficiary) -> Panel | None:
    """Return her places, for herself: the next one first, what is off, then what is past."""
    places = places_of(beneficiary)
    coming = [place for place in reversed(places) if place.is_coming]
    tu = words.tu_to(beneficiary, places[0].session.programme) if places else says_tu(beneficiary, clock.today())
    context = {
        "next": coming[0] if coming else None,
        "coming": coming[1:],
        "off": [place for place in reversed(places) if not (place.is_coming or place.is_past)],
        "tu": tu,
        "calendar": absolute("workshops:own_calendar", jeton=links.calendar_token(beneficiary)) if coming else "",
    }
    before = {
        "past": [place for place in places if place.is_past],
        "certified": [place for place in places if place.is_certified],
    }
    closing = Panel("workshops/partials/own_past.html", before)
    return Panel("workshops/partials/own_panel.html", context, finding=_finding(coming, tu), closing=closing)


def child_panels(guardianships: Sequence[Guardianship]) -> Iterable[tuple[Guardianship, Panel]]:
    """Yield the certificates of each child, for a guardian; whom only a sign-up named reads those of later places."""
    places = [place for place in places_of(*(row.beneficiary for row in guardianships)) if place.is_certified]
    for row in guardianships:
        child, since = row.beneficiary, row.reads_since
        own = [place for place in places if place.registration.beneficiary_id == child.pk]
        seen = [place for place in own if since is None or place.registration.registered_at >= since]
        heading = f"Les attestations {of(child.identity.first_name)}"
        if seen:
            yield row, Panel("workshops/partials/child_panel.html", {"heading": heading, "certified": seen})


def _finding(coming: list[PlaceView], tu: bool) -> str:
    """Return what she must know first: her next session, and whether it still waits for an answer."""
    if not coming:
        return ""
    whose = "Ta" if tu else "Votre"
    first = coming[0]
    if first.is_waiting:
        return f"{'Tu es' if tu else 'Vous êtes'} au rang {first.rank} sur une liste d’attente."
    if first.registration.state == State.AWAITING_CONSENT:
        return f"{whose} place est gardée. Il manque une autorisation."
    return f"{whose} prochaine séance : {clock.day_words(first.session.starts_at)}."
