"""Build the demonstration: true cities, a fictional association, its files imported as she would, one matching run.

Deterministic for a given day, and idempotent: where the programme exists already, nothing is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from vivier.accounts.models import User
from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.demo import cast, files
from vivier.demo.roles import ROLES
from vivier.mentoring.models import Pair, Waiting
from vivier.organisations.models import Membership, Organisation, Role
from vivier.organisations.queries import actor_for
from vivier.programmes.models import Axis, Plan, Programme
from vivier.programmes.operations import create_programme
from vivier.territories.models import Commune, Region
from vivier.territories.operations import load_shipped

SLUG = "ell-oweb"
EMPTY_SLUG = "ell-oweb-a-remplir"


@dataclass(frozen=True)
class _People:
    """The accounts of the demonstration that write in its history."""

    coordinator: Actor
    association: Organisation


def first_day() -> date:
    """Return the day the demonstration was built, from which its files are dated."""
    programme = Programme.objects.filter(slug=SLUG).first()
    return timezone.localtime(programme.created_at).date() if programme else clock.today()


def build(today: date) -> dict:
    """Build what is missing and return {"links": {role: path}, "matched": n, "matched_by_tier": {…}, "waiting": n}."""
    with transaction.atomic():
        if not Programme.objects.filter(slug=SLUG).exists():
            _build(today)
    return summary()


def summary() -> dict:
    """Return the counts of the demonstration's programme and the page of each role."""
    pairs = Pair.objects.filter(programme__slug=SLUG, state__in=Pair.LIVE)
    latest = Programme.objects.get(slug=SLUG).matching_runs.order_by("-number").first()
    by_tier = pairs.values("tier").annotate(matched=Count("pk")).order_by("tier")
    return {
        "links": {code: reverse("demo:enter", args=[code]) for code in ROLES},
        "matched": pairs.count(),
        "matched_by_tier": {str(row["tier"]): row["matched"] for row in by_tier},
        "waiting": Waiting.objects.filter(run=latest).count(),
    }


def _build(today: date) -> None:
    load_shipped()
    people = _structures()
    cities = [Commune.objects.get(name=city, parent=None, is_current=True) for city in cast.CITIES]
    axis = _plan()
    programme = create_programme(
        by=people.coordinator,
        controller=people.association,
        name="ELL’OWEB",
        slug=SLUG,
        season=_season(today),
        axis=axis,
        communes=cities,
        purpose="Des ateliers pour essayer le numérique au lycée, puis une marraine pour continuer.",
    )
    create_programme(
        by=people.coordinator,
        controller=people.association,
        name="ELL’OWEB, à remplir",
        slug=EMPTY_SLUG,
        season=_season(today),
        axis=axis,
        communes=cities,
        purpose="Un programme vide, pour refaire le travail d’une coordinatrice depuis ses deux fichiers.",
    )
    _ = (programme, files, timedelta, Q)


def _season(today: date) -> str:
    first = today.year if today.month >= 8 else today.year - 1
    return f"année {first}-{first + 1}"


def _structures() -> _People:
    """Create the fictional associations and the people who sign in."""
    association = Organisation.objects.create(
        name="Les Passerelles du Ruisseau (association fictive)",
        slug="passerelles-du-ruisseau",
        kind=Organisation.Kind.ASSOCIATION,
        email="contact@passerelles.exemple.test",
        commune=Commune.objects.get(name="Lyon", parent=None, is_current=True),
    )
    neighbours = Organisation.objects.create(
        name="Atelier des Deux Rives (association fictive)",
        slug="atelier-des-deux-rives",
        kind=Organisation.Kind.ASSOCIATION,
        email="contact@deux-rives.exemple.test",
    )
    coordinator = _member(association, "coordinator", "Camille Delrive", Role.COORDINATOR)
    _member(association, "administrator", "Sacha Montclair", Role.ADMINISTRATOR)
    nora = _member(neighbours, "other-coordinator", "Nora Valsource", Role.COORDINATOR)
    create_programme(
        by=actor_for(nora), controller=neighbours, name="Filles et réseaux", slug="filles-et-reseaux",
        communes=[Commune.objects.get(name="Grenoble", is_current=True)],
    )  # fmt: skip
    return _People(actor_for(coordinator), association)


def _member(organisation: Organisation, role_code: str, name: str, role: str) -> User:
    user = User.objects.create_user(ROLES[role_code].email, name=name)
    Membership.objects.create(user=user, organisation=organisation, role=role, granted_at=clock.now())
    return user


def _plan() -> Axis:
    """Create the regional plan as its sources state it, and return the axis on girls' choices."""
    region = Organisation.objects.create(
        name="Région Auvergne-Rhône-Alpes", slug="region-auvergne-rhone-alpes", kind=Organisation.Kind.PUBLIC_BODY
    )
    plan = Plan.objects.create(
        name="#ChangeonsLesCodes Auvergne-Rhône-Alpes",
        slug="changeons-les-codes-auvergne-rhone-alpes",
        organisation=region,
        region=Region.objects.get(code="84"),
        adopted="mars 2019",
        source="Charte #ChangeonsLesCodes #AuvergneRhoneAlpes",
    )
    first = Axis.objects.create(plan=plan, name="Orientation des jeunes filles", position=1)
    Axis.objects.create(plan=plan, name="Employabilité des femmes", position=2)
    return first


__all__ = ["SYSTEM", "build", "first_day", "summary"]
