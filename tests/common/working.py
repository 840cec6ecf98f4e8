"""What a worker does with a mail, step by step, in the transaction of a test."""

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from vivier.common.delivery import hand_over


class Killed(BaseException):
    """The process ended here."""


class Mortal(EmailBackend):
    """Django's mail backend for tests, whose process ends, or whose server refuses, when told."""

    #: "": accepts; "refused": says no; "before": killed, nothing was accepted; "after": accepted, then killed.
    fate = ""

    def send_messages(self, messages):
        if Mortal.fate == "before":
            raise Killed
        if Mortal.fate == "refused":
            raise OSError("450 later")
        sent = super().send_messages(messages)
        if Mortal.fate == "after":
            raise Killed
        return sent


def killed(act) -> None:
    """Do `act` in a process that is killed before it commits: what it did must be as if it had never begun."""
    with transaction.atomic():
        try:
            act()
        finally:
            transaction.set_rollback(True)


def fetch(worker: int) -> ProcrastinateJob | None:
    """Return the next job, begun by a worker; None when none waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        (number,) = cursor.fetchone()
    return number and ProcrastinateJob.objects.get(pk=number)


def do(job: ProcrastinateJob) -> None:
    """Hand the mail of a job over, without closing it (the task itself would close the connection of the test)."""
    hand_over(job=job.pk, **job.args)


def close(job: ProcrastinateJob, *, again: bool = False) -> None:
    """Close a job that is under way, or let it wait for another try."""
    with connection.cursor() as cursor:
        if again:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job.pk])
        else:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", [job.pk])
