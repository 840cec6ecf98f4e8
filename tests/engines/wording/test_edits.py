"""What is proposed is applied so that the sentence around stays one."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.wording.checker import check
from vivier.engines.wording.edits import edit, edits
from vivier.engines.wording.rule_files import shipped_rules

DRESS, RANGE, TRAVEL = "Tenue adaptée à l’accueil du public.", "Sans condition d’âge.", "Déplacements à prévoir."

#: A word doubled, two articles, an article before nothing, two marks, a space before a comma.
BROKEN = re.compile(
    r"\b(un|une|des|de|du|le|la|les)\s+\1\b|\b(?:un|une|le|la|les|des|du|d[’'])\s*(?:un|une|le|la|les|l[’'])\s"
    r"|\b(?:un|une|des|du|le|la|les|au|aux|d[’']|l[’'])\s*[.,;:!?)]|[.,;]\s*[.,;]| ,|\(\s*\)",
    re.IGNORECASE,
)


def applied(written: str, proposal: str) -> str | None:
    """The text of « … [passage] … » with a proposal for that passage."""
    start, end = written.index("["), written.index("]") - 1
    text = written.replace("[", "").replace("]", "")
    made = edit(text, start, end, proposal)
    return made and made.applied(text)


@pytest.mark.parametrize(
    ("written", "proposal", "left"),
    [
        # A passage goes with the words that led to it.
        ("Recherche vendeuse [de 25 à 35 ans]. CDI.", "", "Recherche vendeuse. CDI."),
        ("Recherche vendeuse [de 25 à 35 ans] pour Lyon.", "", "Recherche vendeuse pour Lyon."),
        ("[Jeune fille motivée], souriante, ponctuelle.", "", "Souriante, ponctuelle."),
        ("Vendeuse, [25-35 ans]", "", "Vendeuse"),
        ("[40 ans maximum], permis B.", "", "Permis B."),
        ("Personne de confiance, [50 ans] et plus de préférence.", "", "Personne de confiance."),
        ("Commercial (H/F) [de préférence une femme]\nCDI", "", "Commercial (H/F)\nCDI"),
        ("Une taille est attendue ([1,75 m et plus]) ici.", "", "Une taille est attendue ici."),
        ("Un cadre agréable ([baby-foot], cafétéria) !", "", "Un cadre agréable (cafétéria) !"),
        ("Permis B ; [sans enfant] ; CDI.", "", "Permis B ; CDI."),
        # What stood before needs what the passage held: its sentence goes.
        ("CDI. Nous ne retiendrons [que les personnes motorisées].", "", "CDI."),
        ("CDI. La maison entend [rajeunir] nos équipes de nuit.", "", "CDI."),
        ("CDI. Même une [croix au cou vous fermera] nos portes.", "", "CDI."),
        ("CDI. Mon fils lit ; il [veut être aidé par un homme], toute autre sera écartée.", "", "CDI. Mon fils lit."),
        ("Calme, patience et [douceur féminine].", "", "Calme et patience."),
        ("Secrétaire H/F - [moins de 35 ans] - Lyon", "", "Secrétaire H/F - Lyon"),
        ("Vendeur (H/F) | [moins de 30 ans] | Lyon", "", "Vendeur (H/F) | Lyon"),
        ("CV + LM [+ photo] + diplômes : ici.", "", "CV + LM + diplômes : ici."),
        ("Poste : réservé [aux hommes], port de charges.", "", "Poste : port de charges."),
        ("Un agent, titulaire du [permis B], par voie statutaire.", "", "Un agent, par voie statutaire."),
        ("Une personne de [moins de 30 ans], patiente.", "", "Une personne, patiente."),
        ("On cherche une [jeune] vendeuse à Lille.", "", "On cherche une vendeuse à Lille."),
        ("On cherche [une jeune] vendeuse à Lille.", "", "On cherche une vendeuse à Lille."),
        # The next of a row takes its place, with the verb and the subject that the passage held.
        ("Vous avez une [bonne présentation], le permis C.", "", "Vous avez le permis C."),
        (
            "Vous faites preuve d’une [allure soignée] et d’une voix claire.",
            "",
            "Vous faites preuve d’une voix claire.",
        ),
        ("Tu dois être [célibataire] et mobile.", "", "Tu dois être mobile."),
        ("IL FAUT ETRE [CELIBATAIRE] ET MOBILE.", "", "IL FAUT ETRE MOBILE."),
        ("Il faut [avoir une voiture] et habiter Lyon.", "", "Il faut habiter Lyon."),
        ("[Vous avez moins de 26 ans] et souhaitez apprendre.", "", "Vous souhaitez apprendre."),
        ("[Vous avez moins de 26 ans] et le permis.", "", "Vous avez le permis."),
        ("Vous êtes [célibataire] et aimez vendre.", "", "Vous aimez vendre."),
        ("[Tu as moins de 30 ans] et tu codes ? Viens !", "", "Tu codes ? Viens !"),
        ("Vous aimez lire et vous avez le [permis B].", "", "Vous aimez lire."),
        ("Envoyez [un CV (avec photo]) à « Lyon »", "", None),
        ("[Jeune (dynamique]) et patiente, dit « Lyon »", "", "Patiente, dit « Lyon »"),
        ("Profil : « [jeune loup] », mobile.", "", "Profil : mobile."),
        ("\u0130\u00adci, une vendeuse [de 25 à 35 ans] pour Lyon.", "", "\u0130\u00adci, une vendeuse pour Lyon."),
        # A sentence that would say nothing goes whole.
        ("Le poste est [réservé aux habitants]. CDI.", "", "CDI."),
        ("Nuits. Pas de [gamin] de vingt ans. Bulletin.", "", "Nuits. Bulletin."),
        ("[Syndiqués], merci de ne pas postuler. CDI.", "", "CDI."),
        ("CDI. Les [malentendants], même appareillés, non merci.", "", "CDI."),
        ("CDI. Les ressortissants [hors d’Europe ne sont pas admis] à postuler.", "", "CDI."),
        ("- Anglais\n- Être [sans enfant]\n- CDI", "", "- Anglais\n- CDI"),
        ("Vous gérez ?Vous faites preuve d’une [grande disponibilité] ?Vous aimez ?", "", "Vous gérez ?Vous aimez ?"),
        ("CDI. Les candidats de [moins de 30 ans] seront privilégiés.", "", "CDI."),
        ("CDI. Vous êtes [mère de famille] ? Ce poste n’est pas pour vous.", "", "CDI."),
        ("Candidats [syndiqués s’abstenir]. CDI.", "", "CDI."),
        ("Idéal pour [une maman] souhaitant un complément. CDI.", "", "CDI."),
        ("Nuits. Il faut [une barbe]\rPermis B", "", "Nuits. \rPermis B"),
        ("CDI. Profil [plutôt masculin souhaité].", "", "CDI."),
        ("CDI. Le gérant [travaille mieux avec une femme].", "", "CDI."),
        ("CDI. Les personnes aux antécédents [dépressifs] ne sont pas admises.", "", "CDI."),
        ("CDI. [Les frais sont à votre charge] et payables ici.", "", "CDI."),
        ("CDI. Charges : le poste sera confié [à un homme]. Lyon.", "", "CDI. Lyon."),
        ("CDI. [Messieurs uniquement], les vestiaires n’étant pas séparés.", "", "CDI."),
        ("Expérience : 3 [ans maximum], Lyon.", "", "Expérience : Lyon."),
        # Neither abbreviations nor wrapped lines end a sentence; the lines of a list do.
        (
            "Doté d’un vrai tempérament commercial, d’une [bonne présentation], vous assurez le\nconseil. CDI.",
            DRESS,
            f"Doté d’un vrai tempérament commercial, vous assurez le\nconseil. {DRESS} CDI.",
        ),
        ("Profil :\n[homme de 30 ans]\nanglais", "", "Profil :\nanglais"),
        ("Lettre, [prétentions] à M. Durand, réf. 12.", "", "Lettre à M. Durand, réf. 12."),
        # Nothing is proposed that would leave an empty field.
        ("[25-35 ans]", "", None),
        # A sentence takes the place of a clause, or of a sentence, or follows it.
        ("- [Excellente présentation]\n- Anglais", DRESS, "- Tenue adaptée à l’accueil du public\n- Anglais"),
        ("- Avoir une [bonne présentation]\n- Anglais", DRESS, "- Tenue adaptée à l’accueil du public\n- Anglais"),
        ("Calme, une [bonne présentation] et l’oreille.", DRESS, f"Calme et l’oreille. {DRESS}"),
        ("Titulaire d’un [permis B], vous êtes patient.", TRAVEL, f"Vous êtes patient. {TRAVEL}"),
        ("Profil : [la trentaine].", RANGE, "Profil : sans condition d’âge."),
        ("Pour la paie, un [compte à la BNP]. CDI.", "Un RIB sera demandé.", "Un RIB sera demandé. CDI."),
        ("Lyon, [véhicule] exigé.", TRAVEL, f"Lyon. {TRAVEL}"),
        ("Tu as [moins de 30 ans] ? Viens.", RANGE, f"{RANGE} Viens."),
        ("[Moins de 30 ans] ?", RANGE, RANGE),
        ("- Calme, [grande disponibilité] ;", "Horaires précisés.", "- Calme. Horaires précisés"),
        (f"{RANGE} Vendeuse [de 25 à 35 ans].", RANGE, f"{RANGE} Vendeuse."),
        ("Lyon ([photo exigée]).", "CV sans photo bienvenu.", "Lyon (CV sans photo bienvenu)."),
        ("- un CV [avec photo]", "CV sans photo bienvenu.", "- un CV. CV sans photo bienvenu"),
        # Articles agree.
        ("Soyez l’[homme de terrain] de demain.", "personne de terrain", "Soyez la personne de terrain de demain."),
        ("Besoin d'un [homme de terrain].", "personne de terrain", "Besoin d'une personne de terrain."),
        ("Il faut un [gars] patient.", "une personne", "Il faut une personne patient."),
        ("La place de [jeune fille] est libre.", "une personne", "La place d’une personne est libre."),
        ("Recrute un [data engineer].", "ingénieure ou ingénieur", "Recrute une ingénieure ou un ingénieur."),
        ("Nous cherchons l’[expert].", "ingénieure ou ingénieur", "Nous cherchons l’ingénieure ou l’ingénieur."),
        ("Titulaire du [bac +5].", "diplôme ou titre équivalent", "Titulaire du diplôme ou titre équivalent."),
        ("Il justifie de [2 à 3 ans].", "au moins 2 ans", "Il justifie d’au moins 2 ans."),
        ("Rattaché au [candidat].", "la personne recrutée", "Rattaché à la personne recrutée."),
        ("Du [Top 10].", "Formation supérieure", "De la formation supérieure."),
        ("un [CV avec photo]", "CV sans photo", "un CV sans photo"),
        ("CHERCHE [JEUNE HOMME] SERIEUX", "Une personne", "CHERCHE UNE PERSONNE SERIEUX"),
        ("Minimum [3 à 5 ans].", "au moins 3 ans", "Minimum 3 ans."),
        ("Une [assistante].", "assistant / assistante", "Un assistant / une assistante."),
        ("Cherchons l’[hôtesse].", "hôte / hôtesse d’accueil", "Cherchons l’hôte / l’hôtesse d’accueil."),
        ("Formation [grande école].", "formation supérieure", "Formation supérieure."),
        ("Une [équipe jeune] motivée.", "équipe motivée", "Une équipe motivée."),
        ("L’[homme clé].", "personne de confiance", "La personne de confiance."),
    ],
)
def test_the_sentence_stays_one(written, proposal, left):
    assert applied(written, proposal) == left


def test_a_title_takes_no_sentence():
    title = "Vendeur / Vendeuse, 25-35 ans"
    (age,) = [one for one in check(title, "") if one.rule == "AGE-01"]
    assert [one.applied(title) for one in edits(age, title)] == ["Vendeur / Vendeuse"]


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.id)
def test_what_is_proposed_ends_the_matter_and_breaks_no_sentence(rule):
    """Each example, between two sentences, with each proposal of each finding."""
    for example in rule.positive:
        glue = "\n" if rule.field == "title" else " "  # examples of titles are no sentences
        text = f"Poste à Lyon.{glue}{example}{glue}Contrat de six mois."
        findings = check("", text)
        before = Counter(one.rule for one in findings)
        for finding in findings:
            for made in edits(finding, text) if finding.match else ():
                after = made.applied(text)
                assert after.startswith("Poste à Lyon.") and after.endswith("Contrat de six mois."), after
                assert BROKEN.search(after) is None or BROKEN.search(text), after
                assert Counter(one.rule for one in check("", after))[finding.rule] < before[finding.rule], after


@given(
    st.text(alphabet="abé lunde’'.,;:!?()\n-•HÉ", max_size=80),
    st.integers(0, 80),
    st.integers(1, 80),
    st.sampled_from(["", TRAVEL, "une personne", "profil", "au moins 3 ans"]),
)
def test_any_passage_of_any_text_can_be_changed(text, start, length, proposal):
    start, end = min(start, len(text)), min(start + length, len(text))
    made = edit(text, start, end, proposal)
    if made is None:
        return
    assert 0 <= made.start <= start or text[made.start : start].strip() == ""
    assert made.end >= end and made.end <= len(text)
    assert made.applied(text).strip()
    assert proposal.rstrip(".").lower() in made.applied(text).lower()


@pytest.mark.parametrize(
    ("text", "rule", "mended"),
    [
        ("Familles cherchent jeunes filles au pair.", "SEX-01", "Familles cherchent des personnes au pair."),
        ("Cherchons des jeunes diplômés motivés.", "AGE-02", "Cherchons des débutantes ou débutants motivés."),
        ("Mission réservée aux femmes.", "SEX-01", "Mission ouverte à toutes et à tous."),
        ("Recherche femme pour garde d’enfants.", "SEX-01", "Recherche une personne pour garde d’enfants."),
        ("De langue maternelle allemande.", "ORI-02", "Allemand, niveau C1 (CECRL)."),
        ("Langue maternelle allemande exigée.", "ORI-02", "Allemand, niveau C1 (CECRL)."),
        ("Vous justifiez de 3 à 5 ans d’expérience.", "AGE-05", "Vous justifiez d’au moins 3 ans d’expérience."),
    ],
)
def test_slots_take_the_number_the_gender_and_the_words_of_the_passage(text, rule, mended):
    found = next(one for one in check("", text) if one.rule == rule)
    assert edits(found, text)[0].applied(text) == mended


@pytest.mark.parametrize("unit", ['"', "(", "«", "l’", "de ", ".", "et vous avez ", "?", ", ", " - ", ";", "\n", "M. "])
def test_a_text_of_one_thing_over_and_over_is_changed_near_the_passage_alone(unit):
    text = f"Lyon, CDI, nuit {unit * 3_000} poste, bonne présentation, sourire."
    (found,) = [one for one in check("", text) if one.rule == "APP-01"]
    for made in edits(found, text):
        assert found.start - made.start < 1_000 and made.end - found.end < 1_000
