"""Expressions of rules are written anew to be read faster; they find the same."""

import re
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from vivier.engines.wording.expressions import InvalidRule, compile_any, compile_words
from vivier.engines.wording.rule_files import shipped_rules
from vivier.engines.wording.rules import compile_pattern

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


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "(?<!b)", "(?<=[ab] )(?<!ab )"]), EXPRESSIONS), min_size=1, max_size=4),
    st.lists(st.text("ab) ", max_size=8), min_size=1, max_size=8),
)
def test_gathered_expressions_are_found_where_one_of_them_is(parts, texts):
    written = tuple(led + (f"(?:{rest})" if led and "|" in rest else rest) for led, rest in parts)
    gathered = compile_any("requires", written)
    plain = re.compile("|".join(f"[^a-z0-9](?:{one})" for one in written))
    for text in texts:
        found, expected = gathered.search(f" {text}"), plain.search(f" {text}")
        assert (found and found.start()) == (expected and expected.start())


@pytest.mark.parametrize("written", [("ab", "a(b"), ("a(b", "a)b"), ("a)b(a",), ("a|b)",), ("[ab",)])
def test_an_expression_that_cannot_be_read_is_refused_whatever_stands_beside_it(written):
    with pytest.raises(InvalidRule, match="impossible à lire"):
        compile_any("requires", written)


def test_what_follows_an_anchor_is_read_after_its_word_and_not_in_it():
    then = compile_pattern(("recherch",), "[a-z]*(?: une)? ?femme").then
    assert then.match("recherchons une femme", 8) and then.match("recherche femme", 8)
    assert not then.match("recherchons des femmes", 8)
    assert compile_pattern(("regle",), "[a-z]*ment").then.match("reglement", 5)


def _first(parts):
    """The characters that these parts of an expression may begin with, "" among them when they may be empty."""
    found = {""}
    for kind, value in parts:
        if kind in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
            continue
        found.remove("")
        if kind is _constants.LITERAL:
            found.add(chr(value))
        elif kind is _constants.IN:
            found |= _members(value)
        elif kind is _constants.BRANCH:
            found = found.union(*map(_first, value[1]))
        elif kind is _constants.SUBPATTERN:
            found |= _first(value[3])
        else:  # repeats; anything else fails here
            least, _, repeated = value
            found |= _first(repeated) | ({""} if least == 0 else set())
        if "" not in found:
            break
    return found


def _members(items):
    """The characters of a set."""
    found = set()
    for kind, value in items:
        low, high = value if kind is _constants.RANGE else (value, value)
        found.update(map(chr, range(low, high + 1)))
    return found


def _foretold(parts):
    """Sets of letters and digits that are looked for ahead, with what may follow each."""
    for at, (kind, value) in enumerate(parts):
        if kind is _constants.ASSERT and value[0] > 0 and len(value[1]) == 1 and value[1][0][0] is _constants.IN:
            items = value[1][0][1]
            if items[0][0] is not _constants.NEGATE and any(map(str.isalnum, _members(items))):
                yield _members(items), _first(parts[at + 1 :])
        elif kind is _constants.BRANCH:
            for branch in value[1]:
                yield from _foretold(branch)
        elif kind is _constants.SUBPATTERN:
            yield from _foretold(value[3])
        elif isinstance(value, tuple) and len(value) == 3 and kind is not _constants.GROUPREF_EXISTS:
            yield from _foretold(value[2])


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.id)
def test_a_quick_look_ahead_refuses_nothing_that_may_follow(rule):
    for expression in {pattern.then.pattern for pattern in rule.patterns}:
        for allowed, following in _foretold(_parser.parse(expression)):
            assert following <= allowed, expression[:200]


def test_a_quick_look_ahead_that_is_too_short_is_told():
    ((allowed, following),) = _foretold(_parser.parse("(?=[ab])(?:a|b?c)d"))
    assert following - allowed == {"c"}
