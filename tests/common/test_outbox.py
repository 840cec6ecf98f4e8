"""The outbox: a mail leaves with its act, and its text does not stay."""

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.db import connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from vivier.common import mail, tasks
from vivier.common.delivery import hand_over, message_id

pytestmark = pytest.mark.django_db

TEMPLATE, CONTEXT = "account/email/login_code.txt", {"code": "12'34"}


def test_a_mail_is_undone_with_its_act():
    try:
        with transaction.atomic():
            mail.send_later(to="nadia@exemple.test", template=TEMPLATE, context=CONTEXT)
            raise RuntimeError
    except RuntimeError:
        pass
    assert not ProcrastinateJob.objects.exists()


def test_a_mail_is_plain_text_without_entities():
    mail.send_later(to="nadia@exemple.test", template=TEMPLATE, context=CONTEXT)
    job = ProcrastinateJob.objects.get()
    assert job.args["subject"] == "Code de connexion : 12'34"
    assert "12'34" in job.args["body"]


def test_nothing_leaves_without_address():
    mail.send_later(to="", template=TEMPLATE, context=CONTEXT)
    assert not ProcrastinateJob.objects.exists()


def test_the_job_sends_what_was_written_once():
    for _ in range(2):
        hand_over(job=7, to="nadia@exemple.test", subject="Sujet", body="Texte\n")
    (message,) = sent.outbox
    assert (message.to, message.subject, message.body) == (["nadia@exemple.test"], "Sujet", "Texte\n")


def test_an_identifier_is_kept_for_one_mail_only():
    said = {message_id(*mail) for mail in ((7, "a@b", "s", "t"), (7, "a@b", "s", "u"), (8, "a@b", "s", "t"))}
    assert len(said) == 3
    assert message_id(7, "a@b", "s", "t") in said


@pytest.mark.parametrize(("hours", "leaves"), [(1, True), (-1, False)])
def test_what_serves_no_more_never_leaves(hours, leaves):
    """A code that a mail server refused for an hour would only mislead."""
    mail.send_later(to="nadia@exemple.test", template=TEMPLATE, context=CONTEXT, good_for=timedelta(hours=hours))
    job = ProcrastinateJob.objects.get()
    bare = Job(id=job.pk, queue="mail", lock=None, queueing_lock=None, task_name=job.task_name)
    tasks.send_mail(JobContext(app=app, job=bare, start_timestamp=0, abort_reason=lambda: None), **job.args)
    assert bool(sent.outbox) is leaves


@pytest.mark.parametrize(
    ("status", "hours", "stays"),
    [
        ("succeeded", 25, False),
        ("succeeded", 23, True),
        ("failed", 25, True),
        ("failed", 24 * 7 + 1, False),
        ("todo", 24 * 30, True),
    ],
)
def test_finished_mails_are_erased(status, hours, stays):
    mail.send_later(to="nadia@exemple.test", template=TEMPLATE, context=CONTEXT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])
        cursor.execute("UPDATE procrastinate_events SET at = now() - make_interval(hours => %s)", [hours])
    tasks.forget_finished_jobs()
    assert ProcrastinateJob.objects.exists() is stays


def test_the_hourly_job_runs_all_of_it():
    tasks.clean_up(timestamp=0)
