"""Production refuses to start unprotected, and says why in one sentence."""

import os
import runpy
import subprocess
import sys
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

RIGHT = {
    "SECRET_KEY": "une-clé-assez-longue-pour-une-vraie-installation-0123456789",
    "DATABASE_URL": "postgresql://vivier@/vivier?host=/nowhere",
    "ALLOWED_HOSTS": "vivier.exemple.fr, www.vivier.exemple.fr",
    "DEFAULT_FROM_EMAIL": "Vivier <bonjour@vivier.exemple.fr>",
    "EMAIL_HOST": "smtp.exemple.fr",
}
CODE = """
import django, json
from django.conf import settings
django.setup()
from django.core.checks import run_checks
print(json.dumps({
    "errors": [str(error) for error in run_checks(include_deployment_checks=True) if not error.is_silenced()],
    "session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME, "device": settings.DEVICE_COOKIE_NAME,
    "second_factor": settings.STAFF_SECOND_FACTOR_REQUIRED, "demo": settings.DEMO, "debug": settings.DEBUG,
    "hosts": settings.ALLOWED_HOSTS,
}))
"""


PRODUCTION = "vivier.config.settings.prod"


def start(**changes) -> subprocess.CompletedProcess:
    """Start Django for production in a process of its own, with the right environment but for `changes`."""
    environment = environment_with(DJANGO_SETTINGS_MODULE=PRODUCTION, **changes)
    return subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True)


def refusal(**changes) -> str:
    """Return why the production settings refuse the right environment but for `changes`."""
    environment = mock.patch.dict(os.environ, environment_with(**changes), clear=True)
    with environment, pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_module(PRODUCTION)  # what a process would read first, without its start
    return str(refused.value)


def environment_with(**changes) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {name: value for name, value in (kept | RIGHT | changes).items() if value is not None}


def test_a_right_environment_starts_with_everything_closed():
    import json

    run = start()
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["errors"] == []
    assert found["second_factor"] is True
    assert (found["demo"], found["debug"]) == (False, False)
    assert {found["session"], found["csrf"], found["device"]} == {"__Host-session", "__Host-csrf", "__Host-device"}
    assert found["hosts"] == ["vivier.exemple.fr", "www.vivier.exemple.fr"]


@pytest.mark.parametrize("name", sorted(RIGHT))
@pytest.mark.parametrize("value", [None, "", "   "], ids=["absent", "empty", "blank"])
def test_each_secret_is_compulsory(name, value):
    assert refusal(**{name: value}) == f"La variable d’environnement {name} est obligatoire en production."


@pytest.mark.parametrize("switch", ["VIVIER_DEMO", "VIVIER_WITHOUT_SECOND_FACTOR"])
def test_the_switches_of_the_demonstration_stop_it(switch):
    said = f"{switch} ouvre des comptes sans second facteur : interdit en production."
    assert refusal(**{switch: "1"}) == said
    run = start(**{switch: "1"})
    assert run.returncode != 0 and said in run.stderr


@pytest.mark.parametrize("key", ["courte", "demonstration-only-this-key-signs-nothing-that-matters"])
def test_a_weak_or_published_key_stops_it(key):
    assert "SECRET_KEY est trop courte ou publique" in refusal(SECRET_KEY=key)


def test_any_host_stops_it():
    assert "ALLOWED_HOSTS nomme chaque site" in refusal(ALLOWED_HOSTS="*")


def test_a_fixed_date_is_for_demonstrations_only():
    assert start(VIVIER_TODAY="2020-01-01").returncode == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [({"DEMO": True}, "vivier.E001"), ({"STAFF_SECOND_FACTOR_REQUIRED": False}, "vivier.E002"),
     ({"DEBUG": True}, "vivier.E003")],
)  # fmt: skip
def test_the_check_finds_an_open_door_on_a_public_site(change, code):
    closed = {"SESSION_COOKIE_SECURE": True, "DEMO": False, "STAFF_SECOND_FACTOR_REQUIRED": True}
    with override_settings(**(closed | change)):
        assert code in {error.id for error in run_checks(tags=["security"])}
    with override_settings(**closed):
        assert not {error.id for error in run_checks(tags=["security"])} & {"vivier.E001", "vivier.E002", "vivier.E003"}
