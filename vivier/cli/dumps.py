"""What backup and restore share: PostgreSQL's own programs, of the server's version."""

import shutil
import subprocess
from pathlib import Path

from vivier.cli.errors import BadInput


def connection_target(url: str) -> dict[str, str]:
    """Return the parts of `url`; the password leaves the command line, where every account could read it."""
    from psycopg.conninfo import conninfo_to_dict

    return {name: str(value) for name, value in conninfo_to_dict(url).items()}


def program(name: str, server_major: int, preferred: Path | None) -> Path:
    """Return the path of `name` ("pg_dump", "pg_restore"): the server's version, else the next newer one."""
    from vivier.config.embedded_postgres import installed

    found: dict[int, Path] = {}
    folders = [(installation.major, installation.bin) for installation in installed()]
    for major, folder in folders:
        if (folder / name).exists():
            found.setdefault(major, folder / name)
    if preferred and (preferred / name).exists():
        found[server_major] = preferred / name
    if alone := shutil.which(name):
        found.setdefault(_major(Path(alone)), Path(alone))
    newer = sorted(major for major in found if major >= server_major)
    if not newer:
        raise BadInput(
            None,
            None,
            f"{name} de PostgreSQL {server_major} est introuvable",
            f"installez le paquet postgresql-client-{server_major}",
        )
    return found[newer[0]]


def execute(command: list[str], target: dict[str, str]) -> None:
    """Run one of these programs against `target`; what it complains about becomes one French line."""
    import os

    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    extra = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {variable: target[part] for part, variable in (names | extra).items() if target.get(part)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        complaints = [line for line in done.stderr.splitlines() if "error" in line.lower()] or done.stderr.splitlines()
        raise BadInput(
            None,
            None,
            f"{Path(command[0]).name} : {(complaints or ['sans message'])[0]}",
            "vérifiez la base et le fichier",
        )


def server_version(url: str) -> int:
    """Return the major version of the server at `url`."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise BadInput(None, None, f"la base ne répond pas ({reason})", "lancez « vivier check »") from error


def _major(path: Path) -> int:
    text = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    return int(digits[0]) if digits else 0
