"""Accepted pairs and the mails that invitations send, for the tests of invitations."""

import re
from urllib.parse import parse_qs, urlsplit

from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world
from vivier.common.actors import VISITOR
from vivier.mentoring import operations
from vivier.mentoring.models import Invitation, Pair
from vivier.people.models import Beneficiary, Guardian, VolunteerIdentity


def make_accepted(*, consent: bool = True, slots=("wed_pm", "sat_am"), **person) -> tuple[World, Pair]:
    """Return a world with one accepted pair: a pupil of 16 and her marraine, both with an address."""
    world = make_empty_world()
    person = {"first_name": "Anouk", "last_name": "Delcourt", "email": "anouk@exemple.test", **person}
    enrolment = add_mentee(world, slots=list(slots), school_level="2de", interests=["web"], **person)
    factories.make_guardian(enrolment.beneficiary, email="parent-anouk@exemple.test")
    if consent:
        consent_given(enrolment.beneficiary)
    mentor = add_mentor(
        world,
        slots=list(slots),
        first_name="Olga",
        last_name="Perrin",
        occupation="ingénieure réseaux",
        interests=["web"],
    )
    VolunteerIdentity.objects.filter(volunteer=mentor.volunteer).update(email="olga@exemple.test")
    operations.run_matching(by=world.actor, programme=world.programme)
    return world, operations.accept(by=world.actor, pair=Pair.objects.get(programme=world.programme))


def guardian_of(beneficiary: Beneficiary) -> Guardian:
    return Guardian.objects.get(guardianships__beneficiary=beneficiary)


def consent_given(beneficiary: Beneficiary) -> None:
    factories.make_consent(beneficiary, "mentoring", "yes", guardian_of(beneficiary))


def confirm(world: World, pair: Pair) -> Invitation:
    """Invite both people of an accepted pair, who say yes."""
    invitation = operations.invite(by=world.actor, pair=pair)
    for side in ("mentee", "mentor"):
        invitation = operations.say_yes(by=VISITOR, invitation=invitation, side=side)
    return invitation


def mails() -> list[dict]:
    """The mails that wait in the outbox, the first first."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_mail").order_by("id")
    return [job.args for job in jobs]


def kinds_to(address: str) -> list[str]:
    """What was written to an address: "invited", "stopped" or "handed_over", the first first."""
    names = {"une réponse attendue": "invited", "ne se fera pas": "stopped", "première rencontre": "handed_over"}
    found = [mail["subject"] for mail in mails() if mail["to"] == address]
    return [next(kind for words, kind in names.items() if words in subject) for subject in found]


def address_in(text: str) -> str:
    return re.search(r"https?://[^/]+(/\S+)", text)[1]


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["jeton"][0]
