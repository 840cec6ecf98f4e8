"""Any order of answers, reminders, consents and endings keeps the promises of an invitation."""

from datetime import timedelta
from itertools import pairwise
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.common.working import killed
from tests.depth import examples
from tests.mentoring.invitations import guardian_of, kinds_to, make_accepted
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError
from vivier.mentoring import operations
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.transitions import REPLIES
from vivier.mentoring.vocabulary import DeclineReason, InvitationState
from vivier.people.operations import record_paper

OTHER = {"mentee": "mentor", "mentor": "mentee"}
ADDRESSES = {"mentee": "anouk@exemple.test", "mentor": "olga@exemple.test"}
sides = st.sampled_from(sorted(OTHER))


#: Where sequences begin: who has said yes already, in which order.
BEGINNINGS = ((), ("mentee",), ("mentor",), ("mentee", "mentor"), ("mentor", "mentee"))
#: What ends everything is rare, or most sequences would end before anybody has answered.
seldom = st.sampled_from([False, False, False, True])


#: Each side with a reason of its own, then with what is none for it.
REFUSALS = [(side, reason) for side in OTHER for reason, _ in DeclineReason.for_side(side)]
REFUSALS += [("mentor", DeclineReason.UNWANTED), *((side, reason) for side in OTHER for reason in ("", "health"))]


class Inviting(RuleBasedStateMachine):
    """One accepted pair. `expected` is what each side must have been written, and nothing else."""

    #: The states that some sequence reached, of all that were played: the test says which must be among them.
    reached: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.world, self.pair = make_accepted(consent=False)
        self.girl = self.pair.enrolment.beneficiary
        self.invitation = None
        self.said: set[str] = set()
        self.over = False
        self.authorised = False
        self.handed_over = False
        self.expected: dict[str, list[str]] = {"mentee": [], "mentor": []}

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def confirmed(self) -> bool:
        return self.said == {"mentee", "mentor"}

    def stop(self, *told):
        self.over = True
        for side in told:
            self.expected[side].append("stopped")

    def may_meet(self):
        if self.confirmed() and self.authorised and not self.over and not self.handed_over:
            self.handed_over = True
            for side in OTHER:
                self.expected[side].append("handed_over")

    @initialize(invited=st.integers(0, 9).map(lambda drawn: drawn != 9), said=st.sampled_from(BEGINNINGS))
    def begin(self, invited, said):
        if invited:
            self.invite(many=False)
            for side in said:
                self.yes(side, by_staff=False)

    @rule(many=st.booleans())
    def invite(self, many):
        if many:
            operations.invite_many(by=self.world.actor, programme=self.world.programme)
        elif self.invitation is None and self.over:
            with pytest.raises(DomainError):
                operations.invite(by=self.world.actor, pair=self.pair)
        else:
            operations.invite(by=self.world.actor, pair=self.pair)
        if self.invitation is None and not self.over:
            self.invitation = Invitation.objects.get(pair=self.pair)
            for side in OTHER:
                self.expected[side].append("invited")

    @precondition(lambda self: self.invitation is not None)
    @rule(side=sides, by_staff=st.booleans())
    def yes(self, side, by_staff):
        try:
            if by_staff:
                operations.note_reply(by=self.world.actor, invitation=self.invitation, side=side, yes=True)
            else:
                operations.say_yes(by=VISITOR, invitation=self.invitation, side=side)
        except DomainError:
            assert self.over
            return
        assert not self.over or self.confirmed()
        if not self.over:
            self.said.add(side)
            self.may_meet()

    @precondition(lambda self: self.invitation is not None)
    @rule(said=st.sampled_from(REFUSALS))
    def no(self, said):
        side, reason = said
        is_reason = reason in dict(DeclineReason.for_side(side))
        state = Invitation.objects.get(pair=self.pair).state
        try:
            operations.say_no(by=VISITOR, invitation=self.invitation, side=side, reason=reason)
        except DomainError:
            assert not is_reason or self.over or self.confirmed()
            return
        assert is_reason
        if state == f"{side}_no":
            return
        assert not self.over and not self.confirmed()
        self.stop(OTHER[side])

    @precondition(lambda self: self.invitation is not None)
    @rule(days=st.integers(0, 3))
    def remind(self, days):
        Invitation.objects.filter(pair=self.pair).update(sent_at=clock.now() - timedelta(days=days))
        try:
            operations.remind(by=self.world.actor, invitation=self.invitation)
        except DomainError:
            assert days == 0 or self.over or self.confirmed()
            return
        assert days and not self.over and not self.confirmed()
        for side in {"mentee", "mentor"} - self.said:
            self.expected[side].append("invited")

    @rule(no=seldom)
    def answer_of_the_guardian(self, no):
        yes = not no
        record_paper(
            by=self.world.actor,
            beneficiary=self.girl,
            guardian=guardian_of(self.girl),
            answers={"mentoring": yes},
            signed_on=clock.today(),
            reference="classeur",
        )
        self.authorised = yes
        if yes:
            self.may_meet()
        elif not self.over:
            self.stop(*(OTHER if self.invitation is not None and not self.confirmed() else ()))

    @rule(really=seldom)
    def end(self, really):
        if not really:
            return
        try:
            operations.end(by=self.world.actor, pair=self.pair, reason="moved", wants_another=True)
        except DomainError:
            raise AssertionError("ending twice is no error") from None
        if not self.over:
            self.stop(*(OTHER if self.invitation is not None and not self.confirmed() else ()))

    @rule()
    def morning(self):
        killed(lambda: operations.hand_over_all(by=SYSTEM))
        assert operations.hand_over_all(by=SYSTEM) == 0

    @rule()
    def run_again(self):
        try:
            operations.run_matching(by=self.world.actor, programme=self.world.programme)
        except DomainError:
            return
        again = Pair.objects.filter(enrolment=self.pair.enrolment_id, mentor=self.pair.mentor_id).exclude(
            pk=self.pair.pk
        )
        consent = Pair.objects.get(pk=self.pair.pk).decision_reason == "consent"
        assert consent or not again.exists()
        again.delete()

    @invariant()
    def nothing_is_lost_and_nothing_is_said_twice(self):
        for side, address in ADDRESSES.items():
            assert kinds_to(address) == self.expected[side], side

    @invariant()
    def the_row_is_where_the_answers_say(self):
        found = Invitation.objects.filter(pair=self.pair).first()
        assert (found is None) == (self.invitation is None)
        pair = Pair.objects.get(pk=self.pair.pk)
        assert (pair.state == "accepted") == (not self.over)
        if found is None:
            return
        self.reached.add("handed_over" if found.handed_over_at else found.state)
        assert (found.handed_over_at is not None) == self.handed_over
        if not self.over or self.confirmed():
            expected = "confirmed" if self.confirmed() else f"{next(iter(self.said))}_yes" if self.said else "sent"
            assert found.state == expected
        else:
            assert found.state in {"mentee_no", "mentor_no", "cancelled"}

    @invariant()
    def the_log_is_a_path_of_the_table(self):
        if self.invitation is None:
            return
        path = list(self.invitation.events.order_by("pgh_id").values_list("state", flat=True))
        steps = {(origin.value, state.value) for (origin, _), state in REPLIES.items()}
        moved = [(one, two) for one, two in pairwise(path) if one != two]
        assert path[0] == InvitationState.SENT and set(moved) <= steps


@pytest.mark.django_db
def test_any_order_of_answers_keeps_the_promises():
    run_state_machine_as_test(
        Inviting,
        settings=settings(
            max_examples=examples(55),
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    missed = {*InvitationState.values, "handed_over"} - Inviting.reached
    assert not missed, f"sequences that go nowhere prove nothing: {missed}"
