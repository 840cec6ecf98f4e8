"""Cookies, forged forms and what browsers may keep."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import sign_in
from tests.factories import make_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(make_coordinator())
    return client


def test_cookies_are_closed_to_scripts_and_to_other_sites(client):
    client.get(reverse("account_login"))
    sign_in(client, make_coordinator())
    assert set(client.cookies) == {"sessionid", "csrftoken", "device"}
    for name, morsel in client.cookies.items():
        assert morsel["httponly"], name
        assert morsel["samesite"] == "Lax", name
        assert morsel["path"] == "/", name
        assert not morsel["domain"], name


def test_production_names_cookies_so_that_no_other_site_can_write_them(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.DEVICE_COOKIE_NAME = "__Host-device"
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_coordinator())
    page = client.get(reverse("organisations:mine"), secure=True)
    assert page.status_code == 200
    assert set(client.cookies) == {"__Host-session", "__Host-csrf", "__Host-device"}
    for name, morsel in client.cookies.items():
        assert morsel["secure"], name
        assert morsel["path"] == "/", name
        assert not morsel["domain"], name
    token = page.context["csrf_token"]
    here = {"secure": True, "headers": {"origin": "https://testserver"}}
    assert client.post(reverse("account_logout"), {"csrfmiddlewaretoken": str(token)}, **here).status_code == 302


def test_a_form_from_another_site_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"email": "a@exemple.test"})
    assert answer.status_code == 403
    assert "Cette page a expiré" in answer.content.decode()


def test_errors_are_closed_too():
    answer = Client().get("/rien-ici/")
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_public_page_may_be_kept_and_no_page_of_a_person(signed_in):
    page = reverse("portal:accessibility")
    assert Client().get(page).headers["Cache-Control"] == "private, no-cache"
    assert signed_in.get(page).headers["Cache-Control"] == "private, no-store"
    assert Client().get(page, {"jeton": "x"}).headers["Cache-Control"] == "private, no-store"


def test_a_link_with_a_bearer_tells_no_other_site_and_keeps_its_forms_working():
    answer = Client().get(reverse("portal:accessibility"), {"jeton": "x"})
    assert answer.headers["Referrer-Policy"] == "no-referrer, strict-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
