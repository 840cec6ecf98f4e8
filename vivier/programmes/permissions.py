"""Which programmes an actor may open."""

from django.http import Http404

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.programmes.models import Programme


def programme_or_404(actor: Actor, slug: str, permission: Permission) -> Programme:
    """Return the programme at that address; raises Http404 unless the actor holds `permission` in its structure."""
    programme = (
        Programme.objects.visible_to(actor, permission)
        .filter(slug=slug)
        .select_related("controller", "axis__plan__organisation")
        .first()
    )
    if programme is None:
        raise Http404
    return programme
