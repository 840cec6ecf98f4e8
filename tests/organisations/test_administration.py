"""/gestion/: superusers only, through the one sign-in, without anybody's identity."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.accounts.signing_in import mails
from tests.factories import make_commune, make_coordinator, make_organisation, make_programme, make_user
from vivier.organisations.models import Membership, Organisation
from vivier.territories.models import Department

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    user = make_user("chef@exemple.test")
    user.is_superuser = user.is_staff = True
    user.save()
    client.force_login(user)
    return user


def test_it_shows_only_referentials_and_settings():
    assert {model._meta.label for model in admin.site._registry} == {
        "organisations.Organisation", "organisations.Membership", "programmes.Plan", "programmes.Programme",
        "territories.Region", "territories.Department", "territories.Commune", "territories.PriorityNeighbourhood",
    }  # fmt: skip


def test_a_visitor_is_sent_to_the_one_sign_in(client):
    answer = client.get("/gestion/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fgestion%2F"
    assert "password" not in answer.content.decode().lower()


@pytest.mark.parametrize("address", ["/gestion/", "/gestion/organisations/organisation/", "/gestion/login/"])
def test_it_does_not_exist_for_others(client, address):
    coordinator = make_coordinator()
    coordinator.is_staff = True
    coordinator.save()
    client.force_login(coordinator)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["password_change", "password_change_done", "view_on_site"])
def test_no_second_way_in(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}", args=["1", "1"] if name == "view_on_site" else [])


def test_a_password_posted_to_its_sign_in_opens_nothing(client, django_user_model):
    user = make_user("chef@exemple.test")
    user.is_superuser = user.is_staff = True
    user.set_password("mot-de-passe")
    user.save()
    client.post("/gestion/login/", {"username": user.email, "password": "mot-de-passe"})
    assert "_auth_user_id" not in client.session


def test_every_list_and_form_opens_in_french(client, chief):
    organisation = make_organisation(commune=make_commune())
    make_programme(organisation)
    make_coordinator(organisation)
    assert "Référentiels et réglages" in client.get("/gestion/").content.decode()
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{base}_changelist")).status_code == 200
        assert client.get(reverse(f"{base}_changelist"), {"q": "val"}).status_code == 200
        row = model.objects.first()
        if row:
            assert client.get(reverse(f"{base}_change", args=[row.pk])).status_code == 200


def test_a_structure_is_opened_with_its_first_administrator(client, chief):
    answer = client.post(
        reverse("admin:organisations_organisation_add"),
        {"name": "Les Saules", "slug": "les-saules", "kind": "association", "administrator": "lea@exemple.test"},
    )
    assert answer.status_code == 302
    membership = Membership.objects.get(organisation__slug="les-saules")
    assert (membership.user.email, membership.role) == ("lea@exemple.test", "administrator")
    assert membership.granted_by == chief
    assert mails()[0]["to"] == "lea@exemple.test"


def test_a_wrong_siret_is_refused_there_too(client, chief):
    data = {"name": "Les Saules", "slug": "les-saules", "kind": "association", "siret": "73282932000075"}
    answer = client.post(reverse("admin:organisations_organisation_add"), data)
    assert "Ce SIRET comporte une erreur" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_coverage_is_complete_only_with_a_source(client, chief):
    drome = make_commune("Valence").department
    page = reverse("admin:territories_department_change", args=[drome.pk])
    answer = client.post(page, {"qpv_coverage": "complete"})
    assert "indique sa source et sa date" in answer.content.decode()
    client.post(page, {"qpv_coverage": "complete", "qpv_coverage_source": "ANCT", "qpv_coverage_on": "2026-01-15"})
    assert Department.objects.get(pk=drome.pk).qpv_coverage == "complete"


def test_roles_and_places_cannot_be_changed_by_hand(client, chief):
    make_coordinator()
    for name in ("organisations_membership_add", "territories_commune_add", "programmes_programme_add"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403
    membership = Membership.objects.get()
    assert client.post(reverse("admin:organisations_membership_change", args=[membership.pk]), {}).status_code == 403


def test_signing_out_of_it_is_signing_out(client, chief):
    assert client.get(reverse("admin:logout"))["Location"] == reverse("account_logout")
    assert "_auth_user_id" in client.session
    client.post(reverse("admin:logout"))
    assert "_auth_user_id" not in client.session
