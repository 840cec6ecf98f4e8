"""The preview of a file in a real browser, with what people really type."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser.axe import held, no_sideways_scroll
from tests.imports.builders import as_csv

pytestmark = pytest.mark.django_db(transaction=True)


def drop(page, sign_in, rows) -> None:
    """Drop a list of registrants and open its preview."""
    programme = make.make_programme(make.make_organisation())
    sign_in(page, make.make_coordinator(programme.controller))
    page.goto(reverse("imports:programme", args=[programme.slug]))
    page.locator("input[type=file]").first.set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
    )
    page.get_by_role("button", name="Lire et vérifier").click()


def test_on_a_telephone_what_is_long_is_one_press_away(page_at, sign_in):
    page = page_at(360, javascript=False)
    rows = [["Nom", "Prénom", "Classe", "Lycée", "Mail", "Tél", "Langues", "Truc"]]
    rows += [[f"Combe{letter}", "Lina", "2de", "Vaucanson", f"{letter}@exemple.fr", "0612345678", "arabe", letter]
             for letter in "abcdefghijklmnopqrst"]  # fmt: skip
    drop(page, sign_in, rows)
    assert page.get_by_text("c@exemple.fr").is_hidden()
    page.get_by_text("Le reste de sa ligne").nth(2).click()
    assert page.get_by_text("c@exemple.fr").is_visible()
    truc, school = (page.get_by_label(f"Ce que contient « {heading} »") for heading in ("Truc", "Lycée"))
    assert truc.is_visible() and school.is_hidden()
    page.get_by_text("Les 7 qui sont comprises").click()
    school.select_option("À laisser de côté")
    page.get_by_role("button", name="Retenir et relire").click()
    assert page.get_by_text("Établissement :").count() == 0


def test_contradictions_are_told_by_cause(page_at, sign_in):
    page = page_at()
    rows = [["Nom", "Prénom", "Classe", "Classe"], ["Roche", "Zoé", "2nde", "Seconde 4"]]
    rows += [[f"Combe{letter}", "Lina", "2de", "1re"] for letter in "abcdefghij"]
    drop(page, sign_in, rows)
    assert page.get_by_text("Les deux colonnes « Classe » se contredisent.").count() == 1
    assert page.get_by_text("« 2de / 1re » : lignes 3 à 12").is_visible()
    held(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_names_without_any_space_stay_on_the_page(page_at, sign_in, width):
    page = page_at(width)
    drop(page, sign_in, [["Nom", "Prénom", "Lycée"], ["W" * 100, "M" * 80, "L" * 150]])
    assert "w" * 99 in page.locator(".read-people").inner_text()
    page.wait_for_load_state()  # the style too: a line of the text is there before it
    no_sideways_scroll(page)
