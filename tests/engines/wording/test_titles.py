"""Titles: the gender they tell, and both genders proposed, as French writes them."""

import unicodedata
from pathlib import Path

import pytest

from vivier.engines.wording.checker import Checker, check
from vivier.engines.wording.coded_words import coded_words
from vivier.engines.wording.occupations import InvalidLabels, read_labels, shipped_labels

ROME = Path(__file__).resolve().parents[4] / "shared" / "data" / "occupations" / "rome_v460"
TITLES = ("SEX-03", "SEX-04")


def findings(title: str, text: str = "", checker: Checker | None = None):
    found = check(title, text) if checker is None else checker.check(title, text)
    return [one for one in found if one.rule in TITLES]


@pytest.mark.parametrize(
    ("title", "rule", "rewritten"),
    [
        ("Développeur web", "SEX-03", "Développeur / Développeuse web"),
        ("DÉVELOPPEUR WEB", "SEX-03", "DÉVELOPPEUR / DÉVELOPPEUSE WEB"),
        ("Administrateur systèmes et réseaux", "SEX-03", "Administrateur / Administratrice systèmes et réseaux"),
        ("Chef de projet digital", "SEX-03", "Chef / Cheffe de projet digital"),
        ("Assistant administratif et commercial", "SEX-03", None),
        ("Technico-commercial", "SEX-03", "Technico-commercial / Technico-commerciale"),
        ("Apprenti boulanger", "SEX-03", "Apprenti boulanger / Apprentie boulangère"),
        ("CDI - Ingénieur DevOps confirmé", "SEX-03", "CDI - Ingénieur / Ingénieure DevOps confirmé"),
        ("Stage : rédacteur technique", "SEX-03", "Stage : rédacteur / rédactrice technique"),
        ("Algoculteur", "SEX-03", "Algoculteur / Algocultrice"),
        ("Plombier / Le Mans", "SEX-03", "Plombier / Plombière / Le Mans"),
        ("Commercial / E-commerce", "SEX-03", "Commercial / Commerciale / E-commerce"),
        ("Vendeuse en magasin", "SEX-04", "Vendeur / Vendeuse en magasin"),
        ("Aide-soignante de nuit", "SEX-04", "Aide-soignant / Aide-soignante de nuit"),
        ("Femme de chambre", "SEX-04", None),
        ("Secrétaire médicale", "SEX-04", "Secrétaire médical / Secrétaire médicale"),
        ("Agent administratif", "SEX-03", "Agent administratif / Agente administrative"),
        ("Hôtesse d’accueil", "SEX-04", "Hôte / Hôtesse d’accueil"),
        ("Vendeuses en boulangerie", "SEX-04", "Vendeurs / Vendeuses en boulangerie"),
        ("OPÉRATEURS DE SAISIE", "SEX-03", "OPÉRATEURS / OPÉRATRICES DE SAISIE"),
        ("Recrutement - cueilleuses de mirabelles", "SEX-04", "Recrutement - cueilleurs / cueilleuses de mirabelles"),
    ],
)
def test_a_title_in_one_gender_is_found_and_rewritten_in_place(title, rule, rewritten):
    (one,) = findings(title)
    assert one.rule == rule and one.severity == {"SEX-03": "W", "SEX-04": "E"}[rule]
    whole = title[: one.start] + one.suggestions[0] + title[one.end :]
    if rewritten is not None:
        assert whole == rewritten
    assert not findings(whole)


FOR_EVERYBODY = """
Comptable
Secrétaire
Agent de sécurité
AGENTS D’ENTRETIEN
Commis de salle
Primeur
Data scientist
Développeur H/F
Développeur (F/H)
Développeur-F-H
Développeur homme/femme
Développeur(se) web
Conseiller(ère) de vente
Chargé.e de projet
Ingénieur·e
Agent-e d’accueil
Technicien(ne)s
Vendeur/Vendeuse
Vendeuse ou vendeur
Développeurs / Développeuses
Serveurs(ses)
Opérateur•trice de saisie
Vendeuse/eur
Directrice/teur d’école
Vendeuse(eur)
Infirmière/ier
Employé/ée de ménage
Cheffe·f de projet
Chef.ffe de projet
Assistante/ant
Maître.sse de maison
Technicien.nne
Assistant / e RH
Cuisinier / ière
Animateur - trice
Infirmier ou ière
Plombier : poste ouvert à toutes et tous
Équipier(ère) polyvalent(e)
Contrôleur qualité (h/f/x)
Manœuvre
Directeur.rice
Chargée ou chargé de recrutement
Sage-femme
Architecte logiciel
Secteur industriel : poste à pourvoir
Moteur de recherche
Entretien des locaux
Lead tech
Community manager
Aide à domicile
Responsable de site
Développeur (m/f/d)
Consultant tous genres
Marine nationale
12345
H/F
/
"""


@pytest.mark.parametrize("title", ["", *FOR_EVERYBODY.split("\n")[1:-1]])
def test_a_title_for_everybody_is_left_alone(title):
    assert findings(title) == []


def test_a_feminine_title_is_no_error_when_the_text_tells_both_genders():
    assert findings("Vendeuse", "Nous recherchons une vendeuse ou un vendeur.") == []
    assert findings("Vendeuse", "Poste ouvert H/F.") == []
    assert findings("Danseuse", "Casting : un rôle dans un spectacle.") == []
    assert findings("Vendeuse", "Poste à Lyon.")


def test_order_and_style_are_those_asked_for():
    feminine_first, short = Checker(title_order="feminine"), Checker(title_style="short")
    assert findings("Développeur web", checker=feminine_first)[0].suggestions == (
        "Développeuse / Développeur",
        "Développeur (F/H)",
    )
    assert findings("Développeur web", checker=short)[0].suggestions[0] == "Développeur(se)"
    assert findings("Technicien réseau", checker=short)[0].suggestions[0] == "Technicien(ne)"


def test_the_table_holds_four_hundred_names_in_both_genders():
    text = Path(check.__code__.co_filename).with_name("data").joinpath("occupations.txt").read_text("utf-8")
    names = [line for line in text.splitlines() if not line.startswith(("#", "~")) and (" / " in line or " | " in line)]
    assert len(set(names)) == len(names) >= 400
    for name in names:
        if " / " in name:
            assert findings(name) == [], name


def test_labels_that_are_none_are_refused():
    for text in ("", "a,b\n1,2\n", "# rien\n"):
        with pytest.raises(InvalidLabels):
            read_labels(text)


@pytest.mark.data
@pytest.mark.skipif(not ROME.exists(), reason="the sample of the ROME is absent")
def test_the_rome_is_read_and_its_double_forms_are_left_alone():
    labels = read_labels((ROME / "unix_referentiel_appellation_v460_utf8.csv").read_text("utf-8"))
    assert len(labels) > 13_000
    checker = Checker(labels=shipped_labels().with_more(labels))
    double = [label for label in labels if " / " in label]
    flagged = [label for label in double if findings(label, checker=checker)]
    assert len(flagged) <= 0.002 * len(double), flagged
    feminine = [label.split(" / ")[1] for label in double[::10]]
    assert sum(bool(findings(label, checker=checker)) for label in feminine) >= 0.9 * len(feminine)


def test_coded_words_are_a_score_with_its_label():
    found = coded_words("Vous dominez vos concurrents, courageux et bienveillant, vous accompagnez la responsable.")
    assert found.masculine == ("dominez", "courageux") and found.feminine == ("bienveillant", "accompagnez")
    assert found.score == 0 and found.label == "traduction non validée" and found.label in found.told()
    assert not any(one.rule.startswith("GEN") for one in check("", "Vous dominez, ambitieux et combatif."))


def test_accents_in_two_characters_are_read_and_written_as_in_one():
    apart = unicodedata.normalize("NFD", "Infirmière")
    told = [finding for finding in check(apart, "Poste de nuit.") if finding.rule == "SEX-04"]
    assert told and told[0].suggestions[0] == "Infirmier / Infirmière"
    text = unicodedata.normalize("NFD", "Nous recherchons une infirmière ou un infirmier.")
    assert not [finding for finding in check("Poste (H/F)", text) if finding.rule == "SEX-04"]
