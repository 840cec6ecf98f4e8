"""What pages of people show of an accompaniment: to herself, to her guardian, to staff."""

import pytest
from django.urls import reverse

from tests import factories
from tests.mentoring.test_mentors import accepted
from tests.mentoring.worlds import make_world
from vivier.mentoring import operations
from vivier.people.models import Vetting

pytestmark = pytest.mark.django_db


def signed_in(client, record):
    """Return the client, signed in as the person of that record."""
    record.user = record.user or factories.make_user()
    record.save()
    client.force_login(record.user)
    return client


def test_she_reads_who_her_marraine_is_and_never_her_name_or_address(client):
    _, pair, _ = accepted()
    page = signed_in(client, pair.enrolment.beneficiary).get(reverse("people:my_path")).content.decode()
    assert "marraine s’appelle Olga." in page
    assert "Olga, ingénieure réseaux" in page
    assert "faite le" in page and "valable jusqu’au" in page
    assert "Perrin" not in page


@pytest.mark.parametrize("state", [{"consent": False}, {"vetted": False}])
def test_she_reads_that_one_is_found_and_what_is_missing(client, state):
    _, pair, _ = accepted(**state)
    page = signed_in(client, pair.enrolment.beneficiary).get(reverse("people:my_path")).content.decode()
    assert "Une marraine est trouvée." in page and "Olga" not in page
    assert "Rien ne vous attend pour" not in page and "Rien ne t’attend pour" not in page


def test_a_proposal_is_not_shown_to_her(client):
    world = make_world(mentees=1, mentors=1)
    operations.run_matching(by=world.actor, programme=world.programme)
    page = signed_in(client, world.mentees[0].beneficiary).get(reverse("people:my_path")).content.decode()
    assert "arraine est trouvée" not in page and "Ma marraine" not in page


def test_a_guardian_reads_which_adult_her_answer_is_about(client):
    _, pair, _ = accepted(consent=False)
    girl = pair.enrolment.beneficiary
    guardian = girl.guardianships.get().guardian
    page = signed_in(client, guardian).get(reverse("people:authorisations_of", args=[girl.public_id]))
    text = page.content.decode()
    assert "Accompagnement par une marraine" in text and "Olga, ingénieure réseaux" in text
    assert "autorisation à donner" in text and "Perrin" not in text
    assert f"Pour {girl.identity.first_name}</h2>" in text and "a demandé" not in text
    assert "Première rencontre</dt><dd>organisée par" in text and "Marraine</dt><dd>Olga" in text
    assert "Adulte présent" not in text
    Vetting.objects.all().delete()
    text = client.get(reverse("people:authorisations_of", args=[girl.public_id])).content.decode()
    assert "Olga" not in text and "aucune rencontre avant" in text


def test_staff_open_the_pair_from_the_page_of_the_person(client):
    world, pair, _ = accepted()
    client.force_login(world.coordinator)
    page = client.get(reverse("people:beneficiary", args=[pair.enrolment.beneficiary.public_id])).content.decode()
    assert reverse("mentoring:pair", args=[pair.public_id]) in page
