"""Who is asked by mail what a session changed: once, if she came, if her data may be used, while it is open."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_consent,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import born, mails, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.workshops import operations
from vivier.workshops.models import Registration, Reminder, Session, SurveyCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_programme(make_organisation()))


def end(session: Session, hours_ago: float) -> None:
    """Let the session have ended that many hours ago; it lasted two."""
    ended = clock.now() - timedelta(hours=hours_ago)
    Session.objects.filter(pk=session.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)


def came(session: Session, age: int = 16, *, email: str = "ines@exemple.test", attended: bool | None = True):
    """Return the place of a girl who came and whose data may be used; Nadia is her mother."""
    girl = make_beneficiary(session.programme.controller, "Inès", birth_date=born(age), email=email)
    mother = make_guardian(girl, email="nadia@exemple.test")
    make_consent(girl, "data", "yes")
    if age < 15:
        make_consent(girl, "data", "yes", mother)
    return make_registration(session, girl, attended=attended)


def ask() -> list[str]:
    """Send what is due, twice, and return to whom all mails went."""
    for _ in range(2):
        operations.ask_all_who_came(by=SYSTEM)
    return [mail["to"] for mail in mails()]


@pytest.mark.parametrize(
    ("hours", "asked"), [(-1, False), (0.1, True), (24 * 14 - 1, True), (24 * 14 + 1, False)], ids=str
)
def test_she_is_asked_once_while_the_survey_is_open(session, hours, asked):
    came(session)
    end(session, hours)
    assert ask() == (["ines@exemple.test"] if asked else [])


@pytest.mark.parametrize("attended", [False, None])
def test_who_was_not_noted_present_is_not_asked(session, attended):
    came(session, attended=attended)
    end(session, 3)
    assert ask() == []


def test_who_is_noted_present_later_is_asked_then(session):
    place = came(session, attended=None)
    end(session, 3)
    assert ask() == []
    by = actor_of(make_coordinator(session.programme.controller))
    for mark in (True, False, True):
        operations.mark_attendance(by=by, session=session, marks={place.public_id: mark})
    assert ask() == ["ines@exemple.test"]


def test_a_girl_without_address_is_asked_through_her_guardian(session):
    came(session, 13, email="")
    end(session, 3)
    assert ask() == ["nadia@exemple.test"]
    assert "Ces questions sont pour Inès" in mails()[0]["body"]


@pytest.mark.parametrize("age", [13, 16])
def test_who_took_her_yes_back_is_not_written_to(session, age):
    place = came(session, age)
    make_consent(place.beneficiary, "data", "no")
    end(session, 3)
    assert ask() == []


def test_a_guardian_who_took_her_yes_back_is_heard(session):
    place = came(session, 13)
    make_consent(place.beneficiary, "data", "no", place.beneficiary.guardianships.get().guardian)
    end(session, 3)
    assert ask() == []


def test_who_has_answered_is_not_asked(session):
    Registration.objects.filter(pk=came(session).pk).update(answered_after=True)
    end(session, 3)
    assert ask() == []


def test_a_cancelled_session_asks_nobody(session):
    came(session)
    end(session, 3)
    Session.objects.update(state="cancelled", cancelled_at=clock.now())
    assert ask() == []


def test_the_link_shows_the_questions_and_says_nothing_of_her(session):
    came(session)
    end(session, 3)
    ask()
    (mail,) = mails()
    assert (
        "sans ton nom" in mail["body"] and clock.day_words(clock.now() + timedelta(days=13, hours=21)) in mail["body"]
    )
    (link,) = re.findall(r"http\S+", mail["body"])
    address = "{0.path}?{0.query}".format(urlsplit(link))
    page = Client().get(address)
    assert page.status_code == 200 and "Ne souhaite pas répondre" in page.content.decode()
    assert "Inès" not in page.content.decode() and "no-store" in page["Cache-Control"]
    assert not SurveyCount.objects.exists() and not Registration.objects.filter(answered_after=True).exists()
    Client().post(address.partition("?")[0], {"jeton": address.partition("jeton=")[2], "for_me": "yes"})
    end(session, 24 * 15)
    assert "fermé" in Client().get(address).content.decode()
    end(session, 24 * 31)
    assert Client().get(address).status_code == 404


def test_the_week_s_reminder_carries_the_questions_before(session):
    place = came(session, attended=None)
    Registration.objects.update(registered_at=clock.now() - timedelta(days=30))
    operations.remind_all(by=SYSTEM)
    assert "/ma-place/questionnaire/" in mails_to("ines@exemple.test")[0]["body"]
    assert "/ma-place/questionnaire/" not in mails_to("nadia@exemple.test")[0]["body"], "they are hers to answer"
    Reminder.objects.all().delete()
    Registration.objects.filter(pk=place.pk).update(answered_before=True)
    operations.remind_all(by=SYSTEM)
    assert "/ma-place/questionnaire/" not in mails_to("ines@exemple.test")[1]["body"]


def test_the_eve_does_not_ask_again(session, settings):
    came(session, attended=None)
    Registration.objects.update(registered_at=clock.now() - timedelta(days=30))
    settings.VIVIER_TODAY = (timezone.localtime(session.starts_at).date() - timedelta(days=1)).isoformat()
    operations.remind_all(by=SYSTEM)
    assert "/ma-place/questionnaire/" not in mails_to("ines@exemple.test")[0]["body"]
