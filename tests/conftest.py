"""What every test shares."""

import time
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.signals import post_migrate

ROOT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the longest files, so that no worker ends alone: the browser's, then those that start servers."""
    folders = (
        "tests/browser/",
        "tests/cli/",
        "tests/territories/",
        "tests/config/",
        "tests/security/",
        "tests/imports/",
    )
    items.sort(key=lambda item: next((n for n, it in enumerate(folders) if it in item.path.as_posix()), len(folders)))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the official samples, or skip the test visibly where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("les échantillons officiels de ../shared/data sont absents")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Close what threads of the live server still hold, or the test database could not be dropped.

    Emptying the tables after a test that commits need not fill those of permissions again: nothing here uses them.
    """
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


@pytest.fixture(autouse=True)
def _one_window():
    """Let no test of seconds run across the quarter of an hour where the windows of rate limits begin anew."""
    left = 900 - time.time() % 900
    if left < 6:
        time.sleep(left)


@pytest.fixture(autouse=True)
def _empty_outbox(request):
    """Empty the job table after a test that commits: Django's flush leaves it, its models are not managed."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
