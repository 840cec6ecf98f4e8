"""A seeded region for the benchmarks: as many fictional people as asked, in the cities of the demonstration."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from vivier.accounts.models import User
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.demo.cast import CITIES
from vivier.mentoring.models import Mentor
from vivier.mentoring.operations import change_rules
from vivier.organisations.models import Membership, Organisation, Role
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Vetting, Volunteer, VolunteerIdentity
from vivier.people.vocabulary import Interest, Slot
from vivier.programmes.models import Enrolment, Programme
from vivier.programmes.operations import create_programme
from vivier.territories.models import Commune
from vivier.territories.operations import load_shipped
from vivier.workshops.models import Registration, Session

_BATCH = 2_000


@dataclass(frozen=True)
class World:
    """What was seeded: a programme and the coordinator who opens it."""

    programme: Programme
    coordinator: User


def build(pupils: int, marraines: int, sessions: int) -> World:
    """Seed one association with a programme of that size; the same numbers give the same world."""
    rng = Random(f"{pupils} {marraines} {sessions}")
    load_shipped(by=SYSTEM)
    controller = Organisation.objects.create(
        name="Association du Grand Bassin", slug="grand-bassin", kind="association"
    )
    coordinator = User.objects.create_user("banc@exemple.test", name="Banc d’essai")
    Membership.objects.create(user=coordinator, organisation=controller, role=Role.COORDINATOR, granted_at=clock.now())
    cities = list(Commune.objects.filter(name__in=CITIES, is_current=True).order_by("code"))
    programme = create_programme(by=SYSTEM, controller=controller, name="Région au travail", communes=cities)
    change_rules(by=SYSTEM, programme=programme, radius_km=10)
    sites = list(programme.sites.select_related("commune").order_by("position"))
    around = {site.pk: villages for site, villages in zip(sites, _villages(cities, rng), strict=True)}
    planned = _sessions(programme, sites, sessions, pupils)
    _pupils(controller, programme, planned, around, pupils, rng)
    _marraines(controller, programme, sites, around, marraines, rng)
    return World(programme, coordinator)


def _villages(cities: list[Commune], rng: Random) -> list[list[Commune]]:
    """Return fictional communes spread over some 60 km around each city, so that a marraine is near a few only."""
    return [
        Commune.objects.bulk_create(
            Commune(
                code=f"{rank}X{n:03d}",
                name=f"Village {rank}-{n}",
                department=city.department,
                density_class="scattered",
                latitude=city.latitude + rng.uniform(-0.5, 0.5),
                longitude=city.longitude + rng.uniform(-0.7, 0.7),
            )
            for n in range(150)
        )
        for rank, city in enumerate(cities)
    ]


def _sessions(programme: Programme, sites: list, number: int, pupils: int) -> list[Session]:
    today = clock.today()
    return Session.objects.bulk_create(
        Session(
            programme=programme,
            site=sites[n % len(sites)],
            title=f"Atelier {n + 1}",
            place="Maison des associations",
            starts_at=clock.at(today - timedelta(days=n - number // 10), 14),
            ends_at=clock.at(today - timedelta(days=n - number // 10), 16),
            capacity=2 * pupils // number + 1,
            created_at=clock.now(),
        )
        for n in range(number)
    )


def _pupils(controller, programme, planned, around, number: int, rng: Random) -> None:
    now = clock.now()
    session_of = [planned[n % len(planned)] for n in range(number)]
    people = Beneficiary.objects.bulk_create(
        (
            Beneficiary(
                controller=controller, commune=rng.choice(around[session.site_id]), created_at=now,
                school_level=rng.choice(("2de", "1re", "terminale")), qpv=rng.choice(("yes", "no", "no", "unknown")),
                interests=rng.sample(Interest.values, 2),
            )
            for session in session_of
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    today = clock.today()
    BeneficiaryIdentity.objects.bulk_create(
        (
            BeneficiaryIdentity(
                beneficiary=person, first_name=f"Inès{n % 977}", last_name=f"Beaurive{n}",
                birth_date=today - timedelta(days=15 * 365 + n % 1000), email=f"eleve{n}@exemple.test",
            )
            for n, person in enumerate(people)
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                programme=programme, beneficiary=person, site_id=session.site_id, created_at=now,
                slots=[Slot.WED_PM, *rng.sample([Slot.SAT_AM, Slot.WED_EVE, Slot.FRI_EVE], 1)],
            )
            for person, session in zip(people, session_of, strict=True)
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    Registration.objects.bulk_create(
        (
            Registration(
                session=session, beneficiary=person, state="confirmed", source="file", registered_at=now,
                attended=True, attendance_at=now,
            )
            for person, session in zip(people, session_of, strict=True)
        ),
        batch_size=_BATCH,
    )  # fmt: skip


def _marraines(controller, programme, sites, around, number: int, rng: Random) -> None:
    now, today = clock.now(), clock.today()
    volunteers = Volunteer.objects.bulk_create(
        (
            Volunteer(
                controller=controller, occupation="développeuse web", created_at=now,
                commune=rng.choice(around[sites[n % len(sites)].pk]), interests=rng.sample(Interest.values, 2),
            )
            for n in range(number)
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    VolunteerIdentity.objects.bulk_create(
        (
            VolunteerIdentity(volunteer=one, first_name="Claire", last_name=f"Hautesource{n}")
            for n, one in enumerate(volunteers)
        ),
        batch_size=_BATCH,
    )
    Vetting.objects.bulk_create(
        (
            Vetting(
                volunteer=one, outcome="ok", basis="individual", checked_on=today,
                expires_on=today + timedelta(days=365), recorded_at=now,
            )
            for one in volunteers
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    Mentor.objects.bulk_create(
        (
            Mentor(programme=programme, volunteer=one, capacity=rng.choice((1, 2)), slots=[Slot.WED_PM], created_at=now)
            for one in volunteers
        ),
        batch_size=_BATCH,
    )
