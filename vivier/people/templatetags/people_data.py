"""Values of "Mes données" in words."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from vivier.common import clock
from vivier.common.text import listed

register = template.Library()


@register.filter
def in_words(value) -> str:
    """Return a fact as one reads it: a date, a list, a number; "non renseigné" where there is nothing."""
    if value is None or value in ("", []):
        return "non renseigné"
    if isinstance(value, datetime):
        return f"{clock.date_words(value)} à {timezone.localtime(value):%H:%M}"
    if isinstance(value, date):
        return clock.date_words(value)
    return listed(value) if isinstance(value, list) else str(value)
