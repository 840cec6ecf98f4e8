"""`vivier restore F`: the backup is loaded apart, checked, then takes the place of the database in one moment."""

import argparse
import sys
from pathlib import Path

from vivier.cli.errors import BadInput

_MAGIC = b"PGDMP"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help="sauvegarde écrite par « vivier backup »")


def run(args: argparse.Namespace) -> int:
    """Replace the database; until the backup is wholly loaded, the present one is untouched."""
    from vivier.cli import dumps
    from vivier.cli.database import running_server

    _recognise(args.file)
    with running_server() as server:
        target = dumps.connection_target(server.url)
        if not _agreed(args.file, target["dbname"]):
            print("Rien n’a été changé.")
            return 1
        pg_restore = dumps.program("pg_restore", dumps.server_version(server.url), server.programs)
        kept = _replace(server.url, target, pg_restore, args.file)
    print(f"Base restaurée depuis {args.file}. L’ancienne est gardée, fermée, sous le nom {kept}.")
    print("Lancez « vivier setup » pour appliquer les migrations plus récentes que la sauvegarde.")
    return 0


def _recognise(path: Path) -> None:
    with path.open("rb") as content:
        if content.read(len(_MAGIC)) != _MAGIC:
            raise BadInput(path, None, "ce n’est pas une sauvegarde", "donnez un fichier écrit par « vivier backup »")


def _agreed(path: Path, name: str) -> bool:
    """Ask a person; a script that calls this command has decided already."""
    if not sys.stdin.isatty():
        return True
    return input(f"Remplacer la base {name} par {path} ? Écrivez oui : ").strip().lower() == "oui"


def _replace(url: str, target: dict[str, str], pg_restore: Path, path: Path) -> str:
    """Load `path` into a new database, then swap the names; returns the name of the former database."""
    import psycopg
    from psycopg import sql

    from vivier.cli import dumps

    name = target["dbname"]
    new, former = f"{name}_nouvelle", f"{name}_avant_restauration"
    identifiers = {"name": sql.Identifier(name), "new": sql.Identifier(new), "former": sql.Identifier(former)}

    def execute(connection, statement: str) -> None:
        connection.execute(sql.SQL(statement).format(**identifiers))

    try:
        with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
            execute(connection, "DROP DATABASE IF EXISTS {new}")
            execute(connection, "CREATE DATABASE {new} TEMPLATE template0")
            try:
                load = [str(pg_restore), "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
                dumps.execute([*load, f"--dbname={new}", str(path)], target)
                with psycopg.connect(url, dbname=new, autocommit=True) as loaded:
                    loaded.execute("ANALYZE")
            except BaseException:
                execute(connection, "DROP DATABASE IF EXISTS {new}")
                raise
            execute(connection, "DROP DATABASE IF EXISTS {former}")
            execute(connection, "ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            try:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
                )
                with connection.transaction():
                    execute(connection, "ALTER DATABASE {name} RENAME TO {former}")
                    execute(connection, "ALTER DATABASE {new} RENAME TO {name}")
            except BaseException:
                execute(connection, "ALTER DATABASE {name} ALLOW_CONNECTIONS true")
                raise
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise BadInput(
            None, None, f"PostgreSQL refuse ({reason})", "il faut le droit CREATEDB sur ce serveur"
        ) from error
    return former
