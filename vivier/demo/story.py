"""Build the demonstration: true cities, a fictional association, its files imported as she would, one matching run.

Deterministic for a given day, and idempotent: where the programme exists already, nothing is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from vivier.accounts.models import User
from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.demo import adult, cast, files
from vivier.demo.roles import ROLES
from vivier.imports.models import PeopleFile
from vivier.imports.operations import Statement, import_now
from vivier.mentoring.models import MatchingRun, Pair, Waiting
from vivier.mentoring.operations import accept, accept_many, invite, run_matching, say_yes
from vivier.mentoring.vocabulary import PairState, Side
from vivier.organisations.models import Membership, Organisation, Role
from vivier.organisations.queries import actor_for
from vivier.people.models import Beneficiary, Guardian
from vivier.people.operations import create_beneficiaries, name_guardian, record_paper
from vivier.people.records import NewBeneficiary, NewGuardian
from vivier.programmes.models import Axis, Plan, Programme
from vivier.programmes.operations import create_programme, decide_attachment
from vivier.steering import partial_dates
from vivier.steering.operations import announce_action, load_charter, record_grant, record_pledge
from vivier.steering.vocabulary import Metric
from vivier.territories.models import Commune, Region
from vivier.territories.operations import load_shipped
from vivier.workshops.models import Registration
from vivier.workshops.operations import create_session, register, register_many, update_session

SLUG = "ell-oweb"
EMPTY_SLUG = "ell-oweb-a-remplir"
EMPTY_NAME = "ELL’OWEB, à remplir"


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
        if not Programme.objects.filter(slug=adult.SLUG).exists():
            adult.build(today)
    return summary()


def summary() -> dict:
    """Return the counts of the demonstration's programme and the page of each role; `adults`: those of the second."""
    pairs, waiting = _matched(SLUG)
    adult_pairs, adults_waiting = _matched(adult.SLUG)
    by_tier = pairs.values("tier").annotate(matched=Count("pk")).order_by("tier")
    return {
        "links": {code: reverse("demo:enter", args=[code]) for code in ROLES},
        "matched": pairs.count(),
        "matched_by_tier": {str(row["tier"]): row["matched"] for row in by_tier},
        "waiting": waiting,
        "adults": {"matched": adult_pairs.count(), "waiting": adults_waiting},
    }


def _matched(slug: str) -> tuple[QuerySet[Pair], int]:
    """Return the live pairs of a programme, and how many wait after its last run."""
    latest = MatchingRun.objects.filter(programme__slug=slug).order_by("-number").first()
    return Pair.objects.filter(programme__slug=slug, state__in=Pair.LIVE), Waiting.objects.filter(run=latest).count()


def _build(today: date) -> None:
    load_shipped(by=SYSTEM)
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
    empty = create_programme(
        by=people.coordinator,
        controller=people.association,
        name=EMPTY_NAME,
        slug=EMPTY_SLUG,
        season=_season(today),
        axis=axis,
        communes=cities,
        purpose="Un programme vide, pour refaire le travail d’une coordinatrice depuis ses deux fichiers.",
    )
    for proposed in (programme, empty):
        decide_attachment(by=SYSTEM, programme=proposed, accept=True)
    programme.refresh_from_db()
    _bring_in(people, programme)
    _announce(people, programme, today)
    _partners(axis.plan, today)
    _grant(people, programme, axis.plan)
    _match(people, programme)
    _give_accounts(people, programme)


def _bring_in(people: _People, programme: Programme) -> None:
    """Import the two files as the coordinator would; the one of the pupils says who was present."""
    today = first_day()
    for kind, name, write in (
        (PeopleFile.Kind.REGISTRANTS, files.REGISTRANTS, files.registrants_workbook),
        (PeopleFile.Kind.MENTORS, files.MENTORS, files.mentors_workbook),
    ):
        import_now(
            by=people.coordinator,
            programme=programme,
            kind=kind,
            name=name,
            content=write(today),
            sheet="",
            statement=Statement(),
        )


def _announce(people: _People, programme: Programme, today: date) -> None:
    """Add who was expected and did not come, the next session of each city, and who has begun to sign up."""
    absent, newcomers = cast.others(today)
    next_wednesday = today + timedelta(days=(2 - today.weekday()) % 7 or 7)
    for week, site in enumerate(programme.sites.select_related("commune").order_by("position")):
        city = site.commune.name
        past = programme.sessions.get(site=site)
        missed = _created(people, absent[city])
        register_many(
            by=people.coordinator, session=past, beneficiaries=missed, attended=False, source=Registration.Source.STAFF
        )
        update_session(by=people.coordinator, session=past, title=f"Atelier ELL’OWEB à {city}")
        day = next_wednesday + timedelta(weeks=week)
        coming = create_session(
            by=people.coordinator,
            programme=programme,
            site=site,
            title=f"Atelier ELL’OWEB à {city}",
            description="Trois défis en équipe : écrire un petit programme, suivre un message sur le réseau, dessiner "
            "un écran. Aucune connaissance n’est demandée.",
            place=f"Maison des associations, {city}",
            starts_at=clock.at(day, 14),
            ends_at=clock.at(day, 16, 30),
            capacity=20,
            levels=["2de", "1re", "terminale"],
        )
        for person in newcomers[city]:
            pupil = _created(people, [person])[0]
            guardian = NewGuardian(first_name="Dominique", last_name=person.last_name, email=cast.parent_of(person))
            name_guardian(by=people.coordinator, beneficiary=pupil, guardian=guardian)
            register(by=people.coordinator, session=coming, beneficiary=pupil, source=Registration.Source.STAFF)


def _created(people: _People, cast_members: list[cast.Expected]) -> list[Beneficiary]:
    return create_beneficiaries(
        by=people.coordinator,
        controller=people.association,
        people=[
            NewBeneficiary(
                first_name=one.first_name,
                last_name=one.last_name,
                birth_date=one.birth_date,
                email=one.email,
                school_level="2de",
                commune=Commune.objects.filter(name=one.commune, is_current=True, parent=None).first(),
            )
            for one in cast_members
        ],
    )


def _partners(plan: Plan, today: date) -> None:
    """Load the charter as its sources tell it; add fictional partners, what they promised and what they announce."""
    load_charter(by=SYSTEM, plan=plan)
    for number, one in enumerate(cast.PARTNERS):
        partner = Organisation.objects.create(
            name=f"{one.name} (partenaire fictif)",
            slug=one.slug,
            kind=Organisation.Kind.COMPANY,
            email=f"contact@{one.slug}.exemple.test",
            commune=Commune.objects.get(name=one.city, parent=None, is_current=True),
        )
        record_pledge(
            by=SYSTEM,
            plan=plan,
            organisation=partner,
            metric=Metric.MENTORS,
            target=one.target,
            wording=one.wording,
            source="Données de démonstration",
            due_on=today + timedelta(days=90 + 30 * number),
        )
        if number == 0:
            _member(partner, "partner", "Ana Belrive", Role.ADMINISTRATOR)
    partners = {one.slug: one for one in Organisation.objects.filter(slug__in=[one.slug for one in cast.PARTNERS])}
    for slug, metric, target, wording in cast.OTHER_PLEDGES:
        record_pledge(
            by=SYSTEM, plan=plan, organisation=partners[slug], metric=metric, target=target, wording=wording,
            source="Données de démonstration", due_on=today + timedelta(days=220),
        )  # fmt: skip
    for action in cast.ANNOUNCED:
        announce_action(
            by=SYSTEM, plan=plan, organisation=partners[action.partner], title=action.title, kind=action.kind,
            when=partial_dates.read((today + timedelta(days=action.days)).strftime(action.shape)),
            commune=partners[action.partner].commune, is_public=action.is_public,
        )  # fmt: skip


def _grant(people: _People, programme: Programme, plan: Plan) -> None:
    """Add the regional grant as its source tells it; the lines of its budget are invented."""
    record_grant(
        by=people.coordinator,
        programme=programme,
        funder=plan.organisation,
        label="Extension d’ELL’OWEB à Saint-Étienne et Clermont-Ferrand",
        amount=Decimal(10_000),
        sites=list(programme.sites.filter(commune__name__in=["Saint-Étienne", "Clermont-Ferrand"])),
        quotation="objectif de doubler le nombre de lycéennes formées (150)",
        quoted_number=150,
        source="Région Auvergne-Rhône-Alpes, présentation d’ELL’OWEB ; le budget détaillé est inventé",
        lines=[
            ("Animation des ateliers", Decimal(6_000), Decimal(5_640)),
            ("Déplacements", Decimal(2_000), Decimal("2180.50")),
            ("Matériel prêté", Decimal(1_000), Decimal(960)),
            ("Suivi des marraines", Decimal(1_000), None),
        ],
    )


def _match(people: _People, programme: Programme) -> None:
    """Run the matching, and accept the first proposals of Grenoble: the others are hers to decide."""
    run_matching(by=people.coordinator, programme=programme)
    first = programme.pairs.filter(state=PairState.PROPOSED, enrolment__site__position=1).order_by("pk")[:12]
    accept_many(by=people.coordinator, programme=programme, public_ids=[pair.public_id for pair in first])


def _give_accounts(people: _People, programme: Programme) -> None:
    """Let one pupil of Valence, her parent and her marraine sign in; what they agreed to is on file, but for photos."""
    pair = (
        programme.pairs.filter(state=PairState.PROPOSED, enrolment__site__commune__name="Valence")
        .select_related("enrolment__beneficiary", "mentor__volunteer__identity")
        .order_by("pk")
        .first()
    )
    pupil, volunteer = pair.enrolment.beneficiary, pair.mentor.volunteer
    guardian = Guardian.objects.get(guardianships__beneficiary=pupil)
    for signatory, answers in ((None, {"data": True}), (guardian, {"activity": True, "mentoring": True})):
        record_paper(
            by=people.coordinator,
            beneficiary=pupil,
            guardian=signatory,
            answers=answers,
            signed_on=clock.today(),
            reference="classeur de démonstration",
        )
    accept(by=people.coordinator, pair=pair)
    invitation = invite(by=people.coordinator, pair=pair)
    for side in Side:
        invitation = say_yes(by=SYSTEM, invitation=invitation, side=side)
    coming = programme.sessions.filter(site=pair.enrolment.site).order_by("-starts_at").first()
    register(by=people.coordinator, session=coming, beneficiary=pupil, source=Registration.Source.STAFF)
    for row, role, name in (
        (pupil, "beneficiary", pupil.identity.full_name),
        (guardian, "guardian", guardian.full_name),
        (volunteer, "mentor", volunteer.identity.full_name),
    ):
        row.user = User.objects.create_user(ROLES[role].email, name=name)
        row.save(update_fields=["user"])


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
