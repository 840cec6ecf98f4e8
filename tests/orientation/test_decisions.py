"""The calendar of decisions: every class has a sentence every month, and nothing past is said to come."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.orientation import decisions
from vivier.orientation.checks import decisions_can_be_read
from vivier.orientation.decisions import State, read_tracks, sentence, steps, track_of, tracks
from vivier.orientation.tables import BadTable
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import SchoolLevel

days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
codes = st.sampled_from(sorted(tracks()))
MONTHS = [date(2026 + (month < 9), month, 15) for month in range(1, 13)]


@pytest.mark.parametrize("today", MONTHS, ids=lambda day: f"{day:%m}")
@pytest.mark.parametrize("code", tracks())
def test_every_class_has_a_sentence_every_month(code, today):
    text = sentence(tracks()[code], today)
    found = steps(tracks()[code], today)
    now = [step.decision.what for step in found if step.state == State.NOW]
    coming = [step for step in found if step.state == State.COMING]
    assert text.endswith(".") and "{" not in text
    if now:
        assert text.startswith("Ce mois-ci") and any(what in text for what in now)
    elif coming:
        assert coming[0].decision.what in text and coming[0].when in text
    else:
        assert "En septembre" in text or "en septembre" in text


@given(code=codes, today=days)
def test_nothing_past_is_called_coming_and_nothing_is_forgotten(code, today):
    track = tracks()[code]
    found = steps(track, today)
    assert sorted(step.decision.code for step in found) == sorted(one.code for one in track.decisions)
    for step in found:
        assert step.first <= step.last
        assert (step.state == State.PAST) == (step.last < today)
        assert (step.state == State.NOW) == (step.first <= today <= step.last)
        if not track.is_school:
            assert step.state != State.PAST  # a calendar of adults comes round
    order = [step.state for step in found]
    assert order == sorted(order, key=[State.NOW, State.COMING, State.PAST].index)
    coming = [step.first for step in found if step.state == State.COMING]
    assert coming == sorted(coming)


@given(code=codes, year=st.integers(2024, 2035))
def test_at_the_end_of_august_the_year_turns(code, year):
    track = tracks()[code]
    last_day = date(year, 8, 31)
    before, after = steps(track, last_day), steps(track, last_day + timedelta(days=1))
    if track.is_school:
        assert not [step for step in before if step.state == State.COMING]
        assert not [step for step in after if step.state == State.PAST]
    assert all(step.last >= date(year, 9, 1) for step in after)


def test_the_summer_tells_what_the_next_class_begins_with():
    assert sentence(tracks()["3e"], date(2027, 8, 20)) == (
        "Tout est passé pour cette année. En septembre, en 2de : regarder ce que l’on fait dans chaque spécialité."
    )


def test_when_is_said_with_its_year():
    found = {step.decision.code: step.when for step in steps(tracks()["3e"], date(2026, 11, 22))}
    assert found["stage-3e"] == "de décembre 2026 à février 2027"
    assert found["voeux-3e"] == "d’avril à juin 2027"
    assert {step.when for step in steps(tracks()["college"], date(2026, 11, 22))} == {"toute l’année"}


@pytest.mark.parametrize("level", SchoolLevel.values)
def test_every_class_has_a_track_whatever_the_situation(level):
    assert {track_of(level, kind).code for kind in Beneficiary.Kind.values} == {track_of(level, "").code}


@pytest.mark.parametrize(
    ("kind", "code"),
    [("student", "student"), ("job_seeker", "adult"), ("employee", "adult"), ("pupil", None), ("other", None)],
)
def test_without_a_class_the_situation_says_it_or_nothing_does(kind, code):
    found = track_of("", kind)
    assert (found and found.code) == code


def test_adults_read_no_word_of_school_and_nobody_is_called_tu_or_vous():
    school = re.compile(r"\b(école|collège|lycée|classe|élève|scolaire|parcoursup|conseil de classe)", re.I)
    for track in tracks().values():
        for one in track.decisions:
            text = " ".join([one.what, *one.todo, one.helper])
            assert track.is_school or not school.search(text), one.code
            assert not re.search(r"(?<!-)\b(tu|te|ton|ta|tes|vous|votre|vos)\b", text, re.I), one.code


def test_nsi_says_what_it_opens_and_what_to_do_where_it_is_missing():
    [nsi] = [one for one in tracks()["2de"].decisions if one.code == "nsi"]
    text = " ".join(nsi.todo)
    assert "BUT" in text and "convention" in text and "CNED" in text and "STI2D" in text


# --- The table --------------------------------------------------------------------------------------------------------


def _table(folder: Path, old: str = "", new: str = "") -> Path:
    text = decisions.TABLE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "decisions.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_published_days_replace_the_months_in_their_year_only(tmp_path):
    days = 'code = "stage-2de"\nfirst_day = 2027-06-14\nlast_day = 2027-06-25'
    track = read_tracks(_table(tmp_path, 'code = "stage-2de"', days))["2de"]

    def stage(today):
        return next(step for step in steps(track, today) if step.decision.code == "stage-2de")

    assert stage(date(2027, 6, 1)).when == "du lundi 14 juin 2027 au vendredi 25 juin 2027"
    assert stage(date(2027, 6, 1)).state == State.COMING and stage(date(2027, 6, 26)).state == State.PAST
    assert stage(date(2027, 6, 14)).is_sure
    assert stage(date(2028, 6, 1)).when == "en juin 2028" and not stage(date(2028, 6, 1)).is_sure


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months = [9, 12]", "months = [12, 9]"),
        ("months = [9, 12]", "months = [9]"),
        ("months = [9, 12]", "months = [9, 13]"),
        ('certainty = "habit"', 'certainty = "presque"'),
        ("read_on = 2026-11-22\n", ""),
        ('levels = ["4e"]', 'levels = ["3e"]'),
        ('next = "4e"', 'next = "5e bis"'),
        ('tracks = ["college"]', 'tracks = ["lycee"]'),
        ('code = "nsi"', 'code = "stage-2de"'),
        ('code = "nsi"', 'code = "nsi"\nfirst_day = 2027-06-14'),
        ('code = "nsi"', 'code = "nsi"\nfirst_day = 2027-06-14\nlast_day = 2027-06-13'),
        ('source = "Calendrier de l’académie"\n', ""),
        ('source = "Calendrier de l’académie"\n', 'source = "x"\nsrc = "y"\n'),
    ],
)
def test_a_calendar_with_a_hole_does_not_start(tmp_path, old, new):
    path = _table(tmp_path, old, new)
    with pytest.raises(BadTable):
        read_tracks(path)
    [error] = decisions_can_be_read(None, path)
    assert error.id == "vivier.E011"


def test_the_shipped_calendar_starts():
    assert decisions_can_be_read(None) == []
