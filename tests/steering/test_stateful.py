"""Any order of asks, yeses and noes: no illegal state, no notice lost or sent twice, a pledge that never lies."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.common.working import killed
from tests.depth import examples
from tests.steering.worlds import make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Mentor
from vivier.people.records import NewVolunteer
from vivier.steering import operations
from vivier.steering.models import Answer, Ask, Contribution
from vivier.steering.queries import done_by_pledge

PEOPLE = [operations.Named(name, "Belval", f"{name.lower()}@exemple.test") for name in ("Ana", "Béa", "Zoé")]


class Loop(RuleBasedStateMachine):
    """A coordinator, two partners and whom they name, who press what they want in any order."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        ProcrastinateJob.objects.all()._raw_delete("default")
        self.lacking = make_lacking(mentees=1, partners=2)
        #: (address, kind) → mails that must have been written.
        self.written: Counter = Counter()
        self.joined: dict[int, int] = {}
        self.presses = 0
        #: Addresses of those who said no: nobody writes to them again.
        self.refused: set[str] = set()
        self.ask()
        answer = Answer.objects.order_by("pk").first()  # so that most orders soon have somebody to say yes
        operations.answer_yes(by=VISITOR, answer=answer, people=PEOPLE[:1])
        self.written[PEOPLE[0].email, "named"] += 1

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def try_(self, act) -> bool:
        """Press; a refusal leaves nothing behind (a savepoint stands for the transaction of a request).

        Every third press is one whose process is killed before it commits, and which is pressed again.
        """
        self.presses += 1
        try:
            if self.presses % 3 == 0:
                killed(act)
            with transaction.atomic():
                act()
        except DomainError:
            return False
        return True

    def drawn(self, data, model):
        rows = list(model.objects.order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule()
    def ask(self):
        if self.try_(lambda: make_ask(self.lacking)):
            self.written.update((partner.email, "asked") for partner in self.lacking.partners)

    @rule(data=st.data())
    def close(self, data):
        if ask := self.drawn(data, Ask):
            operations.close_ask(by=self.lacking.world.actor, ask=ask)

    @rule(data=st.data(), people=st.lists(st.sampled_from(PEOPLE), max_size=3))
    def say_yes(self, data, people):
        if not (answer := self.drawn(data, Answer)):
            return
        known = set(answer.contributions.values_list("email", flat=True))
        # One invitation an address and programme: whoever has an open one, or said no, is not written to again.
        told = set(
            Contribution.objects.filter(joined_at=None, declined_at=None, answer__ask__closed_at=None).values_list(
                "email", flat=True
            )
        )
        if self.try_(lambda: operations.answer_yes(by=VISITOR, answer=answer, people=people)):
            new = {one.email for one in people} - known - told - self.refused
            self.written.update((email, "named") for email in new)

    @rule(data=st.data(), reason=st.sampled_from(["later", "nobody", "", "x"]))
    def say_no(self, data, reason):
        if answer := self.drawn(data, Answer):
            had = answer.contributions.exists()
            said = self.try_(lambda: operations.answer_no(by=VISITOR, answer=answer, reason=reason))
            assert not (said and (had or reason not in ("later", "nobody")))

    @rule(data=st.data())
    def join(self, data):
        if not (one := self.drawn(data, Contribution)):
            return
        person = NewVolunteer(first_name=one.first_name or "X", last_name="Belval", email=one.email)
        said = self.try_(
            lambda: operations.join_as_mentor(by=VISITOR, contribution=one, person=person, capacity=1, slots=["wed_pm"])
        )
        if said and one.volunteer_id is None:
            self.written[one.email, "joined"] += 1

    @rule(data=st.data())
    def decline(self, data):
        if one := self.drawn(data, Contribution):
            said = self.try_(lambda: operations.decline_to_join(by=VISITOR, contribution=one))
            assert said == (one.joined_at is None)
            if said and one.declined_at is None:
                self.refused.add(one.email)

    @rule(data=st.data())
    def prepare(self, data):
        if mentor := self.drawn(data, Mentor):
            operations.finish_join_training(
                by=VISITOR, contribution=Contribution.objects.filter(volunteer=mentor.volunteer).first()
            )
            mentoring.record_interview(by=self.lacking.world.actor, mentor=mentor, met_on=clock.today())
            mentoring.verify(by=self.lacking.world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())

    @rule()
    def forget(self):
        killed(lambda: operations.forget_silent(by=SYSTEM))
        operations.forget_silent(by=SYSTEM)

    @invariant()
    def every_notice_was_written_once(self):
        jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_mail").values_list("args", flat=True)
        assert Counter(job["to"] for job in jobs) == Counter(
            {to: sum(n for (address, _), n in self.written.items() if address == to) for to, _ in self.written}
        )

    @invariant()
    def who_joined_stays_joined_and_is_one_person(self):
        now = dict(Contribution.objects.exclude(volunteer=None).values_list("pk", "volunteer"))
        assert now.items() >= self.joined.items()
        self.joined = now
        emails = Contribution.objects.exclude(volunteer=None).values_list("email", "volunteer").distinct()
        assert len(emails) == len({email for email, _ in emails})

    @invariant()
    def states_agree_with_what_was_said(self):
        for answer in Answer.objects.all():
            named = answer.contributions.exists()
            assert (answer.state == "accepted") == named
            assert (answer.state == "declined") == bool(answer.reason)
        for one in Contribution.objects.exclude(declined_at=None):
            assert one.full_name == "" and one.volunteer_id is None

    @invariant()
    def pledges_count_each_person_who_is_ready_once(self):
        done = done_by_pledge(self.lacking.pledges)
        ready = [
            one
            for one in Contribution.objects.exclude(volunteer=None).select_related("answer")
            if one.volunteer.vettings.filter(outcome="ok").exists()
        ]
        assert sum(done.values()) == len({one.volunteer_id for one in ready})
        assert {pk for pk, count in done.items() if count} <= {one.answer.pledge_id for one in ready}


@pytest.mark.django_db
def test_any_order_keeps_the_promises():
    run_state_machine_as_test(
        Loop,
        settings=settings(
            max_examples=examples(8), stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
