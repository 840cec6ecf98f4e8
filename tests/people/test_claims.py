"""Whom an online sign-up names as guardian of somebody on file: staff confirm or set aside."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.people.worlds import mails, mails_to
from vivier.common.actors import VISITOR
from vivier.common.errors import NotAllowed
from vivier.people import operations
from vivier.people.models import GuardianClaim, Guardianship
from vivier.people.records import NewGuardian

pytestmark = pytest.mark.django_db
BOB = NewGuardian(first_name="Bob", email="bob@exemple.test")


@pytest.fixture
def programme():
    return make.make_programme()


@pytest.fixture
def girl(programme):
    beneficiary = make.make_beneficiary(programme.controller, "Inès", "Rivière")
    make.make_registration(make.make_session(programme), beneficiary, state="awaiting_consent")
    operations.claim_guardian(by=VISITOR, beneficiary=beneficiary, guardian=BOB)
    return beneficiary


@pytest.fixture
def staff(client, programme):
    client.force_login(make.make_coordinator(programme.controller))
    return client


def settle(client, girl, choice):
    address = reverse("people:settle_claim", args=[girl.public_id, GuardianClaim.objects.get().public_id])
    return client.post(address, {"choix": choice}, follow=True).content.decode()


def test_today_leads_to_it(staff, programme, girl):
    page = staff.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    assert "1 responsable à confirmer" in page
    assert "Nom donné dans une inscription en ligne, pour quelqu’un que vous connaissez déjà." in page
    address = reverse("portal:people", args=[programme.slug]) + "?etape=responsable-a-confirmer"
    assert address in page
    assert "Rivière" in staff.get(address).content.decode()
    assert (
        "À confirmer : Bob, bob@exemple.test"
        in staff.get(reverse("people:beneficiary", args=[girl.public_id])).content.decode()
    )


def test_confirmed_he_is_a_guardian_whom_staff_vouch_for_and_is_asked(staff, girl):
    assert "est maintenant responsable" in settle(staff, girl, "confirmer")
    guardianship = girl.guardianships.get()
    assert guardianship.origin == Guardianship.Origin.STAFF and guardianship.guardian.email == "bob@exemple.test"
    assert len(mails_to("bob@exemple.test")) == 1
    assert not GuardianClaim.objects.exists()


def test_set_aside_nobody_hears_of_it(staff, girl):
    assert "écartée" in settle(staff, girl, "ecarter")
    assert not girl.guardianships.exists() and not GuardianClaim.objects.exists()
    assert mails() == []


def test_named_twice_it_shows_once(girl):
    operations.claim_guardian(by=VISITOR, beneficiary=girl, guardian=BOB)
    assert GuardianClaim.objects.count() == 1


def test_another_structure_settles_nothing(client, girl):
    client.force_login(make.make_coordinator(make.make_organisation("Ailleurs")))
    address = reverse("people:settle_claim", args=[girl.public_id, GuardianClaim.objects.get().public_id])
    assert client.post(address, {"choix": "confirmer"}).status_code == 404
    stranger = make.actor_of(make.make_coordinator(make.make_organisation("Plus loin")))
    for settle_it in (operations.confirm_claim, operations.dismiss_claim):
        with pytest.raises(NotAllowed):
            settle_it(by=stranger, claim=GuardianClaim.objects.get())


def test_a_corrected_address_closes_what_the_old_one_opened(programme, girl):
    by = make.actor_of(make.make_coordinator(programme.controller))
    girl.user = make.make_user()
    girl.save()
    guardian = make.make_guardian(girl, make.make_user())
    before = girl.link_version, guardian.guardianships.get().link_version
    operations.update_beneficiary(by=by, beneficiary=girl, email="nouvelle@exemple.test")
    operations.update_guardian(by=by, guardian=guardian, email="autre@exemple.test")
    girl.refresh_from_db()
    guardian.refresh_from_db()
    assert (girl.user, guardian.user) == (None, None)
    assert (girl.link_version, guardian.guardianships.get().link_version) == (before[0] + 1, before[1] + 1)
