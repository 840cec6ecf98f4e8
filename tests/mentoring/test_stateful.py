"""Any order of runs and decisions keeps the promises of the room."""

from contextlib import suppress
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.common.working import killed
from tests.depth import examples
from tests.mentoring.worlds import add_mentee, add_mentor, make_world
from tests.people.worlds import mails
from vivier.common.errors import DomainError
from vivier.mentoring import operations
from vivier.mentoring.models import Pair
from vivier.mentoring.transitions import HELD, LIVE, TRANSITIONS

_STEPS = set(TRANSITIONS.values())


class Matching(RuleBasedStateMachine):
    """A coordinator who runs and decides in any order. What must hold is written in the invariants."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.world = make_world(mentees=3, mentors=2, capacity=1)
        self.number_people()
        self.runs = 0
        #: (enrolment, mentor) → couples that no run may propose; what was decided and must stay.
        self.refused: set[tuple[int, int]] = set()
        self.held: dict[int, str] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def number_people(self):
        """Replace the random identifiers, which decide ties: the same steps must lead to the same pairs."""
        for kind, people in enumerate((self.world.mentees, self.world.mentors)):
            for number, person in enumerate(people):
                person.public_id = UUID(int=(kind << 64) + number)
                person.save(update_fields=["public_id"])

    def one(self, data, *states) -> Pair | None:
        pairs = list(Pair.objects.filter(programme=self.world.programme, state__in=states).order_by("pk"))
        return data.draw(st.sampled_from(pairs)) if pairs else None

    @rule()
    def run(self):
        if self.runs == 1:  # once a sequence: it costs as much as the run itself
            with suppress(DomainError):
                killed(lambda: operations.run_matching(by=self.world.actor, programme=self.world.programme))
        before = set(Pair.objects.values_list("pk", flat=True))
        try:
            made = operations.run_matching(by=self.world.actor, programme=self.world.programme)
        except DomainError:
            return
        self.runs += 1
        assert made.number == self.runs and made.is_certified
        new = Pair.objects.exclude(pk__in=before)
        assert all(pair.run_id == made.pk and pair.state == "proposed" for pair in new)
        assert not self.refused & set(new.values_list("enrolment", "mentor"))
        assert made.matched_count == new.count()
        assert made.unmatched_count == made.waiting.count()

    @rule(data=st.data())
    def accept(self, data):
        if pair := self.one(data, "proposed", "locked"):
            try:
                operations.accept(by=self.world.actor, pair=pair)
            except DomainError:
                return
            self.held[pair.pk] = "accepted"

    @rule(data=st.data())
    def lock(self, data):
        if pair := self.one(data, "proposed"):
            try:
                operations.lock(by=self.world.actor, pair=pair)
            except DomainError:
                return
            self.held[pair.pk] = "locked"

    @rule(data=st.data())
    def unlock(self, data):
        if pair := self.one(data, "locked"):
            operations.unlock(by=self.world.actor, pair=pair)
            del self.held[pair.pk]

    @rule(data=st.data(), reason=st.sampled_from(["slots", "other"]))
    def refuse(self, data, reason):
        if pair := self.one(data, "proposed", "locked"):
            operations.refuse(by=self.world.actor, pair=pair, reason=reason)
            self.held.pop(pair.pk, None)
            self.refused.add((pair.enrolment_id, pair.mentor_id))

    @rule(data=st.data())
    def lift(self, data):
        if pair := self.one(data, "refused"):
            operations.lift_refusal(by=self.world.actor, pair=pair)
            others = Pair.objects.filter(
                enrolment=pair.enrolment_id, mentor=pair.mentor_id, state__in=["refused", "ended"]
            )
            if not others.exists():
                self.refused.discard((pair.enrolment_id, pair.mentor_id))

    @rule(data=st.data(), wants_another=st.booleans())
    def end(self, data, wants_another):
        if pair := self.one(data, "accepted"):
            operations.end(by=self.world.actor, pair=pair, reason="moved", wants_another=wants_another)
            del self.held[pair.pk]
            self.refused.add((pair.enrolment_id, pair.mentor_id))

    @rule(data=st.data(), capacity=st.integers(0, 3))
    def change_capacity(self, data, capacity):
        mentor = data.draw(st.sampled_from(self.world.mentors))
        operations.change_offer(by=self.world.actor, mentor=mentor, capacity=capacity, slots=[])

    @rule(data=st.data(), pauses=st.booleans())
    def pause(self, data, pauses):
        mentor = data.draw(st.sampled_from(self.world.mentors))
        (operations.pause if pauses else operations.resume)(by=self.world.actor, mentor=mentor)

    @precondition(lambda self: len(self.world.mentees) < 6)
    @rule()
    def another_mentee(self):
        add_mentee(self.world)
        self.number_people()

    @precondition(lambda self: len(self.world.mentors) < 4)
    @rule(vetted=st.booleans())
    def another_mentor(self, vetted):
        add_mentor(self.world, vetted=vetted)
        self.number_people()

    @rule(data=st.data())
    def opt_out_or_in(self, data):
        enrolment = data.draw(st.sampled_from(self.world.mentees))
        try:
            operations.opt_out(by=self.world.actor, enrolment=enrolment)
        except DomainError:
            return
        self.held = {pk: state for pk, state in self.held.items() if Pair.objects.get(pk=pk).state in HELD}
        operations.opt_in(by=self.world.actor, enrolment=enrolment)

    @invariant()
    def what_was_decided_stays(self):
        now = dict(Pair.objects.filter(state__in=HELD).values_list("pk", "state"))
        assert now == self.held

    @invariant()
    def nobody_is_written_to_before_she_is_invited(self):
        assert not mails()

    @invariant()
    def nobody_has_two_and_nobody_accepted_is_unverified(self):
        live = list(Pair.objects.filter(state__in=LIVE).values_list("enrolment", flat=True))
        assert len(live) == len(set(live))
        for pair in Pair.objects.filter(state="accepted").select_related("mentor__volunteer"):
            assert pair.mentor.volunteer.vettings.exists()

    @invariant()
    def history_is_the_path_of_each_pair(self):
        for pair in Pair.objects.order_by("-pk")[:3]:
            path = list(pair.events.order_by("pgh_id").values_list("state", flat=True))
            assert path[0] == "proposed" and path[-1] == pair.state
            assert set(path[1:]) <= _STEPS | {"superseded"}


@pytest.mark.django_db
def test_any_order_of_runs_and_decisions_keeps_the_promises():
    run_state_machine_as_test(
        Matching,
        settings=settings(
            max_examples=examples(8),
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
