"""Is the database well? Asked by `vivier check`, before pages start to fail."""

import shutil
from dataclasses import dataclass

import psycopg

from .installations import EXTENSIONS, OLDEST_MAJOR
from .server import Server


@dataclass(frozen=True)
class Health:
    """What a connection tells. `problems` are French sentences; none means healthy. `free` is in bytes, if known."""

    version: str
    extensions: tuple[str, ...]
    connections: int
    most_connections: int
    free: int | None
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def health(server: Server) -> Health:
    """Connect to `server` and read its state; an unreachable server is a problem, not an exception."""
    free = shutil.disk_usage(server.data_dir).free if server.data_dir else None
    try:
        with psycopg.connect(server.url, connect_timeout=10) as connection:
            one = connection.execute(
                "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,"
                " current_setting('max_connections')::int, (SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend'), pg_is_in_recovery(), current_setting('fsync'),"
                " (SELECT array_agg(name::text ORDER BY name) FROM pg_available_extensions WHERE name = ANY(%s)),"
                " (SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database())",
                [list(EXTENSIONS)],
            ).fetchone()
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["sans message"])[0]
        return Health("", (), 0, 0, free, (f"la base ne répond pas ({reason})",))
    version, major, most, used, recovering, fsync, extensions, damaged = one
    extensions = tuple(extensions or ())
    missing = [name for name in EXTENSIONS if name not in extensions]
    verdicts = (
        (major < OLDEST_MAJOR, f"PostgreSQL {version} est trop ancien : il faut au moins {OLDEST_MAJOR}"),
        (missing, f"extensions absentes du serveur : {', '.join(missing)}"),
        (recovering, "la base est une copie en lecture seule"),
        (fsync != "on", "fsync est coupé : une panne de courant perdrait des données"),
        (damaged, f"{damaged} page(s) endommagée(s) sur le disque : restaurez une sauvegarde"),
        (used > 0.9 * most, f"{used} connexions ouvertes sur {most}"),
        (free is not None and free < 500_000_000, "moins de 500 Mo libres sur le disque"),
    )
    return Health(version, extensions, used, most, free, tuple(text for wrong, text in verdicts if wrong))
