"""Who may bring people in from a file."""

from django.http import Http404

from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.permissions import Permission
from vivier.imports.models import PeopleFile


def require_import(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor may import people into that structure."""
    if not by.may(Permission.IMPORT_PEOPLE, controller_id):
        raise NotAllowed("Vous ne pouvez pas importer de personnes dans cette structure.")


def people_file_or_404(actor: Actor, slug: str, public_id) -> PeopleFile:
    """Return a file of the programme at that address, of a structure in which the actor imports; raises Http404."""
    found = (
        PeopleFile.objects.visible_to(actor, Permission.IMPORT_PEOPLE)
        .filter(public_id=public_id, programme__slug=slug)
        .select_related("programme__controller")
        .first()
    )
    if found is None:
        raise Http404
    return found
