"""A programme that lacks marraines, and partners who promised some."""

from dataclasses import dataclass
from datetime import timedelta

from tests import factories
from tests.mentoring.worlds import World, add_mentee, make_empty_world
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.organisations.models import Organisation
from vivier.programmes.models import Axis, Plan
from vivier.steering import operations
from vivier.steering.models import Ask, Pledge


@dataclass(frozen=True)
class Lacking:
    """A world whose plan has partners: `pledges` in the order of their making, each of its own structure."""

    world: World
    plan: Plan
    pledges: list[Pledge]

    @property
    def partners(self) -> list[Organisation]:
        return [pledge.organisation for pledge in self.pledges]


def make_lacking(mentees: int = 3, partners: int = 2, cities: tuple[str, ...] = ("Valence",)) -> Lacking:
    """Return a programme in Valence where nobody accompanies yet, and partners of Valence with a pledge of two each."""
    world = make_empty_world(cities)
    region = factories.make_organisation("Région des Rives")
    plan = Plan.objects.create(name="Plan des Rives", slug=f"plan-{region.pk}", organisation=region)
    world.programme.axis = Axis.objects.create(plan=plan, name="Orientation", position=1)
    decided = {"attachment": "accepted", "attachment_decided_at": clock.now()}
    for column, value in decided.items():
        setattr(world.programme, column, value)
    world.programme.save()
    for _ in range(mentees):
        add_mentee(world, cities[0], slots=["wed_pm"])
    lacking = Lacking(world, plan, [])
    for number in range(partners):
        add_partner(lacking, f"Rives Numériques {number}")
    return lacking


def add_partner(lacking: Lacking, name: str, city: str = "Valence", *, target: int = 2, days: int = 90) -> Pledge:
    """Add a structure of a city and its pledge."""
    partner = factories.make_organisation(
        name,
        kind=Organisation.Kind.COMPANY,
        email=f"contact{Organisation.objects.count()}@exemple.test",
        commune=factories.make_commune(city),
    )
    pledge = operations.record_pledge(
        by=SYSTEM,
        plan=lacking.plan,
        organisation=partner,
        metric="mentors",
        target=target,
        wording=f"{target} marraines avant l’été",
        source="Données de test",
        due_on=clock.today() + timedelta(days=days),
    )
    lacking.pledges.append(pledge)
    return pledge


def make_ask(lacking: Lacking, quantity: int = 2, **settings) -> Ask:
    """Ask every partner."""
    world = lacking.world
    return operations.ask_partners(
        **{
            "by": world.actor,
            "programme": world.programme,
            "metric": "mentors",
            "quantity": quantity,
            "site": world.programme.sites.get(commune__name="Valence"),
            "slots": ["wed_pm"],
            "partners": lacking.partners,
            "answer_before": clock.today() + timedelta(days=14),
            **settings,
        }
    )
