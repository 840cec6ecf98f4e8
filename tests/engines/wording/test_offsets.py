"""Folding and finding keep their places; the prefilter finds what trying everything finds."""

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.wording.quality import sentences
from tests.depth import examples
from vivier.engines.wording.advertisement import Advertisement
from vivier.engines.wording.checker import check
from vivier.engines.wording.folding import fold
from vivier.engines.wording.prefilter import Prefilter
from vivier.engines.wording.rule_files import shipped_rules

LABELLED = sentences()
PATTERNS = [pattern for rule in shipped_rules() for pattern in rule.patterns]
PREFILTER = Prefilter(PATTERNS)
PLACED = Prefilter(PATTERNS, {number: str(number) for number in range(len(PATTERNS))})
ANCHORS = sorted({anchor for pattern in PATTERNS for anchor in pattern.anchors})
WORDS = [one.text or one.title for one in LABELLED]
SEPARATORS = st.sampled_from(
    [" ", ". ", "\n", ", ", " - ", "’", "\u202f", "  ", "\r\n", " • ", "(", "é", "œ", "😀", "\u0301"]
)
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(ANCHORS), st.text(max_size=12))
TEXTS = st.lists(st.tuples(PIECES, SEPARATORS), max_size=6).map(lambda parts: "".join(a + b for a, b in parts))


@given(st.text(max_size=200))
def test_a_folded_text_is_plain_and_every_place_leads_back(text):
    folded = fold(text)
    assert folded.text.isascii() and folded.text == folded.text.lower() and len(folded.data) == len(folded.text)
    places = [folded.origin(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text(st.characters(max_codepoint=0x2100), max_size=80))
def test_a_text_folds_alike_whatever_stands_beside_it(text):
    assert fold(f"’{text}").text == "'" + fold(text).text


def test_accents_capitals_dots_and_combining_marks_fold_alike():
    assert fold("ÉLÈVE’S « ouvre » déjà").text == fold('E\u0301LE\u0300VE\'S " ouvre " de\u0301ja\u0300').text
    assert fold("salarié·e").text == fold("SALARIÉ‧E").text


@settings(max_examples=examples(300), deadline=None)
@given(st.one_of(st.just(""), st.sampled_from(WORDS)), TEXTS)
def test_a_finding_stands_where_it_says(title, text):
    for finding in check(title, text):
        field = title if finding.field == "title" else text
        assert field[finding.start : finding.end] == finding.match
        assert finding.match or (finding.start, finding.end) == (0, 0)


@settings(max_examples=examples(100), deadline=None)
@given(TEXTS.filter(lambda text: len(text) < 250))
def test_the_prefilter_finds_what_trying_every_pattern_everywhere_finds(text):
    _same(text)


def test_the_prefilter_misses_nothing_of_the_labelled_sentences():
    chosen = random.Random(1).sample(LABELLED, 300)
    for one in chosen:
        _same(f"{one.title}\n{one.text}")


@settings(max_examples=examples(40), deadline=None)
@given(TEXTS)
def test_what_is_only_placed_stands_where_its_passages_do(text):
    folded, places = fold(text), defaultdict(list)
    assert not PLACED.passages(folded.text, folded.data, places)
    wanted = defaultdict(list)
    for start, _, number, *_ in PREFILTER.passages(folded.text, folded.data, {}):
        wanted[str(number)].append(start)
    assert {name: sorted(found) for name, found in places.items()} == wanted


def _same(text: str) -> None:
    ad = Advertisement("", text)
    fast = {(number, start, -last) for start, last, number, *_ in PREFILTER.passages(ad.text, ad.data, {}, ad.sentence)}
    assert fast == set(PREFILTER.passages_by_trial(ad.text, ad.sentence))


def test_a_passage_does_not_run_from_the_title_into_the_text():
    assert not [one for one in check("Vendeuse ou vendeur, équipe", "jeune et dynamique.") if one.rule == "AGE-03"]


def test_a_wrapped_line_goes_on_and_a_new_line_does_not():
    assert [one.match for one in check("", "Vous rejoignez une équipe\njeune et motivée.") if one.rule == "AGE-03"]
    assert not [
        one for one in check("", "Vous rejoignez une équipe\n- Jeune public à accueillir") if one.rule == "AGE-03"
    ]


def test_a_sentence_ends_where_another_begins():
    ad = Advertisement("", "Un début. La suite, avec 3.5 points, va loin. Fin.")
    start = ad.text.index("suite")
    low, high = ad.sentence(start, start + 5)
    assert ad.text[low:high].strip() == "la suite, avec 3.5 points, va loin."


@pytest.mark.parametrize("hidden", ["\u2060", "\u200e", "\ufe0f", "\u200b"])
def test_what_is_not_seen_hides_nothing(hidden):
    told = [one for one in check("Poste (H/F)", f"Nous recherchons une fem{hidden}me.") if one.rule == "SEX-01"]
    assert told and told[0].match.endswith(f"fem{hidden}me")
