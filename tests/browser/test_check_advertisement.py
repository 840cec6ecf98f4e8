"""The page on which anybody has an advertisement checked, in a real browser, with and without JavaScript."""

import pytest
from django.urls import reverse

from tests.browser.axe import held
from vivier.offers import checking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_paste_read_rewrite_and_copy(page_at, javascript):
    page = page_at(360, javascript=javascript)
    page.goto(reverse("offers:check"))
    if javascript:
        held(page)
    page.get_by_label("Intitulé du poste").fill("Vendeuse")
    page.get_by_label("Texte de l’annonce").fill("Nous cherchons un homme de moins de 35 ans.\nPoste à Valence.")
    page.get_by_role("button", name="Vérifier").click()
    assert "à retirer ou à changer" in page.content()
    if javascript:
        held(page)
    for _ in range(6):
        buttons = page.locator("button[name=appliquer]")
        if not buttons.count():
            break
        buttons.first.click()
    text = page.get_by_label("Texte de l’annonce").input_value()
    assert "35 ans" not in text and "Poste à Valence." in text


def test_rules_and_their_pages_are_accessible(page_at):
    page = page_at()
    page.goto(reverse("offers:rules"))
    held(page)
    for rule in checking.all_rules()[:2]:
        page.goto(reverse("offers:rule", args=[rule.id]))
        held(page)
