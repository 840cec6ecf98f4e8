"""Creating volunteers and recording that they were checked. What they offer belongs to the room of mentoring."""

from collections.abc import Sequence
from datetime import date

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.organisations.models import Organisation
from vivier.people.consent_rules import add_months
from vivier.people.models import Vetting, Volunteer, VolunteerIdentity
from vivier.people.permissions import require_people_management
from vivier.people.records import NewVolunteer

#: How long a verification holds unless the structure says otherwise; a choice of the project, to be checked.
VETTING_MONTHS = 36
_IDENTITY_FIELDS = ("first_name", "last_name", "email", "phone")
_FIELDS = ("occupation", "employer", "commune", "languages", "interests")


@operation
def create_volunteer(*, by: Actor, controller: Organisation, person: NewVolunteer) -> Volunteer:
    """Create one volunteer of a structure. Raises NotAllowed."""
    return create_volunteers(by=by, controller=controller, people=[person])[0]


@operation
def create_volunteers(*, by: Actor, controller: Organisation, people: Sequence[NewVolunteer]) -> list[Volunteer]:
    """Create many volunteers, in order, in two statements a batch. Raises NotAllowed."""
    require_people_management(by, controller.pk)
    now = clock.now()
    rows = Volunteer.objects.bulk_create(
        [
            Volunteer(
                controller=controller,
                occupation=person.occupation,
                employer=person.employer,
                commune=person.commune,
                languages=list(person.languages),
                interests=list(person.interests),
                created_at=now,
                created_by_id=by.user_id,
            )
            for person in people
        ],
        batch_size=2000,
    )
    VolunteerIdentity.objects.bulk_create(
        [
            VolunteerIdentity(
                volunteer=row,
                first_name=" ".join(person.first_name.split()),
                last_name=" ".join(person.last_name.split()),
                email=person.email.strip(),
                phone=person.phone.strip(),
            )
            for row, person in zip(rows, people, strict=True)
        ],
        batch_size=2000,
    )
    return rows


@operation
def update_volunteer(*, by: Actor, volunteer: Volunteer, **details) -> Volunteer:
    """Change columns of a volunteer or of her identity, named as in NewVolunteer. Raises NotAllowed."""
    require_people_management(by, volunteer.controller_id)
    identity = VolunteerIdentity.objects.get(pk=volunteer.pk)
    unknown = set(details) - set(_FIELDS) - set(_IDENTITY_FIELDS)
    if unknown:
        raise TypeError(f"unknown columns: {sorted(unknown)}")
    for row, names in ((volunteer, _FIELDS), (identity, _IDENTITY_FIELDS)):
        changed = [name for name in names if name in details]
        for name in changed:
            setattr(row, name, details[name])
        if changed:
            row.save(update_fields=changed)
    volunteer.identity = identity
    return volunteer


@operation
def record_vetting(
    *,
    by: Actor,
    volunteer: Volunteer,
    outcome: str,
    checked_on: date,
    expires_on: date | None = None,
    basis: str = Vetting.Basis.INDIVIDUAL,
) -> Vetting:
    """Record the result and the dates of a verification; no document is kept. Raises NotAllowed, DomainError."""
    return record_vettings(
        by=by, volunteers=[volunteer], outcome=outcome, checked_on=checked_on, expires_on=expires_on, basis=basis
    )[0]


@operation
def record_vettings(
    *,
    by: Actor,
    volunteers: Sequence[Volunteer],
    outcome: str,
    checked_on: date,
    expires_on: date | None = None,
    basis: str = Vetting.Basis.FILE,
) -> list[Vetting]:
    """Record one verification for each of several volunteers. Raises NotAllowed, DomainError when dates cannot be."""
    for controller_id in {volunteer.controller_id for volunteer in volunteers}:
        require_people_management(by, controller_id)
    if checked_on > clock.today():
        raise DomainError("La date de vérification est dans l’avenir : indiquez le jour où elle a été faite.")
    expires_on = expires_on or add_months(checked_on, VETTING_MONTHS)
    if expires_on < checked_on:
        raise DomainError("La fin de validité précède la date de vérification : vérifiez les deux dates.")
    now = clock.now()
    return Vetting.objects.bulk_create(
        [
            Vetting(
                volunteer=volunteer,
                outcome=outcome,
                basis=basis,
                checked_on=checked_on,
                expires_on=expires_on,
                recorded_at=now,
                recorded_by_id=by.user_id,
            )
            for volunteer in volunteers
        ],
        batch_size=2000,
    )
