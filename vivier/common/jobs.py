"""What became of the jobs: those whose worker died are begun again, those that failed may be sent again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from vivier.common.errors import named_constraint

#: A worker that gave no pulse for this long is dead or cut off (it gives one every ten seconds).
SILENCE_SECONDS = 30
#: A job that was begun this often is given up: it may be what kills its worker.
MOST_ATTEMPTS = 8

#: Procrastinate names the worker of each job; a worker that is gone leaves none.
_STALLED = """
FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
"""
_FAILED = """
SELECT job.id, job.task_name, max(event.at) FROM procrastinate_jobs AS job
LEFT JOIN procrastinate_events AS event ON event.job_id = job.id
WHERE job.status = 'failed' GROUP BY job.id ORDER BY job.id
"""
#: Two jobs of one lock do not wait together: what is there already does the work of the one that stopped.
_ONE_WAITS = "procrastinate_jobs_queueing_lock_idx_v1"


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up: its number, its task, when; never its text, which names people."""

    number: int
    task: str
    at: datetime | None


def count_stalled() -> int:
    """Return how many jobs were begun by a worker that has died since."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_STALLED}", [SILENCE_SECONDS])
        return cursor.fetchone()[0]


def restart_stalled() -> int:
    """Let the jobs of dead workers be done anew; return how many. Done twice at once, each is restarted once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT job.id, job.attempts {_STALLED} ORDER BY job.id FOR UPDATE OF job SKIP LOCKED",
            [SILENCE_SECONDS],
        )
        found = cursor.fetchall()
        for number, attempts in found:
            if attempts + 1 >= MOST_ATTEMPTS:
                _finish(cursor, number, "failed")
            elif not _wait_again(cursor, number):
                _finish(cursor, number, "aborted")
    return len(found)


def failed() -> list[FailedJob]:
    """Return the jobs that were given up, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        return [FailedJob(*row) for row in cursor.fetchall()]


def retry_failed() -> int:
    """Let every job that was given up be tried once more; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id FOR UPDATE SKIP LOCKED")
        return sum(_wait_again(cursor, number) for (number,) in cursor.fetchall())


def _wait_again(cursor, number: int) -> bool:
    """Put one job back into the queue; False where one like it waits already."""
    try:
        with transaction.atomic():
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number])
    except IntegrityError as error:
        if named_constraint(error) != _ONE_WAITS:
            raise
        return False
    return True


def _finish(cursor, number: int, status: str) -> None:
    cursor.execute("SELECT procrastinate_finish_job_v1(%s, %s::procrastinate_job_status, false)", [number, status])
