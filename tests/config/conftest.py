"""The embedded server is really started here, as whoever runs the tests, in folders that only they may enter."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vivier.config import embedded_postgres
from vivier.config.embedded_postgres import cluster, installations
from vivier.config.embedded_postgres.account import account_for, reachable

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="à lancer en root : on y prépare le dossier d’un autre compte")


def ensure(folder: Path, **options) -> embedded_postgres.Server:
    """Ensure a server whatever DATABASE_URL the tests themselves run with."""
    return embedded_postgres.ensure(folder, environ={}, **options)


def has(source: str) -> bool:
    """Tell whether this machine has a usable PostgreSQL of this source."""
    return any(found.major >= 15 for found in embedded_postgres.installed(source))


@pytest.fixture(params=["system", "wheel"])
def source(request) -> str:
    """Run the test with the system's PostgreSQL, then with the wheel's."""
    if not has(request.param):
        pytest.skip(f"pas de PostgreSQL « {request.param} » sur cette machine")
    return request.param


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Callable[[str], Path | None]:
    """Give a function that makes, once per source, a data folder to copy: initdb waits long for a busy disk."""
    made: dict[str, Path | None] = {}

    def of(source: str) -> Path | None:
        if source not in made:
            folder = tmp_path_factory.mktemp("template") / "postgres"
            programs, account = installations.for_new_cluster(source), account_for(folder)
            made[source] = folder if reachable(programs, account) else None
            if made[source]:
                cluster.create(folder, programs, account, throwaway=True)
        return made[source]

    return of


@pytest.fixture
def new_dir(tmp_path: Path) -> Iterator[Path]:
    """Give a data folder that does not exist yet, and stop its server at the end."""
    folder = tmp_path / "var" / "postgres"
    yield folder
    for server in list(embedded_postgres.server._mine.values()):
        if folder.parents[1] in server.data_dir.parents:
            server.stop()


@pytest.fixture
def data_dir(request, new_dir: Path, template) -> Path:
    """Give a data folder that was never started, of the test's `source` if it has one; stop its server at the end."""
    if pristine := template(request.getfixturevalue("source") if "source" in request.fixturenames else "auto"):
        shutil.copytree(pristine, new_dir)
    return new_dir


def run_python(code: str, *arguments: object, prefix: tuple[str, ...] = (), **options) -> subprocess.CompletedProcess:
    """Run `code` in another Python, without DATABASE_URL, and return what it wrote."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = str(ROOT)
    environment.update(options.pop("environment", {}))
    command = [*prefix, sys.executable, "-c", code, *(str(value) for value in arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False, **options)
