"""Role → permissions, as data; and which structure an actor may open."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation, Role

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(Permission) - {Permission.MANAGE_MEMBERS},
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_MEMBERS,
            Permission.MANAGE_PROGRAMMES,
            Permission.VIEW_AGGREGATES,
            Permission.ANSWER_ASKS,
            Permission.MANAGE_PLANS,
        }
    ),
    Role.SAFEGUARDING_REFERENT: frozenset({Permission.VIEW_AGGREGATES}),
    Role.PLAN_OFFICER: frozenset({Permission.VIEW_AGGREGATES, Permission.MANAGE_PLANS}),
    Role.ANALYST: frozenset({Permission.VIEW_AGGREGATES}),
}


def organisation_or_404(actor: Actor, public_id, permission: Permission | None = None) -> Organisation:
    """Return one of the actor's structures; Http404 where she has no role, PermissionDenied where it is not enough."""
    organisations = Organisation.objects.filter(pk__in=actor.grants, public_id=public_id)
    organisation = organisations.select_related("commune__department").first()
    if organisation is None:
        raise Http404
    if permission is not None and not actor.may(permission, organisation.pk):
        raise PermissionDenied("Seule une administratrice ou un administrateur de la structure ouvre cette page.")
    return organisation


def require_member_management(by: Actor, organisation_id: int) -> None:
    """Raise NotAllowed unless the actor manages the members of that structure."""
    if not by.may(Permission.MANAGE_MEMBERS, organisation_id):
        raise NotAllowed("Seule une administratrice ou un administrateur de la structure peut le faire.")
