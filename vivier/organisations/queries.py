"""Reads about structures and members."""

from collections import defaultdict
from types import MappingProxyType

from vivier.common.actors import VISITOR, Actor
from vivier.organisations.models import Membership
from vivier.organisations.permissions import ROLE_PERMISSIONS


def actor_for(user) -> Actor:
    """Return the Actor behind a user: her permissions by structure, from her memberships in force."""
    if not user.is_authenticated:
        return VISITOR
    grants = defaultdict(frozenset)
    for organisation_id, role in Membership.objects.filter(user=user, revoked_at=None).values_list(
        "organisation_id", "role"
    ):
        grants[organisation_id] |= ROLE_PERMISSIONS[role]
    return Actor(user_id=user.pk, grants=MappingProxyType(dict(grants)))
