"""What a marraine offers. Her verification is recorded in the room of people."""

from collections.abc import Sequence

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.operations import operation
from vivier.mentoring.models import Mentor
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.permissions import can_change_offer


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


def _own_turn(by: Actor, mentor: Mentor) -> Mentor:
    take_turn(mentor.programme_id)
    mentor = Mentor.objects.select_for_update(of=("self",)).select_related("programme", "volunteer").get(pk=mentor.pk)
    if not can_change_offer(by, mentor):
        raise NotAllowed("Vous ne pouvez pas changer cette offre.")
    return mentor
