"""Staff open and close somebody's own space; she enters by the code of her address."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.people.worlds import mails_to
from vivier.accounts.models import User
from vivier.common.audit import AuditEntry
from vivier.common.errors import DomainError, NotAllowed
from vivier.people import operations
from vivier.people.models import Guardianship

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return make.make_organisation("Les Passerelles")


@pytest.fixture
def staff(client, structure):
    client.force_login(make.make_coordinator(structure))
    return client


@pytest.fixture
def girl(structure):
    return make.make_beneficiary(structure, "Inès", "Rivière", email="ines@exemple.test")


def press(client, girl, choice):
    return client.post(reverse("people:access", args=[girl.public_id]), {"choix": choice}, follow=True)


def test_she_enters_her_own_space_once_it_is_open(staff, client, girl):
    page = press(staff, girl, "ouvrir").content.decode()
    assert "L’accès est ouvert. Un message part à ines@exemple.test." in page
    assert "Fermer son accès" in page
    (mail,) = mails_to("ines@exemple.test")
    assert "Les Passerelles" in mail["subject"] and "/compte/connexion/" in mail["body"]
    girl.refresh_from_db()
    assert girl.user.email == "ines@exemple.test"
    client.force_login(girl.user)
    assert "Autorisations" in client.get(reverse("people:my_path")).content.decode()


def test_closing_it_shows_her_nothing_more(staff, client, girl):
    press(staff, girl, "ouvrir")
    page = press(staff, girl, "fermer").content.decode()
    assert "L’accès est fermé." in page and "Ouvrir un accès" in page
    girl.refresh_from_db()
    assert girl.user is None
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "access.open",
        "access.close",
    ]


def test_pressed_twice_it_opens_once(staff, girl):
    press(staff, girl, "ouvrir")
    assert "a déjà un accès" in press(staff, girl, "ouvrir").content.decode()
    assert User.objects.filter(email="ines@exemple.test").count() == 1
    assert len(mails_to("ines@exemple.test")) == 1


def test_an_account_that_exists_is_attached_whatever_the_case_of_the_address(staff, girl):
    known = make.make_user("ines@exemple.test", "Inès")
    girl.identity.email = "INES@Exemple.test"
    girl.identity.save()
    press(staff, girl, "ouvrir")
    girl.refresh_from_db()
    assert girl.user == known


def test_the_address_of_a_parent_does_not_open_a_child_s_space(staff, girl):
    make.make_guardian(girl, email="Ines@exemple.test")
    assert "celle d’un responsable légal" in press(staff, girl, "ouvrir").content.decode()
    girl.refresh_from_db()
    assert girl.user is None and not mails_to("ines@exemple.test")


def test_the_account_of_a_child_does_not_open_her_parent_s_space(staff, girl):
    press(staff, girl, "ouvrir")
    guardian = make.make_guardian(girl, email="INES@exemple.test")
    by = make.actor_of(make.make_coordinator(girl.controller))
    with pytest.raises(DomainError, match="ouvre déjà l’espace de l’enfant"):
        operations.open_access(by=by, record=guardian)
    press(staff, girl, "fermer")
    assert operations.open_access(by=by, record=guardian).email == "ines@exemple.test"


def test_without_an_address_the_page_offers_nothing_and_says_why(staff, structure):
    girl = make.make_beneficiary(structure)
    girl.identity.email = ""
    girl.identity.save()
    page = staff.get(reverse("people:beneficiary", args=[girl.public_id])).content.decode()
    assert "Ouvrir un accès" not in page
    assert "Aucune adresse e-mail n’est connue" in press(staff, girl, "ouvrir").content.decode()


def test_a_guardian_whom_only_a_sign_up_named_is_verified_first(staff, girl):
    guardian = make.make_guardian(girl, email="parent@exemple.test")
    Guardianship.objects.update(origin=Guardianship.Origin.SIGN_UP)
    address = reverse("people:guardian_access", args=[girl.public_id, guardian.public_id])
    assert "vérifiez-le d’abord" in staff.post(address, {"choix": "ouvrir"}, follow=True).content.decode()
    Guardianship.objects.update(origin=Guardianship.Origin.STAFF)
    assert "L’accès est ouvert" in staff.post(address, {"choix": "ouvrir"}, follow=True).content.decode()
    guardian.refresh_from_db()
    assert guardian.user.email == "parent@exemple.test"


def test_a_marraine_opens_hers_too(staff, structure):
    programme = make.make_programme(structure)
    mentor = make.make_mentor(programme)
    mentor.volunteer.identity.email = "olga@exemple.test"
    mentor.volunteer.identity.save()
    address = reverse("mentoring:access", args=[mentor.public_id])
    assert "L’accès est ouvert" in staff.post(address, {"choix": "ouvrir"}, follow=True).content.decode()
    mentor.volunteer.refresh_from_db()
    assert mentor.volunteer.user.email == "olga@exemple.test"


def test_another_structure_opens_nothing(client, girl):
    client.force_login(make.make_coordinator())
    assert client.post(reverse("people:access", args=[girl.public_id]), {"choix": "ouvrir"}).status_code == 404
    with pytest.raises(NotAllowed):
        operations.open_access(by=make.actor_of(make.make_coordinator()), record=girl)


def test_an_operation_says_what_is_missing(structure, girl):
    girl.identity.email = ""
    girl.identity.save()
    with pytest.raises(DomainError, match="complétez la fiche"):
        operations.open_access(by=make.actor_of(make.make_coordinator(structure)), record=girl)
