"""Signing somebody up beside her: by staff, by a mediator's link, and what neither learns."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_commune,
    make_coordinator,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import born, mails_to
from vivier.workshops import links
from vivier.workshops.forms import AssistedForm
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    make_commune()
    return make_session(make_programme(make_organisation()), capacity=1)


def address(session, name="Médiathèque des Bords de l’Eau") -> str:
    return links.mediator_address(session, name).removeprefix("http://localhost:8000")


def typed(age=25, **changes) -> dict:
    """Return what is typed for somebody of that age who has no address."""
    parent = {"guardian_first_name": "Nadia", "guardian_email": "nadia@exemple.test"} if age < 18 else {}
    return {
        "first_name": "Inès",
        "last_name": "Rivière",
        "birth_date": f"{born(age):%d/%m/%Y}",
        "school_level": "2de" if age < 18 else "none",
        "commune": "Valence",
        "accepts_data": "on",
        **parent,
        **changes,
    }


def send(session, **data):
    """Send the page of a mediator; return the page that follows."""
    where = address(session)
    return Client().post(where, {"jeton": unquote(where.partition("jeton=")[2]), **data}, follow=True)


def test_the_form_has_twelve_fields_at_most():
    assert len(AssistedForm().fields) <= 12


def test_a_mediator_signs_up_somebody_without_any_address(session):
    page = send(session, **typed())
    assert page.status_code == 200, page.content.decode()
    assert "C’est noté." in page.content.decode()
    place = Registration.objects.get()
    assert (place.state, place.source, place.assistant) == ("confirmed", "assisted", "Médiathèque des Bords de l’Eau")


def test_a_minor_s_guardian_is_asked(session):
    send(session, **typed(16))
    assert Registration.objects.get().state == "awaiting_consent"
    assert len(mails_to("nadia@exemple.test")) == 2  # her link, and the place kept: the girl has no address


def test_a_full_session_gives_a_number_in_the_line(session):
    make_registration(session)
    assert "liste d’attente" in send(session, **typed()).content.decode()
    assert Registration.objects.get(source="assisted").waiting_number == 1


def test_the_page_says_the_same_of_who_is_on_file_and_of_who_is_not(session):
    session.capacity = 9
    session.save(update_fields=["capacity"])
    known = make_beneficiary(session.programme.controller, "Inès", "Rivière", birth_date=born(25))
    make_registration(session, known)
    hers, new = send(session, **typed()), send(session, **typed(first_name="Maya"))
    assert _bare(hers) == _bare(new)
    assert Registration.objects.count() == 2


def _bare(page) -> str:
    # Tokens differ at each page, and a signed link from one second to the next.
    return re.sub(r'value="[^"]{60,}"|x-csrftoken": "[^"]+"|jeton=[^"]+', "", page.content.decode())


@pytest.mark.parametrize(
    ("age", "changes", "sentence"),
    [
        (16, {"guardian_first_name": ""}, "il faut le prénom de la personne responsable"),
        (16, {"email": "nadia@exemple.test"}, "il faut celle du responsable"),
        (25, {"accepts_data": ""}, "Sans son accord, rien ne peut être gardé."),
        (25, {"birth_date": ""}, "Il manque la date de naissance."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(session, age, changes, sentence):
    page = send(session, **typed(age, **changes))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Registration.objects.exists()


def test_the_link_opens_its_session_only_and_nothing_without_it(session):
    other = make_session(session.programme)
    wrong = address(session).replace(session.code, other.code, 1)
    for where in (wrong, reverse("workshops:assist", args=[session.code]), f"{address(session)}x"):
        assert Client().get(where).status_code == 404
        assert Client().post(where, typed()).status_code == 404
    assert not Registration.objects.exists()


def test_staff_use_the_same_page_and_hand_out_the_link(session):
    staff, stranger = Client(), Client()
    user = make_coordinator(session.programme.controller)
    staff.force_login(user)
    stranger.force_login(make_coordinator())
    where = reverse("workshops:assist", args=[session.code])
    assert stranger.get(where).status_code == 404
    assert staff.post(where, typed()).status_code == 303
    place = Registration.objects.get()
    assert (place.source, place.registered_by) == ("assisted", user)
    page = staff.get(reverse("workshops:mediator_link", args=[session.code]), {"nom": "Médiathèque"}).content.decode()
    assert "Le lien de Médiathèque est prêt." in page
    assert "/accompagner/?jeton=" in page
