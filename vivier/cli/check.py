"""`vivier check`: which database, and whether all is well. Exit 1 when something needs a person."""

import argparse
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

_LITTLE_SPACE = 500_000_000
_SILENCE = timedelta(minutes=2)
_LONG_WAIT = timedelta(minutes=10)

#: A line of the report: its subject, what was found, and whether it is a problem.
Line = tuple[str, str, bool]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add no argument: everything is always looked at."""


def run(args: argparse.Namespace) -> int:
    """Print one line per subject; 0 when all is well, 1 otherwise."""
    from vivier.cli.database import database
    from vivier.cli.errors import BadInput

    try:
        with database() as server:
            lines = list(_look(server))
    except BadInput as error:
        lines = [("Base de données", str(error), True)]
    for subject, found, wrong in lines:
        print(f"{'!' if wrong else ' '} {subject:<18} {found}")
    problems = sum(wrong for _, _, wrong in lines)
    print("Tout va bien." if not problems else f"{problems} point(s) à régler, marqués « ! ».")
    return 1 if problems else 0


def _look(server) -> Iterator[Line]:
    from vivier.config.embedded_postgres import health

    state = health(server)
    yield from _database(server, state)
    if state.version:
        yield _migrations()
        yield from _jobs()
    yield from _mail()
    yield _disk(server)
    yield from _time(answers=bool(state.version))


def _database(server, state) -> Iterator[Line]:
    origin = {
        "DATABASE_URL": "celle de DATABASE_URL",
        "system": "le PostgreSQL de ce système",
        "wheel": "le PostgreSQL livré avec Vivier",
    }[server.source]
    yield "Base de données", f"{origin}, version {state.version or server.version or 'inconnue'}", False
    if server.data_dir:
        yield "Dossier", f"{server.data_dir}", False
        yield "Serveur", "démarré pour ce contrôle" if server.started_here else "déjà en marche", False
    if state.version:
        yield "Connexions", f"{state.connections} sur {state.most_connections}", False
        yield "Extensions", ", ".join(state.extensions) or "aucune", False
    for problem in state.problems:
        yield "Base de données", problem, True


def _migrations() -> Line:
    from vivier.cli.errors import BadInput
    from vivier.cli.migrations import pending

    try:
        waiting = pending()
    except BadInput as error:
        return "Migrations", str(error), True
    if waiting:
        return "Migrations", f"{len(waiting)} en attente ({waiting[0]}…) ; lancez « vivier setup »", True
    return "Migrations", "à jour", False


def _jobs() -> Iterator[Line]:
    """Look at the worker: its pulse, and how long mail has been waiting for it."""
    from django.db import connection

    from vivier.common import jobs
    from vivier.common.text import plural

    if "procrastinate_workers" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        (silence,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), max(now() - coalesce(scheduled_at, (SELECT max(at) FROM procrastinate_events"
            " WHERE job_id = job.id))) FROM procrastinate_jobs AS job"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
        )
        waiting, longest = cursor.fetchone()
    if silence is None or silence > _SILENCE:
        yield "Travail de fond", "à l’arrêt (« vivier worker » le démarre)", False
    else:
        yield "Travail de fond", f"en marche, vu il y a {silence.seconds} s", False
    late = longest is not None and longest > _LONG_WAIT
    age = f", la plus ancienne depuis {_duration(longest)}" if late else ""
    remedy = " ; lancez « vivier worker »" if late else ""
    yield "Tâches", f"{waiting} en attente{age}{remedy}", late
    if stalled := jobs.count_stalled():
        words = plural(stalled, "tâche est restée en plan", "tâches sont restées en plan")
        yield "Tâches", f"{words} ; « vivier worker » s’en charge", True
    if failed := len(jobs.failed()):
        yield "Tâches", f"{plural(failed, 'a échoué', 'ont échoué')} ; voyez « vivier resend »", True


def _mail() -> Iterator[Line]:
    from django.conf import settings
    from django.core.mail import get_connection

    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        folder = Path(settings.EMAIL_FILE_PATH)
        kept = len(list(folder.glob("*.log"))) if folder.is_dir() else 0
        yield "Courriels", f"écrits dans {folder} ({kept} jusqu’ici), envoyés à personne", False
    elif settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        server = get_connection(fail_silently=False)
        try:
            server.open()
            server.close()
            yield "Courriels", f"par {settings.EMAIL_HOST}:{settings.EMAIL_PORT}, qui répond", False
        except OSError as error:
            yield "Courriels", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} refuse ou se tait ({error})", True
    else:
        yield "Courriels", settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2], False


def _disk(server) -> Line:
    from django.conf import settings

    folder = server.data_dir or Path(settings.VAR)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return "Place libre", f"{free / 1e9:.1f} Go".replace(".", ","), free < _LITTLE_SPACE


def _time(*, answers: bool) -> Iterator[Line]:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    now = timezone.localtime()
    fixed = f", date fixée au {settings.VIVIER_TODAY}" if settings.VIVIER_TODAY else ""
    yield "Heure", f"{now:%d/%m/%Y %H:%M} ({settings.TIME_ZONE}){fixed}", False
    if answers:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (there,) = cursor.fetchone()
        gap = abs((there - timezone.now()).total_seconds())
        if gap > 5:
            yield "Heure", f"la base et ce poste diffèrent de {gap:.0f} s ; réglez leur horloge", True


def _duration(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
