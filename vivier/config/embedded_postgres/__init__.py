"""The PostgreSQL that comes with a checkout: found, created, started, watched and stopped without an administrator.

`ensure(folder)` gives a server; `server.stop()` returns it. Whoever leaves last stops it. Nothing listens on a network:
the only way in is a unix socket inside a folder of mode 0700.
"""

from .errors import EmbeddedPostgresError
from .health import Health, health
from .installations import EXTENSIONS, Installation, installed
from .server import Server, default_data_dir, ensure

__all__ = [
    "EXTENSIONS",
    "EmbeddedPostgresError",
    "Health",
    "Installation",
    "Server",
    "default_data_dir",
    "ensure",
    "health",
    "installed",
]
