"""What a sentence says of the person it seeks, and what excuses nothing."""

import pytest

from vivier.engines.wording.checker import check


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Restaurant de cuisine asiatique recherche une personne d’origine chinoise.", True),
        ("Restaurant de cuisine asiatique recherche une personne pour des plats d’origine chinoise.", False),
        ("Le restaurant propose des recettes d’origine chinoise.", False),
    ],
)
def test_what_is_sought_is_told_whatever_its_sentence_says(text: str, is_told: bool) -> None:
    rules = {finding.rule for finding in check("Cuisinière / Cuisinier", text)}
    assert ("ORI-03" in rules) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"), [("Nous recrutons une caissière.", True), ("Caissier ou caissière.", False)]
)
def test_a_name_in_one_gender_in_the_text_is_told_whatever_the_title_says(text: str, is_told: bool) -> None:
    assert ("SEX-04" in {finding.rule for finding in check("Caissier / Caissière (H/F)", text)}) is is_told


def test_a_child_whom_she_may_not_have_is_no_public_of_the_service():
    found = check("Développeur / Développeuse", "Candidat de nationalité française, sans enfant.")
    assert [one.rule for one in found] == ["ORI-01", "FAM-01"]
    assert not check("Animateur / Animatrice", "Vous accueillez des enfants de nationalité française")
