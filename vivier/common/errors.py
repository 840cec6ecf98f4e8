"""Errors that carry a French sentence for the person who can mend them."""

from django.db import IntegrityError


class DomainError(Exception):
    """What was asked cannot be done; `str(error)` is the French sentence to show."""


class NotAllowed(DomainError):
    """The actor may not do this."""


def named_constraint(error: IntegrityError) -> str:
    """Return the name of the database constraint that refused, or an empty text."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
