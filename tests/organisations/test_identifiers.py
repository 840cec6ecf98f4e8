"""Check digits of SIRET and UAI."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.organisations.identifiers import siret_is_valid, uai_is_valid

#: Public bodies' own numbers, as INSEE and the ministry of education publish them.
SIRETS = ["20005376700014", "73282932000074", "35600000000048", "35600000049837"]
UAIS = ["0750655E", "0010006B", "0442207K"]


@pytest.mark.parametrize("siret", SIRETS)
def test_known_sirets_pass(siret):
    assert siret_is_valid(siret)


@given(st.sampled_from(SIRETS[:2]), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_found(siret, rank, shift):
    wrong = siret[:rank] + str((int(siret[rank]) + shift) % 10) + siret[rank + 1 :]
    assert not siret_is_valid(wrong)


@given(st.text(max_size=20))
def test_any_text_is_answered(text):
    assert siret_is_valid(text) in (True, False)
    assert uai_is_valid(text) in (True, False)


@pytest.mark.parametrize("siret", ["", "2000537670001", "200053767000145", "2000537670001A", "٢٠٠٠٥٣٧٦٧٠٠٠١٤"])
def test_what_is_not_fourteen_digits_fails(siret):
    assert not siret_is_valid(siret)


@pytest.mark.parametrize("uai", UAIS)
def test_known_schools_pass(uai):
    assert uai_is_valid(uai)


@given(st.sampled_from(UAIS), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_of_a_school_is_found(uai, rank, shift):
    wrong = uai[:rank] + str((int(uai[rank]) + shift) % 10) + uai[rank + 1 :]
    assert not uai_is_valid(wrong)


@pytest.mark.parametrize("uai", ["", "0750655e", "0750655I", "750655E", "07506555"])
def test_what_is_not_a_school_number_fails(uai):
    assert not uai_is_valid(uai)


@pytest.mark.data
def test_every_published_school_number_passes(samples):
    text = (samples / "schools" / "fr-en-effectifs-specialites-triplettes-1ere-generale.csv").read_text("utf-8-sig")
    numbers = set(re.findall(r"\b[0-9]{7}[A-Z]\b", text))
    assert len(numbers) > 2000
    assert [number for number in numbers if not uai_is_valid(number)] == []
