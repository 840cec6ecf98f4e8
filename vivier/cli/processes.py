"""The child processes of `vivier demo` and `vivier serve`: started apart, watched, stopped together."""

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field

_PATIENCE = 10.0


@dataclass
class Children:
    """Processes by name, stopped when the `with` block ends.

    The terminal's Ctrl-C reaches their parent only; they end by themselves when that one is killed.
    """

    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def start(self, name: str, command: list[str]) -> None:
        """Start `command` under `name`, which the messages use."""
        leash = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self.running[name] = subprocess.Popen([*leash, *command], stdin=subprocess.DEVNULL, start_new_session=True)

    def ended(self) -> str | None:
        """Return the name of a process that has ended by itself, or None."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def watch(self) -> str:
        """Wait until one of them ends; returns its name."""
        while (name := self.ended()) is None:
            time.sleep(0.2)
        return name

    def stop(self) -> None:
        """Ask all to end, wait, and kill those that do not."""
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()


def web_command(*, bind: str, workers: int, threads: int) -> list[str]:
    """Return gunicorn's command line."""
    return [
        *(sys.executable, "-m", "gunicorn", "vivier.config.wsgi:application"),
        *("--bind", bind, "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", str(threads)),
        # Loaded once, then forked: the first page comes sooner, and the processes share their memory.
        *("--preload", "--log-level", "warning", "--graceful-timeout", "5", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    """Return the command line of the worker."""
    return [sys.executable, "-m", "vivier.cli", "worker"]
