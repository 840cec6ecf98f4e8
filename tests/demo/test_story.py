"""What the demonstration promises: its figures, its files, its sign-in links."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.demo.conftest import DAY
from vivier.demo import cast, files, story
from vivier.demo.roles import ROLES
from vivier.mentoring.models import MatchingRun, Pair, Waiting
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Volunteer
from vivier.portal.queries import counts_by_city
from vivier.programmes.models import Programme
from vivier.territories.distances import distance_km

PRESENT = {"Grenoble": 32, "Valence": 24, "Lyon": 48, "Saint-Étienne": 22, "Clermont-Ferrand": 24}
SERVED = {"Grenoble": 32, "Valence": 14, "Lyon": 47, "Saint-Étienne": 22, "Clermont-Ferrand": 23}


def test_the_figures_of_ell_oweb(demo):
    assert (demo["matched"], demo["waiting"]) == (138, 12)
    assert sum(demo["matched_by_tier"].values()) == 138
    rows = {row.name: row for row in counts_by_city(Programme.objects.get(slug=story.SLUG))}
    assert {city: row.counts["presentes"] for city, row in rows.items()} == PRESENT
    assert {city: row.counts["avec-marraine"] for city, row in rows.items()} == SERVED
    assert {city: row.waiting for city, row in rows.items() if row.waiting} == {
        "Valence": 10, "Lyon": 1, "Clermont-Ferrand": 1,
    }  # fmt: skip
    run = MatchingRun.objects.get(programme__slug=story.SLUG)
    assert run.is_certified


def test_no_pair_crosses_cities(demo):
    for pair in Pair.objects.filter(programme__slug=story.SLUG).select_related("mentor__volunteer__commune"):
        assert pair.distance_km <= 30


def test_no_two_cities_of_the_cast_are_within_reach():
    """Every commune of one city is more than 30 km from every commune of another."""
    places = {city: [_point(name) for name, _ in communes] for city, communes in cast.COMMUNES.items()}
    for city, here in places.items():
        for other, there in places.items():
            if other != city:
                assert min(distance_km(*a, *b) for a in here for b in there) > 30, (city, other)


def _point(name: str) -> tuple[float, float]:
    import csv
    from pathlib import Path

    import vivier.territories as room

    with (Path(room.__file__).parent / "data" / "communes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["name"] == name:
                return float(row["latitude"]), float(row["longitude"])
    raise AssertionError(name)


def test_building_twice_adds_nobody(demo):
    before = (Beneficiary.objects.count(), Volunteer.objects.count(), MatchingRun.objects.count())
    assert story.build(date(2026, 11, 30)) == demo
    assert (Beneficiary.objects.count(), Volunteer.objects.count(), MatchingRun.objects.count()) == before


def test_the_same_day_gives_the_same_people():
    assert cast.pupils(DAY) == cast.pupils(DAY)
    assert cast.marraines(DAY) == cast.marraines(DAY)


def test_nobody_is_named_twice():
    pupils, marraines = cast.pupils(DAY), cast.marraines(DAY)
    assert (len(pupils), len(marraines)) == (150, 110)
    assert len({(one.first_name, one.last_name) for one in pupils}) == 150
    assert len({(one.first_name, one.last_name) for one in marraines}) == 110


@pytest.mark.parametrize("role", ROLES)
def test_a_link_signs_in_by_a_button_only(client, demo, role):
    address = demo["links"][role]
    page = client.get(address)
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(address, follow=True)
    assert answer.status_code == 200
    assert ("_auth_user_id" in client.session) == (ROLES[role].email is not None)


def test_every_role_arrives_on_a_page_of_its_own(client, demo):
    arrivals = {
        role: client.post(demo["links"][role], follow=True).redirect_chain[-1][0] for role in ROLES if role != "visitor"
    }
    # Two people of two stories have the same home, and find themselves in it.
    assert arrivals.pop("adult") == arrivals["beneficiary"]
    assert len(set(arrivals.values())) == len(arrivals), arrivals


def test_a_few_people_are_not_told_as_none(client, demo):
    """One of 150 has a marraine with two yeses: that is less than a percent, and more than nobody."""
    client.post(demo["links"]["coordinator"])
    page = client.get(reverse("portal:programme", args=[story.SLUG])).content.decode()
    assert "Moins de 1\u00a0% des lycéennes qui y ont droit ont une marraine" in page


def test_the_two_files_can_be_taken(client, demo):
    home = client.get(reverse("demo:home")).content.decode()
    for name, rows in ((files.REGISTRANTS, 150), (files.MENTORS, 110)):
        address = reverse("demo:download", args=[name])
        assert address in home
        sheet = load_workbook(BytesIO(client.get(address).content)).active
        assert sheet.max_row == 3 + rows + 2


def test_nobody_waits_without_a_reason(demo):
    for waiting in Waiting.objects.filter(run__programme__slug=story.SLUG):
        assert waiting.reason


def test_no_guardian_and_no_pupil_has_a_real_address(demo):
    assert not BeneficiaryIdentity.objects.exclude(email="").exclude(email__endswith=".test").exists()
