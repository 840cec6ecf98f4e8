"""The second story: a woman who retrains. A small programme of adults, on the plan's other axis, with the same objects.

What rooms do not hold yet is not faked: skills held and missing, the training itself, the job, the follow-up at six and
twelve months.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from vivier.accounts.models import User
from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.common.text import folded
from vivier.demo.roles import ROLES
from vivier.mentoring.models import Mentor
from vivier.mentoring.operations import (
    accept,
    finish_training,
    invite,
    record_interview,
    run_matching,
    say_yes,
    verify,
    welcome,
)
from vivier.mentoring.vocabulary import Side
from vivier.organisations.models import Organisation
from vivier.organisations.queries import actor_for
from vivier.people.models import Beneficiary
from vivier.people.operations import create_beneficiaries, create_volunteer, record_paper
from vivier.people.records import NewBeneficiary, NewVolunteer
from vivier.programmes.models import Axis, Enrolment, Programme
from vivier.programmes.operations import create_programme
from vivier.programmes.vocabulary import Audience
from vivier.territories.models import Commune
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations import create_session, register_many

SLUG = "nouveau-cap-numerique"
_THURSDAY = 3
#: Whose account the demonstration opens.
HEROINE = "Sandra"


@dataclass(frozen=True)
class Adult:
    """Somebody of the programme; `occupation`: of a mentor. Surnames are woods, so that nobody takes them for real."""

    first_name: str
    last_name: str
    commune: str
    slots: tuple[str, ...]
    interests: tuple[str, ...]
    age: int = 0
    kind: str = ""
    occupation: str = ""

    @property
    def email(self) -> str:
        return f"{folded(self.first_name)}.{folded(self.last_name)}@adulte.exemple.test"


WOMEN = (
    Adult(HEROINE, "Frênaie", "Alixan", ("tue_eve", "sat_am"), ("web", "support"), 35, "job_seeker"),
    Adult("Nadège", "Saulaie", "Valence", ("tue_eve",), ("data",), 41, "employee"),
    Adult("Leïla", "Charmaie", "Chabeuil", ("sat_am",), ("network",), 29, "job_seeker"),
    Adult("Corinne", "Hêtraie", "Romans-sur-Isère", ("tue_eve", "sat_am"), ("design",), 48, "employee"),
    Adult("Awa", "Aulnaie", "Valence", ("sat_am",), ("project",), 33, "job_seeker"),
)
#: A place each: four for five, so that one waits.
MENTORS = (
    Adult(
        "Élisa", "Boulaie", "Valence", ("tue_eve",), ("web", "support"), occupation="développeuse web, hier vendeuse"
    ),
    Adult("Karim", "Cerisaie", "Bourg-lès-Valence", ("tue_eve",), ("data",), occupation="analyste de données"),
    Adult("Maud", "Tremblaie", "Chabeuil", ("sat_am",), ("network",), occupation="technicienne fibre"),
    Adult("Joëlle", "Ormaie", "Romans-sur-Isère", ("sat_am",), ("design",), occupation="designer d’interfaces"),
)


def build(today: date) -> None:
    """Add the programme, its sessions and people, one matching, and a pair whose two people said yes."""
    coordinator = actor_for(User.objects.get(email=ROLES["coordinator"].email))
    programme = create_programme(
        by=coordinator,
        controller=Organisation.objects.get(slug="passerelles-du-ruisseau"),
        name="Nouveau cap numérique",
        slug=SLUG,
        audience=Audience.WOMEN,
        axis=Axis.objects.get(plan__slug="changeons-les-codes-auvergne-rhone-alpes", position=2),
        communes=[_commune("Valence")],
        purpose="Des femmes qui changent de métier essaient, comparent des formations, puis une ou un mentor les suit.",
    )
    past, coming = _sessions(coordinator, programme, today)
    women = _women(coordinator, programme, today)
    register_many(by=coordinator, session=past, beneficiaries=women, attended=True, source=Registration.Source.STAFF)
    register_many(by=coordinator, session=coming, beneficiaries=women[:3], source=Registration.Source.STAFF)
    for woman, told in zip(women, WOMEN, strict=True):
        Enrolment.objects.filter(programme=programme, beneficiary=woman).update(slots=list(told.slots))
    for told in MENTORS:
        _mentor(coordinator, programme, told)
    run_matching(by=coordinator, programme=programme)
    _confirm(coordinator, programme, women[0])
    women[0].user = User.objects.create_user(ROLES["adult"].email, name=women[0].identity.full_name)
    women[0].save(update_fields=["user"])


def _commune(name: str) -> Commune:
    return Commune.objects.get(name=name, parent=None, is_current=True)


def _sessions(by: Actor, programme: Programme, today: date) -> tuple[Session, Session]:
    """Create the workshop of a Thursday a week ago or more, on site, and that of one to come, online."""
    shared = {"by": by, "programme": programme, "minimum_age": 18, "capacity": 12}
    day = today - timedelta(days=7 + (today.weekday() - _THURSDAY) % 7)
    past = create_session(
        **shared,
        site=programme.sites.get(),
        title="Ce que je sais déjà faire",
        description="Mettre des mots sur ce que l’on fait déjà, et voir quels métiers du numérique s’en servent.",
        place="Maison des associations, Valence",
        starts_at=clock.at(day, 18),
        ends_at=clock.at(day, 20),
    )
    day = today + timedelta(days=7 + (_THURSDAY - today.weekday()) % 7)
    coming = create_session(
        **shared,
        mode=Session.Mode.ONLINE,
        online_url="https://visio.exemple.test/nouveau-cap",
        title="Comparer trois formations",
        description="Durée, niveau à l’entrée, titre, reste à payer, garde des enfants : lire trois fiches ensemble.",
        starts_at=clock.at(day, 18),
        ends_at=clock.at(day, 19, 30),
    )
    return past, coming


def _women(by: Actor, programme: Programme, today: date) -> list[Beneficiary]:
    """Create the participants; each signed for herself, but for photographs."""
    women = create_beneficiaries(
        by=by,
        controller=programme.controller,
        people=[
            NewBeneficiary(
                first_name=one.first_name,
                last_name=one.last_name,
                birth_date=date(today.year - one.age, today.month, 1),
                email=one.email,
                kind=one.kind,
                school_level="none",
                commune=_commune(one.commune),
                languages=["fr"],
                interests=one.interests,
            )
            for one in WOMEN
        ],
    )
    for woman in women:
        record_paper(
            by=by,
            beneficiary=woman,
            guardian=None,
            answers={"data": True, "activity": True, "mentoring": True},
            signed_on=clock.today(),
            reference="classeur de démonstration",
        )
    return women


def _mentor(by: Actor, programme: Programme, told: Adult) -> None:
    """Let a mentor in as any newcomer: charter, training, interview, verification."""
    volunteer = create_volunteer(
        by=by,
        controller=programme.controller,
        person=NewVolunteer(
            first_name=told.first_name,
            last_name=told.last_name,
            email=told.email,
            occupation=told.occupation,
            commune=_commune(told.commune),
            languages=["fr"],
            interests=told.interests,
        ),
    )
    mentor: Mentor = welcome(by=by, programme=programme, volunteer=volunteer, capacity=1, slots=told.slots)
    finish_training(by=by, volunteer=volunteer)
    record_interview(by=by, mentor=mentor, met_on=clock.today())
    verify(by=by, mentor=mentor, outcome="ok", checked_on=clock.today())


def _confirm(by: Actor, programme: Programme, woman: Beneficiary) -> None:
    pair = accept(by=by, pair=programme.pairs.get(enrolment__beneficiary=woman))
    invitation = invite(by=by, pair=pair)
    for side in Side:
        invitation = say_yes(by=SYSTEM, invitation=invitation, side=side)
