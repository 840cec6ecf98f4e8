"""Ctrl-C, TERM and a closed terminal end a command the same way: through its `finally` blocks."""

import contextlib
import signal
from collections.abc import Iterator

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """Somebody asked this command to stop."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped at the first signal and ignore the next ones: what is being put away is put away to the end."""

    def stop(number, frame):
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise Stopped

    before = {ending: signal.signal(ending, stop) for ending in _ENDINGS}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
