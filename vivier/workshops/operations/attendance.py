"""Who came: true, false, or not said."""

from collections.abc import Mapping
from uuid import UUID

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.operations import operation
from vivier.workshops.models import Registration, Session
from vivier.workshops.permissions import require_session_management


@operation
def mark_attendance(*, by: Actor, session: Session, marks: Mapping[UUID, bool | None]) -> int:
    """Write who came, by the public id of each place; return how many changed. Raises NotAllowed.

    Places of other sessions are ignored; a mark that says what is on file is not written again, so its date and author
    stay those of who first said it.
    """
    require_session_management(by, session.programme.controller_id)
    rows = list(
        Registration.objects.select_for_update(of=("self",))
        .filter(session=session, public_id__in=list(marks))
        .order_by("pk")
    )
    now, changed = clock.now(), []
    for row in rows:
        says = marks[row.public_id]
        if row.attended is says:
            continue
        row.attended = says
        row.attendance_at = None if says is None else now
        row.attendance_by_id = None if says is None else by.user_id
        changed.append(row)
    Registration.objects.bulk_update(changed, ["attended", "attendance_at", "attendance_by"], batch_size=500)
    return len(changed)
