"""The life of a session's places, at random: whatever happens, seats and authorisations are right."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_session,
)
from tests.people.worlds import born
from vivier.common.errors import DomainError
from vivier.people import operations as people
from vivier.people.consent_rules import Outcome
from vivier.people.queries import open_purposes
from vivier.workshops import operations
from vivier.workshops.errors import AlreadyRegistered, SessionFull
from vivier.workshops.models import Registration, Session
from vivier.workshops.transitions import HOLDS_SEAT, TRANSITIONS, State, Transition

CAPACITY = 2
PEOPLE = st.integers(0, 3)


class Places(RuleBasedStateMachine):
    """Four girls of 13, 16, 16 and 18, two seats; guardians answer, girls come and go."""

    @initialize()
    def build(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        structure = make_organisation()
        self.staff = actor_of(make_coordinator(structure))
        self.session = make_session(make_programme(structure), capacity=CAPACITY)
        self.girls = [make_beneficiary(structure, birth_date=born(age)) for age in (13, 16, 16, 18)]
        self.guardians = [[make_guardian(girl) for _ in range(2)] for girl in self.girls[:3]] + [[]]

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @rule(who=PEOPLE)
    def register(self, who):
        before = self._held()
        try:
            operations.register(
                by=self.staff, session=self.session, beneficiary=self.girls[who], source=Registration.Source.STAFF
            )
        except SessionFull:
            assert before >= CAPACITY
        except AlreadyRegistered:
            assert self._state(who) in HOLDS_SEAT
        except DomainError:
            assert self._is_cancelled()
        else:
            assert before < CAPACITY

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

    @rule(capacity=st.integers(1, 4))
    def change_capacity(self, capacity):
        try:
            operations.update_session(by=self.staff, session=self.session, capacity=capacity)
            operations.update_session(by=self.staff, session=self.session, capacity=CAPACITY)
        except DomainError:
            assert self._is_cancelled() or self._held() > min(capacity, CAPACITY)
            if not self._is_cancelled():
                Session.objects.filter(pk=self.session.pk).update(capacity=CAPACITY)

    @rule()
    def cancel(self):
        if self._held() == CAPACITY:
            operations.cancel_session(by=self.staff, session=self.session)

    @invariant()
    def never_more_places_than_seats(self):
        if hasattr(self, "session"):
            assert self._held() <= CAPACITY

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

    def _held(self) -> int:
        return Registration.objects.filter(session=self.session, state__in=HOLDS_SEAT).count()

    def _state(self, who):
        return Registration.objects.get(session=self.session, beneficiary=self.girls[who]).state

    def _is_cancelled(self) -> bool:
        return Session.objects.get(pk=self.session.pk).state == Session.State.CANCELLED


@pytest.mark.django_db
def test_the_life_of_places():
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
