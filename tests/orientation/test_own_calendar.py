"""The calendar of decisions on "Mon parcours" and "Autorisations", and the file for a telephone."""

import re
from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.factories import make_beneficiary, make_guardian, make_organisation, make_user
from tests.people.worlds import born
from vivier.common import clock
from vivier.orientation.decisions import State, steps, tracks

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: NOVEMBER)


@pytest.fixture
def structure():
    return make_organisation("Les Passerelles", email="contact@passerelles.test")


def page_of(client, person, name: str = "people:my_path") -> str:
    person.user = person.user or make_user()
    person.save()
    client.force_login(person.user)
    return client.get(reverse(name)).content.decode()


def own(person) -> str:
    return reverse("orientation:own_calendar", args=[person.public_id])


def test_a_pupil_reads_her_class_this_month_first_and_the_others_behind(client, structure):
    girl = make_beneficiary(structure, birth_date=born(15), school_level="2de")
    page = page_of(client, girl)
    assert "Ce qui se décide cette année, en 2de" in page
    mine, others = page.split("Les autres classes, et après")
    assert mine.index("ce mois-ci</span>") < mine.index("De janvier à mars 2027")
    assert "La spécialité NSI, et où la suivre" in mine and "Les vœux sur Parcoursup" not in mine
    assert "Les vœux sur Parcoursup" in others
    assert "Avec une marraine, on en parle ce mois-ci" in mine and "Mes dates" not in mine


def test_an_adult_reads_no_word_of_school(client, structure):
    adult = make_beneficiary(structure, birth_date=born(35), school_level="none", kind="job_seeker")
    page = page_of(client, adult)
    card = page[page.index("Ce qui se décide") : page.index("Autorisations</h2>")]
    assert "Ce mois-ci : candidater aux formations" in card and "Code du travail" in card
    for word in ("classe", "école", "lycée", "Parcoursup", "marraine", "scolaire"):
        assert word not in re.sub("<[^>]*>", "", card), word
    assert "3018" not in page


@pytest.mark.parametrize(
    ("age", "kind", "says"),
    [(16, "pupil", "Ta classe n’est pas connue"), (40, "other", "Votre situation n’est pas connue")],
)
def test_an_unknown_class_says_so_and_how_to_give_it(client, structure, age, kind, says):
    page = page_of(client, make_beneficiary(structure, birth_date=born(age), kind=kind))
    assert says in page and "contact@passerelles.test" in page
    assert "Ces dates dans un agenda" not in page


def test_a_guardian_is_told_that_the_class_is_unknown(client, structure):
    guardian = make_guardian(make_beneficiary(structure, "Inès", birth_date=born(15)))
    page = page_of(client, guardian, "people:my_authorisations")
    assert "La classe d’Inès n’est pas connue : donnez-la à Les Passerelles" in page


def test_a_record_of_an_earlier_year_asks_whether_the_class_changed(client, structure):
    girl = make_beneficiary(structure, birth_date=born(15), school_level="2de")
    assert "autre année scolaire" not in page_of(client, girl)
    girl.created_at = clock.at(date(2026, 5, 2), 10)
    assert "Ta fiche date d’une autre année scolaire" in page_of(client, girl)
    girl.created_at = clock.at(date(2026, 9, 1), 0, 30)  # still August in Greenwich
    assert "autre année scolaire" not in page_of(client, girl)


def test_a_guardian_reads_the_calendar_of_her_child_told_vous(client, structure):
    girl = make_beneficiary(structure, "Inès", birth_date=born(15), school_level="3e")
    guardian = make_guardian(girl)
    page = page_of(client, guardian, "people:my_authorisations")
    assert "Ce qui se décide pour Inès cette année, en 3e" in page and own(girl) in page
    assert client.get(own(girl)).status_code == 200


def test_the_file_holds_what_is_to_come_and_is_private(client, structure):
    girl = make_beneficiary(structure, "Inès", birth_date=born(15), school_level="2de", user=make_user())
    client.force_login(girl.user)
    answer = client.get(own(girl))
    assert answer["Cache-Control"] == "private, no-store" and answer["Content-Type"].startswith("text/calendar")
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    wanted = [step for step in steps(tracks()["2de"], NOVEMBER) if step.state != State.PAST]
    assert sorted(events) == sorted(f"{step.decision.code}-{step.first.year}@vivier" for step in wanted)
    stage = events["stage-2de-2027@vivier"]
    assert stage.decoded("dtstart") == date(2027, 6, 1) and "en juin 2027" in stage["summary"]
    assert "à vérifier" in stage["description"] and b"In\xc3\xa8s" not in answer.content


def test_nobody_else_takes_it(client, structure):
    girl = make_beneficiary(structure, birth_date=born(15), school_level="2de")
    make_guardian(girl)
    other = make_beneficiary(structure, birth_date=born(15), school_level="2de", user=make_user())
    assert client.get(own(girl)).status_code == 302
    client.force_login(other.user)
    assert client.get(own(girl)).status_code == 404
    unknown = make_beneficiary(structure, user=make_user())
    client.force_login(unknown.user)
    assert client.get(own(unknown)).status_code == 404
