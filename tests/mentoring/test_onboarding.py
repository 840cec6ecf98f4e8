"""A newcomer enters no run before she is ready, and no verification comes before the interview."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.worlds import World, add_mentee, make_empty_world, make_world
from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import operations
from vivier.mentoring.models import Mentor, Onboarding, Pair

pytestmark = pytest.mark.django_db


def newcomer(world: World, **person) -> Mentor:
    volunteer = factories.make_volunteer(
        world.organisation, vetted=False, commune=factories.make_commune("Valence"), **person
    )
    return operations.welcome(by=SYSTEM, programme=world.programme, volunteer=volunteer, capacity=2, slots=["wed_pm"])


def matched(world: World) -> int:
    run = operations.run_matching(by=world.actor, programme=world.programme)
    return run.matched_count + run.kept_count


def test_each_step_is_needed_and_the_last_one_opens_the_run():
    world = make_world(mentees=2, mentors=1)
    mentor = newcomer(world)
    assert matched(world) == 1
    operations.finish_training(by=SYSTEM, volunteer=mentor.volunteer)
    assert matched(world) == 1
    with pytest.raises(DomainError, match="notez d’abord l’entretien"):
        operations.verify(by=world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())
    operations.record_interview(by=world.actor, mentor=mentor, met_on=clock.today())
    operations.verify(by=world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())
    assert matched(world) == 2
    pair = Pair.objects.filter(mentor=mentor, state="proposed").first()
    assert operations.accept(by=world.actor, pair=pair).state == "accepted"


def test_a_refusal_needs_no_interview():
    world = make_empty_world()
    mentor = newcomer(world)
    operations.verify(by=world.actor, mentor=mentor, outcome="not_ok", checked_on=clock.today())
    assert mentor.volunteer.vettings.get().outcome == "not_ok"


def test_whoever_was_there_before_needs_nothing_more():
    world = make_world(mentees=1, mentors=1)
    known = world.mentors[0]
    again = operations.welcome(
        by=SYSTEM, programme=world.programme, volunteer=known.volunteer, capacity=9, slots=["sat_am"]
    )
    assert (again.pk, again.capacity) == (known.pk, 1)
    assert not Onboarding.objects.exists()
    with pytest.raises(DomainError, match="n’a pas besoin"):
        operations.record_interview(by=world.actor, mentor=known, met_on=clock.today())


def test_welcoming_twice_is_once():
    world = make_empty_world()
    mentor = newcomer(world)
    signed = Onboarding.objects.get().charter_signed_at
    operations.welcome(by=SYSTEM, programme=world.programme, volunteer=mentor.volunteer, capacity=5, slots=[])
    assert (Mentor.objects.get().capacity, Onboarding.objects.get().charter_signed_at) == (2, signed)


def test_strangers_note_nothing_and_nobody_notes_tomorrow():
    world = make_empty_world()
    mentor = newcomer(world)
    with pytest.raises(NotAllowed):
        operations.record_interview(by=Actor(), mentor=mentor, met_on=clock.today())
    with pytest.raises(NotAllowed):
        operations.welcome(by=Actor(), programme=world.programme, volunteer=mentor.volunteer, capacity=1, slots=[])
    with pytest.raises(DomainError, match="avenir"):
        operations.record_interview(by=world.actor, mentor=mentor, met_on=clock.today() + timedelta(days=1))


def test_her_page_tells_what_is_missing_and_takes_the_interview():
    world = make_empty_world()
    add_mentee(world)
    mentor = newcomer(world, first_name="Fatou", last_name="Diallo")
    client, page = client_of(world), reverse("mentoring:mentor", args=[mentor.public_id])
    assert "Fatou Diallo se prépare : il manque la formation courte et l’entretien." in text_of(client.get(page))
    vetting = reverse("mentoring:vetting", args=[mentor.public_id])
    early = client.post(vetting, {"outcome": "ok", "checked_on": clock.today().isoformat()})
    assert early.status_code == 422 and "notez d’abord l’entretien" in text_of(early)
    interview = reverse("mentoring:interview", args=[mentor.public_id])
    late = client.post(interview, {"met_on": (clock.today() + timedelta(days=2)).isoformat()})
    assert late.status_code == 422 and "dans l’avenir" in text_of(late)
    assert client.post(interview, {"met_on": clock.today().isoformat()}).status_code == 302
    assert "il manque la formation courte." in text_of(client.get(page))
