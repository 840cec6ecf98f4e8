"""The PDFs: read again by another program."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import (
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
)
from vivier.workshops import links, papers, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(make_organisation("Les Passerelles"))


def read(response) -> PdfReader:
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    """Return the text of every page, its spaces made single."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_came_has_a_certificate(programme, client):
    session = make_session(programme, days=-1, title="Créer #un [site] *vite*")
    place = make_registration(session, make_beneficiary(programme.controller, "Zoé", "Œillet-d’Été"), attended=True)
    query = {"jeton": links.token_of(place)}
    assert reverse("workshops:certificate_by_link") in client.get(reverse("workshops:place"), query).content.decode()
    reader = read(client.get(reverse("workshops:certificate_by_link"), query))
    text = text_of(reader)
    for found in (
        "Zoé Œillet-d’Été",
        "Créer #un [site] *vite*",
        "Les Passerelles",
        " ".join(words.when(session).split()),
        "2 h",
    ):
        assert found in text
    assert len(reader.pages) == 1
    assert (reader.metadata.title, reader.root_object["/Lang"]) == ("Attestation de présence", "fr")
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert all("Atkinson" in font.get_object()["/BaseFont"] for font in fonts)


@pytest.mark.parametrize(("days", "attended"), [(-1, None), (-1, False), (3, True)])
def test_nothing_is_certified_before_it_happened(programme, client, days, attended):
    place = make_registration(make_session(programme, days=days), attended=attended)
    answer = client.get(reverse("workshops:certificate_by_link"), {"jeton": links.token_of(place)})
    assert answer.status_code == 404
    with pytest.raises(papers.NotAttended):
        papers.certificate(place)


def test_her_certificate_is_hers_her_mother_s_and_the_staff_s(programme):
    herself, mother = make_user(), make_user()
    girl = make_beneficiary(programme.controller, user=herself)
    make_guardian(girl, mother)
    place = make_registration(make_session(programme, days=-1), girl, attended=True)
    address = reverse("workshops:certificate", args=[place.public_id])
    for user in (herself, mother, make_coordinator(programme.controller)):
        assert signed_in(user).get(address).status_code == 200
    for user in (make_user(), make_coordinator()):
        assert signed_in(user).get(address).status_code == 404


def test_the_sheet_to_sign_holds_every_name_over_several_pages(programme):
    session = make_session(programme, capacity=70)
    for n in range(60):
        make_registration(session, make_beneficiary(programme.controller, "Inès", f"Rivière{n:02d}"))
    make_registration(session, make_beneficiary(programme.controller, "Maya", "Attente"), state="awaiting_consent")
    make_registration(session, make_beneficiary(programme.controller, "Lina", "Partie"), state="cancelled")
    client = signed_in(make_coordinator(programme.controller))
    reader = read(client.get(reverse("workshops:sheet_pdf", args=[session.code])))
    text = text_of(reader)
    assert all(f"Rivière{n:02d} Inès" in text for n in range(60))
    assert "autorisation attendue" in text
    assert "Partie" not in text
    assert len(reader.pages) > 1
    assert "Signature" in reader.pages[1].extract_text()  # the headings of the table come again


def test_in_the_demonstration_every_paper_says_so(programme, settings):
    settings.DEMO = True
    place = make_registration(make_session(programme, days=-1), attended=True)
    assert "Données de démonstration" in text_of(PdfReader(io.BytesIO(papers.certificate(place))))


@pytest.mark.parametrize(("minutes", "said"), [(120, "2 h"), (90, "1 h 30"), (45, "45 min"), (605, "10 h 05")])
def test_lengths_are_written_as_french_does(programme, minutes, said):
    session = make_session(programme)
    session.ends_at = session.starts_at + timedelta(minutes=minutes)
    assert words.length(session) == said
