"""Jobs that every room may defer. The worker runs them after the transaction that deferred them."""

from datetime import datetime

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from vivier.common import jobs, rate_limits
from vivier.common.delivery import hand_over

#: Mails are jobs, and their text holds names and sign-in codes: a finished one is erased after these hours.
FINISHED_JOBS_KEPT_HOURS = 24
#: One that failed for good is kept for whoever looks after the mail.
FAILED_JOBS_KEPT_HOURS = 7 * 24

_FORGET_JOBS = """
DELETE FROM procrastinate_jobs AS job
WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
    SELECT 1 FROM procrastinate_events WHERE job_id = job.id
    AND at > now() - make_interval(hours => CASE WHEN job.status = 'failed' THEN %s ELSE %s END)
)
"""


#: What a mail handed over leaves goes with its job.
_FORGET_MAILS = """
DELETE FROM common_handedover AS mail WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE id = mail.job)
"""


@app.task(
    name="common.send_mail",
    retry=RetryStrategy(max_attempts=jobs.MOST_ATTEMPTS, exponential_wait=3),
    queue="mail",
    pass_context=True,
)
def send_mail(context: JobContext, *, to: str, subject: str, body: str, until: str | None = None) -> None:
    """Send one plain-text mail; a failure of the server is tried again, later and later.

    After `until` (ISO, real clock) it would mislead and is dropped: a sign-in code that serves no more.
    """
    try:
        if until is None or timezone.now() < datetime.fromisoformat(until):
            hand_over(job=context.job.id, to=to, subject=subject, body=body)
    finally:
        close_old_connections()


@app.periodic(cron="* * * * *")
@app.task(name="common.restart_stalled", queue="maintenance", queueing_lock="common.restart_stalled")
def restart_stalled(timestamp: int) -> None:
    """Begin again, every minute, what a worker that died had begun."""
    try:
        jobs.restart_stalled()
    finally:
        close_old_connections()


@app.task(name="common.discard", queue="mail")
def discard(*, to: str, subject: str, body: str, until: str | None = None) -> None:
    """Do nothing: what a request costs must not tell whether a mail was sent."""


@app.periodic(cron="17 * * * *")
@app.task(name="common.clean_up", queue="maintenance", queueing_lock="common.clean_up")
def clean_up(timestamp: int) -> None:
    """Erase, every hour, what has served: counters, ended sessions, finished jobs."""
    try:
        rate_limits.forget_old()
        call_command("clearsessions")
        forget_finished_jobs()
    finally:
        close_old_connections()


def forget_finished_jobs() -> int:
    """Erase the jobs that ended, and their text; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_JOBS, [FAILED_JOBS_KEPT_HOURS, FINISHED_JOBS_KEPT_HOURS])
        count = cursor.rowcount
        cursor.execute(_FORGET_MAILS)
        return count
