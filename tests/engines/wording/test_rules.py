"""The rules that come with the engine: complete, true to their examples, and told by current pages."""

from pathlib import Path

import pytest

from benchmarks.wording import hostile_set
from benchmarks.wording.quality import measure, report, sentences
from vivier.engines.wording.checker import check
from vivier.engines.wording.documentation import pages
from vivier.engines.wording.examples import advertisement_of
from vivier.engines.wording.rule_files import shipped_rules

DOCS = Path(__file__).resolve().parents[3] / "docs" / "wording"
RULES = {rule.id: rule for rule in shipped_rules()}
FAMILIES = "SEX AGE ORI FAM APP HEA RES VEH REL POL ORS CJ NOM BAN ECO PAY LAN FAL TIM MAC DIP LEN ABS CUL ECR".split()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_finds_its_examples_and_leaves_the_others_alone(rule):
    for example in rule.positive:
        found = {finding.rule for finding in check(*advertisement_of(rule, example))}
        assert rule.id in found, example
    for example in rule.negative:
        found = {finding.rule for finding in check(*advertisement_of(rule, example))}
        assert rule.id not in found, example


def test_every_family_has_a_rule_and_there_are_enough():
    assert len(RULES) >= 45
    assert {rule.family for rule in RULES.values()} >= set(FAMILIES)


def test_an_error_rests_on_an_article_of_law():
    for rule in RULES.values():
        if rule.severity == "E":
            assert any("art." in basis.article for basis in rule.basis), rule.id


def test_nothing_proposed_holds_a_median_dot_nor_the_claim_that_is_no_study():
    for rule in RULES.values():
        for example in rule.positive:
            for finding in check(*advertisement_of(rule, example)):
                told = " ".join((finding.message, *finding.suggestions))
                assert not set(told) & set("·•‧⋅∙・"), finding
                assert "60 %" not in told, finding
                assert "!" not in told, finding


def test_labelled_sentences_are_many_and_half_of_them_traps():
    everything = sentences()
    assert len(everything) >= 600
    assert sum(not one.rules for one in everything) >= len(everything) / 2
    assert len({one.register for one in everything}) == 5
    assert {rule for one in everything for rule in one.rules} <= set(RULES)


def test_recall_and_false_findings_on_labelled_sentences():
    counts = measure(sentences())
    expected = sum(one.right + one.missed for one in counts.values())
    assert sum(one.right for one in counts.values()) >= 0.9 * expected
    wrong = {rule: one.wrong for rule, one in counts.items() if one.wrong and RULES[rule].severity in "EW"}
    assert not wrong


def test_a_writer_who_had_not_read_the_rules_is_understood_better_than_at_first_sight():
    parts = hostile_set.parts(hostile_set.cases())
    first = hostile_set.first_sight()
    assert sum(map(len, parts.values())) >= 1_000
    for name, some in parts.items():
        now, before = hostile_set.whole(hostile_set.measure(some)), first[name]
        assert now.recall >= before["told"] / (before["told"] + before["missed"]) + 0.15, name
        assert now.wrong.total() <= 0.3 * len(some), name


def rules_of(text: str) -> set[str]:
    return {finding.rule for finding in check("Comptable H/F", text)}


def test_what_is_asked_for_counts_on_either_side_of_what_asks():
    assert "REL-01" in rules_of("Nous préférons que la personne ne soit pas musulmane.")
    assert "SEX-01" in rules_of("Pour ce poste, il nous faudrait plutôt un gars du coin.")
    assert not rules_of("Le musée présente l’art juif et musulman au fil de douze salles.")


def test_a_refusal_counts_even_where_the_sentence_speaks_of_a_public_or_of_the_house():
    assert "FAM-01" in rules_of("Le logement est petit et nous ne prenons pas les familles nombreuses.")
    assert "FAM-01" not in rules_of("Le logement convient aux familles nombreuses.")
    assert "HEA-04" in rules_of("Vous aidez à la toilette : personnes handicapées, ce poste n’est pas pour vous.")
    assert "HEA-04" not in rules_of("Vous aidez à la toilette de personnes handicapées.")


def test_what_is_disclaimed_or_quoted_is_left_alone():
    assert not rules_of(
        "Nous ne demandons ni votre religion, ni votre situation de famille, ni votre date de naissance."
    )
    assert not rules_of(
        "Les mentions « sans enfant », « bonne présentation » et « homme uniquement » ont été retirées."
    )


def test_what_is_said_not_to_count_is_left_alone_but_not_what_comes_after_but():
    for told in (
        "Un homme ou une femme, cela ne nous regarde pas.",
        "Enceinte ? Jeune papa ? Cela ne nous regarde pas.",
        "Pas besoin d’être un homme, ni d’avoir vingt ans.",
        "Votre nationalité française ne nous intéresse pas.",
        "Poste ouvert à tous, avec ou sans handicap.",
    ):
        assert not rules_of(told), told
    assert "SEX-01" in rules_of("Votre diplôme ne nous intéresse pas, mais il nous faut un homme.")
    assert "AGE-01" in rules_of("Étudiant ou non, peu importe, tant que vous avez moins de 26 ans.")
    assert "POL-01" in rules_of("Ceux qui ont monté une section syndicale ne nous intéressent pas.")


def test_a_sex_sought_is_told_whatever_else_is_asked_of_it():
    for told in ("Nous cherchons un homme de moins de 35 ans.", "Il nous faut un homme de la région."):
        assert "SEX-01" in rules_of(told), told


def test_what_leads_to_a_passage_is_sought_in_its_own_line():
    for line in ("Vous avez moins de 26 ans.", "Né après 1990 de préférence.", "Réservé aux garçons.", "Sans enfant."):
        assert rules_of(f"Vous suivez les dossiers.\nProfil\n{line}\nCDI à Grenoble."), line


def test_a_graver_finding_silences_a_lighter_one_of_its_family_on_the_same_words():
    assert {rule[:3] for rule in rules_of("Vous habitez impérativement à Lyon.")} == {"RES"}
    assert rules_of("Vous habitez impérativement à Lyon.") == {"RES-01"}
    assert {"AGE-01", "AGE-03"} <= rules_of("Équipe jeune, 30 ans maximum exigés.")


def test_pages_say_what_the_rules_are_today():
    for name, text in pages(shipped_rules()).items():
        assert (DOCS / name).read_text("utf-8") == text, f"{name}: vivier wording docs docs/wording"
    assert (DOCS / "quality.md").read_text("utf-8") == report(), "python -m benchmarks.wording.quality"
    assert {file.name for file in DOCS.iterdir()} == {*pages(shipped_rules()), "quality.md"}


def test_an_exception_concerns_the_sentence_the_one_before_it_or_the_nature_of_the_post():
    far = "Vous tenez les comptes. Vous répondez aux courriels. Vous classez les factures. "
    car = "Le véhicule personnel est indispensable."
    assert "VEH-02" in rules_of(f"Une équipe de dix personnes. Des visites ont lieu en mai. {far}{car}")
    assert "VEH-02" not in rules_of(f"Une équipe de dix personnes. {far}Vous faites des tournées. {car}")
    assert "VEH-02" not in rules_of(f"Vous partez en tournée chaque matin. {far}{car}")
    assert "SEX-01" in rules_of(f"Acteur majeur de son secteur. {far}Nous cherchons un homme robuste.")


@pytest.mark.parametrize(
    "text", ["Recherche danseuse de 20 à 30 ans pour un spectacle.", "Nous recrutons un mannequin homme, taille 1m85."]
)
def test_an_artist_is_excepted_by_the_passage_itself_and_nobody_else_is(text):
    told = {one.rule for one in check("", text) if one.severity in "EW"}
    others = {one.rule for one in check("", text.replace("danseuse", "vendeuse").replace("mannequin", "vendeur"))}
    assert told == set()
    assert others & {"AGE-01", "SEX-01"}


def test_a_scheme_that_allows_an_age_may_name_itself_in_the_passage():
    assert "AGE-01" not in rules_of("Apprentissage ouvert de 16 à 29 ans révolus.")
    assert "AGE-01" in rules_of("Contrat d’apprentissage réservé aux 18-22 ans.")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Vous travaillez avec la CPE du collège. Nous cherchons une personne de moins de 30 ans.", "AGE-01"),
        ("Vous êtes éligible à ce dispositif. Nous cherchons une personne de moins de 30 ans.", "AGE-01"),
        ("Salaire conformément au statut cadre. Nationalité française exigée.", "ORI-01"),
        ("Nous cherchons une personne jeune pour conseiller nos clients particuliers.", "AGE-02"),
        ("Bonne santé exigée, poste fermé aux travailleurs handicapés.", "HEA-01"),
        ("Indiquez le nom de jeune fille de votre mère.", "SEX-06"),
        ("Une jeune équipe féminine vous attend.", "AGE-03"),
    ],
)
def test_words_of_an_exception_said_of_something_else_hide_nothing(text, rule):
    assert rule in rules_of(text)


def test_a_short_line_without_a_verb_is_a_quality_asked_for():
    assert "ORI-03" in rules_of("Vous tenez les comptes. De type européen. Contrat de six mois.")
    assert "ORI-03" not in rules_of("Vous tenez les comptes. Nous vendons des meubles de type européen.")


def test_a_word_that_needs_somebody_counts_only_where_somebody_is_named():
    assert "REL-01" in rules_of("Nous avons pensé à une personne pratiquante.")
    assert "REL-01" not in rules_of(
        "Le club réunit cent licenciés et fait découvrir le judo, sport pratiquant l’entraide."
    )


def test_the_sex_told_in_the_title_is_an_error():
    assert "SEX-10" in {one.rule for one in check("Réceptionniste femme", "Poste de nuit.")}
    assert "SEX-10" not in {one.rule for one in check("Vendeuse ou vendeur prêt-à-porter femme", "Poste de jour.")}


def test_words_farther_off_are_about_something_else():
    near = "Une équipe jeune de nos clients vous accueille."
    far = "Au sein d’une équipe jeune et dynamique, vous développez des applications pour le compte de nos clients."
    assert "AGE-03" not in rules_of(near)
    assert "AGE-03" in rules_of(far)


def test_what_is_asked_for_in_so_many_words_is_no_public():
    assert "AGE-01" not in rules_of("Notre appli s’adresse aux lycéens de moins de 18 ans.")
    assert "AGE-01" in rules_of("Notre appli s’adresse aux lycéens : il faut quelqu’un de moins de 28 ans.")
    assert "SEX-02" in rules_of("Nous voulons un homme de terrain, pas un gestionnaire de bureau.")
    assert "SEX-02" not in rules_of("« Nous voulons un homme de terrain », ce n’est pas ainsi que nous recrutons.")


def test_what_asks_must_stand_near():
    assert "FAM-01" in rules_of("Nous préférons une mère au foyer.")
    far = "Nous recherchons du renfort pour l’application de rencontres qui rapproche, depuis dix ans et partout,"
    assert "FAM-01" not in rules_of(f"{far} des mères au foyer.")


def test_a_refusal_may_answer_the_question_before_it():
    assert "FAM-01" in rules_of("Des enfants en bas âge à la maison ? Passez votre chemin.")
    assert "FAM-01" not in rules_of("Des enfants en bas âge à la maison ? La crèche est à côté.")
