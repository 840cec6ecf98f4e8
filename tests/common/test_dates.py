"""Dates in pages: French writes « 1er » for the first of a month, and for no other day."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines


def written(value, form: str) -> str:
    return engines["django"].from_string(f"{{{{ value|date{form} }}}}").render({"value": value})


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (date(2026, 12, 1), ':"j F Y"', "1er décembre 2026"),
        (date(2026, 12, 1), "", "1er décembre 2026"),
        (date(2026, 12, 11), ':"j F Y"', "11 décembre 2026"),
        (date(2026, 12, 21), "", "21 décembre 2026"),
        (date(2027, 1, 1), ':"l j F"', "vendredi 1er janvier"),
        (date(2026, 12, 1), ':"D j b Y"', "mar 1er déc 2026"),
        (date(2026, 12, 1), ':"Y-m-d"', "2026-12-01"),
        (date(2026, 12, 1), ':"j/m"', "1/12"),
        # The day is the local one: in Paris, December has begun.
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), ':"j F Y, H:i"', "1er décembre 2026, 00:30"),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), ':"j F"', "2 décembre"),
        (None, ':"j F Y"', ""),
        ("", ':"j F Y"', ""),
    ],
)
def test_the_first_of_a_month(value, form, expected):
    assert written(value, form) == expected
