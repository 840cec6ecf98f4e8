"""Columns that several rooms share."""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat


class SortText(Func):
    """The SQL function `sort_text`: no accents, no case, no punctuation (created by common's first migration)."""

    function = "sort_text"
    output_field = models.TextField()


def sort_column(*fields: str) -> models.GeneratedField:
    """Return a stored column that sorts and searches on the given text columns, in that order."""
    parts = [part for field in fields for part in (F(field), Value(" "))][:-1]
    expression = SortText(Concat(*parts, output_field=models.TextField()) if len(fields) > 1 else F(fields[0]))
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)
