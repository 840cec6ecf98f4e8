"""What no page can answer is refused everywhere, with a page in French."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_coordinator, make_organisation, make_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "query"),
    [("workshops:create", "modele=%00"), ("portal:people", "q=a%00b"), ("mentoring:mentors", "ville=%00&page=2")],
)
def test_nul_in_a_query_is_refused(name, query):
    programme = make_programme(make_organisation())
    client = Client()
    client.force_login(make_coordinator(programme.controller))
    answer = client.get(f"{reverse(name, args=[programme.slug])}?{query}")
    assert answer.status_code == 404
    assert "Il n’y a rien à cette adresse" in answer.content.decode()


def test_nul_is_refused_to_strangers_too_and_in_a_path():
    assert Client().get("/seances/?ville=%00").status_code == 404
    assert Client().get("/programmes/%00/").status_code == 404
    assert Client().get("/seances/?ville=%2500").status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_an_address_that_a_button_sends_to_explains_itself(method):
    programme = make_programme(make_organisation())
    client = Client()
    client.force_login(make_coordinator(programme.controller))
    answer = getattr(client, method)(reverse("mentoring:launch", args=[programme.slug]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method == "get":
        assert "Rien n’a été fait" in answer.content.decode()
