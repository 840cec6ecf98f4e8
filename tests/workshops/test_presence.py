"""Presence by code: the room's, typed on one's own page, and one's own, read by staff."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_coordinator,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
)
from vivier.common import clock
from vivier.workshops import links
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.presence import room_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Return a session that began ten minutes ago."""
    session = make_session(make_programme(make_organisation()))
    return begun(session, minutes=10)


def begun(session: Session, minutes: int) -> Session:
    start = clock.now() - timedelta(minutes=minutes)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    session.refresh_from_db()
    return session


def url(name, *args) -> str:
    return reverse(f"workshops:{name}", args=args)


def say(place, code) -> str:
    data = {"jeton": links.token_of(place), "salle": code}
    return Client().post(url("here_by_link"), data, follow=True).content.decode()


def attended(place):
    return Registration.objects.get(pk=place.pk).attended


def test_she_types_the_code_of_the_room_on_her_own_page(session):
    place = make_registration(session)
    page = Client().get(url("place"), {"jeton": links.token_of(place)}).content.decode()
    assert "Code de la salle" in page
    digits = room_code(session)
    assert "La présence est notée." in say(place, f"{digits[:3]} {digits[3:]}")
    first = Registration.objects.get(pk=place.pk)
    assert (first.attended, first.attendance_by) == (True, None)
    say(place, digits)
    assert Registration.objects.get(pk=place.pk).attendance_at == first.attendance_at


def test_the_code_of_another_room_notes_nobody(session):
    place = make_registration(session)
    other = make_session(session.programme)
    for wrong in (room_code(other), "", "abc", "0" * 50):
        assert "n’a pas pu être notée" in say(place, wrong)
    assert attended(place) is None


@pytest.mark.parametrize(("minutes", "noted"), [(-31, None), (-29, True), (149, True), (151, None)])
def test_it_serves_around_the_session_only(session, minutes, noted):
    begun(session, minutes)
    place = make_registration(session)
    say(place, room_code(session))
    assert attended(place) is noted


@pytest.mark.parametrize("state", ["awaiting_consent", "refused", "cancelled"])
def test_without_authorisation_nobody_notes_herself(session, state):
    place = make_registration(session, state=state)
    say(place, room_code(session))
    assert attended(place) is None


def test_what_staff_said_is_theirs_to_change(session):
    place = make_registration(session, attended=False)
    say(place, room_code(session))
    assert attended(place) is False


def test_the_wall_leads_to_a_page_that_names_nobody_and_notes_who_is_signed_in(session):
    staff, herself, stranger = Client(), Client(), Client()
    staff.force_login(make_coordinator(session.programme.controller))
    user = make_user()
    herself.force_login(user)
    stranger.force_login(make_user())
    place = make_registration(session, make_beneficiary(session.programme.controller, "Inès", "Rivière", user=user))
    address = f"{url('here', session.code)}?salle={room_code(session)}"
    assert address in staff.get(url("wall", session.code)).content.decode()
    page = Client().get(address).content.decode()
    assert room_code(session) in page
    assert "Rivière" not in page
    assert stranger.post(url("here", session.code), {"salle": room_code(session)}).status_code == 422
    assert herself.post(url("here", session.code), {"salle": "000"}).status_code == 422
    assert attended(place) is None
    assert herself.post(url("here", session.code), {"salle": room_code(session)}).status_code == 200
    assert attended(place) is True


def test_staff_read_her_own_code(session):
    staff = Client()
    staff.force_login(make_coordinator(session.programme.controller))
    place = make_registration(session, make_beneficiary(session.programme.controller, "Inès", "Rivière"))
    assert "Inès Rivière" in staff.get(url("scan", place.public_id)).content.decode()
    assert attended(place) is None  # reading writes nothing
    assert "présence notée" in staff.post(url("scan", place.public_id), follow=True).content.decode()
    assert attended(place) is True
    other = Client()
    other.force_login(make_coordinator())
    assert other.get(url("scan", place.public_id)).status_code == 404


def test_staff_are_warned_when_an_authorisation_is_missing(session):
    staff = Client()
    staff.force_login(make_coordinator(session.programme.controller))
    place = make_registration(session, state="awaiting_consent")
    assert "Il manque une autorisation" in staff.get(url("scan", place.public_id)).content.decode()


def test_guessing_the_code_is_counted(session):
    client, place = Client(), make_registration(session)
    client.get(url("sign_up", session.code), follow=True)  # the device has its cookie
    data = {"jeton": links.token_of(place), "salle": "000000"}
    statuses = {client.post(url("here_by_link"), data).status_code for _ in range(21)}
    assert 429 in statuses
