"""The preview of a file in a real browser, with what people really type."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser.axe import no_sideways_scroll
from tests.imports.builders import as_csv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_names_without_any_space_stay_on_the_page(page_at, sign_in, width):
    programme = make.make_programme(make.make_organisation())
    page = page_at(width)
    sign_in(page, make.make_coordinator(programme.controller))
    page.goto(reverse("imports:programme", args=[programme.slug]))
    rows = [["Nom", "Prénom", "Lycée"], ["W" * 100, "M" * 80, "L" * 150]]
    page.locator("input[type=file]").first.set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
    )
    page.get_by_role("button", name="Lire et vérifier").click()
    assert "w" * 99 in page.locator(".read-people").inner_text()
    no_sideways_scroll(page)
