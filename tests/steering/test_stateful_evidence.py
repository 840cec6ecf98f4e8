"""Any order of offers, receipts and corrections, whatever was promised: counted once, never by who promised it."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import factories
from tests.depth import examples
from tests.steering.worlds import held_session, line_of, make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError
from vivier.steering import operations, queries
from vivier.steering.models import Answer, Ask, Contribution, Pledge, Receipt
from vivier.steering.vocabulary import METRICS, Metric, Proof
from vivier.workshops.models import Session

#: Since when the machine asks: what was received on several days adds up.
ASKED_SINCE = timedelta(days=3)
OTHERS = [metric for metric in Metric.values if metric != Metric.MENTORS]


class Given(RuleBasedStateMachine):
    """Two partners who promised three of each thing, a coordinator, and people who may not say what was received."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.lacking = make_lacking(mentees=1, partners=2)
        self.coordinator = self.lacking.world.actor
        for partner in self.lacking.partners:
            for metric in OTHERS:
                operations.record_pledge(
                    by=SYSTEM, plan=self.lacking.plan, organisation=partner, metric=metric, target=3,
                    wording="Trois", source="Test", due_on=clock.today(),
                )  # fmt: skip
        of_both = factories.make_coordinator(self.lacking.world.organisation)
        for partner in self.lacking.partners:
            factories.make_member(partner, "administrator", of_both)
        owner = factories.make_coordinator(self.lacking.partners[0])
        self.others = [VISITOR, factories.actor_of(owner), factories.actor_of(of_both)]
        #: Receipts that the coordinator noted and did not undo, as the model of the machine: pk → (pledge, quantity).
        self.noted: dict[int, tuple[int, int]] = {}
        # So that most orders soon have something to count: an intervention made, one internship of two taken.
        self.hold()
        for metric in (Metric.INTERVENTIONS, Metric.INTERNSHIPS):
            self.ask(metric)
            answer = Answer.objects.order_by("pk").last()
            operations.answer_offer(by=VISITOR, answer=answer, offers=self.lines(answer, 2))
        self.receive(Session.objects.order_by("pk").last(), 1, clock.today())

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def try_(self, act):
        """Press; a refusal leaves nothing behind, and returns None."""
        try:
            with transaction.atomic():
                return act()
        except DomainError:
            return None

    def drawn(self, data, rows):
        rows = list(rows.order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(metric=st.sampled_from(OTHERS))
    def ask(self, metric):
        self.try_(lambda: make_ask(self.lacking, metric=metric, slots=[]))
        Ask.objects.update(created_at=clock.now() - ASKED_SINCE)

    @rule()
    def hold(self):
        if Session.objects.count() < 3:
            held_session(self.lacking)

    @rule(data=st.data())
    def close_or_reopen(self, data):
        if ask := self.drawn(data, Ask.objects.all()):
            act = operations.close_ask if ask.closed_at is None else operations.reopen_ask
            self.try_(lambda: act(by=self.coordinator, ask=ask))

    def lines(self, answer, quantity: int = 1) -> list:
        """Return two lines, one of them twice: two people where somebody is named, else two days."""
        metric, gives = answer.ask.metric, METRICS[answer.ask.metric].gives
        change = {"quantity": quantity} if "quantity" in gives else {}
        other = {"first_name": "Awa"} if "first_name" in gives else {"starts_on": clock.today() + timedelta(days=1)}
        first, second = line_of(metric, **change), line_of(metric, **change, **other)
        return [first, second, first]

    @rule(data=st.data(), quantity=st.integers(0, 3))
    def offer(self, data, quantity):
        if answer := self.drawn(data, Answer.objects.exclude(ask__metric=Metric.MENTORS)):
            offers = self.lines(answer, quantity)
            self.try_(lambda: operations.answer_offer(by=VISITOR, answer=answer, offers=offers))

    @rule(data=st.data())
    def take_back(self, data):
        if one := self.drawn(data, Contribution.objects.all()):
            self.try_(lambda: operations.take_offer_back(by=VISITOR, contribution=one))

    @rule(data=st.data(), quantity=st.integers(0, 3), days=st.integers(-4, 1))
    def confirm(self, data, quantity, days):
        """Say of every offer that it was received: the same day, or in the same session."""
        self.receive(self.drawn(data, Session.objects.all()), quantity, clock.today() + timedelta(days=days))

    def receive(self, session, quantity, day):
        for one in Contribution.objects.order_by("pk"):
            proof = {"quantity": quantity, "received_on": day}
            if METRICS[one.answer.ask.metric].proof == Proof.SESSION:
                proof = {"session": session}
            for actor in self.others:
                assert self.confirmed(actor, one, proof) is None
            if said := self.confirmed(self.coordinator, one, proof):
                assert said.received_on >= clock.today() - ASKED_SINCE
                self.noted[said.pk] = (one.answer.pledge_id, said.quantity)

    def confirmed(self, by, contribution, proof):
        return self.try_(lambda: operations.confirm_receipt(by=by, contribution=contribution, **proof))

    @rule(data=st.data())
    def undo(self, data):
        if receipt := self.drawn(data, Receipt.objects.all()):
            for actor in self.others:
                assert self.try_(lambda actor=actor: operations.undo_receipt(by=actor, receipt=receipt)) is None
            operations.undo_receipt(by=self.coordinator, receipt=receipt)
            self.noted.pop(receipt.pk, None)

    @rule(data=st.data())
    def attendance_changes(self, data):
        if session := self.drawn(data, Session.objects.all()):
            place = session.registrations.get()
            place.attended = None if place.attended else True
            place.attendance_at = clock.now() if place.attended else None
            place.save()

    @rule(days=st.integers(-2, 2))
    def dates_move(self, days):
        Pledge.objects.update(due_on=clock.today() + timedelta(days=days))

    @rule()
    def forget(self):
        operations.forget_silent(by=SYSTEM)

    @invariant()
    def each_pledge_counts_what_was_noted_and_still_holds(self):
        expected = defaultdict(int)
        for receipt in Receipt.objects.filter(pk__in=self.noted).select_related("session"):
            pledge, quantity = self.noted[receipt.pk]
            if receipt.session is None or receipt.session.registrations.filter(attended=True).exists():
                expected[pledge] += quantity
        pledges = list(Pledge.objects.all())
        assert queries.done_by_pledge(pledges) == {one.pk: expected[one.pk] for one in pledges}

    @invariant()
    def nothing_is_counted_twice(self):
        live = Receipt.objects.filter(undone_at=None)
        assert set(live.values_list("pk", flat=True)) == set(self.noted)
        sessions = list(live.exclude(session=None).values_list("session", "contribution__answer__organisation"))
        assert len(sessions) == len(set(sessions))
        for one in Contribution.objects.prefetch_related("receipts"):
            given = sum(receipt.quantity for receipt in one.receipts.all() if receipt.undone_at is None)
            assert given <= one.quantity and not (given and one.declined_at)

    @invariant()
    def a_pledge_is_late_only_after_its_day_and_while_something_is_missing(self):
        for row in queries.pledge_rows(Pledge.objects.all()):
            is_late = row.pledge.due_on < clock.today() and row.done < row.pledge.target
            assert (row.state[0] == "échu") == is_late


@pytest.mark.django_db
def test_any_order_counts_once():
    run_state_machine_as_test(
        Given,
        settings=settings(
            max_examples=examples(8), stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
