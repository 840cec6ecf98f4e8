"""Reads about structures, members and the journal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Q

from vivier.accounts.models import User
from vivier.common import audit
from vivier.common.actors import VISITOR, Actor
from vivier.common.models import AuditEntry
from vivier.organisations.models import Membership, Organisation, Role
from vivier.organisations.permissions import ROLE_PERMISSIONS

#: What a member does with her own account: shown to the structures where she has a role.
_OWN_ACTS = (
    "sign_in", "sign_out", "sign_in_refused", "second_factor_refused", "second_factor_set_up",
    "second_factor_removed", "recovery_codes_renewed",
)  # fmt: skip
_ACTS_ON_A_PAGE = 50


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


@dataclass(frozen=True)
class OwnStructure:
    """A structure of the person, and what she does there."""

    organisation: Organisation
    roles: list[str]
    may_manage: bool


def structures_of(actor: Actor) -> list[OwnStructure]:
    """Return the structures where the actor has a role, by name."""
    roles = defaultdict(list)
    memberships = Membership.objects.filter(user=actor.user_id, revoked_at=None).select_related("organisation")
    for membership in memberships.order_by("organisation__name", "organisation_id", "pk"):
        roles[membership.organisation].append(membership)
    return [
        OwnStructure(
            organisation=organisation,
            roles=[held.get_role_display() for held in held_roles],
            may_manage=any(held.role == Role.ADMINISTRATOR for held in held_roles),
        )
        for organisation, held_roles in roles.items()
    ]


def facts_of(organisation: Organisation) -> list[dict[str, str]]:
    """Return the sheet of a structure: [{term, value}]."""
    commune = organisation.commune
    return [
        {"term": "Nature", "value": organisation.get_kind_display()},
        {"term": "Commune", "value": f"{commune.name} ({commune.department.name})" if commune else ""},
        {"term": "Adresse de contact", "value": organisation.email},
        {"term": "Téléphone", "value": organisation.phone},
        {"term": "SIRET", "value": organisation.siret},
        {"term": "UAI", "value": organisation.uai},
    ]


@dataclass(frozen=True)
class Member:
    """A membership in force, as the members page shows it. `name` is empty until she has signed in since."""

    membership: Membership
    name: str
    email: str
    role: str
    since: datetime
    has_come: bool
    is_self: bool


def members_of(organisation: Organisation, actor: Actor) -> list[Member]:
    """Return the memberships in force of a structure, administrators first, then by address.

    The name of an account belongs to its person: who invites an address does not learn whose it is before she comes.
    """
    rows = (
        Membership.objects.visible_to(actor)
        .filter(organisation=organisation, revoked_at=None)
        .select_related("user")
        .order_by("user__email", "pk")
    )
    members = [member_of(row, actor) for row in rows]
    return sorted(members, key=lambda member: member.membership.role != Role.ADMINISTRATOR)


def member_of(row: Membership, actor: Actor) -> Member:
    """Return one membership as the members page shows it; `row.user` is loaded."""
    has_come = row.user.last_login is not None and row.user.last_login >= row.granted_at
    return Member(
        membership=row,
        name=row.user.name if has_come else "",
        email=row.user.email,
        role=row.get_role_display(),
        since=row.granted_at,
        has_come=has_come,
        is_self=row.user_id == actor.user_id,
    )


@dataclass(frozen=True)
class Act:
    """One line of the journal."""

    at: datetime
    what: str
    who: str
    about: str
    count: int


def journal_of(organisation: Organisation, page: str | None) -> Page:
    """Return a page of the acts of a structure, the last first: a Page of Act."""
    memberships = list(
        Membership.objects.filter(organisation=organisation).select_related("user").order_by("granted_at", "pk")
    )
    present = {row.user_id for row in memberships if row.revoked_at is None}
    own = Q(actor__in=present) | Q(about__in=[f"{User._meta.label}:{key}" for key in present])
    entries = AuditEntry.objects.filter(
        Q(controller_id=organisation.pk) | (Q(controller_id=None, action__in=_OWN_ACTS) & own)
    ).order_by("-at", "-pk")
    found = Paginator(entries, _ACTS_ON_A_PAGE).get_page(page)
    names = _Names(memberships)
    found.object_list = [_act(entry, names) for entry in found.object_list]
    return found


class _Names:
    """What the journal of a structure may name: its members, by account and by role."""

    def __init__(self, memberships: list[Membership]):
        self.members = {row.user_id: row.user.email for row in memberships}
        self.objects = {f"{User._meta.label}:{key}": email for key, email in self.members.items()}
        for row in memberships:
            self.objects[f"{row._meta.label}:{row.pk}"] = f"{row.user.email}, {row.get_role_display()}"

    def about(self, about: str) -> str:
        """Return the words for a model and a key: a member by address, anything else by its number."""
        if about in self.objects:
            return self.objects[about]
        label, _, key = about.partition(":")
        try:
            return f"{apps.get_model(label)._meta.verbose_name} n° {key}"
        except (LookupError, ValueError):
            return about


def _act(entry: AuditEntry, names: _Names) -> Act:
    return Act(
        at=entry.at,
        what=audit.label(entry.action),
        who=names.members.get(entry.actor_id) or ("hors de l’équipe" if entry.actor_id else "sans compte"),
        about=names.about(entry.about) if entry.about else "",
        count=entry.count,
    )
