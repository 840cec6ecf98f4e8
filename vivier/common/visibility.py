"""Tenancy: every personal row belongs to one organisation, and is read only through `visible_to(actor)`."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from vivier.common.actors import Actor
from vivier.common.permissions import Permission


@dataclass(frozen=True)
class Visibility:
    """Where a personal row finds its controller, which permission opens it, and which paths lead to its own people.

    `controller` and each of `own` are lookup paths from the row: to an organisation, and to users.
    """

    controller: str
    permission: Permission = Permission.VIEW_PEOPLE
    own: tuple[str, ...] = ()


class VisibleQuerySet(models.QuerySet):
    """Rows of a model that declares `visibility = Visibility(...)`."""

    def visible_to(self, actor: Actor, permission: Permission | None = None):
        """Return the rows `actor` may read; with `permission`, only those of organisations where she holds it."""
        rule: Visibility = self.model.visibility
        if actor.is_system:
            return self.all()
        rows = Q(**{f"{rule.controller}__in": actor.controllers(permission or rule.permission)})
        if permission is None and actor.user_id is not None:
            # A subquery per path keeps one row per object where a path crosses a to-many relation.
            for path in rule.own:
                rows |= Q(pk__in=self.model._base_manager.filter(**{path: actor.user_id}).values("pk"))
        return self.filter(rows)
