"""The components page, the frame and the pages of errors, as the server sends them."""

import re

import pytest
from django.core.management import call_command
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_anybody_may_see_the_components(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("portal:components"))
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert "10\u00a0000" in page


def test_identifiers_are_given_once(client):

    page = client.get(reverse("portal:components")).content.decode()
    given = re.findall(r'\sid="([^"]+)"', page)
    assert len(given) == len(set(given)), sorted({name for name in given if given.count(name) > 1})


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_nothing_from_the_request(status):
    page = render_to_string(f"{status}.html", {"minutes": 15} if status == "429" else {})
    assert page.count("<h1") == 1
    assert 'lang="fr"' in page
    assert 'href="/"' in page


def test_the_demonstration_is_labelled():
    assert "Données de démonstration" in render_to_string("404.html", {"is_demo": True})
    assert "Données de démonstration" not in render_to_string("404.html", {"is_demo": False})


def test_the_current_page_is_marked_for_everybody():
    links = [
        {"label": "Découvrir", "url": "/", "current": False},
        {"label": "Mon programme", "url": "/p", "current": True},
    ]
    page = render_to_string("404.html", {"navigation": links})
    assert '<a href="/p" aria-current="page">Mon programme</a>' in page
    assert page.count("aria-current") == 1


def test_other_pages_of_a_list_keep_its_filters():
    request = RequestFactory().get("/liste/", {"ville": "valence", "page": "3"})
    page = Paginator(range(100), 25).page(3)
    html = render_to_string("components/pagination.html", {"page": page}, request=request)
    assert "ville=valence" in html
    assert "page=2" in html
    assert "page=4" in html
    assert "page=3" not in html
    assert "51 à 75 sur 100" in html


def test_a_list_of_one_page_offers_no_other():
    html = render_to_string(
        "components/pagination.html", {"page": Paginator([1], 25).page(1)}, request=RequestFactory().get("/")
    )
    assert "1 à 1 sur 1" in html
    assert "<a " not in html


def test_an_empty_list_of_things_to_do_is_proud_of_it():
    html = render_to_string("components/todo.html", {"items": [], "empty": "Rien ne t’attend."})
    assert "Rien ne t’attend." in html
    assert "<ul" not in html


def test_a_button_that_acts_is_a_protected_form():
    request = RequestFactory().get("/")
    html = render_to_string(
        "components/confirm.html",
        {"url": "/accepter", "label": "Accepter", "hidden": [{"name": "a", "value": "1"}]},
        request=request,
    )
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html
    assert '<input type="hidden" name="a" value="1">' in html


def test_production_finds_every_file_that_the_sheets_name(settings, tmp_path):
    """Collected with hashed names, as in production: a sheet that names a missing file or font fails here."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "account", "mfa", "gis"])
    collected = {path.name.split(".")[0] for path in (tmp_path / "vivier" / "fonts").glob("*.ttf")}
    assert collected >= {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}
    base = next((tmp_path / "vivier" / "css").glob("base.*.css")).read_text()
    assert "../fonts/AtkinsonHyperlegible-Regular." in base
