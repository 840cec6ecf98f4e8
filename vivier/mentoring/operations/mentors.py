"""What a marraine offers, and her verification."""

from collections.abc import Sequence
from datetime import date

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.mentoring.models import Mentor
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.permissions import can_change_offer, require_people
from vivier.people.models import Vetting, Volunteer


@operation
def change_offer(*, by: Actor, mentor: Mentor, capacity: int, slots: Sequence[str]) -> Mentor:
    """Change how many she accompanies at once (0 is a value) and when. Pairs she holds stay. Raises NotAllowed."""
    mentor = _own_turn(by, mentor)
    mentor.capacity, mentor.slots = capacity, sorted(slots)
    mentor.save(update_fields=["capacity", "slots"])
    return mentor


@operation
def pause(*, by: Actor, mentor: Mentor) -> Mentor:
    """Leave her out of the next runs; pairs she holds stay. Raises NotAllowed."""
    mentor = _own_turn(by, mentor)
    if mentor.paused_at is None:
        mentor.paused_at, mentor.paused_by_id = clock.now(), by.user_id
        mentor.save(update_fields=["paused_at", "paused_by"])
    return mentor


@operation
def resume(*, by: Actor, mentor: Mentor) -> Mentor:
    """Put her back in the next runs. Raises NotAllowed."""
    mentor = _own_turn(by, mentor)
    mentor.paused_at, mentor.paused_by_id = None, None
    mentor.save(update_fields=["paused_at", "paused_by"])
    return mentor


@operation
def record_vetting(*, by: Actor, volunteer: Volunteer, outcome: str, checked_on: date, expires_on: date) -> Vetting:
    """Record the result, the day and the end of an individual verification; documents are never kept.

    Raises NotAllowed, or DomainError: a day to come, or an end before the beginning.
    """
    require_people(by, volunteer.controller_id)
    if outcome not in Vetting.Outcome.values:
        raise DomainError("Dites si la vérification est bonne ou refusée.")
    if checked_on > clock.today():
        raise DomainError("La date de vérification est dans l’avenir : mettez le jour où elle a été faite.")
    if expires_on < checked_on:
        raise DomainError("La fin de validité précède la date de vérification.")
    return Vetting.objects.create(
        volunteer=volunteer,
        outcome=outcome,
        basis=Vetting.Basis.INDIVIDUAL,
        checked_on=checked_on,
        expires_on=expires_on,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def _own_turn(by: Actor, mentor: Mentor) -> Mentor:
    take_turn(mentor.programme_id)
    mentor = Mentor.objects.select_for_update(of=("self",)).select_related("programme", "volunteer").get(pk=mentor.pk)
    if not can_change_offer(by, mentor):
        raise NotAllowed("Vous ne pouvez pas changer ce qu’elle propose.")
    return mentor
