"""The surveys: optional, anonymous, and nothing shown that would tell who said what."""

from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_coordinator, make_organisation, make_programme, make_registration, make_session
from vivier.common import clock
from vivier.workshops import links, survey
from vivier.workshops.models import Registration, Session, SurveyCount
from vivier.workshops.queries import survey_tables

codes = ("yes", "rather", "no", survey.UNSAID)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_no_small_number_is_shown_nor_follows_from_the_total(numbers):
    counts = dict(zip(codes, numbers, strict=True))
    shown = survey.protected(counts)
    if shown is None:
        return
    total = sum(numbers)
    assert total >= survey.THRESHOLD
    hidden = [code for code, number in shown.items() if number is None]
    assert all(number == 0 or number >= survey.THRESHOLD for number in shown.values() if number is not None)
    assert all(shown[code] in (None, counts[code]) for code in codes)
    # Whoever knows the total and the rule finds several ways to fill what is hidden, for each hidden number.
    left = total - sum(number for number in shown.values() if number is not None)
    ways = [way for way in product(range(1, left + 1), repeat=len(hidden)) if sum(way) == left] if hidden else []
    for position, _ in enumerate(hidden):
        assert len({way[position] for way in ways}) > 1


def test_with_nothing_small_everything_is_shown():
    counts = {"yes": 7, "rather": 0, "no": 12, survey.UNSAID: 5}
    assert survey.protected(counts) == counts


def test_each_question_has_codes_of_its_own_and_a_way_to_say_nothing():
    assert len({question.code for question in survey.questions()}) == len(survey.questions())
    for question in survey.questions():
        assert list(question.answers)[-1] == survey.UNSAID
        assert max(map(len, question.answers)) <= 20


@pytest.fixture
def session(db):
    return make_session(make_programme(make_organisation()))


def at(session: Session, hours: float) -> None:
    """Let the session begin that many hours from now; it lasts two."""
    start = clock.now() + timedelta(hours=hours)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))


def send(place, **answers):
    return Client().post(reverse("workshops:survey"), {"jeton": links.token_of(place), **answers})


def counts() -> dict:
    return {(row.moment, row.question, row.answer): row.count for row in SurveyCount.objects.all()}


def test_answers_are_counted_once_and_tied_to_nobody(session):
    place = make_registration(session)
    page = Client().get(reverse("workshops:survey"), {"jeton": links.token_of(place)}).content.decode()
    assert "Ne souhaite pas répondre" in page
    for _ in range(2):
        send(place, for_me="yes", knows_a_job="invented")
    assert counts() == {
        ("before", "for_me", "yes"): 1,
        ("before", "knows_a_job", survey.UNSAID): 1,
        ("before", "considers", survey.UNSAID): 1,
    }
    fields = {field.name for field in SurveyCount._meta.get_fields()}
    assert fields == {"id", "session", "moment", "question", "answer", "count"}


def test_the_same_person_answers_before_and_after(session):
    place = make_registration(session)
    send(place, for_me="no")
    at(session, -1)
    send(place, for_me="yes")  # during the session nothing is open
    at(session, -3)
    send(place, for_me="yes", useful="yes")
    at(session, -24 * 15 - 3)
    send(make_registration(session), for_me="yes")
    assert counts()["before", "for_me", "no"] == counts()["after", "for_me", "yes"] == 1
    assert counts()["after", "useful", "yes"] == 1


@pytest.mark.parametrize("state", ["awaiting_consent", "cancelled", "refused"])
def test_who_has_no_confirmed_place_is_not_asked(session, state):
    send(make_registration(session, state=state), for_me="yes")
    assert not counts()


def test_who_was_absent_is_not_asked_what_it_changed(session):
    at(session, -3)
    send(make_registration(session, attended=False), for_me="yes")
    assert not counts()


def test_nothing_is_shown_before_it_is_closed_or_below_five(session):
    for n in range(5):
        send(make_registration(session), for_me="yes")
        assert survey_tables(session) == [], n
    at(session, -1)
    session.refresh_from_db()
    table = survey_tables(session)[0]
    first = table.rows[0]
    assert (first.label, first.before, first.after) == ("Oui", "5", "")
    staff = Client()
    staff.force_login(make_coordinator(session.programme.controller))
    assert (
        "Ce que disent les questionnaires"
        in staff.get(reverse("workshops:manage", args=[session.code])).content.decode()
    )


def test_history_does_not_say_when_she_answered(session):
    place = make_registration(session)
    before = Registration.pgh_event_model.objects.count()
    send(place, for_me="yes")
    assert Registration.pgh_event_model.objects.count() == before
