"""Sign-in, second factor and the pages of a structure in a real browser, without JavaScript as well."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.accounts.signing_in import application_code, code_sent_to
from tests.browser.axe import held
from vivier.common import audit
from vivier.organisations.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def structure():
    """Return a structure with a long name and members in every state, and its administrator."""
    organisation = factories.make_organisation(
        "Association pour la découverte des métiers du numérique en vallée de la Drôme et du Rhône"
    )
    administrator = factories.make_member(
        organisation, Role.ADMINISTRATOR, factories.make_user("sacha@exemple.test", "Sacha Delafontaine-Montgolfier")
    )
    for role in Role.values:
        factories.make_member(organisation, role)
    actor = factories.actor_of(administrator)
    for action in audit.LABELS:
        audit.record(
            by=actor, action=action, controller_id=organisation.pk, about="organisations.Membership:12", count=2
        )
    return organisation, administrator


def test_pages_of_a_structure(page_at, sign_in, structure):
    organisation, administrator = structure
    page = page_at()
    sign_in(page, administrator)
    membership = organisation.memberships.order_by("pk").last()
    for name, arguments in (
        ("mine", []),
        ("sheet", [organisation.public_id]),
        ("edit", [organisation.public_id]),
        ("members", [organisation.public_id]),
        ("member", [organisation.public_id, membership.public_id]),
        ("journal", [organisation.public_id]),
    ):
        page.goto(reverse(f"organisations:{name}", args=arguments))
        held(page)


def test_errors_are_told_beside_their_field(page_at, sign_in, structure):
    organisation, administrator = structure
    page = page_at()
    sign_in(page, administrator)
    page.goto(reverse("organisations:edit", args=[organisation.public_id]))
    page.get_by_label("SIRET").fill("123")
    page.get_by_role("button", name="Enregistrer").click()
    assert "Ce SIRET comporte une erreur" in page.content()
    held(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_member_of_staff_enters_for_the_first_time(page_at, structure, settings, javascript):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    organisation, _ = structure
    page = page_at(360, javascript=javascript)
    page.goto(reverse("organisations:members", args=[organisation.public_id]))
    page.get_by_label("Adresse e-mail").fill("SACHA@exemple.test")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code reçu").fill(code_sent_to("sacha@exemple.test"))
    page.get_by_role("button", name="Entrer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Installer l’application de codes"
    box = page.locator("img[alt^='Code QR']").bounding_box()
    assert box["width"] > 120
    if javascript:
        held(page)
    seed = re.search(r"\b[A-Z2-7]{32}\b", page.locator("main").inner_text())[0]
    page.get_by_label("Code affiché par l’application").fill(application_code(seed))
    page.get_by_role("button", name="Vérifier et activer").click()
    assert page.locator(".codes li").count() == 10
    if javascript:
        held(page)
    page.goto(reverse("organisations:members", args=[organisation.public_id]))
    page.get_by_label("Adresse e-mail").fill("lea@exemple.test")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    assert "L’invitation part à lea@exemple.test." in page.content()


def test_pages_of_sign_in(page_at):
    page = page_at()
    page.goto(reverse("account_login"))
    held(page)
    page.get_by_label("Adresse e-mail").fill("nadia@exemple")
    page.get_by_role("button", name="Recevoir un code").click()
    assert "Cette adresse n’est pas complète" in page.content()
    held(page)
    page.get_by_label("Adresse e-mail").fill("nadia@exemple.test")
    page.get_by_role("button", name="Recevoir un code").click()
    held(page)
    page.get_by_label("Code reçu").fill("1234-5678")
    page.get_by_role("button", name="Entrer").click()
    held(page)


def test_a_form_of_a_page_opened_by_link_is_accepted(page_at):
    """With "no-referrer" alone the browser would send "Origin: null", and the form would be refused."""
    page = page_at(360)
    page.goto(reverse("account_login") + "?jeton=x")
    page.get_by_label("Adresse e-mail").fill("nadia@exemple.test")
    page.get_by_role("button", name="Recevoir un code").click()
    assert page.get_by_label("Code reçu").count() == 1


def test_the_administration_keeps_to_the_policy(page_at, sign_in, structure):
    chief = factories.make_user()
    chief.is_superuser = chief.is_staff = True
    chief.save()
    page = page_at(1280)
    sign_in(page, chief)
    page.goto("/gestion/")
    page.goto(reverse("admin:organisations_organisation_add"))
    page.locator("#id_name").press_sequentially("Les Saules")
    assert page.locator("#id_slug").input_value() == "les-saules"
    for name in ("territories_commune", "organisations_membership", "programmes_plan"):
        page.goto(reverse(f"admin:{name}_changelist"))
