"""Expressions of rules are written anew to be read faster; they find the same."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from vivier.engines.wording.rules import compile_pattern, compile_words

LETTERS = st.sampled_from(["a", "b", "[ab]", "[^a]", "[])?]", r"\)", r"\("])


def _larger(parts):
    groups = st.lists(parts, min_size=1, max_size=3).map("|".join)
    quantified = st.tuples(groups, st.sampled_from(["?", "??", "*", "+?", "{0,2}", ""]))
    return st.one_of(
        st.lists(parts, min_size=1, max_size=3).map("".join),
        quantified.map(lambda part: f"(?:{part[0]}){part[1]}"),
        quantified.map(lambda part: f"({part[0]}){part[1]}"),
        groups.map(lambda part: f"(?!{part})"),
    )


EXPRESSIONS = st.recursive(LETTERS, _larger, max_leaves=8)


@settings(max_examples=examples(300), deadline=None)
@given(EXPRESSIONS, st.lists(st.text("ab)(?]", max_size=8), min_size=1, max_size=8))
def test_an_expression_matches_as_it_is_written(written, texts):
    quick, plain = compile_words("then", written), re.compile(written)
    for text in texts:
        found, expected = quick.match(text), plain.match(text)
        assert (found and found.regs) == (expected and expected.regs)


def test_what_follows_an_anchor_is_read_after_its_word_and_not_in_it():
    then = compile_pattern(("recherch",), "[a-z]*(?: une)? ?femme").then
    assert then.match("recherchons une femme", 8) and then.match("recherche femme", 8)
    assert not then.match("recherchons des femmes", 8)
    assert compile_pattern(("regle",), "[a-z]*ment").then.match("reglement", 5)
