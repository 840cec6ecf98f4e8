"""Creating, changing and cancelling sessions."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, named_constraint
from vivier.common.operations import operation
from vivier.common.text import plural
from vivier.programmes.models import Programme
from vivier.workshops import notices
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.groups import coming_groups
from vivier.workshops.operations.seats import apply, lock_session, seats_held
from vivier.workshops.operations.waiting import settle
from vivier.workshops.permissions import require_session_management
from vivier.workshops.transitions import STANDS, Transition

_FIELDS = (
    "site", "title", "description", "mode", "place", "online_url", "host", "host_checked_on", "starts_at", "ends_at",
    "capacity", "promotion", "answer_days", "levels", "minimum_age", "maximum_age", "is_public",
)  # fmt: skip
#: A change of one of these is told to whoever has a place or waits for one.
_TOLD = ("starts_at", "ends_at", "mode", "place", "site", "online_url")


@operation
def create_session(*, by: Actor, programme: Programme, **details) -> Session:
    """Create a session of a programme; `details` are columns of Session. Raises NotAllowed, DomainError."""
    require_session_management(by, programme.controller_id)
    session = Session(programme=programme, created_at=clock.now(), created_by_id=by.user_id)
    _set(session, details)
    _save(session)
    return session


@operation
def update_session(*, by: Actor, session: Session, **details) -> Session:
    """Change a session that is not cancelled, and tell its people what moved. Raises NotAllowed, DomainError."""
    require_session_management(by, session.programme.controller_id)
    session = lock_session(session)
    if session.state == Session.State.CANCELLED:
        raise DomainError("Cette séance est annulée : créez-en une autre, elle peut en reprendre les réglages.")
    held = seats_held(session)
    if details.get("capacity", session.capacity) < min(held, session.capacity):
        raise DomainError(
            f"{plural(held, 'place est déjà prise', 'places sont déjà prises')} : "
            f"indiquez au moins {held}, ou libérez d’abord des places."
        )
    before = {name: getattr(session, name) for name in _TOLD}
    _set(session, details)
    _save(session)
    if session.starts_at > clock.now() and any(before[name] != getattr(session, name) for name in _TOLD):
        for registration in _standing(session):
            notices.session_changed(registration)
        for group in coming_groups(session):
            notices.group_told(group, "changed")
    settle(by, session)
    return session


@operation
def cancel_session(*, by: Actor, session: Session, reason: str = "") -> int:
    """Cancel a session, free its places, empty its line and write to everybody; return how many were told.

    Raises NotAllowed, DomainError (it is over).
    """
    require_session_management(by, session.programme.controller_id)
    session = lock_session(session)
    if session.state == Session.State.CANCELLED:
        return 0
    if session.ends_at <= clock.now():
        raise DomainError("Cette séance est passée : elle ne s’annule plus, ses présences se corrigent.")
    session.state, session.cancel_reason = Session.State.CANCELLED, reason.strip()
    session.cancelled_at, session.cancelled_by_id = clock.now(), by.user_id
    session.save(update_fields=["state", "cancel_reason", "cancelled_at", "cancelled_by"])
    standing = list(_standing(session))
    for registration in standing:
        registration.session = session
        apply(by, registration, Transition.CANCEL_SESSION)
        notices.session_cancelled(registration)
    groups = list(coming_groups(session))
    for group in groups:
        notices.group_told(group, "cancelled")
    return len(standing) + sum(1 for group in groups if group.contact_email)


def _standing(session: Session):
    return (
        Registration.objects.filter(session=session, state__in=STANDS)
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .prefetch_related("beneficiary__guardianships__guardian")
        .order_by("pk")
    )


def _set(session: Session, details: Mapping) -> None:
    unknown = set(details) - set(_FIELDS)
    if unknown:
        raise TypeError(f"unknown columns: {sorted(unknown)}")
    for name, value in details.items():
        setattr(session, name, value)
    if session.site and session.site.programme_id != session.programme_id:
        raise DomainError("Cette ville n’est pas une ville du programme.")


def _save(session: Session) -> None:
    """Write the session; what the database refuses comes back as the sentence of its constraint."""
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        name = named_constraint(error)
        sentences = {one.name: one.violation_error_message for one in Session._meta.constraints}
        if name not in sentences:
            raise
        raise DomainError(str(sentences[name])) from error
