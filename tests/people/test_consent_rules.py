"""Who must say yes: the table, the ages, and where answers stand."""

import copy
import tomllib
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vivier.people import consent_rules as rules
from vivier.people.consent_rules import PURPOSES, Answer, Band, Missing, Outcome, Reader, Signatory

TODAY = date(2026, 11, 18)
UNDER_15, SIXTEEN, ADULT = date(2013, 2, 1), date(2010, 5, 5), date(2008, 11, 18)

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
births = st.one_of(st.none(), st.dates(date(1960, 1, 1), date(2022, 1, 1)))
guardian_lists = st.lists(st.integers(1, 4), unique=True, max_size=4)


@st.composite
def answer_lists(draw):
    """One last answer per signatory, some of them from people who are no guardian of hers."""
    who = draw(st.lists(st.sampled_from([None, 1, 2, 3, 4, 9]), unique=True, max_size=6))
    return [Answer(key, draw(st.booleans()), draw(st.none() | days)) for key in who]


def says(key, is_yes=True, ends=date(2030, 1, 1)):
    return Answer(key, is_yes, ends)


def outcome(purpose, birth, answers, guardians=()):
    return rules.state(purpose, birth, TODAY, answers, guardians).outcome


# --- The three ages of the duties ---


def test_under_15_her_data_need_her_and_a_guardian():
    assert outcome("data", UNDER_15, [says(None)], [7]) == Outcome.AWAITING
    assert outcome("data", UNDER_15, [says(7)], [7]) == Outcome.AWAITING
    assert outcome("data", UNDER_15, [says(None), says(7)], [7]) == Outcome.GRANTED


def test_from_15_she_alone_decides_about_her_data():
    assert outcome("data", SIXTEEN, [says(None)], [7]) == Outcome.GRANTED
    assert outcome("data", SIXTEEN, [says(None), says(7, is_yes=False)], [7]) == Outcome.GRANTED


def test_one_guardian_of_two_is_enough_for_a_session_until_18():
    assert outcome("activity", SIXTEEN, [says(None)], [7, 8]) == Outcome.AWAITING
    assert outcome("activity", SIXTEEN, [says(8)], [7, 8]) == Outcome.GRANTED
    assert outcome("activity", ADULT, [says(8)], [7, 8]) == Outcome.AWAITING
    assert outcome("activity", ADULT, [says(None)], [7, 8]) == Outcome.GRANTED


def test_the_other_guardian_s_no_blocks_although_one_yes_was_enough():
    standing = rules.state("activity", SIXTEEN, TODAY, [says(7), says(8, is_yes=False)], [7, 8])
    assert (standing.outcome, standing.refused_by) == (Outcome.REFUSED, (8,))


def test_an_image_needs_her_and_every_known_guardian_and_never_costs_the_place():
    standing = rules.state("image", SIXTEEN, TODAY, [says(None), says(7)], [7, 8])
    assert standing.missing == (Missing(Signatory.ALL_GUARDIANS, 8),)
    assert outcome("image", SIXTEEN, [says(None), says(7), says(8)], [7, 8]) == Outcome.GRANTED
    assert not any(rules.rules()["image", band].is_blocking for band in Band)


def test_without_any_known_guardian_a_minor_waits_for_one_to_be_named():
    for purpose in ("activity", "mentoring", "image"):
        standing = rules.state(purpose, SIXTEEN, TODAY, [says(None)], [])
        assert [one.guardian for one in standing.missing] == [None]


def test_an_unknown_birth_date_takes_the_most_protective_band_and_says_so():
    standing = rules.state("data", None, TODAY, [says(None)], [7])
    assert standing.rule.band == Band.UNDER_15
    assert not standing.is_age_known
    assert standing.outcome == Outcome.AWAITING


def test_at_18_what_a_guardian_allowed_is_hers_to_allow_again():
    birth = date(2008, 11, 20)
    answers = [says(7)]
    assert rules.state("activity", birth, date(2026, 11, 19), answers, [7]).outcome == Outcome.GRANTED
    assert rules.state("activity", birth, date(2026, 11, 19), answers, [7]).ends_on == date(2026, 11, 19)
    assert rules.state("activity", birth, date(2026, 11, 20), answers, [7]).missing == (Missing(Signatory.SELF),)


def test_at_15_her_own_yes_about_her_data_goes_on_without_her_guardian():
    birth = date(2011, 11, 20)
    answers = [says(None, ends=date(2028, 1, 1)), says(7, ends=date(2027, 6, 1))]
    standing = rules.state("data", birth, TODAY, answers, [7])
    assert standing.rule.band == Band.UNDER_15
    assert standing.ends_on == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2011, 11, 18), date(2026, 11, 17), 14),
        (date(2011, 11, 18), date(2026, 11, 18), 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_ages_count_whole_years_at_the_date(birth, day, age):
    assert rules.age_on(birth, day) == age


@given(st.dates(date(1960, 1, 1), date(2022, 1, 1)), st.integers(0, 30))
def test_a_birthday_is_the_first_day_of_that_age(birth, years):
    day = rules.birthday(birth, years)
    assert rules.age_on(birth, day) == years
    assert rules.age_on(birth, day - timedelta(days=1)) == years - 1


@given(days, st.integers(1, 60))
def test_months_are_added_without_falling_into_the_next_one(day, months):
    later = rules.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


# --- What holds whatever the answers ---


@given(st.sampled_from(PURPOSES), births, days, answer_lists(), guardian_lists)
def test_her_own_no_always_blocks(purpose, birth, today, answers, guardians):
    mine = [answer for answer in answers if answer.guardian is not None] + [Answer(None, False)]
    assert rules.state(purpose, birth, today, mine, guardians).outcome == Outcome.REFUSED


@given(st.sampled_from(PURPOSES), births, days, answer_lists(), guardian_lists)
def test_a_known_guardian_s_no_blocks_while_guardians_are_asked(purpose, birth, today, answers, guardians):
    assume(guardians)
    others = [answer for answer in answers if answer.guardian != guardians[0]]
    blocked = rules.state(purpose, birth, today, [*others, Answer(guardians[0], False)], guardians)
    if rules.required(purpose, birth, today).asks_guardians:
        assert blocked.outcome == Outcome.REFUSED
        assert guardians[0] in blocked.refused_by
    else:
        assert blocked == rules.state(purpose, birth, today, others, guardians)


@given(st.sampled_from(PURPOSES), births, days, answer_lists(), guardian_lists)
def test_an_outcome_always_says_why(purpose, birth, today, answers, guardians):
    standing = rules.state(purpose, birth, today, answers, guardians)
    assert bool(standing.refused_by) == (standing.outcome == Outcome.REFUSED)
    assert bool(standing.missing) == (standing.outcome == Outcome.AWAITING)
    assert standing.is_age_known == (birth is not None)


@given(st.sampled_from(PURPOSES), births, days, answer_lists(), guardian_lists)
def test_saying_yes_for_all_that_is_missing_grants(purpose, birth, today, answers, guardians):
    standing = rules.state(purpose, birth, today, answers, guardians)
    assume(standing.outcome == Outcome.AWAITING)
    named = [*guardians] or [1]
    given_now = [Answer(one.guardian if one.signatory == Signatory.SELF else one.guardian or named[0], True)
                 for one in standing.missing]  # fmt: skip
    keys = {answer.guardian for answer in given_now}
    rest = [answer for answer in answers if answer.guardian not in keys]
    assume(all(answer.is_yes for answer in rest if answer.guardian in named))
    assert rules.state(purpose, birth, today, rest + given_now, named).outcome == Outcome.GRANTED


@given(st.sampled_from(PURPOSES), births, days, answer_lists(), guardian_lists, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_guardians_changes_nothing(purpose, birth, today, answers, guardians, random):
    shuffled, others = answers.copy(), guardians.copy()
    random.shuffle(shuffled)
    random.shuffle(others)
    one = rules.state(purpose, birth, today, answers, guardians)
    other = rules.state(purpose, birth, today, shuffled, others)
    assert (one.outcome, one.refused_by, set(one.missing), one.ends_on) == (
        other.outcome, other.refused_by, set(other.missing), other.ends_on
    )  # fmt: skip


@given(
    st.sampled_from(PURPOSES),
    st.dates(date(2005, 1, 1), date(2018, 1, 1)),
    st.lists(st.none() | st.integers(0, 3000), min_size=2, max_size=4),
    st.integers(0, 3000),
)
def test_granted_lasts_until_the_day_it_says_and_not_one_more(purpose, birth, lengths, later):
    ends = [None if length is None else TODAY + timedelta(days=length) for length in lengths]
    answers = [Answer(key or None, True, end) for key, end in enumerate(ends)]
    guardians = list(range(1, len(ends)))
    standing = rules.state(purpose, birth, TODAY, answers, guardians)
    assert standing.outcome == Outcome.GRANTED
    days_tried = {TODAY + timedelta(days=later)}
    if standing.ends_on:
        days_tried |= {standing.ends_on, standing.ends_on + timedelta(days=1)}
    for day in days_tried:
        is_granted = rules.state(purpose, birth, day, answers, guardians).outcome == Outcome.GRANTED
        if standing.ends_on is None or day <= standing.ends_on:
            assert is_granted
        elif day == standing.ends_on + timedelta(days=1):
            assert not is_granted


# --- The table ---


@pytest.fixture
def table() -> dict:
    return tomllib.loads(rules.TABLE.read_text(encoding="utf-8"))


def test_the_table_has_every_purpose_age_and_reader():
    assert set(rules.rules()) == set(product(PURPOSES, Band))
    assert set(rules.texts()) == set(product(PURPOSES, Reader))


def test_what_no_text_could_confirm_is_marked_to_check():
    assert rules.rules()["data", Band.UNDER_15].is_certain
    assert not rules.rules()["activity", Band.FROM_15_TO_17].is_certain


def test_texts_fill_names_and_keep_the_tone_of_the_house():
    for text in rules.texts().values():
        for sentence in (text.title, text.asks, text.yes, text.silent, text.no):
            filled = sentence.format(prenom="Inès", de_prenom="d’Inès", structure="Les Ruisseaux")
            assert "{" not in filled
            assert "!" not in filled
            assert "·" not in filled


def _without_a_rule(table):
    table["rule"].pop()


def _twice(table):
    table["rule"].append(copy.deepcopy(table["rule"][0]) | {"id": "again"})


def _same_id(table):
    table["rule"][1]["id"] = table["rule"][0]["id"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_without_a_rule, "aucune règle pour"),
        (_twice, "a déjà une règle"),
        (_same_id, "même identifiant"),
        (lambda table: table["rule"][0].update(signatories=["uncle"]), "uncle"),
        (lambda table: table["rule"][0].update(signatories=[]), "aucun signataire"),
        (lambda table: table["rule"][0].update(signatories=["one_guardian", "all_guardians"]), "à la fois"),
        (lambda table: table["rule"][2].update(signatories=["self", "one_guardian"]), "majeure signe seule"),
        (lambda table: table["rule"][0].update(months=0), "durée impossible"),
        (lambda table: table["rule"][0].update(source=" "), "source absente"),
        (lambda table: table["rule"][0].update(certainty="surely"), "surely"),
        (lambda table: table["rule"][0].pop("band"), "band"),
    ],
)
def test_a_spoilt_table_of_rules_is_refused(table, spoil, sentence):
    spoil(table)
    with pytest.raises(rules.TableError, match=sentence):
        rules.read_rules(table)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda table: table["text"].pop(), "aucun texte pour"),
        (lambda table: table["text"][0].update(asks="{nom} ?"), "seuls {prenom}"),
        (lambda table: table["text"][0].update(reader="uncle"), "uncle"),
        (lambda table: table["text"][0].pop("no"), "no"),
        (lambda table: table["text"][0].update(version="a" * 21), "vingt caractères"),
        (lambda table: table["text"][1].update(version=table["text"][0]["version"]), "même version"),
    ],
)
def test_a_spoilt_table_of_texts_is_refused(table, spoil, sentence):
    spoil(table)
    with pytest.raises(rules.TableError, match=sentence):
        rules.read_texts(table)
