"""Workers that are killed at any point, servers that refuse, processes that wake up late: each mail leaves once."""

from collections import Counter

import pytest
from django.core import mail as sent
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.common.working import Killed, Mortal, close, do, fetch
from vivier.common import jobs
from vivier.common.tasks import send_mail


class Outbox(RuleBasedStateMachine):
    """One outbox and one worker at a time; the next one comes when the present one is dead."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        ProcrastinateJob.objects.all()._raw_delete("default")
        sent.outbox = []
        self.written = 0
        #: Mails that left while their worker died before it knew: SMTP has no way to ask.
        self.unknown: Counter = Counter()
        self.asleep: list[ProcrastinateJob] = []
        self.hire()

    def teardown(self):
        try:
            self.die()
            jobs.retry_failed()  # what eight workers died of is given up, and told: somebody asks for it again
            while ProcrastinateJob.objects.filter(status="todo").exists():
                self.one_job("")
            left = self.left()
            assert set(left) == {f"mail {number}" for number in range(self.written)}, "a mail was lost"
            assert all(status == "succeeded" for status in ProcrastinateJob.objects.values_list("status", flat=True))
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def left(self) -> Counter:
        return Counter(message.subject for message in sent.outbox)

    def hire(self):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
            (self.worker,) = cursor.fetchone()

    def die(self):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        self.hire()
        jobs.restart_stalled()

    @rule(count=st.integers(1, 2))
    def write(self, count):
        for _ in range(count):
            send_mail.defer(to="a@exemple.test", subject=f"mail {self.written}", body="Texte\n")
            self.written += 1

    @rule(fate=st.sampled_from(["", "before", "refused", "after", "unclosed"]))
    def work(self, fate):
        self.one_job(fate)

    def one_job(self, fate):
        if not (job := fetch(self.worker)):
            return
        Mortal.fate = fate
        try:
            do(job)
        except Killed:
            if fate == "after":
                self.unknown[job.args["subject"]] += 1
            self.die()
        except OSError:
            close(job, again=True)
        else:
            if fate == "unclosed":
                self.die()
            else:
                close(job)
        finally:
            Mortal.fate = ""

    @rule()
    def fall_asleep(self):
        """A machine that stops in the middle of a job wakes up after another has taken it over."""
        if job := fetch(self.worker):
            self.asleep.append(job)
            self.die()

    @rule()
    def wake_up(self):
        if self.asleep:
            do(self.asleep.pop())

    @invariant()
    def no_mail_leaves_twice_but_where_nobody_could_know(self):
        for subject, count in self.left().items():
            assert count <= 1 + self.unknown[subject], subject
        identifiers = {(message.subject, message.extra_headers["Message-ID"]) for message in sent.outbox}
        assert len(identifiers) == len(self.left()), "a mail that leaves twice is known by its Message-ID"


@pytest.mark.django_db
def test_each_mail_leaves_once_whatever_happens_to_workers(settings_of_mail):
    run_state_machine_as_test(
        Outbox,
        settings=settings(
            max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.fixture
def settings_of_mail(settings):
    settings.EMAIL_BACKEND = "tests.common.working.Mortal"
