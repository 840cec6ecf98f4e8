"""Small fictional programmes for the tests of the room."""

import random
from dataclasses import dataclass

from tests import factories
from vivier.accounts.models import User
from vivier.common.actors import Actor
from vivier.mentoring.models import Mentor
from vivier.organisations.models import Organisation
from vivier.people.vocabulary import Interest, Slot
from vivier.programmes.models import Enrolment, Programme
from vivier.workshops.models import Session

CITIES = ("Grenoble", "Valence", "Lyon", "Saint-Étienne", "Clermont-Ferrand")
AWKWARD = ("Élodie, dite « Lo »", "=SOMME(A1)", "O'Neil", "Anne-Sophie")


@dataclass(frozen=True)
class World:
    """One programme, its coordinator, its people in the order of their making."""

    organisation: Organisation
    coordinator: User
    actor: Actor
    programme: Programme
    mentees: list[Enrolment]
    mentors: list[Mentor]


def make_empty_world(cities: tuple[str, ...] = ("Valence",), **programme) -> World:
    """Return a programme of one coordinator, with nobody in it."""
    organisation = factories.make_organisation()
    coordinator = factories.make_coordinator(organisation)
    return World(
        organisation,
        coordinator,
        factories.actor_of(coordinator),
        factories.make_programme(organisation, cities, **programme),
        [],
        [],
    )


def add_mentee(world: World, city: str = "Valence", *, session: Session | None = None, slots=(), **person) -> Enrolment:
    """Return a pupil who came to a session of that city."""
    site = world.programme.sites.get(commune__name=city)
    session = session or world.programme.sessions.filter(site=site).first()
    session = session or factories.make_session(world.programme, days=-7, site=site, capacity=1000)
    commune = person.pop("commune", None) or factories.make_commune(city)
    person.setdefault("qpv", "no")
    beneficiary = factories.make_beneficiary(world.organisation, commune=commune, **person)
    factories.make_registration(session, beneficiary, attended=True)
    enrolment = Enrolment.objects.get(programme=world.programme, beneficiary=beneficiary)
    enrolment.slots = list(slots)
    enrolment.save()
    world.mentees.append(enrolment)
    return enrolment


def add_mentor(world: World, city: str = "Valence", *, capacity: int = 1, slots=(), **volunteer) -> Mentor:
    """Return a marraine of that city, verified unless told otherwise."""
    volunteer = factories.make_volunteer(world.organisation, commune=factories.make_commune(city), **volunteer)
    mentor = factories.make_mentor(world.programme, volunteer, capacity=capacity, slots=list(slots))
    world.mentors.append(mentor)
    return mentor


def make_world(mentees: int = 3, mentors: int = 2, **mentor) -> World:
    """Return a programme in Valence with that many people, nobody apart from anybody."""
    world = make_empty_world()
    for _ in range(mentees):
        add_mentee(world)
    for _ in range(mentors):
        add_mentor(world, **mentor)
    return world


def make_seeded_world(seed: int, mentees: int = 24, mentors: int = 14) -> World:
    """Return a programme in three cities, its people drawn from a seed: full, closed and unverified marraines too."""
    draw = random.Random(seed)
    cities = CITIES[:3]
    world = make_empty_world(cities)
    slots, interests = list(Slot.values), list(Interest.values)
    for n in range(mentees):
        add_mentee(
            world,
            draw.choice(cities),
            slots=draw.sample(slots, draw.randrange(0, 4)),
            first_name=draw.choice([*AWKWARD, f"Inès{n}"]),
            qpv=draw.choice(["yes", "no", "no", "unknown"]),
            interests=draw.sample(interests, draw.randrange(0, 4)),
        )
    for _ in range(mentors):
        add_mentor(
            world,
            draw.choice(cities),
            capacity=draw.choice([0, 1, 1, 2, 3]),
            slots=draw.sample(slots, draw.randrange(0, 6)),
            interests=draw.sample(interests, draw.randrange(0, 4)),
            vetted=draw.random() < 0.8,
        )
    return world
