"""The commands are run as a person runs them: another process, its own database, its exit code and its two outputs."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vivier.config.embedded_postgres import processes

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "vivier.cli"]


def environment(var: Path | None = None, **extra: str) -> dict[str, str]:
    """Return an environment without the database and settings of the tests themselves."""
    own = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VIVIER_VAR", "VIVIER_TODAY", "VIVIER_POSTGRES")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {"PYTHONPATH": str(ROOT)} | ({"VIVIER_VAR": str(var)} if var else {}) | extra


def vivier(*arguments: object, var: Path | None = None, **extra: str) -> subprocess.CompletedProcess:
    """Run the command `vivier` to its end."""
    command = [*PROGRAM, *(str(argument) for argument in arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment(var, **extra),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        timeout=180,
        check=False,
    )


@contextmanager
def running(*arguments: object, var: Path, **extra: str) -> Iterator[subprocess.Popen]:
    """Run the command `vivier` in the background; TERM at the end, unless it has ended."""
    process = subprocess.Popen(
        [*PROGRAM, *(str(argument) for argument in arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(var, **extra),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for `condition`; fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"after {seconds} s still not true: {condition}"
        time.sleep(0.05)


def at_rest(var: Path) -> bool:
    """Tell whether neither a command, nor a child of one, nor PostgreSQL works on the folder `var`."""
    if processes.postmaster(var / "postgres"):
        return False
    mark = f"VIVIER_VAR={var}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                return False
        except OSError:
            continue
    return True


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """Return a folder with the demonstration of a fixed day; `told.json` holds what the command told.

    It is built once for all the processes that test; each has a copy of its own.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent
    model = shared / "platform"
    with (shared / "platform.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (model / "told.json").exists():
            done = vivier("demo", "--no-serve", "--json", "--today", "2026-03-11", var=model)
            assert done.returncode == 0, done.stderr
            (model / "told.json").write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    var = tmp_path_factory.mktemp("of") / "platform"
    subprocess.run(["cp", "-a", model, var], check=True)  # the owner too: root's database belongs to another account
    return var
