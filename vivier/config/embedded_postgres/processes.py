"""What runs on a data folder, read from postmaster.pid and /proc; never from a process number alone.

A number may have been given to another program since (a container restarts its count), or be a zombie nobody reaps.
Our servers carry a mark in their command line, and their children in their title, where every account may read it.
"""

import contextlib
import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Postmaster:
    """The content of postmaster.pid: process number, socket folder as the server names it, status ("ready"…)."""

    pid: int
    socket_dir: str
    status: str


def mark(data_dir: Path) -> str:
    """Return the cluster_name of the servers of this folder; it follows the folder when that is renamed."""
    about = data_dir.stat()
    return "vivier-" + hashlib.sha256(f"{about.st_dev}:{about.st_ino}".encode()).hexdigest()[:12]


def postmaster(data_dir: Path) -> Postmaster | None:
    """Return the live server of `data_dir`, or None."""
    found = _read_pid_file(data_dir)
    return found if found and _belongs(found.pid, data_dir) else None


def forget_dead_server(data_dir: Path) -> None:
    """Remove the lock files of a server that is gone but whose number a stranger or a zombie now bears.

    PostgreSQL itself would refuse to start then; a number that nobody bears it handles alone. The caller has made sure
    that no process is left on the folder.
    """
    written = _read_pid_file(data_dir)
    if written and not _belongs(written.pid, data_dir) and Path(f"/proc/{written.pid}").exists():
        for name in ("postmaster.pid", SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (data_dir / name).unlink(missing_ok=True)


def left_behind(data_dir: Path) -> list[int]:
    """Return the numbers of the server's processes that outlive it for a moment after a crash."""
    alive = postmaster(data_dir)
    return [pid for pid in _all_pids() if not (alive and pid == alive.pid) and _belongs(pid, data_dir)]


def wait_for_the_dead(data_dir: Path, *, patience: float = 60) -> bool:
    """Wait until no process of a crashed server is left; hurry them after 3 s, kill them after 12 s."""
    started = time.monotonic()
    while rest := left_behind(data_dir):
        waited = time.monotonic() - started
        if waited > patience:
            return False
        if waited > 3:
            # Without its postmaster a backend can only exit; the write-ahead log holds what was acknowledged.
            for pid in rest:
                send(pid, signal.SIGKILL if waited > 12 else signal.SIGQUIT)
        time.sleep(0.05)
    return True


def stop_server(data_dir: Path, *, immediate: bool = False, reap: Callable[[], object] = lambda: None) -> None:
    """Stop the server of `data_dir` and wait; SIGINT ends sessions and writes a checkpoint, SIGQUIT does not.

    `reap` is called while waiting: a parent must collect its child for it to disappear.
    """
    steps = [(signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)][1 if immediate else 0 :]
    for number, patience in steps:
        running = postmaster(data_dir)
        if running is None:
            break
        send(running.pid, number)
        deadline = time.monotonic() + patience
        while _belongs(running.pid, data_dir) and time.monotonic() < deadline:
            reap()
            time.sleep(0.01)
    wait_for_the_dead(data_dir)


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal, without a fuss when the process has just ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _read_pid_file(data_dir: Path) -> Postmaster | None:
    try:
        lines = (data_dir / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        # The status is the eighth line; the server writes the file bit by bit while it starts.
        return Postmaster(int(lines[0]), (lines + [""] * 8)[4], (lines + [""] * 8)[7].strip())
    except (OSError, ValueError, IndexError):
        return None


def _all_pids() -> Iterator[int]:
    return (int(name) for name in os.listdir("/proc") if name.isdigit())  # noqa: PTH208 (names, not paths)


def _belongs(pid: int, data_dir: Path) -> bool:
    """Tell whether process `pid` is alive, no zombie, and PostgreSQL on this very folder."""
    process = Path("/proc") / str(pid)
    try:
        command = (process / "cmdline").read_bytes().decode(errors="replace")
        if mark(data_dir) in command:
            return "postgres" in command
        # A server that somebody started by hand has no mark, but works inside its folder.
        return "postgres" in command and (process / "cwd").stat().st_ino == data_dir.stat().st_ino
    except OSError:
        return False
