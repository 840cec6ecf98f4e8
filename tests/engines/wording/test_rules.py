"""The rules that come with the engine: complete, true to their examples, and told by current pages."""

from pathlib import Path

import pytest

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


def test_pages_say_what_the_rules_are_today():
    for name, text in pages(shipped_rules()).items():
        assert (DOCS / name).read_text("utf-8") == text, f"{name}: vivier wording docs docs/wording"
    assert (DOCS / "quality.md").read_text("utf-8") == report(), "python -m benchmarks.wording.quality"
    assert {file.name for file in DOCS.iterdir()} == {*pages(shipped_rules()), "quality.md"}
