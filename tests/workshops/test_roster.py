"""The list of a class: all or nothing, nobody twice."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_beneficiary, make_coordinator, make_organisation, make_programme, make_session
from tests.people.worlds import born, mails
from vivier.people.models import BeneficiaryIdentity
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_programme(make_organisation()), capacity=3)


@pytest.fixture
def staff(session):
    client = Client()
    client.force_login(make_coordinator(session.programme.controller))
    return client


def send(staff, session, *lines):
    address = reverse("workshops:roster", args=[session.code])
    return staff.post(address, {"school_level": "2de", "lines": "\n".join(lines)})


def line(last, first, separator=" ; ") -> str:
    return separator.join([last, first, f"{born(16):%d/%m/%Y}"])


def test_everybody_has_a_place_and_nobody_is_created_twice(session, staff):
    make_beneficiary(session.programme.controller, "Inès", "Rivière", birth_date=born(16))
    response = send(staff, session, line("RIVIERE", "ines"), "", line("Torrent", "Maya", "\t"), line("torrent", "MAYA"))
    assert response.status_code == 302, response.content.decode()
    assert Registration.objects.count() == BeneficiaryIdentity.objects.count() == 2
    assert set(Registration.objects.values_list("state", "source")) == {("awaiting_consent", "staff")}
    assert not mails()
    send(staff, session, line("Rivière", "Inès"))
    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("Rivière ; Inès", "Ligne 2"),
        ("Rivière ; Inès ; 31/02/2010", "Ligne 2"),
        (" ; Inès ; 01/02/2010", "Ligne 2"),
        ("Rivière ; Inès ; 01/02/2999", "Ligne 2"),
    ],
)
def test_one_wrong_line_and_nothing_is_written(session, staff, wrong, sentence):
    response = send(staff, session, line("Torrent", "Maya"), wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not BeneficiaryIdentity.objects.exists()


def test_without_seats_for_all_nobody_is_signed_up(session, staff):
    response = send(staff, session, *(line(f"Rivière{letter}", "Inès") for letter in "abcd"))
    assert response.status_code == 422
    assert "il reste 3 places" in response.content.decode()
    assert not BeneficiaryIdentity.objects.exists()


def test_a_namesake_of_unknown_age_is_settled_first(session, staff):
    make_beneficiary(session.programme.controller, "Inès", "Rivière", birth_date=None)
    response = send(staff, session, line("Rivière", "Inès"))
    assert response.status_code == 422
    assert "Une personne du même nom est déjà suivie" in response.content.decode()
    assert not Registration.objects.exists()
