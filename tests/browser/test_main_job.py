"""The main job, whole, in a real browser: two Excel files in, a proven and explained marraine for each girl out."""

import time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests import factories as make
from tests.browser.axe import assert_accessible, held
from vivier.cli import main as vivier
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.demo import files
from vivier.mentoring.models import MatchingRun, Pair
from vivier.people.models import Beneficiary, Volunteer
from vivier.programmes.operations import create_programme
from vivier.territories.operations import load_shipped

pytestmark = pytest.mark.django_db(transaction=True)

#: Machine time that the issue allows for the whole journey.
AT_MOST_SECONDS = 120


@pytest.fixture
def coordinator():
    """Return the coordinator of an association whose only programme is empty, without even a city."""
    load_shipped(by=SYSTEM)
    association = make.make_organisation("Les Passerelles")
    create_programme(by=SYSTEM, controller=association, name="ELL’OWEB", slug="ell-oweb", communes=[])
    return make.make_coordinator(association)


@pytest.fixture
def workbooks(tmp_path):
    """Return the paths of the two files, as the association sends them."""
    paths = []
    for name, write in ((files.REGISTRANTS, files.registrants_workbook), (files.MENTORS, files.mentors_workbook)):
        path = tmp_path / name
        path.write_bytes(write(clock.today()))
        paths.append(str(path))
    return paths


def bring_in(page, paths) -> None:
    """Drop the two files, read both previews, import both."""
    page.get_by_role("link", name="Fichiers", exact=True).click()
    for field, path in zip(page.locator("input[type=file]").all(), paths, strict=True):
        field.set_input_files(path)
    page.get_by_role("button", name="Lire et vérifier").click()
    for last in (False, True):
        assert "Rien n’est encore enregistré" in page.content()
        assert_accessible(page)
        page.locator("form[action$='/importer/'] button[type=submit]").click()
        if not last:
            page.get_by_role("link", name="Relire le fichier suivant").click()


def test_from_two_files_to_the_exported_workbook(page_at, sign_in, coordinator, workbooks, tmp_path):
    started = time.monotonic()
    page = page_at(1280)
    sign_in(page, coordinator)
    page.goto("/mon-programme/")
    assert "Personne n’est encore là" in page.locator("h1").inner_text()

    bring_in(page, workbooks)
    assert (Beneficiary.objects.count(), Volunteer.objects.count()) == (150, 110)

    page.get_by_role("link", name="Aller aux appariements").click()
    page.get_by_role("button", name="Lancer l’appariement").click()
    heading = page.locator("h1").inner_text()
    assert "138 lycéennes" in heading
    assert "12" in heading
    assert "Valence" in heading
    assert "Prouvé" in page.content()
    assert_accessible(page)

    page.get_by_role("button", name="Accepter", exact=False).nth(1).click()
    page.locator("#messages").get_by_text("La proposition est acceptée").wait_for()
    page.get_by_role("button", name="Verrouiller", exact=False).first.click()
    page.locator("#messages").get_by_text("La proposition est verrouillée").wait_for()
    live = Pair.objects.values_list("state", flat=True)
    assert sorted(set(live)) == ["accepted", "locked", "proposed"]
    kept = set(Pair.objects.exclude(state="proposed").values_list("enrolment", "mentor"))

    page.reload()
    page.get_by_role("button", name="Relancer l’appariement").click()
    assert MatchingRun.objects.count() == 2
    again = Pair.objects.filter(state__in=("accepted", "locked")).values_list("enrolment", "mentor")
    assert set(again) == kept
    assert Pair.objects.filter(state__in=Pair.LIVE).count() == 138

    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter vers Excel").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert len(book.sheetnames) == 3
    assert_same_engine(page, tmp_path)
    assert time.monotonic() - started < AT_MOST_SECONDS

    bring_in(page, workbooks)
    assert (Beneficiary.objects.count(), Volunteer.objects.count()) == (150, 110)


def assert_same_engine(page, folder) -> None:
    """Take the three files of the run page to `vivier match`: its assignments are the same bytes."""
    taken = {}
    page.get_by_text("La preuve, les règles et les fichiers").click()
    for name in ("mentees.csv", "mentors.csv", "pairs.csv", "assignments.csv"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        taken[name] = download.value.path()
    out = folder / "out.csv"
    three = [f"--{kind}={taken[kind + '.csv']}" for kind in ("mentees", "mentors", "pairs")]
    assert vivier(["match", *three, f"--out={out}"]) == 0
    assert out.read_bytes() == taken["assignments.csv"].read_bytes()


def test_the_home_it_leads_to(page_at, sign_in, coordinator, workbooks):
    page = page_at()
    sign_in(page, coordinator)
    page.goto("/mon-programme/")
    held(page)
    bring_in(page, workbooks)
    page.goto("/mon-programme/")
    assert "Aucun appariement n’a encore été lancé" in page.locator("h1").inner_text()
    held(page)
