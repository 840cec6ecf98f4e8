"""The waiting list: who gets a seat that is free again, and who gives hers up because nobody answered in time."""

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.people.consent_rules import Outcome
from vivier.workshops import notices
from vivier.workshops.eligibility import session_obstacle
from vivier.workshops.errors import SessionFull
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.seats import apply, consent_outcome, lock_session, seats_left
from vivier.workshops.permissions import require_session_management
from vivier.workshops.transitions import State, Transition, after_answer


def settle(by: Actor, session: Session) -> None:
    """Take back the seats whose time to answer passed and which somebody waits for, then serve the line.

    The session is locked, nobody else is: who answers meanwhile waits for the session, and is judged again after.
    """
    if session_obstacle(session, clock.now()):
        return
    _take_back(by, session)
    if session.promotion == Session.Promotion.AUTOMATIC:
        while seats_left(session) > 0 and (place := _first(session)):
            _give_seat(by, place)


@operation
def promote(*, by: Actor, registration: Registration) -> Registration:
    """Give a free seat to somebody who waits, as staff. Raises NotAllowed, NoPlace, DomainError (she does not wait)."""
    require_session_management(by, registration.session.programme.controller_id)
    session = lock_session(registration.session)
    if obstacle := session_obstacle(session, clock.now()):
        raise obstacle
    place = _with_person(Registration.objects.filter(pk=registration.pk, session=session, state=State.WAITING)).first()
    if place is None:
        raise DomainError("Cette personne n’est plus sur la liste d’attente.")
    if seats_left(session) < 1:
        raise SessionFull("Toutes les places sont prises : augmentez leur nombre, ou libérez-en une.")
    _give_seat(by, place)
    return place


@operation
def pass_deadline(*, by: Actor, session: Session) -> None:
    """Do what time does to a session: seats held too long go to who waits. Done twice, it changes nothing more."""
    settle(by, lock_session(session))


def pass_deadlines(*, by: Actor) -> int:
    """Look at every coming session where a time to answer passed, one transaction each; return how many."""
    now = clock.now()
    late = Registration.objects.filter(state=State.AWAITING_CONSENT, held_until__lte=now)
    waiting = Registration.objects.filter(state=State.WAITING)
    sessions = Session.objects.filter(
        pk__in=late.values("session"), state=Session.State.OPEN, starts_at__gt=now, registrations__in=waiting
    )
    found = list(sessions.distinct().order_by("pk"))
    for session in found:
        pass_deadline(by=by, session=session)
    return len(found)


def _first(session: Session) -> Registration | None:
    waiting = Registration.objects.filter(session=session, state=State.WAITING)
    return _with_person(waiting).order_by("waiting_number", "pk").first()


def _with_person(places):
    return places.select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")


def _take_back(by: Actor, session: Session) -> None:
    """Send to the end of the line who has not answered in time: no more of them than it takes to serve who had no turn.

    Who had one may stand before her, and is then served first: counting her too, a second look finds nothing to do.
    """
    line = Registration.objects.filter(session=session, state=State.WAITING).order_by("waiting_number", "pk")
    had_turns = [held_until is not None for held_until in line.values_list("held_until", flat=True)]
    reach = len(had_turns) - had_turns[::-1].index(False) if False in had_turns else 0
    wanted = max(reach - max(seats_left(session), 0), 0)
    late = Registration.objects.filter(session=session, state=State.AWAITING_CONSENT, held_until__lte=clock.now())
    for place in _with_person(late).order_by("held_until", "pk")[:wanted]:
        apply(by, place, Transition.EXPIRE)
        notices.expired(place)


def _give_seat(by: Actor, place: Registration) -> None:
    apply(by, place, Transition.PROMOTE)
    outcome = consent_outcome(place.beneficiary)
    for step in after_answer(place.state, outcome, Transition.PROMOTE, True):
        apply(by, place, step)
    notices.promoted(place, is_missing=outcome == Outcome.AWAITING)
