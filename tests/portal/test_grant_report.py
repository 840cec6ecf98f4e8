"""A funder's report: people and money of its cities only, sums that hold, lists behind numbers, nobody revealed."""

import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Pair
from vivier.portal import reports
from vivier.steering.models import Grant
from vivier.steering.operations import record_grant

pytestmark = pytest.mark.django_db
SCOPE = ("Valence", "Lyon")


def make_granted(presents: dict[str, int], accepted: int = 0) -> tuple[World, Grant]:
    """Return a programme with so many present in each city, some accompanied, and a grant for Valence and Lyon."""
    world = make_empty_world(tuple(presents))
    for city, number in presents.items():
        for _ in range(number):
            add_mentee(world, city)
    if accepted:
        for _ in range(accepted):
            add_mentor(world, "Valence")
        mentoring.run_matching(by=world.actor, programme=world.programme)
        pairs = Pair.objects.filter(programme=world.programme, state="proposed")
        mentoring.accept_many(by=world.actor, programme=world.programme, public_ids=[one.public_id for one in pairs])
    return world, make_grant(world)


def make_grant(world: World, **settings) -> Grant:
    return record_grant(
        **{
            "by": world.actor,
            "programme": world.programme,
            "funder": factories.make_organisation("Région"),
            "label": "Extension",
            "amount": Decimal(10_000),
            "sites": list(world.programme.sites.filter(commune__name__in=SCOPE)),
            "source": "Test",
            "quotation": "doubler (150)",
            "quoted_number": 150,
            "lines": [("Ateliers", Decimal(600), Decimal(550)), ("Trajets", Decimal(400), None)],
            **settings,
        }
    )


def values(report) -> list[list[int | None]]:
    return [[count.value for count in line.counts] for line in (*report.lines, report.total)]


def test_only_the_cities_of_the_grant_count_and_sums_hold():
    _, grant = make_granted({"Valence": 6, "Lyon": 3, "Grenoble": 9}, accepted=2)
    report = reports.report_of(grant, is_copy=False)
    assert values(report) == [[6, 6, 2], [3, 3, 0], [9, 9, 2]]
    assert report.total.name == "Ensemble" and report.cities == "Valence et Lyon"
    assert (report.planned, report.spent, report.gap, report.gap_percent) == (1000, 550, -450, Decimal("-45.00"))
    assert [cost for _, cost in report.costs] == [Decimal("61.11"), Decimal("61.11"), Decimal("275.00")]
    assert [(one.base, one.target, one.reached) for one in report.readings] == [(150, 300, 18), (75, 150, 18)]


def test_every_number_opens_the_records_it_counts():
    world, grant = make_granted({"Valence": 6, "Lyon": 3, "Grenoble": 9}, accepted=2)
    client = client_of(world)
    page = client.get(reverse("portal:grant_report", args=[grant.public_id])).content.decode()
    links = re.findall(r'<a href="(/programmes/[^"]+\?etape=[^"]+)">([^<]+)</a>', page)
    assert len(links) == 8 + 2  # nine numbers, one of them 0; what was reached, in both readings
    for address, number in links:
        listed = text_of(client.get(unescape(address)))
        assert f": {number} personne" in listed, address


def test_the_copy_for_the_funder_hides_small_groups_and_what_would_tell_them():
    world, grant = make_granted({"Valence": 12, "Lyon": 30, "Grenoble": 1}, accepted=3)
    full, copy = (reports.report_of(grant, is_copy=is_copy) for is_copy in (False, True))
    assert values(full) == [[12, 12, 3], [30, 30, 0], [42, 42, 3]]
    assert values(copy) == [[None] * 3, [30, 30, 0], [None] * 3]
    client = client_of(world)
    page = client.get(reverse("portal:grant_report", args=[grant.public_id]) + "?copie=financeur")
    results, aim = page.content.decode().split("L’objectif", 1)
    assert "?etape=" not in results + aim
    assert (results.count(f">{reports.HIDDEN}</td>"), aim.count(f">{reports.HIDDEN}</td>")) == (6, 2)
    sent = client.post(reverse("portal:grant_workbook", args=[grant.public_id]), {"copie": "financeur"})
    sheet = load_workbook(BytesIO(sent.content))["Résultats"]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 3 not in cells and 12 not in cells and 42 not in cells and 30 in cells
    assert "-financeur" in sent["Content-Disposition"]


def test_the_programme_s_number_less_the_grant_s_tells_nobody():
    _, grant = make_granted({"Valence": 30, "Lyon": 30, "Grenoble": 3})
    copy = reports.report_of(grant, is_copy=True)
    assert copy.total.counts[1].value == 60
    assert [one.reached for one in copy.readings] == [None, None]


def test_two_grants_that_share_cities_cannot_be_subtracted():
    world, _ = make_granted({"Valence": 30, "Lyon": 8, "Grenoble": 3})
    make_grant(world, sites=list(world.programme.sites.all()), label="Toutes les villes")
    both = [reports.report_of(one, is_copy=True) for one in Grant.objects.order_by("pk")]
    small, large = both
    assert values(small) == [[30, 30, 0], [8, 8, 0], [38, 38, 0]]
    # 41 − 38 would be the three of Grenoble.
    assert values(large) == [[30, 30, 0], [8, 8, 0], [None] * 3, [None] * 3]
    assert [cost for _, cost in large.costs] == [None] * 3
    assert {one.reached for report in both for one in report.readings} == {None}


def test_the_workbook_holds_results_budget_costs_and_aim():
    world, grant = make_granted({"Valence": 6, "Lyon": 3}, accepted=2)
    sent = client_of(world).post(reverse("portal:grant_workbook", args=[grant.public_id]))
    book = load_workbook(BytesIO(sent.content))
    assert book.sheetnames == ["Résultats", "Budget", "Coûts", "Objectif"]
    rows = [row for row in book["Budget"].iter_rows(values_only=True) if row[0] in ("Ateliers", "Ensemble")]
    assert [row[1:4] for row in rows] == [(600, 550, -50), (1000, 550, -450)]


@pytest.mark.parametrize("copy", ["", "financeur"])
def test_the_paper_says_what_the_workbook_says(copy):
    world, grant = make_granted({"Valence": 12, "Lyon": 30}, accepted=3)
    sent = client_of(world).post(reverse("portal:grant_paper", args=[grant.public_id]), {"copie": copy})
    assert sent["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(sent.content)).pages)
    assert "Valence et Lyon seulement" in text and "150 est le but" in text
    assert (reports.HIDDEN in text) == (copy == "financeur")


def test_a_grant_without_money_spent_or_people_divides_nothing():
    _, grant = make_granted({"Valence": 0, "Lyon": 0})
    for is_copy in (False, True):
        report = reports.report_of(grant, is_copy=is_copy)
        assert [cost for _, cost in report.costs] == [None] * 3
        assert values(report) == [[0] * 3] * 3


def test_the_heading_counts_nobody_and_nothing_in_the_singular():
    world, grant = make_granted({"Valence": 0, "Lyon": 0})
    grant.lines.all().delete()
    page = text_of(client_of(world).get(reverse("portal:grant_report", args=[grant.public_id])))
    assert "0 personne a participé, pour 0 € dépensé sur 10" in page


def test_who_may_write_a_grant_and_for_which_cities():
    world, other = make_empty_world(SCOPE), make_empty_world(("Grenoble",))
    with pytest.raises(NotAllowed):
        make_grant(world, by=Actor())
    with pytest.raises(DomainError, match="Dites pour quelles villes"):
        make_grant(world, sites=[])
    with pytest.raises(DomainError, match="n’est pas dans ce programme"):
        make_grant(world, sites=list(other.programme.sites.all()))
    assert not Grant.objects.exists()
