"""A programme that lacks marraines, and partners who promised some."""

from dataclasses import dataclass
from datetime import timedelta

from tests import factories
from tests.mentoring.worlds import World, add_mentee, make_empty_world
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.organisations.models import Organisation
from vivier.programmes.models import Axis, Plan
from vivier.steering import operations
from vivier.steering.models import Answer, Ask, Contribution, Pledge, Receipt
from vivier.steering.vocabulary import METRICS, Metric
from vivier.workshops.models import Session


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


def make_promised(metric: str, partners: int = 1, mentees: int = 1) -> Lacking:
    """Return a programme whose partners each promised two of something else than marraines."""
    lacking = make_lacking(mentees=mentees, partners=partners)
    Pledge.objects.update(metric=metric)
    return lacking


def asked(lacking: Lacking, metric: str, **settings) -> Answer:
    """Ask every partner for that, and return the first answer to give."""
    return make_ask(lacking, metric=metric, slots=[], **settings).answers.order_by("pk").first()


def line_of(metric: str, **change) -> operations.Offer:
    """Return a full line of an answer: one thing, today."""
    today = clock.today()
    full = {
        "first_name": "Fatou",
        "last_name": "Belval",
        "quantity": 1,
        "starts_on": today,
        "ends_on": today + timedelta(days=30),
        "commune": factories.make_commune(),
    }
    return operations.Offer(**{column: full[column] for column in METRICS[metric].gives} | change)


def offered(answer: Answer, **change) -> Contribution:
    """Offer one more line in answer."""
    operations.answer_offer(by=VISITOR, answer=answer, offers=[line_of(answer.ask.metric, **change)])
    return answer.contributions.order_by("-pk").first()


def held_session(lacking: Lacking, *, came: bool = True) -> Session:
    """Return a session that has just ended, to which somebody came unless told otherwise."""
    session = factories.make_session(lacking.world.programme, days=0)
    session.starts_at, session.ends_at = clock.now() - timedelta(minutes=1), clock.now() - timedelta(seconds=1)
    session.save()
    factories.make_registration(session, lacking.world.mentees[0].beneficiary, attended=came or None)
    return session


def confirmed(lacking: Lacking, contribution: Contribution, **settings) -> Receipt:
    """Note one thing as received today, by a session where the metric wants one."""
    is_session = contribution.answer.ask.metric == Metric.INTERVENTIONS and "session" not in settings
    proof = {"session": held_session(lacking)} if is_session else {"received_on": clock.today()}
    return operations.confirm_receipt(**{"by": lacking.world.actor, "contribution": contribution, **proof, **settings})
