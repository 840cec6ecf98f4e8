"""The pages of sessions beyond the sign-up: presence by code, surveys, groups; each accessible on every screen."""

from datetime import timedelta

import pytest

from tests.browser.axe import held
from tests.factories import (
    make_commune,
    make_coordinator,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from vivier.common import clock
from vivier.workshops import links
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.presence import room_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    session = make_session(make_programme(make_organisation("Les Passerelles")), title="Crée ta première page web")
    start = clock.now() - timedelta(minutes=10)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    session.refresh_from_db()
    return session


def test_presence_by_code(page_at, sign_in, session):
    place = make_registration(session)
    page = page_at(360, javascript=True)
    page.goto(f"/seances/{session.code}/je-suis-la/?salle={room_code(session)}")
    held(page)
    page.goto(f"/ma-place/?jeton={links.token_of(place)}")
    held(page)
    page.get_by_label("Code de la salle").fill(room_code(session))
    page.get_by_role("button", name="Je suis là").click()
    page.get_by_text("La présence est notée.").wait_for()
    assert Registration.objects.get().attended is True
    held(page)
    sign_in(page, make_coordinator(session.programme.controller))
    for address in (f"/seances/{session.code}/code-de-presence/", f"/inscriptions/{place.public_id}/presence/"):
        page.goto(address)
        held(page)


def test_the_survey(page_at, sign_in, session):
    Session.objects.filter(pk=session.pk).update(
        starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() - timedelta(days=1)
    )
    place = make_registration(session)
    page = page_at(360, javascript=True)
    page.goto(f"/ma-place/?jeton={links.token_of(place)}")
    page.get_by_role("link", name="Après la séance").click()
    held(page)
    page.get_by_role("group", name="Cette séance").get_by_text("Plutôt oui").click()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    page.get_by_role("heading", name="déjà rempli").wait_for()
    held(page)
    for answer in ("yes", "no"):
        session.survey_counts.create(moment="before", question="for_me", answer=answer, count=8)
    sign_in(page, make_coordinator(session.programme.controller))
    page.goto(f"/seances/{session.code}/suivi/")
    held(page)


def test_classes_and_groups(page_at, sign_in, session):
    Session.objects.filter(pk=session.pk).update(
        starts_at=clock.now() + timedelta(days=2), ends_at=clock.now() + timedelta(days=3)
    )
    page = page_at(360, javascript=False)
    sign_in(page, make_coordinator(session.programme.controller))
    page.goto(f"/seances/{session.code}/groupes/")
    page.get_by_label("Classe ou groupe").fill("2de B, lycée des Trois-Sources")
    page.get_by_label("Nombre attendu").fill("12")
    page.get_by_role("button", name="Réserver ces places").click()
    page.get_by_role("heading", name="Une classe ou un groupe vient.").wait_for()
    assert session.groups.get().head_count == 12


def test_pages_of_groups_are_accessible(page_at, sign_in, session):
    session.groups.create(label="2de B", head_count=12, created_at=clock.now())
    page = page_at(360)
    sign_in(page, make_coordinator(session.programme.controller))
    for part in ("groupes", "classe", "suivi"):
        page.goto(f"/seances/{session.code}/{part}/")
        held(page)


def test_signing_up_beside_somebody(page_at, sign_in, session):
    make_commune("Valence")
    Session.objects.filter(pk=session.pk).update(
        starts_at=clock.now() + timedelta(days=2), ends_at=clock.now() + timedelta(days=3)
    )
    page = page_at(360)
    page.goto(links.mediator_address(session, "Médiathèque").removeprefix("http://localhost:8000"))
    held(page)
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_text("Il manque le prénom.").first.wait_for()
    held(page)
    page.get_by_label("Prénom", exact=True).fill("Inès")
    page.get_by_label("Nom", exact=True).fill("Rivière")
    page.get_by_label("Date de naissance").fill("14 03 1999")
    page.get_by_text("2de", exact=True).click()
    page.get_by_label("Commune").first.fill("Valence")
    page.locator("label", has_text="Elle ou il est d’accord").click()
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_role("heading", name="C’est noté.").wait_for()
    held(page)
    sign_in(page, make_coordinator(session.programme.controller))
    page.goto(f"/seances/{session.code}/mediation/?nom=Médiathèque")
    held(page)
