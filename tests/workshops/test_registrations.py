"""Places through operations: seats, staff, files, leaving, time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
)
from tests.people.worlds import born, guardian_link, mails, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.people import operations as people
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Consent
from vivier.programmes.models import Enrolment
from vivier.workshops import links, operations
from vivier.workshops.errors import AlreadyRegistered, SessionCancelled, SessionOver
from vivier.workshops.models import Registration, RegistrationChange, Session
from vivier.workshops.operations.registrations import lapsed_beneficiaries
from vivier.workshops.operations.seats import seats_left

pytestmark = pytest.mark.django_db
State = Registration.State
STAFF = Registration.Source.STAFF


@pytest.fixture
def structure():
    return make_organisation()


@pytest.fixture
def coordinator(structure):
    return actor_of(make_coordinator(structure))


@pytest.fixture
def programme(structure):
    return make_programme(structure)


def adult(structure, **extra) -> Beneficiary:
    """Return a woman who has said yes to her data and to coming."""
    woman = make_beneficiary(structure, birth_date=born(25), **extra)
    people.answer_at_sign_up(by=VISITOR, beneficiary=woman, answers={"data": True, "activity": True})
    return woman


def authorised(structure, coordinator, **extra) -> Beneficiary:
    """Return a girl of 16 whose mother has said yes."""
    girl = make_beneficiary(structure, birth_date=extra.pop("birth_date", born(16)), **extra)
    mother = make_guardian(girl, email=f"mere{girl.pk}@exemple.test")
    people.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True})
    people.record_consent(by=coordinator, beneficiary=girl, purpose="activity", is_yes=True, guardian=mother)
    return girl


# --- Taking a place ---


def test_staff_give_a_place_in_the_state_that_her_answers_allow(structure, coordinator, programme):
    session = make_session(programme)
    girl = make_beneficiary(structure, birth_date=born(16), email="ines@exemple.test")
    make_guardian(girl, email="nadia@exemple.test")
    waiting = operations.register(by=coordinator, session=session, beneficiary=girl, source=STAFF)
    ready = operations.register(
        by=coordinator, session=session, beneficiary=authorised(structure, coordinator), source=STAFF
    )
    assert (waiting.state, ready.state) == (State.AWAITING_CONSENT, State.CONFIRMED)
    assert len(mails_to("nadia@exemple.test")) == 1
    assert [step.transition for step in ready.changes.order_by("pk")] == ["register", "grant"]
    assert Enrolment.objects.filter(programme=programme).count() == 2


def test_a_place_is_held_once(structure, coordinator, programme):
    session, woman = make_session(programme), adult(structure)
    operations.register(by=coordinator, session=session, beneficiary=woman, source=STAFF)
    with pytest.raises(AlreadyRegistered, match="déjà inscrite"):
        operations.register(by=coordinator, session=session, beneficiary=woman, source=STAFF)


def test_the_last_seat_is_given_once_and_the_next_one_waits(structure, coordinator, programme):
    session = make_session(programme, capacity=1)
    operations.register(by=coordinator, session=session, beneficiary=adult(structure), source=STAFF)
    place = operations.register(by=coordinator, session=session, beneficiary=adult(structure), source=STAFF)
    assert (place.state, place.waiting_number) == (State.WAITING, 1)
    assert seats_left(session) == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"state": Session.State.CANCELLED, "cancelled_at": clock.now()}, SessionCancelled),
        ({"starts_at": clock.now() - timedelta(days=1), "ends_at": clock.now() - timedelta(hours=20)}, SessionOver),
    ],
)
def test_a_cancelled_or_past_session_takes_nobody(structure, coordinator, programme, change, error):
    session = make_session(programme)
    Session.objects.filter(pk=session.pk).update(**change)
    with pytest.raises(error):
        operations.register(by=coordinator, session=session, beneficiary=adult(structure), source=STAFF)


def test_only_the_staff_of_the_structure_register(structure, programme):
    other = actor_of(make_coordinator())
    for by in (other, VISITOR):
        with pytest.raises(NotAllowed):
            operations.register(by=by, session=make_session(programme), beneficiary=adult(structure), source=STAFF)


def test_somebody_of_another_structure_cannot_be_registered(coordinator, programme):
    elsewhere = adult(make_organisation())
    with pytest.raises(DomainError, match="autre structure"):
        operations.register(by=coordinator, session=make_session(programme), beneficiary=elsewhere, source=STAFF)


@pytest.mark.django_db(transaction=True)
def test_at_once_two_devices_signing_up_the_same_girl_make_one_person():
    from vivier.people.records import NewBeneficiary

    structure, barrier = make_organisation(), threading.Barrier(3)

    def enter():
        try:
            barrier.wait()
            people.sign_up_beneficiary(
                by=VISITOR,
                controller=structure,
                person=NewBeneficiary(first_name="Inès", last_name="Rivière", birth_date=born(16)),
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert BeneficiaryIdentity.objects.count() == 1


# --- Giving it up ---


def test_leaving_frees_the_seat_once_and_says_so(structure, coordinator, programme):
    session = make_session(programme, capacity=1)
    place = make_registration(session, adult(structure, email="ines@exemple.test"))
    token = links.token_of(place)
    operations.leave_by_link(by=VISITOR, token=token)
    operations.leave_by_link(by=VISITOR, token=token)
    assert Registration.objects.get().state == State.CANCELLED
    assert RegistrationChange.objects.filter(transition="leave").count() == 1
    assert len(mails_to("ines@exemple.test")) == 1
    assert seats_left(session) == 1


def test_who_left_is_not_brought_back_by_her_mother_s_yes(structure, coordinator, programme):
    girl = authorised(structure, coordinator)
    place = operations.register(by=coordinator, session=make_session(programme), beneficiary=girl, source=STAFF)
    operations.leave(by=coordinator, registration=place)
    mother = girl.guardianships.get().guardian
    people.answer_by_link(by=VISITOR, token=guardian_link(girl, mother), answers={"activity": False})
    people.answer_by_link(by=VISITOR, token=guardian_link(girl, mother), answers={"activity": True})
    assert Registration.objects.get().state == State.CANCELLED


def test_who_left_may_take_a_place_again(structure, coordinator, programme):
    girl, session = authorised(structure, coordinator), make_session(programme)
    place = operations.register(by=coordinator, session=session, beneficiary=girl, source=STAFF)
    operations.leave(by=coordinator, registration=place)
    again = operations.register(by=coordinator, session=session, beneficiary=girl, source=STAFF)
    assert (again.pk, again.state) == (place.pk, State.CONFIRMED)


def test_a_past_place_cannot_be_left(structure, coordinator, programme):
    place = make_registration(make_session(programme, days=-3), adult(structure))
    operations.leave(by=coordinator, registration=place)
    assert Registration.objects.get().state == State.CONFIRMED


def test_who_may_leave(structure, coordinator, programme):
    herself, mother, stranger = make_user(), make_user(), make_user()
    girl = make_beneficiary(structure, user=herself)
    make_guardian(girl, user=mother)
    for user in (herself, mother):
        place = make_registration(make_session(programme), girl)
        operations.leave(by=actor_of(user), registration=place)
        assert Registration.objects.get(pk=place.pk).state == State.CANCELLED
    place = make_registration(make_session(programme), girl)
    for by in (actor_of(stranger), VISITOR, actor_of(make_coordinator())):
        with pytest.raises(NotAllowed):
            operations.leave(by=by, registration=place)


# --- What answers and time do ---


def test_a_seat_lost_by_a_no_becomes_a_number_in_the_line_when_the_session_filled_up(structure, coordinator, programme):
    session = make_session(programme, capacity=1)
    girl = authorised(structure, coordinator)
    operations.register(by=coordinator, session=session, beneficiary=girl, source=STAFF)
    token = guardian_link(girl, girl.guardianships.get().guardian)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": False})
    operations.register(by=coordinator, session=session, beneficiary=adult(structure), source=STAFF)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": True})
    assert Registration.objects.get(beneficiary=girl).state == State.WAITING
    assert seats_left(session) == 0


def test_an_answer_moves_every_coming_place_and_no_past_one(structure, coordinator, programme):
    girl = authorised(structure, coordinator)
    past = make_registration(make_session(programme, days=-5), girl, attended=True)
    coming = [make_registration(make_session(programme, days=day), girl) for day in (3, 9)]
    token = guardian_link(girl, girl.guardianships.get().guardian)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": False})
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states[past.pk] == State.CONFIRMED
    assert {states[place.pk] for place in coming} == {State.CANCELLED}


def test_an_authorisation_that_ended_is_asked_again_and_the_seat_is_kept(structure, coordinator, programme):
    girl = authorised(structure, coordinator, email="ines@exemple.test")
    session = make_session(programme)
    operations.register(by=coordinator, session=session, beneficiary=girl, source=STAFF)
    Consent.objects.filter(purpose="activity").update(expires_on=clock.today() - timedelta(days=1))
    assert list(lapsed_beneficiaries()) == [girl.pk]
    mother = girl.guardianships.get().guardian
    operations.follow_time_for_all(by=SYSTEM)
    assert Registration.objects.get().state == State.AWAITING_CONSENT
    assert seats_left(session) == session.capacity - 1
    assert len(mails_to(mother.email)) == 1
    sent = len(mails())
    operations.follow_time_for_all(by=SYSTEM)
    assert len(mails()) == sent  # asked once


def test_on_her_18th_birthday_she_is_asked_herself(structure, coordinator, programme):
    girl = authorised(structure, coordinator, email="ines@exemple.test")
    operations.register(by=coordinator, session=make_session(programme), beneficiary=girl, source=STAFF)
    BeneficiaryIdentity.objects.update(birth_date=born(18, days_ago=2))
    operations.follow_time_for_all(by=SYSTEM)
    assert Registration.objects.get().state == State.AWAITING_CONSENT
    assert any("/autorisation/?jeton=" in mail["body"] for mail in mails_to("ines@exemple.test"))
    girl.refresh_from_db()
    from vivier.people.links import Bearer

    people.answer_by_link(by=VISITOR, token=Bearer(girl).token, answers={"activity": True})
    assert Registration.objects.get().state == State.CONFIRMED


# --- Many at once ---


def test_a_file_of_people_who_came_is_registered_whatever_the_seats(structure, coordinator, programme):
    session = make_session(programme, days=-7, capacity=2)
    girls = [make_beneficiary(structure) for _ in range(5)]
    assert operations.register_many(by=coordinator, session=session, beneficiaries=girls, attended=True) == 5
    assert operations.register_many(by=coordinator, session=session, beneficiaries=girls, attended=True) == 0
    rows = Registration.objects.all()
    assert {(row.state, row.attended, row.source) for row in rows} == {(State.CONFIRMED, True, "file")}
    assert Enrolment.objects.count() == RegistrationChange.objects.count() == 5
    assert not mails()


def test_a_file_of_people_to_come_needs_seats_and_answers(structure, coordinator, programme):
    session = make_session(programme, capacity=2)
    girls = [authorised(structure, coordinator), make_beneficiary(structure), make_beneficiary(structure)]
    with pytest.raises(DomainError, match="3 personnes à inscrire et il reste 2 places"):
        operations.register_many(by=coordinator, session=session, beneficiaries=girls)
    assert not Registration.objects.exists()
    operations.register_many(by=coordinator, session=session, beneficiaries=girls[:2])
    assert dict(Registration.objects.values_list("beneficiary", "state")) == {
        girls[0].pk: State.CONFIRMED,
        girls[1].pk: State.AWAITING_CONSENT,
    }


def test_a_file_marks_those_already_registered(structure, coordinator, programme):
    session = make_session(programme, days=-7)
    known = make_registration(session)
    operations.register_many(by=coordinator, session=session, beneficiaries=[known.beneficiary], attended=True)
    assert Registration.objects.get().attended is True


def test_people_of_another_structure_are_refused_in_a_file(coordinator, programme):
    with pytest.raises(DomainError, match="autre structure"):
        operations.register_many(
            by=coordinator,
            session=make_session(programme),
            beneficiaries=[make_beneficiary(make_organisation())],
            attended=True,
        )


def test_many_places_cost_a_handful_of_queries(structure, coordinator, programme, django_assert_max_num_queries):
    session = make_session(programme, days=-7)
    rows = people.create_beneficiaries(
        by=SYSTEM,
        controller=structure,
        people=[_person(n) for n in range(400)],
    )
    with django_assert_max_num_queries(16):
        operations.register_many(by=coordinator, session=session, beneficiaries=rows, attended=True)


def _person(n):
    from vivier.people.records import NewBeneficiary

    return NewBeneficiary(first_name=f"Inès{n}", last_name="Rivière")
