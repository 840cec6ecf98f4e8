"""The demonstration, built once for this folder and taken back at its end."""

from datetime import date

import pytest
from django.db import transaction

from vivier.demo import story

DAY = date(2026, 11, 22)


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker):
    """Build the demonstration of a Sunday of November 2026 in a transaction that the folder's tests share."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield story.build(DAY)
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db):
    """Return the summary of the demonstration; what a test changes is taken back."""
    return built
