"""The list of communes that follows the text."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/territoires/communes/"


def test_a_visitor_gets_radio_buttons(client, shipped, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get(ADDRESS, {"champ": "ville", "ville": "roman", "etat": "id_ville_etat"})
    html = response.content.decode()
    assert response.status_code == 200
    assert '<input type="radio" name="ville_code" value="26281">' in html
    assert 'hx-swap-oob="innerHTML:#id_ville_etat"' in html and "1 commune proposée sous le champ." in html


def test_q_is_another_way_to_ask(client, shipped):
    assert 'name="commune_code" value="38185"' in client.get(ADDRESS, {"q": "gren"}).content.decode()


def test_nothing_found_is_said_with_a_remedy(client, shipped):
    html = client.get(ADDRESS, {"q": "zzzz", "etat": "e"}).content.decode()
    assert "Un code postal marche aussi" in html and "radio" not in html


@pytest.mark.parametrize("text", ["", "a", " a "])
def test_one_letter_is_too_little_to_search(client, shipped, django_assert_num_queries, text):
    with django_assert_num_queries(0):
        assert "radio" not in client.get(ADDRESS, {"q": text}).content.decode()


@pytest.mark.parametrize("value", ['"><script>', "a b", "9", "x" * 100])
def test_names_that_are_no_names_are_left_aside(client, shipped, value):
    html = client.get(ADDRESS, {"champ": value, "etat": value, "q": "gren"}).content.decode()
    assert 'name="commune_code"' in html and value not in html and "swap-oob" not in html


def test_a_very_long_text_is_cut(client, shipped):
    assert client.get(ADDRESS, {"q": "grenoble" + " " * 100 + "x" * 5_000}).status_code == 200


def test_it_is_public_and_may_be_kept_a_while(client, shipped):
    response = client.get(ADDRESS, {"q": "gren"})
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert "Set-Cookie" not in response.headers


def test_only_reading(client):
    assert client.post(ADDRESS).status_code == 405
