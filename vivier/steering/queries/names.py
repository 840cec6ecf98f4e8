"""Whether a text that leaves a structure names somebody whom it serves."""

from django.db.models import QuerySet

from vivier.common.text import folded
from vivier.programmes.models import Enrolment


def names_somebody(enrolments: QuerySet[Enrolment], text: str) -> bool:
    """Tell whether a text holds the first and last name, in either order, of one of these people; one query."""
    if not text:
        return False
    said = f" {folded(text)} "
    names = enrolments.values_list("beneficiary__identity__first_name", "beneficiary__identity__last_name")
    both = (tuple(map(folded, pair)) for pair in names.iterator())
    return any(f" {first} {last} " in said or f" {last} {first} " in said for first, last in both if first and last)
