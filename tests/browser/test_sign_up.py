"""Three ages sign up on a telephone, with JavaScript and without; every page on the way is accessible."""

import re

import pytest

from tests.browser.axe import assert_accessible, held, no_sideways_scroll
from tests.factories import (
    make_commune,
    make_coordinator,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import born, mails_to
from vivier.common import clock
from vivier.workshops import links
from vivier.workshops.models import Registration, SignUpDraft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    make_commune("Valence")
    return make_session(make_programme(make_organisation("Les Passerelles")), title="Crée ta première page web")


def go_on(page) -> None:
    page.get_by_role("button", name="Continuer").click()


def answer_everything(page, *, age: int, check=lambda page: None, door="Réserver ma place") -> None:
    """Go from the public page to the last question, as she would; `check` is called on each."""
    answers = [
        lambda: (page.get_by_label("Prénom").fill("Inès"), page.get_by_label("Nom", exact=True).fill("Rivière")),
        lambda: page.get_by_label("Date de naissance").fill(f"{born(age):%d %m %Y}"),
        lambda: page.get_by_text("2de", exact=True).click(),
        lambda: page.get_by_label("Commune").first.fill("Valence"),
        lambda: page.get_by_label("Adresse e-mail").fill("ines@exemple.test"),
    ]
    if age < 18:
        answers.append(
            lambda: (
                page.get_by_label("Son prénom").fill("Nadia"),
                page.get_by_label("Son adresse e-mail").fill("nadia@exemple.test"),
            )
        )
    page.get_by_role("link", name=door).click()
    for answer in answers:
        check(page)
        answer()
        go_on(page)
    check(page)


def confirm(page) -> None:
    page.locator("label", has_text="Je suis d’accord").click()
    page.get_by_role("group", name="Figurer sur des photos").get_by_role("radio", name=re.compile("^Non")).check()
    page.get_by_role("button", name="ma place").click()


@pytest.mark.parametrize(
    ("age", "javascript", "steps", "state", "words"),
    [
        (13, True, 7, "awaiting_consent", "Il reste un accord à recevoir"),
        pytest.param(13, False, 7, "awaiting_consent", "Il reste un accord à recevoir", marks=pytest.mark.deep),
        (16, True, 7, "awaiting_consent", "Il reste un accord à recevoir"),
        pytest.param(16, False, 7, "awaiting_consent", "Il reste un accord à recevoir", marks=pytest.mark.deep),
        pytest.param(18, True, 6, "confirmed", "C’est noté.", marks=pytest.mark.deep),
        (18, False, 6, "confirmed", "C’est noté."),
    ],
)
def test_she_signs_up_on_her_telephone(page_at, session, age, javascript, steps, state, words):
    page = page_at(360, javascript=javascript)
    page.goto(f"/seances/{session.code}/")
    answer_everything(page, age=age, check=no_sideways_scroll)
    assert page.get_by_text(f"Étape {steps} sur {steps}").is_visible()
    confirm(page)
    assert words in page.get_by_role("heading", level=1).inner_text()
    assert Registration.objects.get().state == state
    assert bool(mails_to("nadia@exemple.test")) is (age < 18)


def test_every_question_and_its_errors_are_accessible(page_at, session):
    page = page_at(360)
    page.goto(f"/seances/{session.code}/inscription/")
    go_on(page)
    assert page.get_by_text("Il manque le prénom.").first.is_visible()
    held(page)
    page.goto(f"/seances/{session.code}/")
    held(page)
    # The questions share one frame: each is held as the telephone shows it, the check and the end on every screen.
    answer_everything(page, age=16, check=assert_accessible)
    page.get_by_role("button", name="Garder ma place").click()
    assert page.get_by_text("Cocher cette case").first.is_visible()
    held(page)
    confirm(page)
    held(page)


def test_she_joins_the_line_of_a_full_session_on_her_telephone(page_at, session):
    for _ in range(session.capacity):
        make_registration(session)
    page = page_at(360)
    page.goto(f"/seances/{session.code}/")
    answer_everything(page, age=16, door="Rejoindre la liste d’attente")
    held(page)
    page.locator("label", has_text="Je suis d’accord").click()
    page.get_by_role("button", name="Rejoindre la liste d’attente").click()
    page.wait_for_url("**/faite/")
    held(page)
    assert "liste d’attente" in page.get_by_role("heading", level=1).inner_text()
    assert Registration.objects.get(state="waiting").waiting_number == 1


def test_closing_the_browser_loses_nothing(chromium, live_server, session, tmp_path):
    address = f"{live_server.url}/seances/{session.code}/inscription/"
    first = chromium.new_context(locale="fr-FR")
    page = first.new_page()
    page.goto(address)
    page.get_by_label("Prénom").fill("Inès")
    page.get_by_label("Nom", exact=True).fill("Rivière")
    go_on(page)
    kept = first.storage_state()
    first.close()
    second = chromium.new_context(storage_state=kept, locale="fr-FR")
    page = second.new_page()
    page.goto(address)
    assert page.get_by_text("Une inscription est commencée sur cet appareil").is_visible()
    assert not page.get_by_text("Inès").count()
    page.get_by_role("link", name="Reprendre").click()
    assert page.get_by_label("Date de naissance").is_visible()
    second.close()


def test_the_back_button_shows_the_answer_and_going_on_again_works(page_at, session):
    page = page_at(360)
    page.goto(f"/seances/{session.code}/inscription/")
    page.get_by_label("Prénom").fill("Inès")
    page.get_by_label("Nom", exact=True).fill("Rivière")
    go_on(page)
    page.go_back()
    page.get_by_label("Prénom").fill("Inaya")
    go_on(page)
    page.get_by_label("Date de naissance").fill(f"{born(16):%d%m%Y}")
    go_on(page)
    assert SignUpDraft.objects.get().first_name == "Inaya"


def test_pressing_twice_gives_one_place(page_at, session):
    page = page_at(360)
    page.goto(f"/seances/{session.code}/")
    answer_everything(page, age=18)
    page.locator("label", has_text="Je suis d’accord").click()
    page.get_by_role("button", name="ma place").dblclick()
    page.wait_for_url("**/faite/")
    assert Registration.objects.count() == 1


def test_public_pages_are_accessible(page_at, session):
    full = make_session(session.programme, capacity=1, days=12, title="Une séance complète")
    make_registration(full)
    in_line = make_registration(full, state="waiting", waiting_number=1)
    page = page_at(360)
    for address in (
        "/seances/",
        "/seances/?commune=Valence",
        f"/seances/{session.code}/",
        f"/seances/{full.code}/",
        f"/seances/{full.code}/inscription/",
        f"/ma-place/?jeton={links.token_of(in_line)}",
        f"/seances/{session.code}/affiche/",
        f"/seances/{session.code}/autorisation-papier/",
        "/ma-place/?jeton=abc",
    ):
        page.goto(address)
        held(page)


def test_staff_pages_of_sessions_are_accessible(page_at, sign_in, session):
    past = make_session(session.programme, days=-3)
    for attended in (True, False, None):
        make_registration(past, attended=attended)
    make_registration(session, state="awaiting_consent", held_until=clock.now())
    for number in (1, 2):
        make_registration(session, state="waiting", waiting_number=number)
    page = page_at(360)
    sign_in(page, make_coordinator(session.programme.controller))
    programme = session.programme.slug
    for address in (
        f"/programmes/{programme}/seances/",
        f"/programmes/{programme}/seances/?vue=passees",
        f"/programmes/{programme}/seances/nouvelle/",
        f"/seances/{session.code}/suivi/",
        f"/seances/{session.code}/annuler/",
        f"/seances/{past.code}/presences/",
        f"/seances/{past.code}/feuille/",
    ):
        page.goto(address)
        held(page)


def test_a_mark_is_saved_as_it_is_pressed_and_counted_in_the_heading(page_at, sign_in, session):
    past = make_session(session.programme, days=-1)
    place = make_registration(past)
    page = page_at(360)
    sign_in(page, make_coordinator(session.programme.controller))
    page.goto(f"/seances/{past.code}/presences/")
    with page.expect_response("**/presences/*/"):
        page.get_by_text("présente", exact=True).click()
    page.get_by_role("heading", name="1 présente sur 1 attendue").wait_for()
    assert Registration.objects.get(pk=place.pk).attended is True
    page.reload()
    assert page.get_by_role("heading", name="1 présente sur 1 attendue").is_visible()


def test_without_javascript_the_list_is_saved_by_its_button(page_at, sign_in, session):
    past = make_session(session.programme, days=-1)
    place = make_registration(past)
    page = page_at(360, javascript=False)
    sign_in(page, make_coordinator(session.programme.controller))
    page.goto(f"/seances/{past.code}/presences/")
    page.get_by_text("absente", exact=True).click()
    page.get_by_role("button", name="Enregistrer toute la liste").click()
    assert page.get_by_role("heading", name="0 présente sur 1 attendue").is_visible()
    assert Registration.objects.get(pk=place.pk).attended is False
