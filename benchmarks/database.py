"""A throw-away, migrated database for one benchmark."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def throwaway() -> Iterator[None]:
    """Start a PostgreSQL of our own with its usual safety (fsync on), migrate it, remove it at the end."""
    from vivier.config import embedded_postgres

    folder = Path(tempfile.mkdtemp(prefix="vivier-bench-"))
    server = embedded_postgres.ensure(folder / "postgres")
    try:
        os.environ["DATABASE_URL"] = server.url
        os.environ["DJANGO_SETTINGS_MODULE"] = "vivier.config.settings.demo"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connections

        settings.ALLOWED_HOSTS.append("testserver")
        call_command("migrate", verbosity=0)
        yield
        connections.close_all()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
