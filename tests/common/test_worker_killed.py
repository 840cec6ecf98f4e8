"""A worker killed (SIGKILL) while it mails: another one sends what was not sent, and only that."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.common.smtp import Sink
from vivier.common.models import HandedOver
from vivier.common.tasks import send_mail

ROOT = Path(__file__).resolve().parents[2]


def wait_for(condition, seconds: float = 30):
    """Return what `condition` answers once it is true; fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)
    return found


def defer(name: str) -> int:
    return send_mail.defer(to=f"{name}@exemple.test", subject=name, body="Texte\n")


def address_of_the_tests() -> str:
    return make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])


@contextmanager
def worker(port: int):
    """Run `vivier worker` with the settings of production; killed at the end, if it lives."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "vivier.config.settings.prod",
        "DATABASE_URL": address_of_the_tests(),
        "SECRET_KEY": "tests-only-" + "x" * 50,
        "ALLOWED_HOSTS": "vivier.exemple.test",
        "DEFAULT_FROM_EMAIL": "Vivier <vivier@exemple.test>",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    kept = {name: value for name, value in os.environ.items() if name not in ("VIVIER_TODAY", "VIVIER_POSTGRES")}
    process = subprocess.Popen([sys.executable, "-m", "vivier.cli", "worker"], env=kept | settings, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        with connection.cursor() as cursor:  # the pulse of a dead worker stops: half a minute later it is old
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")


@pytest.fixture
def sink(transactional_db):
    with Sink() as server:
        yield server
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


def status(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [number])
        return cursor.fetchone()[0]


def cut_who_waits() -> int:
    """Cut the connections that wait for a lock, as a killed process is: released, they would write after its death."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def test_each_mail_leaves_once_wherever_its_worker_is_killed(sink):
    port = sink.server_address[1]
    jobs = {"recipient": defer("recipient"), "text": defer("text")}
    with worker(port):
        assert sink.reached["recipient"].wait(30) and sink.reached["text"].wait(30)
    assert sink.kept == []
    for hold in ("recipient", "text"):
        sink.holds[hold].set()

    # Both were accepted. Of one the worker was not told; the other's job is not closed yet, a lock keeps it open.
    jobs |= {"answer": defer("answer"), "done": defer("done")}
    with worker(port), psycopg.connect(address_of_the_tests()) as other:
        assert sink.reached["answer"].wait(30) and sink.reached["done"].wait(30)
        other.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [jobs["done"]])
        sink.holds["done"].set()
        wait_for(lambda: HandedOver.objects.filter(job=jobs["done"]).exists() and cut_who_waits())
    assert [status(number) for number in jobs.values()] == ["succeeded", "succeeded", "doing", "doing"]

    sink.holds["answer"].set()
    with worker(port):
        wait_for(lambda: all(status(number) == "succeeded" for number in jobs.values()))
    ids = {name: sink.identifiers(f"{name}@exemple.test") for name in jobs}
    assert {name: len(found) for name, found in ids.items()} == {"recipient": 1, "text": 1, "done": 1, "answer": 2}
    assert len(set(ids["answer"])) == 1, "the only mail that may come twice is known by its Message-ID"
    assert len({found[0] for found in ids.values()}) == 4
