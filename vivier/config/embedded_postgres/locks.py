"""Two locks beside a data folder: `gate`, held while one starts or stops; `users`, shared by all who use the server.

flock dies with its holder, whatever kills it, so that no lock is ever stale.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def gate(folder: Path) -> Iterator[None]:
    """Wait for, then hold, the right to start or stop the server."""
    handle = _open(folder / "gate")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def join_users(folder: Path) -> int:
    """Count us among the users of the server; returns the handle for `leave_users`. Call it inside the gate."""
    handle = _open(folder / "users")
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def leave_users(handle: int) -> bool:
    """Leave, and tell whether we were the last. Call it inside the gate."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(handle)


def abandoned(folder: Path) -> bool:
    """Tell whether a server was used here and nobody uses it, starts it or stops it any more."""
    if not (folder / "users").exists():
        return False
    handles = [_open(folder / name) for name in ("gate", "users")]
    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        for handle in handles:
            os.close(handle)


def _open(path: Path) -> int:
    # Opened for reading only: a lock file that root once created serves an ordinary account as well.
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
