"""The life of a session's places, at random: whatever happens, seats and authorisations are right."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.common.working import killed
from tests.depth import examples
from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_session,
)
from tests.people.worlds import born, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.people import operations as people
from vivier.people.consent_rules import Outcome
from vivier.people.queries import open_purposes
from vivier.workshops import operations
from vivier.workshops.errors import AlreadyRegistered, SessionFull
from vivier.workshops.models import Registration, RegistrationChange, Session
from vivier.workshops.transitions import HOLDS_SEAT, STANDS, TRANSITIONS, State, Transition

PEOPLE = st.integers(0, 3)
#: Steps → words of the subject of the mail that each of them sends her, once.
NOTICES = {
    (Transition.PROMOTE,): ("Une place s’est libérée",),
    (Transition.EXPIRE,): ("Le délai est passé",),
    (Transition.CANCEL_SESSION,): ("Séance annulée",),
    (Transition.LEAVE, Transition.REFUSE, Transition.WITHDRAW): ("place est libérée", "plus sur la liste d’attente"),
}


class Places(RuleBasedStateMachine):
    """Four girls of 13, 16, 16 and 18, two seats; guardians answer, girls come and go."""

    @initialize(first=st.permutations(range(4)), count=st.sampled_from([0, 2, 3, 4, 4]))
    def build(self, first, count):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        structure = make_organisation()
        self.staff = actor_of(make_coordinator(structure))
        self.session = make_session(make_programme(structure), capacity=2)
        self.capacity = 2
        self.girls = [
            make_beneficiary(structure, birth_date=born(age), email=f"elle{rank}@exemple.test")
            for rank, age in enumerate((13, 16, 16, 18))
        ]
        self.guardians = [[make_guardian(girl) for _ in range(2)] for girl in self.girls[:3]] + [[]]
        # Most lives begin with the session full and somebody waiting: chance alone seldom gets there.
        for who in first[:count]:
            operations.register(
                by=self.staff, session=self.session, beneficiary=self.girls[who], source=Registration.Source.STAFF
            )

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @rule(who=PEOPLE)
    def register(self, who):
        had_seat = self._held() < self.capacity and not self._line()
        try:
            operations.register(
                by=self.staff, session=self.session, beneficiary=self.girls[who], source=Registration.Source.STAFF
            )
        except AlreadyRegistered:
            assert self._state(who) in STANDS
        except DomainError:
            assert self._is_cancelled()
        else:
            assert had_seat or self._state(who) == State.REFUSED or self._waited(who)

    @rule(who=PEOPLE, guardian=st.integers(0, 1), is_yes=st.booleans(), purpose=st.sampled_from(["data", "activity"]))
    def guardian_answers(self, who, guardian, is_yes, purpose):
        if self.guardians[who]:
            people.record_consent(
                by=self.staff,
                beneficiary=self.girls[who],
                purpose=purpose,
                is_yes=is_yes,
                guardian=self.guardians[who][guardian],
            )

    @rule(who=PEOPLE, is_yes=st.booleans(), purpose=st.sampled_from(["data", "activity", "image"]))
    def she_answers(self, who, is_yes, purpose):
        people.record_consent(by=self.staff, beneficiary=self.girls[who], purpose=purpose, is_yes=is_yes)

    @rule(who=PEOPLE)
    def leave(self, who):
        place = Registration.objects.filter(beneficiary=self.girls[who]).first()
        if place:
            operations.leave(by=self.staff, registration=place)

    @rule(who=PEOPLE)
    def staff_give_a_seat(self, who):
        place = Registration.objects.filter(beneficiary=self.girls[who]).first()
        free = self._held() < self.capacity
        if place:
            try:
                operations.promote(by=self.staff, registration=place)
            except SessionFull:
                assert not free
            except DomainError:
                assert place.state != State.WAITING or self._is_cancelled()

    @rule()
    def the_time_to_answer_passes(self):
        Registration.objects.filter(state=State.AWAITING_CONSENT).update(held_until=clock.now() - timedelta(hours=1))
        line = Registration.objects.filter(state=State.WAITING).order_by("waiting_number").values_list("held_until")
        new = max((place for place, (held_until,) in enumerate(line, start=1) if held_until is None), default=0)
        kept = set(Registration.objects.filter(state=State.AWAITING_CONSENT).values_list("pk", flat=True))
        killed(lambda: operations.pass_deadlines(by=SYSTEM))
        for _ in range(2):
            operations.pass_deadlines(by=SYSTEM)
        after = set(Registration.objects.filter(pk__in=kept, state=State.WAITING).values_list("pk", flat=True))
        assert (
            len(after) <= new
        )  # nobody gives up a seat for nobody: for who had no turn yet, and who stands before her

    @rule()
    def the_week_before_comes(self):
        """The reminders' worker is killed, comes back, and looks again: who has a seat is told, once."""
        Registration.objects.update(registered_at=clock.now() - timedelta(days=2))
        for act in (killed, lambda act: act(), lambda act: act()):
            act(lambda: operations.remind_all(by=SYSTEM))
        held = Registration.objects.filter(session=self.session, state__in=HOLDS_SEAT)
        assert self._is_cancelled() or all(place.reminders.count() == 1 for place in held)

    @rule(is_automatic=st.booleans())
    def change_how_seats_are_given(self, is_automatic):
        promotion = Session.Promotion.AUTOMATIC if is_automatic else Session.Promotion.MANUAL
        if not self._is_cancelled():
            operations.update_session(by=self.staff, session=self.session, promotion=promotion)

    @rule(capacity=st.integers(1, 4))
    def change_capacity(self, capacity):
        try:
            operations.update_session(by=self.staff, session=self.session, capacity=capacity)
        except DomainError:
            assert self._is_cancelled() or self._held() > capacity
        else:
            self.capacity = capacity

    @rule(really=st.integers(0, 5))
    def cancel(self, really):
        if really == 0 and self._held() == self.capacity:
            operations.cancel_session(by=self.staff, session=self.session)

    @invariant()
    def never_more_places_than_seats(self):
        if hasattr(self, "session"):
            assert self._held() <= self.capacity

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self):
        if not hasattr(self, "session") or self._is_cancelled():
            return
        session = Session.objects.get(pk=self.session.pk)
        if session.promotion == Session.Promotion.AUTOMATIC:
            assert not self._line() or self._held() == self.capacity

    @invariant()
    def each_notice_leaves_once(self):
        if not hasattr(self, "session"):
            return
        for place in Registration.objects.select_related("beneficiary__identity").prefetch_related("changes"):
            steps = Counter(step.transition for step in place.changes.all())
            subjects = [mail["subject"] for mail in mails_to(place.beneficiary.identity.email)]
            for transition, words in NOTICES.items():
                told = sum(any(word in subject for word in words) for subject in subjects)
                assert told == sum(steps[one] for one in transition), (transition, subjects, steps)
            reminders = place.reminders.count()
            assert sum("C’est bientôt" in subject for subject in subjects) == reminders <= 1
            assert len(subjects) - reminders == self._acts(place), (subjects, steps)

    @invariant()
    def a_held_place_says_where_the_answers_stand(self):
        if not hasattr(self, "session"):
            return
        outcomes = open_purposes([girl.pk for girl in self.girls], ["data", "activity"])
        for place in Registration.objects.all():
            wanted = {State.CONFIRMED: Outcome.GRANTED, State.AWAITING_CONSENT: Outcome.AWAITING}
            if place.state in wanted:
                assert outcomes[place.beneficiary_id] == wanted[State(place.state)]

    @invariant()
    def the_log_tells_how_each_place_came_where_it_is(self):
        if not hasattr(self, "session"):
            return
        for place in Registration.objects.prefetch_related("changes"):
            state = None
            for step in sorted(place.changes.all(), key=lambda step: step.pk):
                assert (step.before or None) == state
                state = TRANSITIONS[state and State(state), Transition(step.transition)]
                assert step.after == state
            assert state == place.state

    def _acts(self, place) -> int:
        """Return how many mails her place is worth: one an act, whatever its steps; two where it took and gave back."""
        path: dict[int, list[str]] = {}
        last = None
        for act, state in place.events.order_by("pgh_id").values_list("pgh_context", "state"):
            if state != last:
                path.setdefault(act, [last]).append(state)
            last = state
        back = [State.AWAITING_CONSENT, State.WAITING, State.AWAITING_CONSENT]
        return len(path) + sum(states[:3] == back for states in path.values())

    def _held(self) -> int:
        return Registration.objects.filter(session=self.session, state__in=HOLDS_SEAT).count()

    def _line(self) -> int:
        return Registration.objects.filter(session=self.session, state=State.WAITING).count()

    def _waited(self, who) -> bool:
        return (
            self._state(who) == State.WAITING
            or RegistrationChange.objects.filter(
                registration__beneficiary=self.girls[who], transition=Transition.PROMOTE
            ).exists()
        )

    def _state(self, who):
        return Registration.objects.get(session=self.session, beneficiary=self.girls[who]).state

    def _is_cancelled(self) -> bool:
        return Session.objects.get(pk=self.session.pk).state == Session.State.CANCELLED


@pytest.mark.django_db
def test_the_life_of_places():
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=examples(10),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking with a database takes minutes
        ),
    )
