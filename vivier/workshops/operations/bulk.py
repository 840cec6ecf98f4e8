"""Places for many people at once, as a file brings them."""

from collections.abc import Sequence

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.common.text import plural
from vivier.people.consent_rules import Outcome, rules
from vivier.people.models import Beneficiary
from vivier.people.queries import open_purposes
from vivier.programmes.models import Enrolment
from vivier.workshops.models import Registration, RegistrationChange, Session
from vivier.workshops.operations.attendance import mark_attendance
from vivier.workshops.operations.seats import lock_session, seats_left
from vivier.workshops.permissions import require_session_management
from vivier.workshops.transitions import State, Transition, held_until

_STATES = {
    Outcome.GRANTED: State.CONFIRMED,
    Outcome.AWAITING: State.AWAITING_CONSENT,
    Outcome.REFUSED: State.REFUSED,
}


@operation
def register_many(
    *,
    by: Actor,
    session: Session,
    beneficiaries: Sequence[Beneficiary],
    attended: bool | None = None,
    source: str = Registration.Source.FILE,
) -> int:
    """Give places to people who have none in this session; return how many were new. No mail goes out.

    `attended` True or False states, for the whole list, what happened on the day: such a place is confirmed, since it
    was taken, and counts no seat. Otherwise the places are those of people still to come: authorisations decide their
    state, and seats must be left. Raises NotAllowed, DomainError.
    """
    require_session_management(by, session.programme.controller_id)
    if any(row.controller_id != session.programme.controller_id for row in beneficiaries):
        raise DomainError("Une personne de la liste est suivie par une autre structure.")
    session = lock_session(session)
    known = set(Registration.objects.filter(session=session).values_list("beneficiary", flat=True))
    new = [row for row in dict.fromkeys(beneficiaries) if row.pk not in known]
    states = _states(session, new, attended)
    _enrol(by, session, new)
    now = clock.now()
    until = held_until(now, session.starts_at, session.answer_days)
    created = Registration.objects.bulk_create(
        [
            Registration(
                session=session,
                beneficiary=row,
                state=states[row.pk],
                held_until=until if states[row.pk] == State.AWAITING_CONSENT else None,
                source=source,
                registered_at=now,
                registered_by_id=by.user_id,
                # Said at once for new places: marking ten thousand of them afterwards takes as long again.
                attended=attended,
                attendance_at=None if attended is None else now,
                attendance_by_id=None if attended is None else by.user_id,
            )
            for row in new
        ],
        batch_size=2000,
    )
    RegistrationChange.objects.bulk_create(
        [
            RegistrationChange(
                registration=row, transition=Transition.REGISTER, after=row.state, at=now, by_id=by.user_id
            )
            for row in created
        ],
        batch_size=2000,
    )
    if attended is not None:
        wanted = {row.pk for row in beneficiaries} & known
        marks = Registration.objects.filter(session=session, beneficiary__in=wanted).values_list("public_id", flat=True)
        mark_attendance(by=by, session=session, marks=dict.fromkeys(marks, attended))
    return len(created)


def _states(session: Session, people: Sequence[Beneficiary], attended: bool | None) -> dict[int, State]:
    if attended is not None:
        return {row.pk: State.CONFIRMED for row in people}
    left = seats_left(session)
    if len(people) > left:
        raise DomainError(
            f"La liste compte {plural(len(people), 'personne', 'personnes')} à inscrire et il reste "
            f"{plural(max(left, 0), 'place', 'places')} : augmentez les places de la séance ou raccourcissez la liste."
        )
    purposes = sorted({rule.purpose for rule in rules().values() if rule.is_blocking})
    return {pk: _STATES[outcome] for pk, outcome in open_purposes([row.pk for row in people], purposes).items()}


def _enrol(by: Actor, session: Session, people: Sequence[Beneficiary]) -> None:
    """Make them part of the programme; what the matching knows of those who already are stays as it is."""
    keys = [row.pk for row in people]
    known = set(
        Enrolment.objects.filter(programme=session.programme, beneficiary__in=keys).values_list(
            "beneficiary", flat=True
        )
    )
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                programme=session.programme,
                beneficiary=row,
                site=session.site,
                created_at=clock.now(),
                created_by_id=by.user_id,
            )
            for row in people
            if row.pk not in known
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )
