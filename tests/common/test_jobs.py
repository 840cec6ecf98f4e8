"""Jobs whose worker died, and jobs that failed: what is begun again, and what never is."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from vivier.common import jobs, tasks

pytestmark = pytest.mark.django_db


def make_worker(silent_for: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        return cursor.fetchone()[0]


def make_job(*, status: str = "doing", worker: int | None = None, attempts: int = 0, lock: str | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, attempts, queueing_lock)"
            " VALUES ('mail', 'common.discard', %s::procrastinate_job_status, %s, %s, %s) RETURNING id",
            [status, worker, attempts, lock],
        )
        return cursor.fetchone()[0]


def status(number: int) -> str:
    return ProcrastinateJob.objects.get(pk=number).status


@pytest.mark.parametrize(("silent_for", "after"), [(5, "doing"), (29, "doing"), (31, "todo")])
def test_only_the_jobs_of_silent_workers_are_begun_again(silent_for, after):
    number = make_job(worker=make_worker(silent_for))
    assert jobs.count_stalled() == (after == "todo")
    jobs.restart_stalled()
    assert status(number) == after
    assert jobs.count_stalled() == 0


def test_the_job_of_a_worker_that_left_no_trace_is_begun_again():
    number = make_job()
    assert jobs.restart_stalled() == 1
    assert status(number) == "todo"


def test_a_job_that_may_kill_its_workers_is_given_up_in_the_end():
    number, times = make_job(), 0
    while status(number) == "doing":
        jobs.restart_stalled()
        times += 1
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
    assert (status(number), times) == ("failed", jobs.MOST_ATTEMPTS)


def test_what_waits_already_is_not_put_in_the_queue_twice():
    stopped, waiting = make_job(lock="nightly"), make_job(status="todo", lock="nightly")
    other = make_job(lock="hourly")
    jobs.restart_stalled()
    assert [status(number) for number in (stopped, waiting, other)] == ["aborted", "todo", "todo"]


def test_what_failed_is_tried_again_when_asked():
    given_up, done = make_job(status="failed", attempts=8), make_job(status="succeeded")
    assert [job.number for job in jobs.failed()] == [given_up]
    assert jobs.retry_failed() == 1
    assert (status(given_up), status(done), jobs.failed()) == ("todo", "succeeded", [])


def test_the_job_of_every_minute_does_it():
    make_job()
    tasks.restart_stalled(timestamp=0)
