"""Who may open and change what about people."""

from django.http import Http404

from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.permissions import Permission
from vivier.people.models import Beneficiary


def require_people_management(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor manages the people of that structure."""
    if not by.may(Permission.MANAGE_PEOPLE, controller_id):
        raise NotAllowed("Vous ne gérez pas les personnes de cette structure.")


def beneficiary_or_404(actor: Actor, public_id, permission: Permission) -> Beneficiary:
    """Return a beneficiary of a structure in which the actor holds `permission`; raises Http404."""
    found = (
        Beneficiary.objects.visible_to(actor, permission)
        .filter(public_id=public_id)
        .select_related("identity", "controller", "commune__department")
        .first()
    )
    if found is None:
        raise Http404
    return found


def own_children(actor: Actor):
    """Return the beneficiaries for whom the actor is a guardian, with an account."""
    if actor.user_id is None:
        return Beneficiary.objects.none()
    return Beneficiary.objects.filter(guardianships__guardian__user=actor.user_id).distinct()


def own_records(actor: Actor):
    """Return the beneficiaries that are the actor herself, one per structure that knows her."""
    if actor.user_id is None:
        return Beneficiary.objects.none()
    return Beneficiary.objects.filter(user=actor.user_id)
