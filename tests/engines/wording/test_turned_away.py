"""Somebody turned away, by name and by phrase: each name with each way to refuse it."""

import pytest

from vivier.engines.wording.checker import check

NAMES = {
    "SEX-01": ("femmes", "messieurs"),
    "AGE-01": ("quinquagénaires", "retraités"),
    "ORI-03": ("étrangers", "gens du voyage"),
    "RES-01": ("banlieusards", "frontaliers"),
    "FAM-01": ("mères célibataires", "familles nombreuses"),
    "HEA-05": ("diabétiques", "épileptiques"),
    "HEA-04": ("malentendants", "personnes à mobilité réduite"),
    "REL-01": ("musulmans", "catholiques"),
    "POL-01": ("syndicalistes", "élus locaux"),
    "ORS-01": ("homosexuels", "personnes transgenres"),
    "ECO-01": ("chômeurs", "bénéficiaires du RSA"),
    "CJ-01": ("anciens détenus", "repris de justice"),
}
REFUSALS = (
    "{} : s’abstenir.",
    "Pas de {}, merci.",
    "Les {} sont priés de ne pas répondre.",
    "Les {} ne seront pas rappelés.",
    "Nous n’embauchons pas les {}.",
    "Tout profil accepté sauf {}.",
    "Poste déconseillé aux {}.",
    "Les {} iront voir ailleurs.",
    "Nous ne travaillons pas avec les {}.",
)


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize(("rule", "name"), [(rule, name) for rule, names in NAMES.items() for name in names])
def test_whoever_is_named_is_told_however_refused(rule, name, refusal):
    text = refusal.format(name)
    told = {found.rule[:3] for found in check("Agent d’accueil (H/F)", text) if found.match and found.severity in "EW"}
    assert rule[:3] in told, text


@pytest.mark.parametrize(
    "text",
    [
        "Nous voulons plus de femmes dans nos équipes techniques.",
        "C’est marcher dans les pas de femmes et d’hommes engagés.",
        "Vous accueillez les personnes à mobilité réduite et les orientez.",
        "Vous accompagnez les chômeurs de longue durée vers l’emploi.",
        "Vous travaillez avec les élus sur le plan local d’urbanisme.",
        "Ici, pas de gros chantiers : des missions utiles.",
        "Ce poste s’adresse à un intégrateur expérimenté qui souhaite évoluer.",
        "Aide à l’emploi de votre conjoint et place en crèche.",
    ],
)
def test_those_who_are_named_and_not_turned_away_are_left_alone(text):
    assert [found for found in check("Agent d’accueil (H/F)", text) if found.severity in "EW" and found.match] == []
