"""The first meeting that is suggested, and the talk guide of the month."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.mentoring.guide import GuideError, guide_of, guides, read_guides
from vivier.mentoring.meetings import first_meeting
from vivier.people.vocabulary import Slot

days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")


@given(slots=st.sets(st.sampled_from(Slot.values), min_size=1), today=days)
def test_it_is_the_first_common_half_day_a_week_away_or_later(slots, today):
    meeting = first_meeting(slots, today)
    weekdays = {_DAYS.index(code.split("_")[0]) for code in slots}
    assert meeting.day - today >= timedelta(days=7)
    assert meeting.day.weekday() in weekdays
    between = (today + timedelta(days=7 + n) for n in range((meeting.day - today).days - 7))
    assert not [day for day in between if day.weekday() in weekdays]


@given(today=days, unknown=st.sets(st.sampled_from(["sun_am", "nuit", ""])))
def test_without_a_common_slot_nothing_is_suggested(today, unknown):
    assert first_meeting(unknown, today) is None


def test_it_is_said_in_words():
    assert first_meeting(["wed_pm", "sat_am"], date(2026, 11, 22)).words == "mercredi 2 décembre, l’après-midi"
    assert first_meeting(["wed_eve", "wed_am"], date(2026, 11, 22)).words == "mercredi 2 décembre, le matin"


@given(today=days)
def test_every_day_has_something_to_talk_about(today):
    guide = guide_of(today)
    assert guide.month == today.month and guide.title and guide.for_mentor and guide.for_mentee
    assert all(one.day.month == today.month and one.source for one in guide.dates)


def test_no_date_is_certain_until_somebody_has_read_this_year_s():
    dates = [one for guide in guides().values() for one in guide.dates]
    assert {one.day.month for one in dates} >= {1, 3, 4, 6}
    assert not [one for one in dates if one.is_checked and one.day.year < 2027]


def _table() -> dict:
    months = [{"month": n, "title": "x", "for_mentor": ["a"], "for_mentee": ["b"]} for n in range(1, 13)]
    day = {"day": date(2027, 3, 12), "label": "fin", "source": "texte", "status": "checked"}
    return {"month": months, "date": [{**day, "day": date(2026, 3, 12)}, day]}


def test_only_the_latest_year_of_a_date_is_shown():
    assert [one.day.year for one in read_guides(_table())[3].dates] == [2027]


@pytest.mark.parametrize(
    "damage",
    [
        lambda table: table["month"].pop(),
        lambda table: table["month"].append(table["month"][0]),
        lambda table: table["month"][2].pop("title"),
        lambda table: table["month"][2].update(for_mentee=[]),
        lambda table: table["date"][0].update(status="peut-être"),
        lambda table: table["date"][0].pop("source"),
    ],
)
def test_a_guide_with_a_hole_does_not_load(damage):
    table = deepcopy(_table())
    damage(table)
    with pytest.raises(GuideError):
        read_guides(table)
