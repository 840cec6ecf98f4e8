"""What every test shares."""

import os
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.database import THROWAWAY
from tests.depth import DEPTH

ROOT = Path(__file__).resolve().parents[1]


#: Where the longest files are, in this order. One that needs no database comes first: its process is busy while the
#: other one runs the migrations. The demonstration of the commands is built by one file while the other process starts
#: servers, for the two files that need it to come.
_LONGEST_FIRST = (
    "tests/engines/matching/test_solver.py",
    "tests/browser/",
    "tests/cli/test_demo.py",
    "tests/config/",
    "tests/cli/",
    "tests/security/",
    "tests/demo/",
    "tests/imports/",
    "tests/mentoring/",
    "tests/workshops/",
    "tests/steering/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the longest files, so that no worker ends alone, and keep together what shares a fixture."""

    def rank(item) -> int:
        path = item.path.as_posix()
        return next((n for n, begun in enumerate(_LONGEST_FIRST) if begun in path), len(_LONGEST_FIRST))

    items.sort(key=rank)


def pytest_runtest_setup(item):
    if DEPTH == 1 and item.get_closest_marker("deep"):
        pytest.skip("une variante, gardée pour make test-deep")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the official samples, or skip the test visibly where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("les échantillons officiels de ../shared/data sont absents")
    return folder


#: The database that the processes of one run copy.
_TEMPLATE = "vivier_tests_template"


@pytest.fixture(scope="session")
def _turn():
    """Return a connection that lets one process after another make its database; closing it ends the turn."""
    turn = psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True)
    turn.execute("SELECT pg_advisory_lock(1)")
    yield turn
    turn.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, _turn):
    """Begin with what the first process has kept of its migrations."""
    if _turn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
        connection.settings_dict["TEST"]["TEMPLATE"] = _TEMPLATE


#: Only what a test wrote to, and without what its rows would set off; Django empties every table and fills some again.
_EMPTY = """
DO $$
DECLARE written regclass;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR written IN
    SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
      AND relname NOT IN ('django_migrations', 'django_content_type')
  LOOP
    EXECUTE format('DELETE FROM %s', written);
  END LOOP;
END $$
"""


def _empty(self) -> None:
    """Empty the tables after a test that commits, those of jobs too, whose models Django does not manage."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _turn):
    """Run the migrations once for all processes, and close what threads of the live server still hold at the end.

    What they hold would keep the test database from being dropped.
    """
    TransactionTestCase._fixture_teardown = _empty
    # A server that somebody else named keeps no database of ours.
    if THROWAWAY in os.environ and not connection.settings_dict["TEST"].get("TEMPLATE"):
        connection.close()
        _turn.execute(f'CREATE DATABASE {_TEMPLATE} TEMPLATE "{connection.settings_dict["NAME"]}"')
    _turn.close()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


@pytest.fixture(autouse=True, scope="session")
def _one_window():
    """Let the windows of rate limits begin with the run: in its few minutes no test runs across two."""
    from vivier.common import clock, rate_limits

    class SinceTheStart:
        began = timedelta(seconds=time.time() % rate_limits.SHARED_WINDOW)

        @classmethod
        def now(cls):
            return clock.now() - cls.began

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rate_limits, "clock", SinceTheStart)
        yield
