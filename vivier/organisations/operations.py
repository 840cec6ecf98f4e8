"""Writes about structures and their members."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from vivier.accounts.operations import account_for
from vivier.common import audit, clock, links, mail
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed, named_constraint
from vivier.common.operations import operation
from vivier.organisations.models import Membership, Organisation, Role
from vivier.organisations.permissions import require_member_management

#: constraint → what to tell whoever met it.
_CONFLICTS = {
    "organisation_siret_once": "Une autre structure a déjà ce SIRET.",
    "organisation_uai_once": "Une autre structure a déjà cet UAI.",
    "membership_once": "Cette personne a déjà ce rôle.",
}
LAST_ADMINISTRATOR = (
    "Il faut au moins une administratrice ou un administrateur. Donnez d’abord ce rôle à une autre personne."
)


def _as_domain_error(error: IntegrityError) -> DomainError:
    sentence = _CONFLICTS.get(named_constraint(error))
    if sentence is None:
        raise error
    return DomainError(sentence)


def free_slug(name: str) -> str:
    """Return a short name made from `name` that no structure has."""
    stem = slugify(name)[:70] or "structure"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@operation
def create_organisation(*, by: Actor, name: str, kind: str, **details) -> Organisation:
    """Create a structure; only the system and the platform's administration do. Raises NotAllowed, DomainError."""
    if not by.is_system:
        raise NotAllowed("Une structure est ouverte par l’administration de la plateforme.")
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name, kind=kind, slug=details.pop("slug", None) or free_slug(name), **details
            )
    except IntegrityError as error:
        raise _as_domain_error(error) from error
    audit.record(by=by, action="organisation.create", controller_id=organisation.pk, about=audit.about(organisation))
    return organisation


@operation
def update_organisation(*, by: Actor, organisation: Organisation, **details) -> Organisation:
    """Change the columns of a structure; its short name stays. Raises NotAllowed, or DomainError on a taken number."""
    require_member_management(by, organisation.pk)
    for field, value in details.items():
        setattr(organisation, field, value)
    try:
        with transaction.atomic():
            organisation.save(update_fields=list(details))
    except IntegrityError as error:
        raise _as_domain_error(error) from error
    audit.record(by=by, action="organisation.update", controller_id=organisation.pk, about=audit.about(organisation))
    return organisation


@operation
def invite_member(*, by: Actor, organisation: Organisation, email: str, role: str, name: str = "") -> Membership:
    """Give a role to the person of an address, open her account if she has none, and tell her by mail.

    Raises NotAllowed, or DomainError when she has this role already.
    """
    require_member_management(by, organisation.pk)
    user = account_for(by=by, email=email, name=name)
    membership = _grant(by, organisation.pk, user.pk, role)
    audit.record(by=by, action="member.invite", controller_id=organisation.pk, about=audit.about(membership))
    mail.send_later(
        to=user.email,
        template="organisations/mails/invitation.txt",
        context={
            "organisation": organisation.name,
            "role": Role(role).label,
            "email": user.email,
            "sign_in_url": links.absolute("account_login"),
        },
    )
    return membership


@operation
def change_role(*, by: Actor, membership: Membership, role: str) -> Membership:
    """End a membership and begin another with `role`; returns it. Raises NotAllowed, or DomainError (see revoke)."""
    held = _in_force(by, membership)
    if held.role == role:
        return held
    _end(by, held)
    granted = _grant(by, held.organisation_id, held.user_id, role)
    audit.record(by=by, action="member.change_role", controller_id=held.organisation_id, about=audit.about(granted))
    return granted


@operation
def revoke_membership(*, by: Actor, membership: Membership) -> None:
    """End a membership. Raises NotAllowed, or DomainError when it has ended or holds the last administration."""
    held = _in_force(by, membership)
    _end(by, held)
    audit.record(by=by, action="member.revoke", controller_id=held.organisation_id, about=audit.about(held))


def _in_force(by: Actor, membership: Membership) -> Membership:
    """Return the membership, locked with all the administrations of its structure."""
    require_member_management(by, membership.organisation_id)
    # Two administrators who leave at once must meet here: each would be the other's successor.
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    held = Membership.objects.select_for_update(of=("self",)).filter(pk=membership.pk, revoked_at=None).first()
    if held is None:
        raise DomainError("Ce rôle a déjà été retiré.")
    return held


def _end(by: Actor, held: Membership) -> None:
    if held.role == Role.ADMINISTRATOR:
        others = Membership.objects.filter(
            organisation_id=held.organisation_id, role=Role.ADMINISTRATOR, revoked_at=None, user__is_active=True
        ).exclude(pk=held.pk)
        if not others.exists():
            raise DomainError(LAST_ADMINISTRATOR)
    held.revoked_at, held.revoked_by_id = clock.now(), by.user_id
    held.save(update_fields=["revoked_at", "revoked_by"])


def _grant(by: Actor, organisation_id: int, user_id: int, role: str) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(
                organisation_id=organisation_id,
                user_id=user_id,
                role=role,
                granted_at=clock.now(),
                granted_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise _as_domain_error(error) from error
