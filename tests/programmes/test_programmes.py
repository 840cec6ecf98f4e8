"""Creating a programme and its cities."""

import pytest
from django.urls import reverse

from tests import factories as make
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError, NotAllowed
from vivier.programmes import operations
from vivier.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.make_organisation()


@pytest.fixture
def coordinator(client, association):
    client.force_login(make.make_coordinator(association))
    return client


def test_a_coordinator_creates_a_programme_and_its_city(coordinator, association):
    commune = make.make_commune("Valence")
    answer = coordinator.post(
        reverse("programmes:create"),
        {"controller": association.pk, "name": "ELL’OWEB à Valence", "audience": "lyceennes"},
    )
    programme = Programme.objects.get()
    assert answer.url == reverse("programmes:settings", args=[programme.slug])
    coordinator.post(reverse("programmes:add_site", args=[programme.slug]), {"site-commune": "Valence"})
    assert [site.commune for site in programme.sites.all()] == [commune]


def test_a_name_is_asked_for_in_words(coordinator, association):
    page = coordinator.post(reverse("programmes:create"), {"controller": association.pk, "audience": "lyceennes"})
    assert page.status_code == 422
    assert not Programme.objects.exists()
    assert "Ce champ est obligatoire" in page.content.decode()


def test_settings_that_cannot_be_are_refused_and_change_nothing(coordinator, association):
    programme = make.make_programme(association, name="ELL’OWEB")
    address = reverse("programmes:settings", args=[programme.slug])
    for sent in ({}, {"name": "", "audience": "lyceennes"}, {"name": "Autre", "audience": "tout-le-monde"}):
        page = coordinator.post(address, sent)
        assert page.status_code == 422, sent
        assert 'class="error-summary' in page.content.decode()
    assert coordinator.get(address).status_code == 200
    programme.refresh_from_db()
    assert programme.name == "ELL’OWEB"


def test_she_cannot_create_for_a_structure_that_is_not_hers(coordinator):
    other = make.make_organisation()
    coordinator.post(reverse("programmes:create"), {"controller": other.pk, "name": "Intrus", "audience": "lyceennes"})
    assert not Programme.objects.exists()


def test_two_programmes_of_one_name_have_two_addresses(association):
    slugs = {
        operations.create_programme(by=SYSTEM, controller=association, name="Ell’oweb", communes=[]).slug
        for _ in range(3)
    }
    assert len(slugs) == 3


def test_a_city_comes_once(association):
    programme = make.make_programme(association)
    with pytest.raises(DomainError, match="déjà"):
        operations.add_site(by=SYSTEM, programme=programme, commune=make.make_commune("Valence"))


def test_a_city_with_people_stays(association):
    programme = make.make_programme(association)
    site = make.make_enrolment(programme).site
    with pytest.raises(DomainError, match="reste dans le programme"):
        operations.remove_site(by=SYSTEM, site=site)


def test_an_outsider_cannot_write(association):
    programme = make.make_programme(association)
    with pytest.raises(NotAllowed):
        operations.update_programme(by=make.actor_of(make.make_coordinator()), programme=programme, name="Autre")


def test_a_person_is_enrolled_once_and_keeps_her_city(association):
    programme = make.make_programme(association, cities=("Valence", "Lyon"))
    valence, lyon = programme.sites.order_by("position")
    person = make.make_beneficiary(association)
    first = operations.enrol(by=SYSTEM, programme=programme, beneficiary=person, site=valence)
    again = operations.enrol(by=SYSTEM, programme=programme, beneficiary=person, site=lyon)
    assert (again.pk, again.site) == (first.pk, valence)


def test_somebody_of_another_structure_is_not_enrolled(association):
    programme = make.make_programme(association)
    stranger = make.make_beneficiary(make.make_organisation())
    with pytest.raises(DomainError):
        operations.enrol(by=SYSTEM, programme=programme, beneficiary=stranger, site=None)
