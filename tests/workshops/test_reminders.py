"""Reminders a week before and on the eve, once each; who is told of a change, and of nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import mails, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.workshops import operations
from vivier.workshops.models import Registration, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(make_organisation())


def place_in(programme, days, state="confirmed", **extra) -> Registration:
    """Return a place taken a month ago in a session that is `days` off."""
    number = {"waiting_number": 1} if state == "waiting" else {}
    girl = make_beneficiary(programme.controller, "Inès", email="ines@exemple.test")
    make_guardian(girl, email="nadia@exemple.test")
    place = make_registration(make_session(programme, days=days, **extra), girl, state=state, **number)
    Registration.objects.filter(pk=place.pk).update(registered_at=clock.now() - timedelta(days=30))
    return place


def sent() -> list[tuple[str, str]]:
    return [(mail["to"], mail["subject"].split(" : ")[0]) for mail in mails()]


@pytest.mark.parametrize(
    ("days", "told"), [(8, False), (7, True), (5, True), (3, True), (2, False), (1, True), (0, False), (-1, False)]
)
def test_she_and_her_guardian_are_reminded_on_the_right_days_once(programme, days, told):
    place_in(programme, days)
    for _ in range(2):
        operations.remind_all(by=SYSTEM)
    assert [to for to, _ in sent()] == (["ines@exemple.test", "nadia@exemple.test"] if told else [])
    if told:
        assert ("C’est demain" if days == 1 else "C’est bientôt") in sent()[0][1]


def test_both_reminders_leave_as_the_days_pass(programme, settings):
    place = place_in(programme, 10)
    day = timezone.localtime(place.session.starts_at).date()
    for before in range(10, -1, -1):
        settings.VIVIER_TODAY = (day - timedelta(days=before)).isoformat()
        operations.remind_all(by=SYSTEM)
    assert len(mails_to("ines@exemple.test")) == 2


def test_a_session_put_off_on_its_eve_reminds_twice_again(programme, settings):
    """The eve of the first day and the week of the second are two rows: together they are not the second eve."""
    place = place_in(programme, 10)
    first = place.session.starts_at
    for moved in (timedelta(0), timedelta(days=14)):
        Session.objects.filter(pk=place.session_id).update(
            starts_at=first + moved, ends_at=place.session.ends_at + moved
        )
        day = timezone.localtime(first + moved).date()
        for before in (7, 1):
            settings.VIVIER_TODAY = (day - timedelta(days=before)).isoformat()
            operations.remind_all(by=SYSTEM)
    assert [name.split(" ")[0] for to, name in sent() if to == "ines@exemple.test"] == ["C’est"] * 4


@pytest.mark.parametrize("state", ["waiting", "refused", "cancelled"])
def test_who_has_no_seat_is_not_reminded(programme, state):
    place_in(programme, 1, state)
    operations.remind_all(by=SYSTEM)
    assert not mails()


def test_a_cancelled_session_reminds_nobody(programme):
    place = place_in(programme, 1)
    Session.objects.filter(pk=place.session_id).update(state="cancelled", cancelled_at=clock.now())
    operations.remind_all(by=SYSTEM)
    assert not mails()


def test_who_has_just_signed_up_is_not_reminded_of_what_she_has_just_read(programme):
    make_registration(
        make_session(programme, days=1), make_beneficiary(programme.controller, email="ines@exemple.test")
    )
    operations.remind_all(by=SYSTEM)
    assert not mails()


def test_a_guardian_who_has_not_answered_is_given_her_link_again(programme):
    place_in(programme, 1, "awaiting_consent")
    operations.remind_all(by=SYSTEM)
    assert "/autorisation/?jeton=" in mails_to("nadia@exemple.test")[0]["body"]
    assert "/autorisation/?jeton=" not in mails_to("ines@exemple.test")[0]["body"]


def test_the_link_of_an_online_session_reaches_confirmed_people_only(programme):
    extra = {"mode": Session.Mode.ONLINE, "site": None, "online_url": "https://visio.exemple.test/x"}
    place = place_in(programme, 1, **extra)
    operations.remind_all(by=SYSTEM)
    assert "visio.exemple.test" in mails_to("ines@exemple.test")[0]["body"]
    Registration.objects.filter(pk=place.pk).update(state="awaiting_consent")
    place.reminders.all().delete()
    operations.remind_all(by=SYSTEM)
    assert "visio.exemple.test" not in mails_to("ines@exemple.test")[1]["body"]


def test_a_session_that_moves_is_said_again_for_its_new_day(programme):
    place = place_in(programme, 1)
    operations.remind_all(by=SYSTEM)
    by = actor_of(make_coordinator(programme.controller))
    later = {name: getattr(place.session, name) + timedelta(days=5) for name in ("starts_at", "ends_at")}
    operations.update_session(by=by, session=place.session, **later)
    operations.remind_all(by=SYSTEM)
    subjects = [mail["subject"].split(" : ")[0] for mail in mails_to("ines@exemple.test")]
    assert [subject.split(",")[0] for subject in subjects] == ["C’est demain", "Séance modifiée", "C’est bientôt"]


def test_a_change_is_said_once_and_only_when_day_place_or_form_changes(programme):
    place = place_in(programme, 20)
    by = actor_of(make_coordinator(programme.controller))
    for details in ({"title": "Autre titre"}, {"capacity": 30}, {"host": "Claire"}, {"place": place.session.place}):
        operations.update_session(by=by, session=place.session, **details)
    assert not mails()
    for _ in range(2):
        operations.update_session(by=by, session=place.session, place="Autre salle")
    assert [subject for _, subject in sent()] == ["Séance modifiée"] * 2  # she and her mother
