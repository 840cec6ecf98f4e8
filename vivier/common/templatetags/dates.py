"""Dates as French writes them, in every template: the first of a month is « 1er »."""

import re
from datetime import date as day
from datetime import datetime

from django import template
from django.template import defaultfilters
from django.utils.formats import get_format

from vivier.common.clock import day_of_month

register = template.Library()
#: The day of the month, before the month's name or its short form.
_DAY = re.compile("j(?= [FMNb])")


@register.filter(expects_localtime=True)
def date(value: day | datetime | str | None, form: str | None = None) -> str:
    """Write as Django's own filter of that name, and « 1er décembre » instead of « 1 décembre »."""
    form = form or get_format("DATE_FORMAT")
    if isinstance(value, day):
        written = "".join(f"\\{character}" for character in day_of_month(value))
        form = _DAY.sub(lambda _: written, form)
    return defaultfilters.date(value, form)
