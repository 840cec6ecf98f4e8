"""Classes and groups: seats for a number of people whom nobody names here."""

from django.db.models import QuerySet

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.common.text import plural
from vivier.workshops import notices
from vivier.workshops.eligibility import session_obstacle
from vivier.workshops.errors import SessionFull
from vivier.workshops.models import Group, Session
from vivier.workshops.operations.seats import lock_session, seats_left
from vivier.workshops.operations.waiting import settle
from vivier.workshops.permissions import require_session_management


def coming_groups(session: Session) -> QuerySet[Group]:
    """Return the groups that hold seats in a session."""
    groups = Group.objects.filter(session=session, cancelled_at=None)
    return groups.select_related("session__programme__controller", "session__site__commune").order_by("pk")


@operation
def add_group(*, by: Actor, session: Session, label: str, head_count: int, contact_email: str = "") -> Group:
    """Hold seats for a group, and tell the adult who accompanies. Raises NotAllowed, NoPlace."""
    require_session_management(by, session.programme.controller_id)
    session = lock_session(session)
    if obstacle := session_obstacle(session, clock.now()):
        raise obstacle
    left = max(seats_left(session), 0)
    if head_count > left:
        raise SessionFull(f"Il reste {plural(left, 'place', 'places')} : augmentez les places de la séance.")
    group = Group.objects.create(
        session=session,
        label=label.strip(),
        head_count=head_count,
        contact_email=contact_email.strip(),
        created_at=clock.now(),
        created_by_id=by.user_id,
    )
    notices.group_told(group, "booked")
    return group


@operation
def count_group(*, by: Actor, group: Group, attended: int) -> None:
    """Write how many of a group came. Raises NotAllowed, DomainError (a number that cannot be)."""
    require_session_management(by, group.session.programme.controller_id)
    group = Group.objects.select_for_update(of=("self",)).select_related("session").get(pk=group.pk)
    if attended < 0 or attended > group.head_count * 2:
        raise DomainError("Ce nombre ne peut pas être juste : vérifiez-le.")
    group.attended_count = attended
    group.save(update_fields=["attended_count"])


@operation
def cancel_group(*, by: Actor, group: Group) -> None:
    """Free the seats of a group for who waits. Done twice, it changes nothing more. Raises NotAllowed."""
    require_session_management(by, group.session.programme.controller_id)
    session = lock_session(group.session)
    group = Group.objects.get(pk=group.pk)
    if group.cancelled_at is None:
        group.cancelled_at, group.cancelled_by_id = clock.now(), by.user_id
        group.save(update_fields=["cancelled_at", "cancelled_by"])
        settle(by, session)
