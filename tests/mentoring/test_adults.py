"""An adult and her mentor: the same objects as for a pupil, no word of school, nobody a godmother, everybody "vous"."""

import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.mentoring.invitations import confirm, mails
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world
from tests.people.worlds import born
from vivier.mentoring import operations
from vivier.mentoring.guide import ADULTS, SCHOOL, guide_of, guides
from vivier.mentoring.models import Pair

SCHOOL_WORDS = re.compile(r"\b(école|collège|lycée|lycéenne|classe|élève|parcoursup|scolaire|bac|spécialité)s?\b", re.I)
PUPIL_WORDS = re.compile(r"\b(marraine|filleule|tu|toi|ton|ta|tes)s?\b", re.I)


def words_of(response) -> str:
    """Return the text of a page between its tags, its frame left out."""
    page = response.content.decode()
    return re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")])


@pytest.fixture
def pair(db) -> tuple[World, Pair]:
    """A woman of 35 and her mentor, accepted by the coordinator; both have an account."""
    world = make_empty_world(audience="women")
    enrolment = add_mentee(
        world, first_name="Sandra", email="sandra@exemple.test", birth_date=born(35), kind="job_seeker",
        school_level="none", slots=["tue_eve"], user=factories.make_user(),
    )  # fmt: skip
    for purpose in ("data", "activity", "mentoring"):
        factories.make_consent(enrolment.beneficiary, purpose, "yes")
    mentor = add_mentor(world, first_name="Olga", slots=["tue_eve"], user=factories.make_user())
    operations.run_matching(by=world.actor, programme=world.programme)
    found = operations.accept(by=world.actor, pair=Pair.objects.get(programme=world.programme))
    assert found.mentor == mentor
    return world, found


def test_she_reads_of_her_mentor_before_and_after_two_yeses(client, pair):
    world, found = pair
    client.force_login(found.enrolment.beneficiary.user)
    path = reverse("people:my_path")
    assert "Une proposition est prête." in words_of(client.get(path))
    operations.invite(by=world.actor, pair=found)
    text = words_of(client.get(path))
    assert "Une personne est proposée pour le mentorat. Une réponse est attendue" in text and "Olga" not in text
    confirm(world, found)
    text = words_of(client.get(path))
    assert "Votre mentor s’appelle Olga." in text and "Mon mentorat" in text
    consent, rest = "Avoir une marraine ou un mentor", text
    assert not PUPIL_WORDS.findall(rest.replace(consent, "")) and not SCHOOL_WORDS.findall(rest)
    assert guide_of(date.today(), school=False).title in text


def test_her_mentor_reads_a_situation_and_no_class(client, pair):
    world, found = pair
    confirm(world, found)
    client.force_login(found.mentor.volunteer.user)
    text = words_of(client.get(reverse("mentoring:my_pairs")))
    assert "Sandra" in text and "demandeuse ou demandeur d’emploi" in text
    assert not SCHOOL_WORDS.findall(text) and not PUPIL_WORDS.findall(text)


def test_their_mails_and_links_say_vous_and_mentor(client, pair):
    world, found = pair
    confirm(world, found)
    for mail in mails():
        assert not SCHOOL_WORDS.findall(mail["body"]) and not PUPIL_WORDS.findall(mail["body"]), mail["subject"]
        address = re.search(r"https?://[^/]+(/\S+)", mail["body"])[1]
        text = words_of(client.get(address))
        assert not SCHOOL_WORDS.findall(text) and not PUPIL_WORDS.findall(text)


def test_who_waits_is_told_of_mentors(client, pair):
    world, _ = pair
    add_mentee(world, birth_date=born(40), kind="employee", school_level="none")
    run = operations.run_matching(by=world.actor, programme=world.programme)
    client.force_login(world.coordinator)
    text = words_of(client.get(reverse("mentoring:run", args=[run.public_id]) + "?vue=attente"))
    assert "une ou un mentor" in text and "personne possible" in text and not PUPIL_WORDS.findall(text)


@given(today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_every_month_has_a_guide_of_adults_without_a_word_of_school(today):
    guide = guide_of(today, school=False)
    text = " ".join([guide.title, *guide.for_mentor, *guide.for_mentee])
    assert guide.month == today.month and not guide.dates
    assert not SCHOOL_WORDS.findall(text) and not PUPIL_WORDS.findall(text)
    assert guide != guide_of(today)


def test_both_guides_have_twelve_months():
    assert set(guides(SCHOOL)) == set(guides(ADULTS)) == set(range(1, 13))


def test_in_a_programme_for_everyone_the_person_decides(client, db):
    for kind, title in (("employee", "adult"), ("pupil", "school")):
        world = make_empty_world(audience="everyone")
        person = add_mentee(world, birth_date=born(30), kind=kind, user=factories.make_user()).beneficiary
        factories.make_consent(person, "mentoring", "yes")
        add_mentor(world)
        operations.run_matching(by=world.actor, programme=world.programme)
        confirm(world, operations.accept(by=world.actor, pair=Pair.objects.get(programme=world.programme)))
        client.force_login(person.user)
        text = words_of(client.get(reverse("people:my_path")))
        assert guide_of(date.today(), school=title == "school").title in text
