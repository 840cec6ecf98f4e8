"""The second factor: compulsory for staff, possible for others, recoverable."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import application_code, ask_for_code, code_sent_to, sign_in
from tests.factories import make_coordinator, make_member, make_organisation, make_user
from vivier.accounts import crypto
from vivier.common.models import AuditEntry
from vivier.organisations.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def coordinator():
    return make_coordinator()


def set_up(client) -> str:
    """Install an application through the page; returns its seed."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    seed = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": application_code(seed)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return seed


@pytest.fixture
def seed(client, coordinator) -> str:
    sign_in(client, coordinator)
    return set_up(client)


def test_a_coordinator_sets_it_up_before_anything_opens(client, coordinator):
    sign_in(client, coordinator)
    for address in ("/", reverse("organisations:mine"), reverse("mfa_index"), "/gestion/"):
        assert client.get(address)["Location"] == reverse("mfa_activate_totp")
    set_up(client)
    assert client.get(reverse("organisations:mine")).status_code == 200


@pytest.mark.parametrize("role", Role.values)
def test_every_role_needs_it(client, role):
    sign_in(client, make_member(make_organisation(), role))
    assert client.get(reverse("organisations:mine"))["Location"] == reverse("mfa_activate_totp")


def test_the_administration_of_the_platform_needs_it(client):
    chief = make_user()
    chief.is_superuser = chief.is_staff = True
    chief.save()
    sign_in(client, chief)
    assert client.get("/gestion/")["Location"] == reverse("mfa_activate_totp")


def test_nobody_else_needs_it(client):
    sign_in(client, make_user())
    assert client.get(reverse("organisations:mine")).status_code == 200


def test_nobody_else_reads_about_it(client, coordinator, settings):
    sign_in(client, make_user())
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Ce compte s’ouvre sans mot de passe" in page
    assert not re.search(r"[Aa]pplication de codes|[Vv]otre|[Vv]ous", page.split("<main")[1].split("</main>")[0])
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    staff = Client()
    sign_in(staff, coordinator)
    assert "Application de codes" in staff.get(reverse("mfa_index")).content.decode()


def test_a_post_without_it_changes_nothing(client, coordinator):
    administrator = make_member(Membership.objects.get().organisation, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    membership = Membership.objects.get(user=coordinator)
    organisation = membership.organisation
    url = reverse("organisations:revoke", args=[organisation.public_id, membership.public_id])
    assert client.post(url)["Location"] == reverse("mfa_activate_totp")
    membership.refresh_from_db()
    assert membership.revoked_at is None


def test_she_may_leave_without_it(client, coordinator):
    sign_in(client, coordinator)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_setting_up_asks_for_a_right_code(client, coordinator):
    sign_in(client, coordinator)
    client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Ce code n’est pas le bon" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_setting_up_changes_the_key_of_the_session_and_shortens_it(client, coordinator, settings):
    sign_in(client, coordinator)
    before = client.session.session_key
    set_up(client)
    assert client.session.session_key != before
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_SECONDS


def test_the_next_sign_in_asks_for_it(client, coordinator, seed, settings):
    client.post(reverse("account_logout"))
    answer = sign_in(client, coordinator)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("organisations:mine"))["Location"].startswith(reverse("account_login"))
    client.post(reverse("mfa_authenticate"), {"code": application_code(seed, 1)})
    assert client.get(reverse("organisations:mine")).status_code == 200
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_SECONDS


def test_the_mail_code_alone_does_not_enter(client, coordinator, seed):
    other = Client()
    sign_in(other, coordinator)
    assert "_auth_user_id" not in other.session


def test_a_code_of_the_application_serves_once(client, coordinator, seed):
    code = application_code(seed, 1)
    first, second = Client(), Client()
    for device, enters in ((first, True), (second, False)):
        sign_in(device, coordinator)
        device.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in device.session) is enters


def test_ten_tries_in_a_quarter_of_an_hour_whatever_the_device(coordinator, seed):
    for _ in range(2):
        device = Client()
        sign_in(device, coordinator)
        for _ in range(6):
            answer = device.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Trop d’essais" in answer.content.decode()
    right = device.post(reverse("mfa_authenticate"), {"code": application_code(seed, 1)})
    assert right.status_code == 200
    assert "_auth_user_id" not in device.session
    assert AuditEntry.objects.filter(action="second_factor_refused").count() == 13


def test_a_recovery_code_replaces_the_telephone_once(client, coordinator, seed):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    for enters in (True, False):
        device = Client()
        sign_in(device, coordinator)
        device.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in device.session) is enters


def test_renewed_recovery_codes_replace_the_old(client, coordinator, seed):
    pages = reverse("mfa_view_recovery_codes"), reverse("mfa_generate_recovery_codes")
    old = re.findall(r"<code>(\d{8})</code>", client.get(pages[0]).content.decode())
    assert client.get(pages[1]).status_code == 200
    client.post(pages[1])
    new = re.findall(r"<code>(\d{8})</code>", client.get(pages[0]).content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)
    assert AuditEntry.objects.filter(action="recovery_codes_renewed").count() == 1


def test_recovery_codes_are_shown_only_after_a_fresh_proof(client, coordinator, seed, monkeypatch):
    import time

    later = time.time() + 3600
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)
    answer = client.get(reverse("mfa_view_recovery_codes"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_session_older_than_the_role_shows_it_first(client):
    """A person with an application, signed in before she had a role: her session then proves nothing of hers."""
    user = make_user()
    sign_in(client, user)
    seed = set_up(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    make_member(make_organisation(), user=user)
    answer = client.get(reverse("organisations:mine"))
    assert answer["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fstructure%2F"
    answer = client.post(answer["Location"], {"code": application_code(seed, 1), "next": "/structure/"})
    assert answer["Location"] == "/structure/"
    assert client.get("/structure/").status_code == 200


def test_removing_it_sends_back_to_set_it_up(client, coordinator, seed):
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get(reverse("organisations:mine"))["Location"] == reverse("mfa_activate_totp")


def test_a_session_of_the_application_before_is_worth_nothing(client, coordinator, seed):
    old = Client()
    sign_in(old, coordinator)
    old.post(reverse("mfa_authenticate"), {"code": application_code(seed, 1)})
    assert old.get(reverse("organisations:mine")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert old.get(reverse("organisations:mine"))["Location"] == reverse("mfa_activate_totp")
    set_up(client)
    assert client.get(reverse("organisations:mine")).status_code == 200
    assert old.get(reverse("organisations:mine"))["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_seed_is_sealed_in_the_database(coordinator, seed):
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert seed not in stored
    assert crypto.unseal(stored) == seed


def test_an_older_key_still_opens_what_it_sealed(settings):
    sealed = crypto.seal("graine")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "une-autre-clé", [settings.SECRET_KEY]
    assert crypto.unseal(sealed) == "graine"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        crypto.unseal(sealed)


def test_the_operator_removes_a_lost_one(coordinator, seed, capsys):
    call_command("remove_second_factor", coordinator.email.upper())
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action="second_factor_removed", actor=None).exists()
    with pytest.raises(CommandError, match="n’a pas de second facteur"):
        call_command("remove_second_factor", coordinator.email)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("remove_second_factor", "inconnue@exemple.test")


def test_with_the_switch_off_nothing_is_asked(client, coordinator, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    sign_in(client, coordinator)
    assert client.get(reverse("organisations:mine")).status_code == 200


def test_pages_of_the_second_factor_read_only(client, coordinator, seed):
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    client.post(reverse("account_logout"))
    ask_for_code(client, coordinator.email)
    client.post(reverse("account_confirm_login_code"), {"code": code_sent_to(coordinator.email)})
    assert client.get(reverse("mfa_authenticate")).status_code == 200
