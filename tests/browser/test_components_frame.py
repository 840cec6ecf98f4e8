"""The frame of every page in a real browser: top bar, account, sign-in, errors."""

import pytest

from tests.browser.axe import assert_accessible, held, no_sideways_scroll
from tests.conftest import ROOT
from tests.factories import make_coordinator

STATIC = ROOT / "vivier" / "static"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("address", "status"), [("/compte/connexion/", 200), ("/nulle-part/", 404)])
def test_pages_of_the_frame_are_accessible(page_at, address, status):
    page = page_at()
    assert page.goto(address).status == status
    held(page)


def test_a_wrong_address_is_told_beside_the_field_and_at_the_top(page_at):
    page = page_at(360)
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse e-mail").fill("nadia@exemple")
    page.get_by_role("button", name="Recevoir un code").click()
    field = page.get_by_label("Adresse e-mail")
    assert field.get_attribute("aria-invalid") == "true"
    summary = page.get_by_role("alert")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_role("link").click()
    assert field.evaluate("element => element === document.activeElement")
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_the_account_opens_and_signs_out(page_at, sign_in, javascript):
    page = page_at(360, javascript=javascript)
    sign_in(page, make_coordinator())
    page.goto("/composants/")
    chevron = page.locator(".account summary .icon").last.bounding_box()
    inside = page.locator(".account summary").bounding_box()
    assert chevron["x"] + chevron["width"] <= inside["x"] + inside["width"]
    assert page.locator(".account summary .icon").count() == 2
    page.locator(".account summary").click()
    if javascript:
        assert_accessible(page, ".site-head")
        no_sideways_scroll(page)
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/composants/")
    assert page.get_by_role("link", name="Se connecter").is_visible()


def test_a_dark_page_differs_by_colours_only():
    """So a page in the dark need be judged by the rules about colours alone (axe.py)."""
    written = [path for path in STATIC.rglob("*") if path.suffix in (".css", ".js")]
    assert written
    for path in written:
        assert "prefers-color-scheme" not in path.read_text(encoding="utf-8"), path
