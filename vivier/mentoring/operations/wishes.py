"""Whom a mentee asked to have. The next run counts it; nobody is promised anything."""

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.mentoring.models import Mentor, Wish
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.permissions import require_matching
from vivier.programmes.models import Enrolment

MOST_WISHES = 3


@operation
def add_wish(*, by: Actor, enrolment: Enrolment, mentor: Mentor) -> Wish:
    """Note one more wish, after those she has; the same one twice is one.

    Raises NotAllowed, or DomainError when the mentor is of another programme, or she has three already.
    """
    require_matching(by, enrolment.programme.controller_id)
    take_turn(enrolment.programme_id)
    if mentor.programme_id != enrolment.programme_id:
        raise DomainError("Cette personne n’est pas dans ce programme.")
    wishes = list(enrolment.wishes.all())
    known = next((wish for wish in wishes if wish.mentor_id == mentor.pk), None)
    if known is not None:
        return known
    if len(wishes) >= MOST_WISHES:
        raise DomainError(f"{MOST_WISHES} vœux sont déjà notés : retirez-en un d’abord.")
    return Wish.objects.create(enrolment=enrolment, mentor=mentor, created_at=clock.now(), created_by_id=by.user_id)


@operation
def remove_wish(*, by: Actor, enrolment: Enrolment, mentor: Mentor) -> None:
    """Forget a wish; those after it move up. Raises NotAllowed."""
    require_matching(by, enrolment.programme.controller_id)
    take_turn(enrolment.programme_id)
    enrolment.wishes.filter(mentor=mentor).delete()
