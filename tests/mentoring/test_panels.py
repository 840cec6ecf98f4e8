"""What pages of people show of an accompaniment: to herself, to her guardian, to staff."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.mentoring.test_mentors import accepted
from tests.mentoring.worlds import make_world
from vivier.mentoring import operations
from vivier.mentoring.models import Pair
from vivier.mentoring.operations.pairs import follow_consents
from vivier.people.models import Vetting
from vivier.programmes.models import Programme

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


def test_the_programme_of_each_marraine_is_named_where_there_are_two(client):
    world, pair, _ = accepted()
    girl = pair.enrolment.beneficiary
    address = reverse("people:beneficiary", args=[girl.public_id])
    client.force_login(world.coordinator)
    assert named_beside_marraines(client.get(address)) == []
    other = factories.make_programme(world.organisation, name="Code en Drôme")
    factories.make_registration(factories.make_session(other, days=-7), girl, attended=True)
    factories.make_mentor(other)
    operations.run_matching(by=world.actor, programme=other)
    operations.accept(by=world.actor, pair=Pair.objects.get(programme=other))
    both = sorted([world.programme.name, "Code en Drôme"])
    assert named_beside_marraines(client.get(address)) == both
    assert named_beside_marraines(signed_in(client, girl).get(reverse("people:my_path"))) == both


def named_beside_marraines(page) -> list[str]:
    """Return the names of programmes in the cards about marraines."""
    cards = re.findall(r"<h2>(?:Ma m|M)arraine</h2>.*?</section>", page.content.decode(), re.DOTALL)
    return sorted(name for name in Programme.objects.values_list("name", flat=True) if name in "".join(cards))


def test_a_no_ends_the_accompaniment_at_once_and_nobody_is_told_otherwise(client):
    world, pair, _ = accepted()
    girl = pair.enrolment.beneficiary
    guardian = girl.guardianships.get().guardian
    signed_in(client, guardian)
    client.post(
        reverse("people:authorisations_of", args=[girl.public_id]), {"mentoring": "non", "signed_by": "Nadia R"}
    )
    pair.refresh_from_db()
    assert (pair.state, pair.decision_reason) == ("ended", "consent")
    page = signed_in(client, girl).get(reverse("people:my_path")).content.decode()
    assert "arraine est trouvée" not in page
    home = signed_in(client, pair.mentor.volunteer).get(reverse("mentoring:my_pairs")).content.decode()
    assert "personne ne vous attend encore" in home.lower()
    client.force_login(world.coordinator)
    today = client.get(reverse("portal:programme", args=[world.programme.slug])).content.decode()
    assert "1 accompagnement arrêté par un refus" in today


def test_once_the_no_is_lifted_the_same_two_may_be_proposed_again():
    world, pair, _ = accepted()
    girl = pair.enrolment.beneficiary
    guardian = girl.guardianships.get().guardian
    for answer in ("no", "yes"):
        consent = factories.make_consent(girl, "mentoring", answer, guardian)
        follow_consents(world.actor, consent.beneficiary)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.matched_count == 1


def test_what_is_only_proposed_falls_too():
    world = make_world(mentees=1, mentors=1)
    operations.run_matching(by=world.actor, programme=world.programme)
    girl = world.mentees[0].beneficiary
    follow_consents(world.actor, girl)
    assert Pair.objects.get().state == "proposed"
    factories.make_consent(girl, "mentoring", "no")
    follow_consents(world.actor, girl)
    assert (Pair.objects.get().state, Pair.objects.get().decision_reason) == ("superseded", "consent")


def test_a_marraine_who_is_refused_while_she_accompanies_alarms_and_is_told_truly(client):
    world, pair, _ = accepted()
    volunteer, girl = pair.mentor.volunteer, pair.enrolment.beneficiary
    factories.make_vetting(volunteer, ok=False)
    page = signed_in(client, girl).get(reverse("people:my_path")).content.decode()
    assert "est suspendu" in page and "en cours" not in page and "Olga" not in page
    assert "La structure dira la suite." in page and "vous dira" not in page
    guardian = girl.guardianships.get().guardian
    text = signed_in(client, guardian).get(reverse("people:authorisations_of", args=[girl.public_id])).content.decode()
    assert "cet accompagnement est suspendu" in text and "Olga" not in text
    home = signed_in(client, volunteer).get(reverse("mentoring:my_pairs")).content.decode()
    assert "Cet accompagnement est suspendu" in home
    client.force_login(world.coordinator)
    today = client.get(reverse("portal:programme", args=[world.programme.slug])).content.decode()
    assert "1 marraine refusée accompagne encore" in today
    mentor = client.get(reverse("mentoring:mentor", args=[pair.mentor.public_id])).content.decode()
    assert "Refus" in mentor and mentor.count("valable jusqu’au") <= 1
