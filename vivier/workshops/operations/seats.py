"""Seats and steps: what every operation on a place stands on. Seats are counted under a lock of the session's row.

Order of the locks, everywhere: draft, person, sessions by key, places.
"""

from django.db.models import Max, Sum

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.people.consent_rules import Outcome
from vivier.people.models import Beneficiary
from vivier.people.queries.consents import blocking_purposes, open_purposes
from vivier.workshops.models import Group, Registration, RegistrationChange, Session
from vivier.workshops.transitions import HOLDS_SEAT, State, Transition, held_until, target


def lock_session(session: Session) -> Session:
    """Return the session, its row locked until the transaction ends: whoever counts its seats queues here."""
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    return Session.objects.select_related("programme__controller", "site__commune").get(pk=session.pk)


def seats_left(session: Session) -> int:
    """Return how many seats nobody holds; below zero when a file brought more people than seats."""
    return session.capacity - seats_held(session)


def seats_held(session: Session) -> int:
    """Return how many seats are held: by people, and by groups for each of theirs."""
    groups = Group.objects.filter(session=session, cancelled_at=None).aggregate(people=Sum("head_count"))
    return Registration.objects.filter(session=session, state__in=HOLDS_SEAT).count() + (groups["people"] or 0)


def has_seat(session: Session) -> bool:
    """Tell whether a newcomer gets a seat at once: one is free, and nobody waits for it."""
    return seats_left(session) > 0 and not Registration.objects.filter(session=session, state=State.WAITING).exists()


def place_of(session: Session, beneficiary: Beneficiary) -> Registration | None:
    """Return the place of a person in a session, whatever its state."""
    return Registration.objects.filter(session=session, beneficiary=beneficiary).first()


def consent_outcome(beneficiary: Beneficiary) -> Outcome:
    """Return where the authorisations without which there is no place stand together."""
    purposes = blocking_purposes(beneficiary.identity.birth_date, clock.today())
    return open_purposes([beneficiary.pk], purposes)[beneficiary.pk]


def begin(by: Actor, registration: Registration, transition: Transition) -> Registration:
    """Write a new place, REGISTER with a seat or QUEUE with a number, and log it. The caller holds the lock."""
    _move(registration, transition)
    registration.save()
    _log(by, registration, transition, "")
    return registration


def apply(by: Actor, registration: Registration, transition: Transition) -> bool:
    """Move a place along the table and log the step; False where the table leads nowhere. The caller holds the lock."""
    before = registration.state
    if target(before, transition) is None:
        return False
    _move(registration, transition)
    registration.save(update_fields=["state", "waiting_number", "held_until"])
    _log(by, registration, transition, before)
    return True


def _move(registration: Registration, transition: Transition) -> None:
    session = registration.session
    registration.state = target(registration.state, transition)
    registration.waiting_number = _next_number(session) if registration.state == State.WAITING else None
    if registration.state == State.AWAITING_CONSENT:
        registration.held_until = held_until(clock.now(), session.starts_at, session.answer_days)
    elif transition != Transition.EXPIRE:
        registration.held_until = None


def _next_number(session: Session) -> int:
    """Return a number after all those who wait: each is given once, in order, since the session is locked."""
    last = Registration.objects.filter(session=session).aggregate(last=Max("waiting_number"))["last"]
    return (last or 0) + 1


def _log(by: Actor, registration: Registration, transition: Transition, before: str) -> None:
    RegistrationChange.objects.create(
        registration=registration,
        transition=transition,
        before=before,
        after=registration.state,
        at=clock.now(),
        by_id=by.user_id,
    )
