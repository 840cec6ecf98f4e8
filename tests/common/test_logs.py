"""The log tells that a mail failed, not what it said."""

import logging

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vivier.common import delivery, mail, tasks
from vivier.common.logs import Discreet


def through_filter(message: str, *arguments, **extra) -> str:
    """Return what a handler with the filter writes."""
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, None)
    record.__dict__.update(extra)
    assert Discreet().filter(record)
    return record.getMessage()


def test_a_job_is_named_by_its_number():
    call = "common.send_mail[12](to='nadia@exemple.test', body='1234-5678')"
    job = {"call_string": call, "task_name": "common.send_mail", "id": 12}
    said = through_filter(f"Job {call} ended with status: Error, lasted 0.100 s", job=job)
    assert said == "Job common.send_mail[12] ended with status: Error, lasted 0.100 s"


@pytest.mark.parametrize("text", ["/autorisation/?jeton=abc:def&fait=1", "GET /ma-place/?jeton=abc:def HTTP/1.1"])
def test_a_signed_link_is_cut(text):
    assert "abc" not in through_filter("%s", text)


def test_other_lines_pass_as_they_are():
    assert through_filter("Not Found: %s (%d %%)", "/rien/", 3) == "Not Found: /rien/ (3 %)"


def test_the_handler_of_every_environment_has_the_filter(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert "discreet" in handler["filters"]


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_fails_for_good_leaves_no_name_in_the_log(monkeypatch):
    """The worker itself runs the job here, and the server refuses it."""
    monkeypatch.setattr(delivery.EmailMultiAlternatives, "send", lambda self: 1 / 0)
    monkeypatch.setattr(tasks.send_mail, "retry_strategy", None)
    mail.send_later(to="nadia@exemple.test", template="account/email/login_code.txt", context={"code": "1234-5678"})
    lines = []
    console = logging.StreamHandler()
    console.addFilter(Discreet())
    console.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger("procrastinate").addHandler(console)
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, delete_jobs="never", install_signal_handlers=False)
    finally:
        logging.getLogger("procrastinate").removeHandler(console)
    assert ProcrastinateJob.objects.get(task_name="common.send_mail").status == "failed"
    assert any("ended with status: Error" in line for line in lines)
    assert not [line for line in lines if "nadia" in line or "1234" in line]
