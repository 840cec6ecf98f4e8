"""Who may run the matching, decide about pairs and change what a marraine offers."""

from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.permissions import Permission
from vivier.mentoring.models import Mentor


def require_matching(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor runs the matching of that structure."""
    if not by.may(Permission.RUN_MATCHING, controller_id):
        raise NotAllowed("Vous ne décidez pas des accompagnements de cette structure.")


def require_people(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor manages the people of that structure."""
    if not by.may(Permission.MANAGE_PEOPLE, controller_id):
        raise NotAllowed("Vous ne gérez pas les personnes de cette structure.")


def can_change_offer(actor: Actor, mentor: Mentor) -> bool:
    """Tell whether the actor may change what a marraine offers: the marraine herself, or who manages people there.

    Reads `programme` and `volunteer`.
    """
    own = actor.user_id is not None and mentor.volunteer.user_id == actor.user_id
    return own or actor.may(Permission.MANAGE_PEOPLE, mentor.programme.controller_id)
