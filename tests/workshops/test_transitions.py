"""The table of a place's states, alone."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vivier.people.consent_rules import Outcome
from vivier.workshops.models import Registration
from vivier.workshops.transitions import (
    HOLDS_SEAT,
    LABELS,
    TRANSITIONS,
    State,
    Transition,
    after_answer,
    held_until,
    target,
)


def test_the_codes_are_those_of_the_database():
    assert {str(state) for state in State} == set(Registration.State.values)


def test_every_transition_has_words_and_leads_somewhere():
    assert set(LABELS) == set(Transition)
    assert {transition for _, transition in TRANSITIONS} == set(Transition)


def test_every_state_can_be_left_and_reached():
    assert {before for before, _ in TRANSITIONS} - {None} == set(State)
    assert set(TRANSITIONS.values()) == set(State)


states = st.sampled_from(list(State))
outcomes = st.sampled_from(list(Outcome))
lasts = st.sampled_from([*map(str, Transition), ""])


@given(states, outcomes, lasts, st.booleans())
def test_an_answer_follows_the_table_and_ends_where_the_answers_stand(state, outcome, last, has_seat):
    now = state
    for transition in after_answer(state, outcome, last, has_seat):
        now = target(now, transition)
        assert now is not None
    if now in HOLDS_SEAT:
        wanted = {Outcome.GRANTED: State.CONFIRMED, Outcome.AWAITING: State.AWAITING_CONSENT}
        assert now == wanted[outcome]
    # Said again, the same answer changes nothing more.
    assert after_answer(now, outcome, last if now == state else "grant", has_seat) == ()


@given(states, outcomes, lasts)
def test_no_seat_is_taken_where_none_is_left(state, outcome, last):
    now = state
    for transition in after_answer(state, outcome, last, False):
        now = target(now, transition)
    assert state in HOLDS_SEAT or now not in HOLDS_SEAT


@given(
    st.datetimes(max_value=datetime(2200, 1, 1)),
    st.timedeltas(timedelta(minutes=1), timedelta(days=200)),
    st.integers(1, 60),
)
def test_a_seat_is_held_a_day_at_least_and_never_beyond_the_session(now, ahead, days):
    until = held_until(now, now + ahead, days)
    assert until <= now + ahead
    assert until <= now + timedelta(days=days)
    assert until >= now + min(timedelta(days=1), ahead)
    # Who waits has the last day before the session, where there is one.
    assert until <= now + ahead - timedelta(days=1) or ahead < timedelta(days=2)


@given(outcomes, st.booleans())
def test_who_left_is_never_brought_back_by_an_answer(outcome, has_seat):
    for last in (Transition.LEAVE, Transition.CANCEL_SESSION):
        assert after_answer(State.CANCELLED, outcome, last, has_seat) == ()
