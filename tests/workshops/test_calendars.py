"""Calendars: read again by a parser of its own, as a telephone would."""

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.factories import make_beneficiary, make_organisation, make_programme, make_registration, make_session
from vivier.common import clock
from vivier.people.models import Beneficiary
from vivier.workshops import links
from vivier.workshops.models import Registration, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(make_organisation())


def events(address, **query) -> dict[str, dict]:
    """Return summary → event of the calendar at an address."""
    response = Client().get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_a_programme_s_calendar_holds_its_announced_sessions_at_their_hours(programme):
    session = make_session(programme, title="Créer un site, à plusieurs ; vite", description="Une ligne.\n" + "é" * 90)
    make_session(programme, title="Discrète", is_public=False)
    make_session(programme, title="Ancienne", days=-200)
    make_session(programme, title="Perdue", state=Session.State.CANCELLED, cancelled_at=clock.now())
    make_session(make_programme(), title="Ailleurs")
    found = events(reverse("workshops:programme_calendar", args=[programme.slug]))
    assert set(found) == {"Créer un site, à plusieurs ; vite", "Annulée : Perdue"}
    event = found["Créer un site, à plusieurs ; vite"]
    assert (event.start, event.end) == (session.starts_at, session.ends_at)
    assert str(event["description"]).startswith("Une ligne.\n" + "é" * 90)
    assert found["Annulée : Perdue"]["status"] == "CANCELLED"


def test_no_calendar_of_everybody_holds_a_link_of_connection_or_an_adult(programme):
    make_session(programme, mode="online", site=None, online_url="https://visio.exemple.test/x", host="Claire Fontaine")
    text = Client().get(reverse("workshops:programme_calendar", args=[programme.slug])).content.decode()
    assert "visio" not in text
    assert "Claire" not in text


def test_her_own_calendar_holds_her_places_and_the_link_once_confirmed(programme):
    girl = make_beneficiary(programme.controller, "Inès", "Rivière")
    other = make_beneficiary(programme.controller, "Maya", "Torrent")
    session = make_session(programme, title="En ligne", mode="online", site=None, online_url="https://visio.test/x")
    place = make_registration(session, girl)
    make_registration(session, other)
    make_registration(make_session(programme, title="Pas la sienne"), other)
    address = reverse("workshops:own_calendar")
    found = events(address, jeton=links.calendar_token(girl))
    assert set(found) == {"En ligne"}
    assert "visio.test" in found["En ligne"]["description"]
    Registration.objects.filter(pk=place.pk).update(state="awaiting_consent")
    event = events(address, jeton=links.calendar_token(girl))["En ligne"]
    assert event["status"] == "TENTATIVE"
    assert "visio.test" not in event["description"]
    Registration.objects.filter(pk=place.pk).update(state="cancelled")
    assert set(events(address, jeton=links.calendar_token(girl))) == {"Annulée : En ligne"}


def test_her_calendar_closes_with_her_other_links(programme):
    girl = make_beneficiary(programme.controller)
    token = links.calendar_token(girl)
    Beneficiary.objects.update(link_version=2)
    for wrong in (token, "abc", "", links.token_of(make_registration(make_session(programme), girl))):
        assert Client().get(reverse("workshops:own_calendar"), {"jeton": wrong}).status_code == 404


def test_one_place_is_added_from_its_page(programme):
    place = make_registration(make_session(programme, title="Atelier"))
    query = {"jeton": links.token_of(place)}
    page = Client().get(reverse("workshops:place"), query).content.decode()
    address = reverse("workshops:place_calendar")
    assert address in page
    assert set(events(address, **query)) == {"Atelier"}
    assert Client().get(address, {"jeton": "abc"}).status_code == 404
