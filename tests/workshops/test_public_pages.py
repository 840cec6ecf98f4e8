"""What whoever passes by sees of sessions, and one's own place by its link."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_commune,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from vivier.common import clock
from vivier.programmes.vocabulary import Audience
from vivier.workshops import links, words
from vivier.workshops.models import Registration, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(make_organisation("Les Passerelles"), ("Valence", "Grenoble"))


def url(name, *args) -> str:
    return reverse(f"workshops:{name}", args=args)


def page(client, name, *args, **query) -> str:
    response = client.get(url(name, *args), query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


# --- The list ---


def test_only_announced_open_coming_sessions_are_listed(client, programme):
    make_session(programme, title="Annoncée")
    make_session(programme, title="Discrète", is_public=False)
    make_session(programme, title="Passée", days=-2)
    make_session(programme, title="Annulée", state=Session.State.CANCELLED, cancelled_at=clock.now())
    text = page(client, "public_list")
    assert "Annoncée" in text
    for hidden in ("Discrète", "Passée", "Annulée"):
        assert hidden not in text


def test_the_nearest_comes_first_once_a_commune_is_named(client, programme):
    valence, grenoble = programme.sites.order_by("position")
    make_session(programme, days=3, site=grenoble, title="À Grenoble")
    make_session(programme, days=9, site=valence, title="À Valence")
    make_session(programme, days=1, site=None, mode=Session.Mode.ONLINE, title="En ligne")
    make_commune("Romans-sur-Isère")
    text = page(client, "public_list", commune="Romans-sur-Isère")
    assert sorted(["À Valence", "À Grenoble", "En ligne"], key=text.index) == ["À Valence", "À Grenoble", "En ligne"]
    assert "La séance la plus proche de Romans-sur-Isère est à 18 km." in text


def test_an_unknown_commune_is_said_and_everything_stays_listed(client, programme):
    make_session(programme, title="Annoncée")
    text = page(client, "public_list", commune="Trifouillis")
    assert "Aucune commune ne répond à ce nom" in text
    assert "Annoncée" in text


def test_nothing_announced_is_said(client):
    assert "Le vivier se remplit" in page(client, "public_list")


# --- One session ---


def test_the_page_says_when_where_for_whom_and_how_many_seats(client, programme):
    session = make_session(programme, levels=["2de", "1re"], minimum_age=14, maximum_age=18, capacity=3)
    make_registration(session)
    text = page(client, "session", session.code)
    for found in (
        "de\u00a014\u00a0h\u00a0à\u00a016\u00a0h",
        "1 rue du Test, Valence",
        "2de et 1re, de 14 à 18 ans",
        "2 dernières places",
    ):
        assert found in text
    assert url("sign_up", session.code) in text


def test_no_name_of_anybody_is_on_an_open_page(client, programme):
    session = make_session(programme, host="Claire Fontaine")
    make_registration(session, make_beneficiary(programme.controller, "Inès", "Rivière"))
    for name in ("session", "poster", "blank_paper", "sign_up"):
        text = page(client, name, session.code)
        assert "Rivière" not in text
        assert "Claire Fontaine" not in text


def test_a_full_session_offers_its_line_and_others(client, programme):
    session = make_session(programme, capacity=1)
    make_registration(session)
    make_session(programme, days=12, title="Une autre")
    text = page(client, "session", session.code)
    assert "Cette séance est complète." in text
    assert "Une autre" in text
    assert "Rejoindre la liste d’attente" in text
    assert url("sign_up", session.code) in text


def test_a_programme_for_adults_says_vous(client, programme):
    session = make_session(programme)
    assert "Comment t’appelles-tu" in page(client, "sign_up", session.code)
    programme.audience = Audience.WOMEN
    programme.save(update_fields=["audience"])
    assert "Comment vous appelez-vous" in page(client, "sign_up", session.code)


def test_the_qr_code_is_a_drawing_of_the_address(client, programme):
    session = make_session(programme)
    response = client.get(url("qr", session.code))
    assert response["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(response.content).tag.endswith("svg")
    assert f"/seances/{session.code}/" in page(client, "poster", session.code)


@pytest.mark.parametrize("name", ["session", "qr", "poster", "blank_paper", "sign_up", "sign_up_done"])
def test_an_unknown_code_is_not_found(client, name):
    assert client.get(url(name, "inconnu")).status_code == 404


def test_the_public_list_costs_the_same_for_many_sessions(client, programme, django_assert_max_num_queries):
    for n in range(30):
        make_registration(make_session(programme, days=n + 1))
    with django_assert_max_num_queries(12):
        page(client, "public_list")


# --- One's own place ---


def test_the_link_opens_its_place_and_nothing_else(client, programme):
    session = make_session(programme, mode=Session.Mode.ONLINE, site=None, online_url="https://visio.exemple.test/x")
    place = make_registration(session, make_beneficiary(programme.controller, "Inès", "Rivière"))
    response = client.get(url("place"), {"jeton": links.token_of(place)})
    text = response.content.decode()
    assert "Ta place est confirmée." in text
    assert "https://visio.exemple.test/x" in text
    assert "Rivière" not in text
    assert response["Referrer-Policy"] == "no-referrer"
    Registration.objects.update(state="awaiting_consent")
    assert "visio" not in client.get(url("place"), {"jeton": links.token_of(place)}).content.decode()


def test_leaving_is_a_press_never_a_visit(client, programme):
    place = make_registration(make_session(programme))
    token = links.token_of(place)
    client.get(url("place"), {"jeton": token})
    assert Registration.objects.get().state == "confirmed"
    response = client.post(url("place"), {"jeton": token})
    assert "Tu n’es plus inscrite ou inscrit à cette séance." in client.get(response.url).content.decode()
    assert Registration.objects.get().state == "cancelled"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_opens_no_place(client, programme, method):
    place = make_registration(make_session(programme))
    for token in ("", "abc", links.token_of(place)[:-1]):
        assert getattr(client, method)(url("place"), {"jeton": token}).status_code == 404
    assert Registration.objects.get().state == "confirmed"


def test_a_link_sleeps_a_month_after_the_session(client, programme):
    place = make_registration(make_session(programme))
    start = clock.now() - timedelta(days=32)
    Session.objects.update(starts_at=start, ends_at=start + timedelta(hours=1))
    assert client.get(url("place"), {"jeton": links.token_of(place)}).status_code == 404


def test_hours_and_places_are_written_as_french_does(programme):
    session = make_session(programme)
    session.starts_at, session.ends_at = clock.at(clock.today(), 9, 5), clock.at(clock.today(), 12)
    assert words.hours(session) == "de\u00a09\u00a0h\u00a005\u00a0à\u00a012\u00a0h"
    session.place = "Maison de quartier, Valence"
    assert words.where(session) == "Maison de quartier, Valence"
    session.place = ""
    assert words.where(session) == "Valence"
    session.ends_at += timedelta(days=1)
    assert "au " in words.hours(session)
