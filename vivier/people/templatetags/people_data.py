"""Values of "Mes données" in words."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from vivier.common.text import listed

register = template.Library()


@register.filter
def in_words(value) -> str:
    """Return a fact as one reads it: a date, a list, a number; "non renseigné" where there is nothing."""
    if value is None or value in ("", []):
        return "non renseigné"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y à H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return listed(value) if isinstance(value, list) else str(value)
