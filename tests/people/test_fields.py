"""Dates and telephones as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from vivier.people.fields import PhoneField, read_date


@pytest.mark.parametrize(
    "typed",
    ["14/03/2010", "14 03 2010", "14032010", "14-03-2010", "14.3.2010", "2010-03-14", "14 mars 2010", " 14 MARS 2010 "],
)
def test_a_date_is_read_however_it_is_typed(typed):
    assert read_date(typed) == date(2010, 3, 14)


def test_months_may_be_short_and_days_ordinal():
    assert read_date("1er févr. 2010") == date(2010, 2, 1)
    assert read_date("3 août 2011") == date(2011, 8, 3)


@pytest.mark.parametrize(
    "typed", ["", "14/03", "2010", "32/01/2010", "14/13/2010", "mars 2010", "14 m 2010", "٣/٣/٢٠١٠ x"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError):
        read_date(typed)


@pytest.mark.parametrize("typed", ["06 12 34 56 78", "0612345678", "06.12.34.56.78", "+33 6 12 34 56 78", ""])
def test_telephones_are_kept_with_single_spaces(typed):
    assert "." not in PhoneField(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["12", "06 12 34 56", "abc", "00 12"])
def test_what_is_no_telephone_is_refused(typed):
    with pytest.raises(ValidationError):
        PhoneField(required=False).clean(typed)
