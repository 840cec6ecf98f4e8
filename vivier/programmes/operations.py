"""Writes about programmes."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.people.models import Beneficiary
from vivier.programmes.models import Enrolment, Programme, Site
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
    """Create a programme with its cities; `details` are columns of Programme. Raises NotAllowed."""
    require_programme_management(by, controller.pk)
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
    """Change columns of a programme; its address stays. Raises NotAllowed."""
    require_programme_management(by, programme.controller_id)
    for field, value in details.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(details))
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
