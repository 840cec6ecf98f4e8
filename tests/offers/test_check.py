"""Anybody has an advertisement checked: remarks in place, one gesture to rewrite, nothing stored."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.mentoring.test_pages import text_of
from vivier.offers import checking

AD = "Nous cherchons un homme de moins de 35 ans.\r\nPoste à Valence, en équipe."
PAGE = "/verifier-une-annonce/"


@pytest.mark.django_db
def test_what_is_pasted_is_read_in_place_and_not_stored():
    client = Client()
    assert client.get(PAGE).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        page = client.post(PAGE, {"title": "Développeuse / Développeur", "text": AD})
    assert not any("moins de 35" in query["sql"] for query in asked)
    text = text_of(page)
    assert "2 passages sont à retirer ou à changer." in text and "L1132-1" in text
    assert '<mark><a href="#remarque-1">' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        # A pay below the minimum is forbidden, if not by the law against discrimination: it is never called harmless.
        ("Salaire : 900 € brut par mois à temps plein, à Valence.", "1 passage est à revoir."),
        ("Poste de secrétaire (H/F) à Valence. " * 12, "2 remarques pour mieux faire."),
        ("Poste de secrétaire (H/F) à Valence, 2 100 € brut par mois.", "Rien à redire."),
    ],
)
def test_the_heading_says_how_grave_the_gravest_remark_is(text, heading):
    assert checking.read("", text).heading == heading


@pytest.mark.django_db
def test_one_gesture_rewrites_and_the_clean_text_is_ready_to_copy():
    client, text = Client(), AD.replace("\r\n", "\n")
    for _ in range(6):
        errors = [one for one in checking.read("", text).remarks if one.finding.severity == "E"]
        if not errors:
            break
        code = errors[0].choices[0][0]
        page = client.post(PAGE, {"text": text.replace("\n", "\r\n"), "appliquer": code})
        assert page.status_code == 200
        _, text = checking.rewritten("", text, code)
        assert text in page.content.decode().replace("&#x27;", "'")
    assert not [one for one in checking.read("", text).remarks if one.finding.severity == "E"]
    assert "35 ans" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "x", "AGE-01.text.0.3.0", "AGE-01.text.0.99999.0"])
def test_a_gesture_for_a_passage_that_is_gone_rewrites_nothing(code):
    page = Client().post(PAGE, {"text": AD, "appliquer": code})
    assert page.status_code == 200
    assert ("Le texte a changé" in text_of(page)) == bool(code)
    assert "moins de 35 ans" in text_of(page)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001])
def test_what_cannot_be_read_is_said(text):
    page = Client().post(PAGE, {"text": text})
    assert page.status_code == 422 and "annonce" in text_of(page)


@pytest.mark.django_db
def test_what_is_pasted_stays_text():
    page = Client().post(PAGE, {"title": "<script>x</script>", "text": "<b>un homme uniquement</b> & « toi »"})
    assert "<script>x" not in page.content.decode() and "&lt;b&gt;" in page.content.decode()


@pytest.mark.django_db
def test_every_rule_has_its_page():
    client = Client()
    listed = client.get(reverse("offers:rules")).content.decode()
    for rule in checking.all_rules():
        address = reverse("offers:rule", args=[rule.id])
        assert address in listed
        page = text_of(client.get(address))
        assert rule.positive[0].split()[0] in page
    assert client.get(reverse("offers:rule", args=["AGE-99"])).status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_rule_shows_its_examples_mended():
    page = text_of(Client().get(reverse("offers:rule", args=["SEX-01"])))
    assert "Plutôt : Nous recherchons une personne pour ce poste physique." in page


@given(st.text(max_size=200), st.text(max_size=400))
def test_pieces_make_the_text_again(title, text):
    reading = checking.read(title, text)
    assert "".join(piece.text for piece in reading.text) == text
    assert "".join(piece.text for piece in reading.title) == title
