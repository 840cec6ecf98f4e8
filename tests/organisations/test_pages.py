"""Pages of a structure: sheet, journal, list; and what each costs."""

import pytest
from django.urls import reverse

from tests.factories import actor_of, make_beneficiary, make_commune, make_member, make_organisation, make_user
from vivier.common import audit
from vivier.common.actors import VISITOR
from vivier.organisations.models import Organisation, Role

pytestmark = pytest.mark.django_db

SHEET = {
    "name": "Les Ruisseaux",
    "kind": "association",
    "email": "",
    "phone": "",
    "siret": "",
    "uai": "",
    "commune": "",
}


@pytest.fixture
def organisation():
    return make_organisation("Association des Ruisseaux", commune=make_commune("Valence"))


@pytest.fixture
def administrator(organisation):
    return make_member(organisation, Role.ADMINISTRATOR)


def url(name, organisation):
    return reverse(f"organisations:{name}", args=[organisation.public_id])


def test_a_member_reads_the_sheet(client, organisation):
    client.force_login(make_member(organisation, Role.ANALYST))
    page = client.get(url("sheet", organisation)).content.decode()
    assert "Valence (Drôme)" in page
    assert "Modifier la fiche" not in page


def test_only_administrators_open_the_other_pages(client, organisation):
    client.force_login(make_member(organisation, Role.COORDINATOR))
    for name in ("edit", "members", "journal"):
        assert client.get(url(name, organisation)).status_code == 403


def test_the_sheet_is_changed(client, organisation, administrator):
    make_commune("Grenoble")
    client.force_login(administrator)
    assert client.get(url("edit", organisation)).status_code == 200
    answer = client.post(url("edit", organisation), SHEET | {"siret": "732 829 320 00074", "commune": "Grenoble"})
    assert answer.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.siret) == ("Les Ruisseaux", "73282932000074")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("siret", "73282932000075", "Ce SIRET comporte une erreur"),
        ("siret", "732829320", "Ce SIRET comporte une erreur"),
        ("uai", "0750655F", "Cet UAI comporte une erreur"),
        ("email", "contact@", "Cette adresse n’est pas complète"),
    ],
)
def test_a_mistake_is_told_beside_its_field(client, organisation, administrator, field, value, sentence):
    client.force_login(administrator)
    answer = client.post(url("edit", organisation), SHEET | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Organisation.objects.get(pk=organisation.pk).name == "Association des Ruisseaux"


def test_a_number_that_another_has_is_told_in_words(client, organisation, administrator):
    make_organisation("Autre", siret="73282932000074")
    client.force_login(administrator)
    answer = client.post(url("edit", organisation), SHEET | {"siret": "73282932000074"})
    assert "Une autre structure a déjà ce SIRET." in answer.content.decode()


def test_a_new_structure_gets_a_short_name_of_its_own():
    from vivier.common.actors import SYSTEM
    from vivier.organisations import operations

    slugs = [operations.create_organisation(by=SYSTEM, name="L’Étang", kind="association").slug for _ in range(3)]
    assert slugs == ["letang", "letang-2", "letang-3"]


def test_the_list_tells_what_one_does_where(client, organisation):
    user = make_member(organisation, Role.COORDINATOR)
    make_member(make_organisation("Boîte du Lac"), Role.ANALYST, user)
    client.force_login(user)
    page = client.get(reverse("organisations:mine")).content.decode()
    assert "Vous agissez pour 2 structures" in page
    assert "analyste" in page


def test_somebody_without_role_is_told_how_to_get_one(client):
    client.force_login(make_user())
    assert "Aucune structure" in client.get(reverse("organisations:mine")).content.decode()


def test_the_journal_shows_the_acts_of_here_and_the_sign_ins_of_members(client, organisation, administrator):
    outsider, elsewhere = make_user("autre@exemple.test"), make_organisation()
    lea = make_member(organisation, user=make_user("lea@exemple.test"))
    audit.record(by=actor_of(lea), action="sign_in")
    audit.record(by=VISITOR, action="sign_in_refused", about=f"accounts.User:{lea.pk}")
    audit.record(by=actor_of(outsider), action="sign_in")
    audit.record(by=actor_of(lea), action="member.invite", controller_id=elsewhere.pk)
    audit.record(by=actor_of(outsider), action="member.revoke", controller_id=organisation.pk, count=3)
    client.force_login(administrator)
    page = client.get(url("journal", organisation)).content.decode()
    assert page.count("lea@exemple.test") == 2  # who signed in, whose code was refused
    assert "Code de connexion refusé" in page
    assert "Membre retiré (3)" in page
    assert "Membre invité" not in page
    assert "autre@exemple.test" not in page
    assert "hors de l’équipe" in page


def test_the_journal_has_pages(client, organisation, administrator):
    for _ in range(55):
        audit.record(by=actor_of(administrator), action="sign_in")
    client.force_login(administrator)
    first = client.get(url("journal", organisation)).content.decode()
    second = client.get(url("journal", organisation), {"page": 2}).content.decode()
    assert first.count("<tr>") == 51
    assert second.count("<tr>") == 6
    assert client.get(url("journal", organisation), {"page": "x"}).status_code == 200


def test_beneficiaries_are_not_named_in_the_journal(client, organisation, administrator):
    ines = make_beneficiary(organisation, "Inès", "Rivière")
    audit.record(
        by=actor_of(administrator),
        action="sign_in",
        controller_id=organisation.pk,
        about=f"people.Beneficiary:{ines.pk}",
    )
    client.force_login(administrator)
    page = client.get(url("journal", organisation)).content.decode()
    assert "Inès" not in page
    assert f"bénéficiaire n° {ines.pk}" in page


@pytest.mark.parametrize("name", ["members", "journal", "sheet", "edit"])
def test_a_page_costs_the_same_whatever_the_number(
    client, organisation, administrator, name, django_assert_max_num_queries
):
    for n in range(25):
        member = make_member(organisation, Role.values[n % len(Role.values)])
        audit.record(by=actor_of(member), action="sign_in", about=f"accounts.User:{member.pk}")
    client.force_login(administrator)
    with django_assert_max_num_queries(12):
        assert client.get(url(name, organisation)).status_code == 200
