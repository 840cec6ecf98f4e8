"""Create a data folder, and start the server on it.

The server is told its folder as /proc/self/fd/N, an open handle that it inherits: an account that may not enter the
private home above the folder can still work in it, and neither the length of the path nor its spaces matter.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from . import processes
from .account import Account
from .errors import EmbeddedPostgresError
from .installations import Installation

USER = DATABASE = "vivier"
#: A unix socket's address holds 107 bytes and a final zero.
LONGEST_SOCKET = 107
_BIGGEST_LOG = 5_000_000

_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "logging_collector": "off",
    "jit": "off",  # compiling costs more than it saves on the short queries of pages
    "random_page_cost": "1.1",
}
#: For data that nobody will miss: several times faster, and lost with the power.
_THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def create(data_dir: Path, programs: Installation, account: Account, *, throwaway: bool) -> None:
    """Run initdb beside `data_dir`, then rename: a folder that exists is whole, even after a power cut."""
    for unfinished in data_dir.parent.glob(f"{data_dir.name}.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{data_dir.name}.new-", dir=data_dir.parent))
    try:
        account.own(folder)
        with _handle(folder) as (handle, inside):
            command = [
                *account.prefix,
                str(programs.bin / "initdb"),
                f"--pgdata={inside}",
                f"--username={USER}",
                "--auth=trust",  # the socket lies in a folder of mode 0700, and there is no other way in
                "--encoding=UTF8",
                "--locale-provider=libc",
                "--locale=C.UTF-8",
                "--text-search-config=simple",
                "--data-checksums",
                *(["--no-sync"] if throwaway else []),
            ]
            done = subprocess.run(
                command, capture_output=True, text=True, pass_fds=[handle], check=False, **account.options()
            )
        if done.returncode != 0:
            raise EmbeddedPostgresError(
                f"PostgreSQL n’a pas pu créer {data_dir} ({_last_line(done.stderr)}) ; "
                "vérifiez la place libre et les droits sur ce dossier"
            )
        folder.rename(data_dir)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(
    data_dir: Path, programs: Installation, account: Account, *, socket_dir: Path, log: Path, throwaway: bool
) -> subprocess.Popen:
    """Start the server and wait until it accepts connections; returns its process.

    After a crash the last backends may hold the shared memory for a moment: the start is tried again until they leave.
    """
    deadline = time.monotonic() + 60
    while True:
        if not processes.wait_for_the_dead(data_dir):
            raise EmbeddedPostgresError(
                f"d’anciens processus de PostgreSQL tiennent encore {data_dir} ; arrêtez-les, puis recommencez"
            )
        processes.forget_dead_server(data_dir)
        process = _launch(data_dir, programs, account, socket_dir=socket_dir, log=log, throwaway=throwaway)
        try:
            if _becomes_ready(process, data_dir):
                return process
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
        reason = _last_line(_tail(log))
        if time.monotonic() > deadline or not _worth_another_try(_tail(log)):
            raise EmbeddedPostgresError(f"PostgreSQL ne démarre pas ({reason}) ; lisez {log}")
        time.sleep(0.25)


def create_database(socket_dir: Path) -> None:
    """Create the database of the platform, unless it is there."""
    with psycopg.connect(**address(socket_dir, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def answers(url: str) -> bool:
    """Tell whether a connection succeeds: a server that was just killed still looks alive in the list of processes."""
    try:
        psycopg.connect(url, connect_timeout=20).close()
    except psycopg.OperationalError:
        return False
    return True


def address(socket_dir: Path, database: str = DATABASE) -> dict:
    """Return the connection arguments; the port is said, lest PGPORT of the environment speaks."""
    return {"host": str(socket_dir), "port": 5432, "user": USER, "dbname": database, "connect_timeout": 20}


def fits(folder: Path) -> bool:
    """Tell whether a client can name the socket when it lies in `folder`; a comma would separate two servers."""
    return b"," not in os.fsencode(folder) and len(os.fsencode(folder / processes.SOCKET_NAME)) <= LONGEST_SOCKET


def _launch(
    data_dir: Path, programs: Installation, account: Account, *, socket_dir: Path, log: Path, throwaway: bool
) -> subprocess.Popen:
    if log.exists() and log.stat().st_size > _BIGGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    settings = _SETTINGS | (_THROWAWAY_SETTINGS if throwaway else {}) | {"cluster_name": processes.mark(data_dir)}
    # Throw-away servers follow their maker, even when that one is killed without warning.
    leash = ["setpriv", "--pdeathsig", "INT", "--"] if throwaway and shutil.which("setpriv") else []
    with _handle(data_dir) as (handle, inside), _handle(socket_dir) as (door, sockets), log.open("ab") as output:
        command = [*leash, *account.prefix, str(programs.bin / "postgres"), "-D", inside, "-k", sockets]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, pass_fds=[handle, door], umask=0o077, **account.options()
        )


@contextlib.contextmanager
def _handle(folder: Path) -> Iterator[tuple[int, str]]:
    """Open `folder`; yields the handle and the path by which a child that inherits it names the folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle, f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)


def _becomes_ready(process: subprocess.Popen, data_dir: Path) -> bool:
    """Wait while the server recovers what a crash left in its log; False when it gave up."""
    while process.poll() is None:
        running = processes.postmaster(data_dir)
        if running and running.pid == process.pid and running.status == "ready":
            return True
        time.sleep(0.01)
    return False


def _worth_another_try(log: str) -> bool:
    return any(sign in log for sign in ("pre-existing shared memory block", "already exists", "is in use"))


def _tail(log: Path) -> str:
    with log.open("rb") as content:
        content.seek(max(0, log.stat().st_size - 4_000))
        return content.read().decode(errors="replace")


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if any(word in line for word in ("FATAL", "error:", "ERROR", "PANIC"))]
    return (lines or text.splitlines() or ["sans message"])[-1].strip()
