"""Creating people, recording papers and verifications, and who may."""

from datetime import date, timedelta

import pytest

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
    make_volunteer,
)
from tests.people.worlds import born
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.people import operations
from vivier.people.consent_rules import Outcome
from vivier.people.models import Beneficiary, Consent, Guardian, Guardianship, Vetting, Volunteer
from vivier.people.queries import standings
from vivier.people.records import NewBeneficiary, NewGuardian, NewVolunteer
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return make_organisation()


@pytest.fixture
def coordinator(structure):
    return actor_of(make_coordinator(structure))


@pytest.fixture
def stranger():
    return actor_of(make_coordinator())


def test_people_are_created_in_order_with_their_identities(structure, coordinator, django_assert_max_num_queries):
    people = [NewBeneficiary(first_name=f" Inès {n} ", last_name="Rivière", email="i@exemple.test") for n in range(300)]
    with django_assert_max_num_queries(8):
        rows = operations.create_beneficiaries(by=coordinator, controller=structure, people=people)
    assert [row.identity.first_name for row in rows] == [f"Inès {n}" for n in range(300)]
    assert {row.created_by_id for row in rows} == {coordinator.user_id}


def test_nobody_creates_people_for_another_structure(structure, stranger):
    for by in (stranger, VISITOR):
        with pytest.raises(NotAllowed):
            operations.create_beneficiary(
                by=by, controller=structure, person=NewBeneficiary(first_name="I", last_name="R")
            )
        with pytest.raises(NotAllowed):
            operations.create_volunteer(by=by, controller=structure, person=NewVolunteer(first_name="C", last_name="F"))
    assert not Beneficiary.objects.exists()
    assert not Volunteer.objects.exists()


def test_a_corrected_birth_date_changes_who_must_answer(structure, coordinator):
    girl = make_beneficiary(structure, birth_date=born(16))
    place = make_registration(make_session(make_programme(structure)), girl)
    operations.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True})
    mother = make_guardian(girl)
    operations.record_consent(by=coordinator, beneficiary=girl, purpose="activity", is_yes=True, guardian=mother)
    assert Registration.objects.get(pk=place.pk).state == "confirmed"
    operations.update_beneficiary(by=coordinator, beneficiary=girl, birth_date=born(14))
    assert Registration.objects.get(pk=place.pk).state == "awaiting_consent"  # her mother has not answered for her data


def test_an_unknown_column_is_a_mistake(structure, coordinator):
    with pytest.raises(TypeError, match="controller"):
        operations.update_beneficiary(by=coordinator, beneficiary=make_beneficiary(structure), controller=None)


def test_a_parent_of_two_girls_is_one_guardian(structure, coordinator):
    one, other = make_beneficiary(structure), make_beneficiary(structure)
    for girl, email in ((one, "nadia@exemple.test"), (other, "Nadia@exemple.test ")):
        operations.name_guardian(
            by=coordinator, beneficiary=girl, guardian=NewGuardian(first_name="Nadia", email=email)
        )
    assert Guardian.objects.count() == 1
    assert Guardianship.objects.count() == 2


def test_two_parents_without_e_mail_are_two(structure, coordinator):
    girl = make_beneficiary(structure)
    for name in ("Nadia", "Karim", "Nadia"):
        operations.name_guardian(
            by=coordinator, beneficiary=girl, guardian=NewGuardian(first_name=name, last_name="Rivière")
        )
    assert sorted(Guardian.objects.values_list("first_name", flat=True)) == ["Karim", "Nadia"]


def test_nobody_is_no_guardian(structure, coordinator):
    with pytest.raises(DomainError, match="au moins un nom"):
        operations.name_guardian(by=coordinator, beneficiary=make_beneficiary(structure), guardian=NewGuardian())


# --- Answers on paper and from files ---


def test_a_paper_counts_from_the_day_it_was_signed(structure, coordinator):
    girl = make_beneficiary(structure, birth_date=born(16))
    mother = make_guardian(girl, email="")
    signed = clock.today() - timedelta(days=20)
    operations.record_paper(
        by=coordinator,
        beneficiary=girl,
        guardian=mother,
        answers={"activity": True, "image": False},
        signed_on=signed,
        reference="classeur 2026, page 12",
    )
    consent = Consent.objects.get(purpose="activity")
    assert consent.proof == f"papier signé le {signed:%d/%m/%Y}, classeur 2026, page 12"
    assert consent.answered_by_id == coordinator.user_id
    assert standings([girl.pk])[girl.pk]["activity"].outcome == Outcome.GRANTED


def test_a_paper_signed_before_a_later_no_does_not_undo_it(structure, coordinator):
    girl = make_beneficiary(structure, birth_date=born(16))
    mother = make_guardian(girl)
    operations.record_consent(by=coordinator, beneficiary=girl, purpose="activity", is_yes=False, guardian=mother)
    operations.record_paper(
        by=coordinator,
        beneficiary=girl,
        guardian=mother,
        answers={"activity": True},
        signed_on=clock.today() - timedelta(days=1),
    )
    assert standings([girl.pk])[girl.pk]["activity"].outcome == Outcome.REFUSED


@pytest.mark.parametrize(("days", "sentence"), [(1, "dans l’avenir"), (-366, "plus d’un an")])
def test_a_paper_of_an_impossible_date_is_refused(structure, coordinator, days, sentence):
    girl = make_beneficiary(structure)
    with pytest.raises(DomainError, match=sentence):
        operations.record_paper(
            by=coordinator,
            beneficiary=girl,
            guardian=None,
            answers={"data": True},
            signed_on=clock.today() + timedelta(days=days),
        )


def test_a_paper_of_somebody_who_is_no_guardian_is_refused(structure, coordinator):
    girl, other = make_beneficiary(structure), make_beneficiary(structure)
    with pytest.raises(DomainError, match="pas responsable"):
        operations.record_paper(
            by=coordinator,
            beneficiary=girl,
            guardian=make_guardian(other),
            answers={"activity": True},
            signed_on=clock.today(),
        )


def test_who_may_record(structure, stranger):
    girl = make_beneficiary(structure)
    with pytest.raises(NotAllowed):
        operations.record_paper(
            by=stranger, beneficiary=girl, guardian=None, answers={"data": True}, signed_on=clock.today()
        )
    with pytest.raises(NotAllowed):
        operations.record_consent(by=stranger, beneficiary=girl, purpose="data", is_yes=True)
    with pytest.raises(NotAllowed):
        operations.answer_as_account(by=stranger, beneficiary=girl, answers={"data": True})
    with pytest.raises(NotAllowed):
        operations.answer_as_account(by=VISITOR, beneficiary=girl, answers={"data": True})
    assert not Consent.objects.exists()


def test_a_guardian_with_an_account_answers_for_hers_only(structure):
    user = make_user()
    hers, other = make_beneficiary(structure, birth_date=born(16)), make_beneficiary(structure)
    make_guardian(hers, user=user)
    actor = actor_of(user)
    assert len(operations.answer_as_account(by=actor, beneficiary=hers, answers={"activity": True})) == 1
    with pytest.raises(NotAllowed):
        operations.answer_as_account(by=actor, beneficiary=other, answers={"activity": True})


def test_the_system_may_record_what_a_file_says(structure):
    girl = make_beneficiary(structure, birth_date=born(19))
    assert operations.record_consent(by=SYSTEM, beneficiary=girl, purpose="data", is_yes=True) is not None
    assert operations.record_consent(by=SYSTEM, beneficiary=girl, purpose="data", is_yes=True) is None


def test_many_standings_cost_two_queries(structure, django_assert_num_queries):
    girls = [make_beneficiary(structure) for _ in range(30)]
    for girl in girls:
        make_guardian(girl)
    with django_assert_num_queries(2):
        found = standings([girl.pk for girl in girls])
    assert len(found) == 30


# --- Volunteers ---


def test_a_verification_keeps_its_result_and_dates(structure, coordinator):
    volunteer = make_volunteer(structure, vetted=False)
    vetting = operations.record_vetting(
        by=coordinator, volunteer=volunteer, outcome=Vetting.Outcome.OK, checked_on=date(2026, 1, 31)
    )
    assert vetting.expires_on == date(2029, 1, 31)
    assert (vetting.basis, vetting.recorded_by_id) == ("individual", coordinator.user_id)


def test_impossible_verifications_are_refused(structure, coordinator, stranger):
    volunteer = make_volunteer(structure, vetted=False)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(DomainError, match="avenir"):
        operations.record_vetting(by=coordinator, volunteer=volunteer, outcome="ok", checked_on=tomorrow)
    with pytest.raises(DomainError, match="précède"):
        operations.record_vetting(
            by=coordinator,
            volunteer=volunteer,
            outcome="ok",
            checked_on=clock.today(),
            expires_on=clock.today() - timedelta(days=1),
        )
    with pytest.raises(NotAllowed):
        operations.record_vetting(by=stranger, volunteer=volunteer, outcome="ok", checked_on=clock.today())
    assert not Vetting.objects.exists()


def test_a_volunteer_may_be_corrected(structure, coordinator):
    volunteer = make_volunteer(structure)
    operations.update_volunteer(
        by=coordinator, volunteer=volunteer, email="claire@exemple.test", occupation="ingénieure"
    )
    found = Volunteer.objects.select_related("identity").get()
    assert (found.identity.email, found.occupation) == ("claire@exemple.test", "ingénieure")
