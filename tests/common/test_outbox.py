"""The outbox: a mail leaves with its act, and its text does not stay."""

import pytest
from django.core import mail as sent
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from vivier.common import mail, tasks

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


def test_the_job_sends_what_was_written():
    tasks.send_mail(to="nadia@exemple.test", subject="Sujet", body="Texte\n")
    (message,) = sent.outbox
    assert (message.to, message.subject, message.body) == (["nadia@exemple.test"], "Sujet", "Texte\n")


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
