"""What every test shares."""

from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the official samples, or skip the test visibly where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("les échantillons officiels de ../shared/data sont absents")
    return folder


@pytest.fixture(autouse=True)
def _empty_outbox(request):
    """Empty the job table after a test that commits: Django's flush leaves it, its models are not managed."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
