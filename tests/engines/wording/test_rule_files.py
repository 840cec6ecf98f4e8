"""A bad rule is refused with its file, its line and what is wrong."""

from importlib import resources

import pytest

from vivier.engines.wording.rule_files import InvalidRuleFile, read_allowances, read_bases, read_lexicon, read_rules

DATA = resources.files("vivier.engines.wording").joinpath("data")
BASES = read_bases("basis.toml", DATA.joinpath("basis.toml").read_text("utf-8"))
ALLOWANCES = read_allowances("exceptions.toml", DATA.joinpath("exceptions.toml").read_text("utf-8"), BASES)
GOOD = """
[[rule]]
id = "TST-01"
title = "Essai"
severity = "W"
message = "Un essai."
basis = ["l1132-1"]
exceptions = ["EX-14"]
negatives = ['sauf']
rewrites = ["autrement"]
evidence = "Aucune."
positive = ["a", "b", "c", "d", "e"]
negative = ["f", "g", "h", "i", "j"]

[[rule.pattern]]
anchors = ["essai {1-3}"]
then = "(?: fait)?"
"""


def test_a_good_rule_is_read_with_its_counts_as_anchors():
    (rule,) = read_rules("r.toml", GOOD, BASES, ALLOWANCES)
    assert rule.patterns[0].anchors == ("essai 1", "essai 2", "essai 3")
    assert rule.basis == (BASES["l1132-1"],)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('id = "TST-01"', 'id = "essai"', 3, "famille et un numéro"),
        ('severity = "W"', 'severity = "X"', 5, "« X »"),
        ('basis = ["l1132-1"]', 'basis = ["inconnu"]', 7, "« inconnu »"),
        ('exceptions = ["EX-14"]', 'exceptions = ["EX-99"]', 8, "« EX-99 »"),
        ("negatives = ['sauf']", "negatives = ['(sauf']", 9, "impossible à lire"),
        ("negatives = ['sauf']", "negatives = ['Sauf']", 9, "minuscules"),
        ('rewrites = ["autrement"]', 'rewrites = ["motivé·e"]', 10, "point médian"),
        ('positive = ["a", "b", "c", "d", "e"]', 'positive = ["a"]', 12, "5 au moins"),
        ('anchors = ["essai {1-3}"]', 'anchors = ["é"]', 16, "deux caractères"),
        ('then = "(?: fait)?"', 'then = "(?: fait"', 17, "impossible à lire"),
        ('title = "Essai"\n', "", 2, "il manque title"),
        ('title = "Essai"', 'title = "Essai"\ntypo = 1', 5, "« typo »"),
        ('title = "Essai"', "title = ", 4, "TOML illisible"),
    ],
)
def test_a_bad_rule_is_refused_with_its_line(old, new, line, problem):
    assert old in GOOD
    with pytest.raises(InvalidRuleFile) as refusal:
        read_rules("r.toml", GOOD.replace(old, new), BASES, ALLOWANCES)
    assert (refusal.value.name, refusal.value.line) == ("r.toml", line)
    assert problem in refusal.value.problem


def test_the_fault_of_a_second_rule_is_told_on_its_own_line():
    second = GOOD.replace("TST-01", "TST-02").replace('severity = "W"', "severity = 3")
    with pytest.raises(InvalidRuleFile) as refusal:
        read_rules("r.toml", GOOD + second, BASES, ALLOWANCES)
    assert refusal.value.line == len(GOOD.splitlines()) + 5


def test_an_id_cannot_come_twice():
    with pytest.raises(InvalidRuleFile, match="déjà pris"):
        read_rules("r.toml", GOOD + GOOD, BASES, ALLOWANCES)


def test_a_lexicon_is_read_by_what_its_titles_say():
    asked, refused = read_lexicon("TST-01.txt", "# asked\nvivant seul\n\n# refused\nconge[s|] mat[|ernite]\n")
    assert (asked.asks, asked.refuses, asked.anchors) == (True, False, ("vivant seul",))
    assert refused.refuses
    assert refused.anchors == ("conges mat", "conges maternite", "conge mat", "conge maternite")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("vivant seul\n", 1, "sous aucun titre"),
        ("# plain\nvivant seul\n# souvent\n", 3, "plain, refused, asked"),
        ("# plain\n\nmarié\n", 3, "minuscules"),
        ("# plain\npas de [bebe|enfant\n", 2, "pas fermé"),
        ("# plain\npas de [bebe|{2-9} enfants]\n", 2, "ni crochet ni accolade"),
    ],
)
def test_a_bad_lexicon_is_refused_with_its_line(text, line, problem):
    with pytest.raises(InvalidRuleFile, match=problem) as refusal:
        read_lexicon("TST-01.txt", text)
    assert refusal.value.line == line
