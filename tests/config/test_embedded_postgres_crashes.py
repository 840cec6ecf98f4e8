"""kill -9 of the server, or of one backend, while eight writers work: what was acknowledged is still there."""

import os
import signal
import threading
import time

import psycopg
import pytest

from tests.config.conftest import ensure, has
from vivier.config.embedded_postgres import health, processes

WRITERS = 8


class Writer(threading.Thread):
    """Insert numbers one by one, and note each only once the server has acknowledged its commit."""

    def __init__(self, url: str, first: int):
        super().__init__(daemon=True)
        self.url, self.number, self.acknowledged, self.stopping = url, first, [], threading.Event()

    def run(self):
        while not self.stopping.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
                    while not self.stopping.is_set():
                        connection.execute("INSERT INTO written VALUES (%s)", [self.number])
                        self.acknowledged.append(self.number)
                        self.number += 1
            except psycopg.Error:
                self.number += 1  # this one may or may not be there: it was not acknowledged
                time.sleep(0.02)


_FIRST, _SECOND = ("system", "wheel") if has("system") else ("wheel", "system")


@pytest.fixture(params=[_FIRST, pytest.param(_SECOND, marks=pytest.mark.deep)])
def source(request) -> str:
    """Kill the servers of one source; those of the other, which run the same way, when there is time."""
    if not has(request.param):
        pytest.skip(f"pas de PostgreSQL « {request.param} » sur cette machine")
    return request.param


@pytest.fixture
def server(data_dir, source):
    started = ensure(data_dir, source=source)
    with psycopg.connect(started.url) as connection:
        connection.execute("CREATE TABLE written (number bigint PRIMARY KEY)")
    return started


def start_writers(url: str) -> list[Writer]:
    writers = [Writer(url, first=(i + 1) * 10_000_000) for i in range(WRITERS)]
    for writer in writers:
        writer.start()
    deadline = time.monotonic() + 20
    while any(len(writer.acknowledged) < 20 for writer in writers) and time.monotonic() < deadline:
        time.sleep(0.01)
    return writers


def stop_writers(writers: list[Writer]) -> set[int]:
    for writer in writers:
        writer.stopping.set()
    for writer in writers:
        writer.join(20)
        assert not writer.is_alive()
    return {number for writer in writers for number in writer.acknowledged}


def stored(url: str) -> set[int]:
    with psycopg.connect(url) as connection:
        return {number for (number,) in connection.execute("SELECT number FROM written")}


def assert_nothing_lost(acknowledged: set[int], kept: set[int]) -> None:
    assert len(acknowledged) >= 20 * WRITERS, "the writers hardly wrote: the test would prove nothing"
    assert acknowledged <= kept, f"{len(acknowledged - kept)} acknowledged rows are lost"
    # At most one unacknowledged insertion was under way in each writer, each time its connection broke.
    assert len(kept - acknowledged) <= 40 * WRITERS


def test_the_server_is_killed_during_writes(data_dir, server):
    writers = start_writers(server.url)
    os.kill(processes.postmaster(data_dir).pid, signal.SIGKILL)
    again = ensure(data_dir)
    assert again.started_here
    assert again.version == server.version
    time.sleep(0.2)
    acknowledged = stop_writers(writers)
    assert_nothing_lost(acknowledged, stored(again.url))
    assert health(again).ok


def test_everything_is_killed_at_once_during_writes(data_dir, server):
    writers = start_writers(server.url)
    pids = [processes.postmaster(data_dir).pid, *processes.left_behind(data_dir)]
    assert len(pids) > WRITERS
    for pid in pids:
        processes.send(pid, signal.SIGKILL)
    again = ensure(data_dir)
    acknowledged = stop_writers(writers)
    assert_nothing_lost(acknowledged, stored(again.url))


def test_one_backend_is_killed_during_writes(data_dir, server):
    writers = start_writers(server.url)
    deadline = time.monotonic() + 30
    with psycopg.connect(server.url, autocommit=True) as connection:
        (victim,) = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE query LIKE 'INSERT%' AND pid <> pg_backend_pid() LIMIT 1"
        ).fetchone()
        os.kill(victim, signal.SIGKILL)
        # The server notices a little later, and closes all connections: before, it looks as healthy as after.
        with pytest.raises(psycopg.OperationalError):
            while time.monotonic() < deadline:
                connection.execute("SELECT 1")
    while not health(server).ok and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    acknowledged = stop_writers(writers)
    assert_nothing_lost(acknowledged, stored(server.url))
    assert ensure(data_dir) is server, "the server repairs itself; it must not be started anew"


def test_a_backend_that_does_not_notice_is_hurried(data_dir, server):
    # A query that never looks up: the orphan would hold the shared memory for a minute.
    with psycopg.connect(server.url, autocommit=True) as connection:
        sleeper = threading.Thread(target=_busy, args=(server.url,), daemon=True)
        sleeper.start()
        while not connection.execute("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DO%'").fetchone():
            time.sleep(0.02)
        os.kill(processes.postmaster(data_dir).pid, signal.SIGKILL)
    started = time.monotonic()
    again = ensure(data_dir)
    assert time.monotonic() - started < 20
    assert health(again).ok
    sleeper.join(10)


def _busy(url: str) -> None:
    with pytest.raises(psycopg.Error), psycopg.connect(url) as connection:
        connection.execute("DO $$ BEGIN LOOP END LOOP; END $$")
