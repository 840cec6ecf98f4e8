"""A pytest plugin, loaded before Django reads its settings: a throw-away PostgreSQL unless DATABASE_URL names one."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if not os.environ.get("DATABASE_URL"):
    from vivier.config import embedded_postgres

    _folder = Path(tempfile.mkdtemp(prefix="vivier-tests-"))
    _server = embedded_postgres.ensure(_folder / "postgres", throwaway=True)
    os.environ["DATABASE_URL"] = _server.url
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    atexit.register(_server.stop)
