"""Give a command its database and Django, and put both away when it ends, whatever ends it."""

import contextlib
import gc
import os
from collections.abc import Iterator

from vivier.cli.errors import BadInput
from vivier.cli.signals import stoppable
from vivier.config.embedded_postgres import EmbeddedPostgresError, Server, ensure

DEMO_SETTINGS = "vivier.config.settings.demo"


@contextlib.contextmanager
def database(settings: str | None = None) -> Iterator[Server]:
    """Ensure the database, set Django up on it, and stop what was started when the block ends.

    Settings are `settings`, else DJANGO_SETTINGS_MODULE, else the demonstration's. Import models inside the block only.
    VIVIER_POSTGRES ("system", "wheel") chooses the PostgreSQL of a new data folder.
    """
    with running_server() as server:
        try:
            set_django_up(settings)
            yield server
        finally:
            close_connections()


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Ensure the database alone, for what needs no Django."""
    with stoppable():
        server = start_database()
        try:
            yield server
        finally:
            server.stop()


def start_database() -> Server:
    """Return the running database, and tell every child process where it is."""
    try:
        server = ensure(source=os.environ.get("VIVIER_POSTGRES") or "auto")
    except EmbeddedPostgresError as error:
        problem, _, remedy = str(error).rpartition(" ; ")
        raise BadInput(None, None, problem or remedy, remedy if problem else "") from error
    except ValueError as error:
        raise BadInput(None, None, "VIVIER_POSTGRES vaut auto, system ou wheel", "corrigez cette variable") from error
    os.environ["DATABASE_URL"] = server.url
    return server


def set_django_up(settings: str | None = None) -> None:
    """Load Django with these settings; what they miss is one French line."""
    if settings:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEMO_SETTINGS)
    import django
    from django.core.exceptions import ImproperlyConfigured

    gc.disable()  # loading makes no garbage, and looking for it takes a tenth of the time
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(None, None, str(error), "voyez docs/operations.md") from error
    finally:
        gc.enable()


def close_connections() -> None:
    """Close Django's connections and their pool, so that the server stops without breaking any."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
        for connection in connections.all(initialized_only=True):
            getattr(connection, "close_pool", lambda: None)()
