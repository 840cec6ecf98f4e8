"""Writes about programmes."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from vivier.common import audit, clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.people.models import Beneficiary
from vivier.programmes.models import Axis, Enrolment, Programme, Site
from vivier.programmes.vocabulary import Attachment
from vivier.territories.models import Commune


def require_programme_management(by: Actor, controller_id: int) -> None:
    """Raise NotAllowed unless the actor manages the programmes of that structure."""
    if not by.may(Permission.MANAGE_PROGRAMMES, controller_id):
        raise NotAllowed("Vous ne gérez pas les programmes de cette structure.")


def free_slug(name: str) -> str:
    """Return an address made from `name` that no programme has."""
    stem = slugify(name)[:70] or "programme"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@operation
def create_programme(
    *, by: Actor, controller: Organisation, name: str, communes: Sequence[Commune], **details
) -> Programme:
    """Create a programme with its cities; `details` are columns of Programme. Raises NotAllowed.

    An axis is proposed to the structure that holds its plan (see `decide_attachment`).
    """
    require_programme_management(by, controller.pk)
    details |= _attachment(by, details.get("axis"))
    programme = Programme.objects.create(
        controller=controller,
        name=name,
        slug=details.pop("slug", None) or free_slug(name),
        created_at=clock.now(),
        created_by_id=by.user_id,
        **details,
    )
    Site.objects.bulk_create(
        Site(programme=programme, commune=commune, position=rank) for rank, commune in enumerate(communes, start=1)
    )
    return programme


@operation
def update_programme(*, by: Actor, programme: Programme, **details) -> Programme:
    """Change columns of a programme; its address stays. Another axis is proposed anew. Raises NotAllowed."""
    require_programme_management(by, programme.controller_id)
    programme = Programme.objects.select_for_update(of=("self",)).select_related("axis").get(pk=programme.pk)
    if "axis" in details and details["axis"] != programme.axis:
        details |= _attachment(by, details["axis"])
    for field, value in details.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(details))
    return programme


def _attachment(by: Actor, axis: Axis | None) -> dict:
    """Return the columns of a programme newly put on an axis: accepted where the actor may decide for the plan."""
    state, decided_at, decided_by = "", None, None
    if axis is not None:
        state = Attachment.PROPOSED
        if by.may(Permission.MANAGE_PLANS, axis.plan.organisation_id):
            state, decided_at, decided_by = Attachment.ACCEPTED, clock.now(), by.user_id
    return {"attachment": state, "attachment_decided_at": decided_at, "attachment_decided_by_id": decided_by}


@operation
def decide_attachment(*, by: Actor, programme: Programme, accept: bool) -> Programme:
    """Accept or refuse a programme in the plan that it calls itself part of; the last word counts.

    Raises NotAllowed: only the structure that holds the plan decides; DomainError: the programme left the plan.
    """
    rows = Programme.objects.select_for_update(of=("self",)).select_related("axis__plan__organisation")
    programme = rows.get(pk=programme.pk)
    if programme.axis is None:
        raise DomainError("Ce programme ne demande plus à faire partie d’un plan.")
    if not by.may(Permission.MANAGE_PLANS, programme.axis.plan.organisation_id):
        raise NotAllowed("Seule la structure qui porte le plan décide des programmes qui en font partie.")
    state = Attachment.ACCEPTED if accept else Attachment.REFUSED
    if programme.attachment != state:
        programme.attachment = state
        programme.attachment_decided_at, programme.attachment_decided_by_id = clock.now(), by.user_id
        programme.save(update_fields=["attachment", "attachment_decided_at", "attachment_decided_by"])
        audit.record(
            by=by,
            action="programmes.accept" if accept else "programmes.refuse",
            controller_id=programme.axis.plan.organisation_id,
            about=audit.about(programme),
        )
    return programme


@operation
def add_site(*, by: Actor, programme: Programme, commune: Commune) -> Site:
    """Add a city. Raises NotAllowed, or DomainError when it is there already."""
    require_programme_management(by, programme.controller_id)
    last = programme.sites.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            return Site.objects.create(programme=programme, commune=commune, position=last + 1)
    except IntegrityError as error:
        raise DomainError(f"{commune.name} est déjà une ville de ce programme.") from error


@operation
def remove_site(*, by: Actor, site: Site) -> None:
    """Remove a city that nobody uses. Raises NotAllowed, or DomainError when sessions or people are there."""
    require_programme_management(by, site.programme.controller_id)
    if site.sessions.exists() or site.enrolments.exists():
        raise DomainError(f"{site.commune.name} a des séances ou des personnes : elle reste dans le programme.")
    site.delete()


@operation
def enrol(*, by: Actor, programme: Programme, beneficiary: Beneficiary, site: Site | None, slots=()) -> Enrolment:
    """Return the part of a beneficiary in a programme, made if she has none; a known site is not overwritten."""
    if beneficiary.controller_id != programme.controller_id:
        raise DomainError("Cette personne est suivie par une autre structure.")
    enrolment, created = Enrolment.objects.get_or_create(
        programme=programme,
        beneficiary=beneficiary,
        defaults={
            "site": site,
            "slots": list(slots),
            "created_at": clock.now(),
            "created_by_id": by.user_id,
        },
    )
    if not created and enrolment.site_id is None and site is not None:
        enrolment.site = site
        enrolment.save(update_fields=["site"])
    return enrolment
