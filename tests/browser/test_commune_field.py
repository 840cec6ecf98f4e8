"""The commune field in a real browser: by keyboard, on a telephone, without JavaScript."""

import pytest

from tests.browser.axe import held
from vivier.common.actors import SYSTEM
from vivier.territories import operations
from vivier.territories.models import Commune, Department

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.territories.field_page")]
ADDRESS = "/essai/ville/"


@pytest.fixture
def places(transactional_db) -> None:
    operations.load_shipped(by=SYSTEM)
    department = Department.objects.get(code="82")
    Commune.objects.create(code="82186", name="Valence", department=department, population=5_000)


def test_by_keyboard_alone(page_at, places):
    page = page_at(360)
    page.goto(ADDRESS)
    page.keyboard.press("Tab")
    page.get_by_label("Où habites-tu ?").focus()
    page.keyboard.type("roman", delay=20)
    page.get_by_role("radio", name="Romans-sur-Isère").wait_for()
    assert page.locator("#id_commune_etat").inner_text() == "1 commune proposée sous le champ."
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Romans-sur-Isère").wait_for()


def test_the_list_follows_the_text(page_at, places):
    page = page_at()
    page.goto(ADDRESS)
    field = page.get_by_label("Où habites-tu ?")
    field.press_sequentially("vale", delay=20)
    page.get_by_role("radio").nth(1).wait_for()
    page.get_by_role("radio", name="Tarn-et-Garonne").check()
    field.press("End")
    field.press_sequentially("nce 26", delay=20)
    page.get_by_role("radio").nth(1).wait_for(state="detached")
    assert page.get_by_role("radio").count() == 1
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("heading", level=1, name="Valence").wait_for()
    field.fill("zzzz")
    field.press_sequentially("z")
    page.get_by_text("Aucune commune ne commence ainsi").wait_for()


def test_homonyms_without_javascript(page_at, places):
    page = page_at(javascript=False)
    page.goto(ADDRESS)
    page.get_by_label("Où habites-tu ?").fill("valence")
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("radio").count() == 2
    page.get_by_role("radio", name="Tarn-et-Garonne").check()
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Valence"
    assert page.locator("input[name=commune_code]").get_attribute("value") == "82186"


def test_accessible_with_its_list_open_and_with_an_error(page_at, places):
    page = page_at()
    page.goto(ADDRESS)
    page.get_by_label("Où habites-tu ?").press_sequentially("saint", delay=20)
    page.get_by_role("radio").nth(3).wait_for()
    for _ in range(2):
        held(page)
        page.get_by_label("Où habites-tu ?").fill("valence")
        page.get_by_role("button", name="Continuer").click()
        page.get_by_text("Plusieurs communes correspondent").first.wait_for()
