"""Role → permissions, as data."""

from vivier.common.permissions import Permission
from vivier.organisations.models import Role

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(Permission) - {Permission.MANAGE_MEMBERS},
    Role.ADMINISTRATOR: frozenset(
        {Permission.MANAGE_MEMBERS, Permission.MANAGE_PROGRAMMES, Permission.VIEW_AGGREGATES}
    ),
    Role.SAFEGUARDING_REFERENT: frozenset({Permission.VIEW_AGGREGATES}),
    Role.PLAN_OFFICER: frozenset({Permission.VIEW_AGGREGATES}),
    Role.ANALYST: frozenset({Permission.VIEW_AGGREGATES}),
}
