"""One cell, one value: what people write is understood, what cannot be is told in French."""

import string
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.conftest import TODAY
from vivier.imports import values, words
from vivier.imports.slots import Refusal, parse_slots, slots_of_heading
from vivier.imports.values import Partly, Wrong
from vivier.people.vocabulary import Interest, Language, SchoolLevel, Slot

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
births = st.dates(date(1954, 10, 4), TODAY - timedelta(days=365 * 11))
cells = st.one_of(
    st.none(), st.booleans(), st.text(max_size=40), st.integers(-(10**9), 10**9), st.dates(), st.datetimes(),
    st.floats(allow_nan=True, allow_infinity=True), st.text(alphabet=string.digits + " /.-", max_size=14),
)  # fmt: skip


@given(births)
def test_a_date_is_read_however_it_is_written(day):
    written = [
        day, datetime(day.year, day.month, day.day, 14, 30), (day - date(1899, 12, 30)).days,
        float((day - date(1899, 12, 30)).days), f"{(day - date(1899, 12, 30)).days}", f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y} 00:00:00",
        f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"le {day.day} {_MONTHS[day.month - 1].upper()} {day.year}",
        f" {day:%d/%m/%Y}\u00a0", f"{day:%d}-{_MONTHS[day.month - 1][:4]}-{day:%Y}",
    ]  # fmt: skip
    assert {values.day(cell, TODAY, is_birth=True) for cell in written} == {day}


@given(st.dates(date(1927, 1, 1), TODAY))
def test_two_figures_of_year_are_never_to_come(day):
    assert values.day(f"{day:%d/%m/%y}", TODAY, is_birth=True) == day


@given(cells)
def test_no_cell_breaks_a_parser(cell):
    parsers = (
        values.name, values.split_name, values.yes_or_no, values.email, values.emails, values.phone, values.plain_text,
        values.postal_code, values.insee_code, words.school_level, words.interests, words.languages, words.slots,
        words.capacity, words.qpv, words.situation, lambda one: words.slots(one, "Mercredi"),
        lambda one: values.birth_date(one, TODAY), lambda one: values.past_day(one, TODAY),
        lambda one: values.session_day(one, TODAY),
    )  # fmt: skip
    for parse in parsers:
        try:
            parse(cell)
        except Wrong as wrong:
            assert wrong.wrong
            assert wrong.instead


@given(st.integers(100_000_000, 999_999_999))
def test_a_number_that_lost_its_zero_finds_it_again(digits):
    found = values.phone(float(digits))
    assert found == values.phone(f"0{digits}") == values.phone(f"+33 {digits}") == values.phone(f"0033{digits}")
    assert found.replace(" ", "") == f"0{digits}"


@given(st.integers(1000, 98999))
def test_a_postal_code_that_lost_its_zero_finds_it_again(number):
    assert values.postal_code(number)[0] == values.postal_code(f"{number}")[0] == f"{number:05d}"
    assert values.postal_code(f"F-{number:05d} Ville-sur-Eau") == (f"{number:05d}", "Ville-sur-Eau")


@given(st.sets(st.sampled_from(Slot)))
def test_the_labels_of_half_days_are_read_back(chosen):
    assert parse_slots(" ; ".join(slot.label for slot in chosen)) == (frozenset(chosen), ())


@pytest.mark.parametrize(("choices", "parse"), [(Interest, words.interests), (Language, words.languages)])
def test_the_labels_of_the_lists_are_read_back(choices, parse):
    for separator in (", ", " ; ", "\n", " / "):
        assert parse(separator.join(choices.labels)) == tuple(choices.values)


def test_the_labels_of_the_classes_are_read_back():
    assert {words.school_level(level.label): level.label for level in SchoolLevel} == {
        level.value: level.label for level in SchoolLevel
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2nde", "2de"), ("Seconde 4", "2de"), ("2GT3", "2de"), ("2nd", "2de"), ("1ère STI2D", "1re"), ("1G2", "1re"),
        ("Première", "1re"), ("Tle", "terminale"), ("T°", "terminale"), ("TSTMG", "terminale"),
        ("Term.", "terminale"),
        ("3ème B", "3e"), ("CAP 2e année", "cap"), ("BTS SIO", "higher"), ("1re année de BTS", "higher"),
        ("L2", "higher"),
        (2.0, "2de"), ("", ""), ("NC", ""),
    ],
)  # fmt: skip
def test_a_class_is_read_however_it_is_written(written, code):
    assert words.school_level(written) == code


def test_a_class_in_no_list_is_left_empty_and_told():
    found = words.school_level("ULIS")
    assert isinstance(found, Partly)
    assert (found.value, "ULIS" in found.left_out) == ("", True)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("mer PM", "wed_pm"), ("mercredi et samedi matin", "wed_am sat_am"), ("Mercredi 14h-16h", "wed_pm"),
        ("tous les soirs", "mon_eve tue_eve wed_eve thu_eve fri_eve"), ("après 18h le mardi", "tue_eve"),
        ("mercredi avant 18h", "wed_am wed_pm"), ("du lundi au mercredi soir", "mon_eve tue_eve wed_eve"),
        ("week-end", "sat_am sat_pm"), ("mercredi hors vacances scolaires", "wed_am wed_pm wed_eve"),
        ("sam.", "sat_am sat_pm"), ("mardi matin", ""),
    ],
)  # fmt: skip
def test_half_days_are_read_however_they_are_written(written, codes):
    assert parse_slots(written)[0] == frozenset(codes.split())


def test_half_days_when_she_is_not_free_are_refused():
    with pytest.raises(Refusal):
        parse_slots("tous les jours sauf le mercredi")


def test_a_heading_is_a_half_day_only_when_it_says_nothing_else():
    assert slots_of_heading("Dispo mercredi après-midi") == {"wed_pm"}
    assert (
        slots_of_heading("Présence mercredi") == slots_of_heading("Date") == slots_of_heading("Marraine") == frozenset()
    )


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("DUPONT Marie-Claire", ("Marie-Claire", "Dupont")), ("Marie DUPONT", ("Marie", "Dupont")),
        ("DE LA FONTAINE Jeanne", ("Jeanne", "De La Fontaine")),
        ("de la FONTAINE Jeanne", ("Jeanne", "de la Fontaine")), ("Madonna", ("", "Madonna")),
        ("Dupont, Marie", ("Marie", "Dupont")), ("Mme Nadia BEN SALAH", ("Nadia", "Ben Salah")),
    ],
)  # fmt: skip
def test_capitals_tell_the_surname(cell, pair):
    found = values.split_name(cell)
    assert tuple(part.casefold() for part in found) == tuple(part.casefold() for part in pair)


def test_without_capitals_the_order_of_the_heading_tells_the_surname():
    assert values.split_name("Dupont Marie") == ("Marie", "Dupont")
    assert values.split_name("Marie Dupont", first_name_first=True) == ("Marie", "Dupont")
    assert isinstance(values.split_name("Anne Marie Dupont", first_name_first=True), Partly)


def test_nothing_said_is_nothing_understood():
    for nothing in (None, "", "-", "?", "NC", "néant", "non renseigné", "\u00a0"):
        assert values.yes_or_no(nothing) is None
        assert values.day(nothing, TODAY) is None
        assert values.email(nothing) == values.phone(nothing) == words.qpv(nothing) == ""
        assert words.capacity(nothing) is None


@pytest.mark.parametrize("separator", [";", ",", " / ", "\n", " et "])
def test_two_addresses_in_a_cell_are_two_addresses(separator):
    assert values.emails(separator.join(["a@exemple.fr", "B@Exemple.fr"])) == ["a@exemple.fr", "b@exemple.fr"]


def test_zero_is_a_value():
    assert words.capacity(0) == words.capacity("0") == words.capacity("aucune") == 0
