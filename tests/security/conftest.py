"""One world for all the walks of a module; each request is undone."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.security.asking import Answers
from tests.security.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> World:
    """Return both associations, in a transaction that is never committed; sessions stay in memory."""
    in_memory = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
    with in_memory, django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(scope="module")
def answers(world) -> Answers:
    """Return what each page answers to each role: asked once, read by every test of the module."""
    return Answers(world)
