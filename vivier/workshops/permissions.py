"""Who may open and change sessions."""

from django.http import Http404

from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.permissions import Permission
from vivier.workshops.models import Registration, Session


def require_session_management(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor manages the sessions of that structure."""
    if not by.may(Permission.MANAGE_SESSIONS, controller_id):
        raise NotAllowed("Vous ne gérez pas les séances de cette structure.")


def managed_session_or_404(actor: Actor, code: str) -> Session:
    """Return a session that the actor manages; raises Http404."""
    found = (
        Session.objects.visible_to(actor, Permission.MANAGE_SESSIONS)
        .filter(code=code)
        .select_related("programme__controller", "site__commune")
        .first()
    )
    if found is None:
        raise Http404
    return found


def managed_registration_or_404(actor: Actor, public_id) -> Registration:
    """Return a place in a session that the actor manages, with its session and its person; raises Http404."""
    found = (
        Registration.objects.visible_to(actor, Permission.MANAGE_SESSIONS)
        .filter(public_id=public_id)
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .first()
    )
    if found is None:
        raise Http404
    return found


def public_session_or_404(code: str) -> Session:
    """Return a session that whoever has its address may read; raises Http404."""
    found = Session.objects.filter(code=code).select_related("programme__controller", "site__commune").first()
    if found is None:
        raise Http404
    return found


def may_leave(actor: Actor, registration: Registration) -> bool:
    """Tell whether the actor may give up a place: herself, her guardian, or the staff of the session."""
    if actor.may(Permission.MANAGE_SESSIONS, registration.session.programme.controller_id):
        return True
    if actor.user_id is None:
        return False
    beneficiary = registration.beneficiary
    return (
        beneficiary.user_id == actor.user_id or beneficiary.guardianships.filter(guardian__user=actor.user_id).exists()
    )
