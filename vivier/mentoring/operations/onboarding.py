"""How a newcomer becomes a marraine: charter, short training, interview, then her verification."""

from collections.abc import Sequence
from datetime import date

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.mentoring.models import Invitation, Mentor, Onboarding
from vivier.mentoring.operations.invitations import hand_over_due
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.permissions import require_people
from vivier.people.models import Vetting, Volunteer
from vivier.people.operations import record_vetting
from vivier.programmes.models import Programme


@operation
def welcome(*, by: Actor, programme: Programme, volunteer: Volunteer, capacity: int, slots: Sequence[str]) -> Mentor:
    """Let a volunteer offer her time in a programme, the charter being signed; twice is once.

    Whoever was there already keeps what she offered and needs no onboarding. Raises NotAllowed.
    """
    require_people(by, programme.controller_id)
    take_turn(programme.pk)
    now = clock.now()
    mentor, is_new = Mentor.objects.get_or_create(
        programme=programme,
        volunteer=volunteer,
        defaults={
            "capacity": capacity,
            "slots": sorted(slots),
            "created_at": now,
            "created_by_id": by.user_id,
        },
    )
    if is_new and not Mentor.objects.filter(volunteer=volunteer).exclude(pk=mentor.pk).exists():
        Onboarding.objects.get_or_create(volunteer=volunteer, defaults={"charter_signed_at": now})
    return mentor


@operation
def finish_training(*, by: Actor, volunteer: Volunteer) -> None:
    """Note that she followed the short training; the first time counts. Raises NotAllowed."""
    require_people(by, volunteer.controller_id)
    Onboarding.objects.filter(volunteer=volunteer, trained_at=None).update(trained_at=clock.now())


@operation
def record_interview(*, by: Actor, mentor: Mentor, met_on: date) -> None:
    """Note that somebody of the structure met her. Raises NotAllowed, DomainError."""
    require_people(by, mentor.programme.controller_id)
    if met_on > clock.today():
        raise DomainError("La date de l’entretien est dans l’avenir : indiquez le jour où il a eu lieu.")
    onboarding = Onboarding.objects.select_for_update(of=("self",)).filter(volunteer=mentor.volunteer_id).first()
    if onboarding is None:
        raise DomainError("Cette personne n’a pas besoin d’entretien : votre structure la connaissait déjà.")
    onboarding.met_on, onboarding.met_at, onboarding.met_by_id = met_on, clock.now(), by.user_id
    onboarding.save(update_fields=["met_on", "met_at", "met_by"])


@operation
def verify(*, by: Actor, mentor: Mentor, outcome: str, checked_on: date, expires_on: date | None = None) -> Vetting:
    """Record a verification: the second step, after the interview of a newcomer; who waited for it only may now meet.

    Raises NotAllowed, DomainError.
    """
    onboarding = Onboarding.objects.filter(volunteer=mentor.volunteer_id).first()
    if outcome == Vetting.Outcome.OK and onboarding is not None and onboarding.met_on is None:
        raise DomainError("La vérification se fait en deux temps : notez d’abord l’entretien.")
    hers = Mentor.objects.filter(volunteer=mentor.volunteer_id).order_by("programme")
    for programme in hers.values_list("programme", flat=True):
        take_turn(programme)
    vetting = record_vetting(
        by=by, volunteer=mentor.volunteer, outcome=outcome, checked_on=checked_on, expires_on=expires_on
    )
    hand_over_due(Invitation.objects.filter(pair__mentor__volunteer=mentor.volunteer_id))
    return vetting
