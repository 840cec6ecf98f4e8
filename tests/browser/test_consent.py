"""A guardian answers on her telephone, by the link of her mail, with JavaScript and without."""

import re
from datetime import timedelta

import pytest

from tests.browser.axe import held
from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
)
from tests.people.worlds import born, guardian_link, mails_to
from vivier.common import clock
from vivier.common.actors import VISITOR
from vivier.people import operations
from vivier.people.links import Bearer
from vivier.people.records import NewGuardian
from vivier.workshops.links import token_of
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def girl():
    programme = make_programme(make_organisation("Les Passerelles", email="contact@passerelles.test"))
    girl = make_beneficiary(
        programme.controller,
        "Inès",
        "Rivière",
        birth_date=born(16),
        email="ines@exemple.test",
        user=make_user(),
        school_level="2de",
    )
    girl.mother = make_guardian(girl, first_name="Nadia", email="nadia@exemple.test", user=make_user())
    session = make_session(programme, host="Claire Fontaine", host_checked_on=clock.today() - timedelta(days=5))
    girl.place = make_registration(session, girl, state="awaiting_consent")
    operations.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True, "image": False})
    return girl


def choose(page, title: str, answer: str) -> None:
    page.get_by_role("group", name=title).get_by_role("radio", name=re.compile(f"^{answer}")).check()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_guardian_says_yes_then_changes_her_mind(page_at, girl, live_server, settings, javascript):
    settings.PUBLIC_URL = live_server.url
    operations.ask_guardian(by=actor_of(make_coordinator(girl.controller)), guardianship=girl.guardianships.get())
    mail = mails_to("nadia@exemple.test")[0]["body"]
    link = next(word for word in mail.split() if word.startswith(live_server.url))
    page = page_at(360, javascript=javascript)
    page.goto(link)
    assert page.get_by_role("heading", name="Inès attend votre réponse.").is_visible()
    assert page.get_by_text("Claire Fontaine").is_visible()
    choose(page, "Participer aux séances", "Oui")
    choose(page, "Figurer sur des photos", "Non")
    page.get_by_role("button", name="Enregistrer les réponses").click()
    assert page.get_by_text("Vos réponses sont enregistrées.").is_visible()
    assert Registration.objects.get().state == "confirmed"
    page.goto(link)
    choose(page, "Participer aux séances", "Non")
    page.get_by_role("button", name="Enregistrer les réponses").click()
    assert page.get_by_role("heading", name="Inès ne participe pas").is_visible()
    assert Registration.objects.get().state == "cancelled"


def test_answering_nothing_is_said_at_the_top(page_at, girl):
    page = page_at(360)
    page.goto(f"/autorisation/?jeton={guardian_link(girl, girl.mother)}")
    page.get_by_role("button", name="Enregistrer les réponses").click()
    assert page.get_by_role("alert").get_by_text("Choisir oui ou non pour au moins un sujet.").is_visible()
    held(page)


def test_pages_of_links_are_accessible(page_at, girl):
    page = page_at(360)
    for address in (
        f"/autorisation/?jeton={guardian_link(girl, girl.mother)}",
        f"/autorisation/?jeton={Bearer(girl).token}",
        "/autorisation/?jeton=abc",
        "/autorisation/nouveau-lien/",
        "/autorisation/nouveau-lien/?envoye=1",
        f"/autorisation/?jeton={guardian_link(girl, girl.mother)}&fait=1",
        f"/ma-place/?jeton={token_of(girl.place)}",
    ):
        page.goto(address)
        held(page)


def test_homes_are_accessible(page_at, sign_in, girl):
    for user, addresses in (
        (girl.mother.user, ("/autorisations/", f"/autorisations/{girl.public_id}/")),
        (girl.user, ("/mon-parcours/", f"/autorisations/{girl.public_id}/", "/mes-donnees/")),
        (make_user(), ("/autorisations/", "/mon-parcours/")),
    ):
        page = page_at(360)
        sign_in(page, user)
        for address in addresses:
            page.goto(address)
            held(page)


def test_pages_of_a_person_are_accessible(page_at, sign_in, girl):
    page = page_at(360)
    sign_in(page, make_coordinator(girl.controller))
    person = f"/personnes/{girl.public_id}/"
    claimed = NewGuardian(first_name="Bob", email="bob@exemple.test", phone="06 39 98 00 00")
    operations.claim_guardian(by=VISITOR, beneficiary=girl, guardian=claimed)
    for address in (
        person,
        f"{person}modifier/",
        f"{person}formulaire/",
        f"{person}reponse-papier/",
        f"{person}responsables/ajouter/",
        f"{person}responsables/{girl.mother.public_id}/modifier/",
    ):
        page.goto(address)
        held(page)


def test_a_signed_in_guardian_answers_and_signs_out_from_the_same_page(page_at, sign_in, girl):
    page = page_at(360)
    sign_in(page, girl.mother.user)
    page.goto("/autorisations/")
    page.get_by_role("link", name="Lire et répondre").click()
    choose(page, "Participer aux séances", "Oui")
    page.get_by_role("button", name="Enregistrer les réponses").click()
    assert page.get_by_text("Vos réponses sont enregistrées.").is_visible()
    assert Registration.objects.get().state == "confirmed"
