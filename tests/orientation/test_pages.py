"""The pages of the challenges: each can be finished, wrong answers help, and no address breaks one."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.factories import make_commune, make_organisation, make_programme, make_session
from tests.orientation.test_mechanics import addresses
from vivier.common.templatetags.components import qr_code
from vivier.orientation.challenges import all_challenges, find
from vivier.orientation.mechanics import Verdict
from vivier.orientation.progress import Progress

pytestmark = pytest.mark.django_db
CHALLENGES = pytest.mark.parametrize("slug", [one.slug for one in all_challenges()])
HTMX = {"HTTP_HX_REQUEST": "true"}


def address(slug: str, name: str = "challenge") -> str:
    return reverse(f"orientation:{name}", args=[slug])


def text_of(response) -> str:
    return response.content.decode()


def heading(text: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)[1]


def word_in(text: str) -> str:
    """Return the progress that the form of a page carries."""
    return re.search(r'name="suivi" value="([^"]*)"', text)[1]


def onward(text: str) -> tuple[str, dict]:
    """Return the path and the parameters of the button that goes on."""
    link = urlsplit(re.search(r'<p class="actions"><a class="btn" href="([^"]*)"', text)[1])
    return link.path, dict(parse_qsl(link.query))


def wrong_answer(step) -> dict:
    """Return answers that the step judges wrong, found by trying."""
    tries = [
        {"programme": "h", "lance": "1"},
        {"programme": "g", "lance": "1"},
        {"chemin": "grenoble", "saut": "annecy"},
        {"chemin": "annecy.lyon", "saut": "saint-etienne"},
        *({"choix": str(n)} for n in range(4)),
        {"indice": "1"},
        {"ink": "0", "valide": "1"},
        {"words": "0", "height": "0", "valide": "1"},
    ]
    for answers in tries:
        play = step.puzzle.play({name: [value] for name, value in answers.items()})
        if play.verdict is Verdict.WRONG:
            return answers
    raise AssertionError(step.title)


# --- From the first step to the end ---


@CHALLENGES
def test_a_challenge_is_finished_with_the_answers_of_the_data(client, slug):
    found = find(slug)
    text = text_of(client.get(address(slug)))
    path = address(slug)
    for number, step in enumerate(found.steps, start=1):
        assert heading(text) == step.title
        assert f"Étape {number} sur {len(found.steps)}" in text
        solved = text_of(client.get(path, {**step.puzzle.solution(), "suivi": word_in(text)}))
        assert "C’est ça" in solved and step.teaches in solved
        path, query = onward(solved)
        text = text_of(client.get(path, query))
    assert path == address(slug, "end")
    assert "Voilà ce que tu viens de montrer" in text and found.did in text
    for occupation in found.occupations:
        assert occupation.name in text


@CHALLENGES
def test_a_wrong_answer_is_met_with_a_hint_and_then_with_the_answer(client, slug):
    found = find(slug)
    for number, step in enumerate(found.steps):
        word = Progress(number).word(found)
        wrong = wrong_answer(step)
        for hints in (2, 3):
            text = text_of(client.get(address(slug), wrong | {"suivi": word}))
            assert "Pas encore" in text and "C’est ça" not in text
            assert all(hint in text for hint in step.hints[:hints])
            word = word_in(text)
        assert "Montre-moi une réponse" in text
        shown = text_of(client.get(address(slug), {"suivi": word, "montre": "1"}))
        assert "Voici une réponse" in shown and step.teaches in shown
        assert onward(shown)[1]["suivi"]


def test_the_answer_is_not_shown_before_it_was_tried(client):
    text = text_of(client.get(address("donnees"), {"montre": "1"}))
    assert "Voici une réponse" not in text and "Montre-moi" not in text


def test_nothing_shames():
    """No score, no counter of mistakes, no red cross: the words of a refusal are kind."""
    text = " ".join(hint for one in all_challenges() for step in one.steps for hint in step.hints)
    for bad in ("faux", "échec", "perdu", "nul", "score", "erreur !", "facile"):
        assert bad not in text.lower()


# --- What is in the address, and nothing else ---


def test_a_turn_asks_the_database_nothing_and_sets_no_cookie_of_its_own(client):
    client.get("/")  # the device's cookie is the platform's
    kept = set(client.cookies)
    with CaptureQueriesContext(connection) as queries:
        client.get(address("code"), {"programme": "bbdddb", "lance": "1"})
    assert [query["sql"] for query in queries if "orientation" in query["sql"]] == []
    assert len(queries) <= 12
    assert set(client.cookies) == kept


def test_two_people_at_the_same_point_have_the_same_address(client):
    first, second = text_of(client.get(address("code"))), text_of(client.get(address("code")))
    assert word_in(first) == word_in(second)


@pytest.mark.parametrize("word", ["x", "1.0", "1.0:abc", ":", "é", "9" * 500, "{}"])
def test_a_forged_progress_has_a_clear_page(client, word):
    response = client.get(address("code"), {"suivi": word})
    assert response.status_code == 410
    assert "Le fil de ce défi est perdu" in text_of(response)
    assert address("code") in text_of(response)


def test_the_progress_of_another_challenge_or_of_a_longer_one_is_not_taken(client):
    other = Progress(1).word(find("design"))
    beyond = Progress(99).word(find("code"))
    elsewhere = signing.Signer(salt="elsewhere").sign("1.0")
    for word in (other, beyond, elsewhere):
        assert client.get(address("code"), {"suivi": word}).status_code == 410


def test_htmx_is_sent_to_the_page_of_a_lost_progress(client):
    response = client.get(address("code"), {"suivi": "x"}, **HTMX)
    assert response.status_code == 200 and "suivi=x" in response["HX-Redirect"]


def test_a_finished_challenge_leads_to_its_end(client):
    word = Progress(len(find("code").steps)).word(find("code"))
    assert client.get(address("code"), {"suivi": word})["Location"].startswith(address("code", "end"))
    assert client.get(address("code"), {"suivi": word}, **HTMX)["HX-Redirect"].startswith(address("code", "end"))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    slug=st.sampled_from([one.slug for one in all_challenges()]),
    step=st.integers(-1, 3),
    name=st.sampled_from(["challenge", "end"]),
    answers=addresses,
    commune=st.none() | st.text(max_size=30),
    word=st.none() | st.text(max_size=30),
)
def test_no_address_breaks_a_page(client, slug, step, name, answers, commune, word):
    given_word = Progress(step).word(find(slug)) if step >= 0 else word
    query = {**answers, **({"suivi": given_word} if given_word is not None else {})}
    query |= {"commune": commune} if commune is not None else {}
    is_refused_before = any("\0" in text for value in query.values() for text in value)  # the platform's answer is 404
    expected = (404,) if is_refused_before else (200, 302, 410)
    assert client.get(address(slug, name), query).status_code in expected


def test_unknown_challenges_and_posts_are_refused(client):
    for name in ("challenge", "end", "workshop"):
        assert client.get(address("poterie", name)).status_code == 404
        assert client.post(address("code", name)).status_code == 405


# --- What htmx swaps ---


@CHALLENGES
def test_what_htmx_swaps_is_what_a_reload_shows(client, slug):
    found = find(slug)
    for query in ({}, wrong_answer(found.steps[0]), found.steps[0].puzzle.solution()):
        whole, part = client.get(address(slug), query), client.get(address(slug), query, **HTMX)
        assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]
        swapped = re.search(r'<div id="defi".*</div>(?=\s*<p id="annonce")', text_of(part), re.S)[0]
        assert swapped in text_of(whole)
        assert "<html" not in text_of(part) and "<title>" in text_of(part)
    again = client.get(address(slug), HTTP_HX_REQUEST="true", HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert "<html" in text_of(again)


# --- The end, the list, the wall ---


def test_the_end_shows_the_nearest_sessions_of_the_commune(client):
    programme = make_programme(make_organisation("Les Passerelles"), ("Valence", "Grenoble"))
    valence, grenoble = programme.sites.order_by("position")
    make_session(programme, days=3, site=grenoble, title="À Grenoble")
    make_session(programme, days=9, site=valence, title="À Valence")
    make_session(programme, days=2, site=valence, title="Discrète", is_public=False)
    make_commune("Romans-sur-Isère")
    soonest = text_of(client.get(address("code", "end")))
    assert soonest.index("À Grenoble") < soonest.index("À Valence") and "Discrète" not in soonest
    with CaptureQueriesContext(connection) as queries:
        nearest = text_of(client.get(address("code", "end"), {"commune": "Romans-sur-Isère"}))
    assert len(queries) <= 12
    assert "Les séances les plus proches de Romans-sur-Isère" in nearest
    assert nearest.index("À Valence") < nearest.index("À Grenoble")


def test_an_unknown_commune_is_said_and_the_end_keeps_what_was_done(client):
    word = Progress(len(find("code").steps)).word(find("code"))
    text = text_of(client.get(address("code", "end"), {"commune": "Trifouillis", "suivi": word}))
    assert "Aucune commune ne répond à ce nom" in text
    assert "Voilà ce que tu viens de montrer" in text and word_in(text) == word


def test_the_end_read_without_playing_claims_nothing(client):
    text = text_of(client.get(address("code", "end"), {"suivi": "x"}))
    assert "Ce que montre ce défi" in text and find("code").did not in text


def test_the_list_says_minutes_and_skill_and_opens_each(client):
    text = text_of(client.get(reverse("orientation:list")))
    for one in all_challenges():
        assert address(one.slug) in text and address(one.slug, "workshop") in text
        assert f"{one.field}, {one.minutes} minutes" in text
        assert one.skill.lower() in text


def test_the_sheet_for_the_wall_holds_the_code_and_the_address(client, settings):
    settings.PUBLIC_URL = "https://vivier.example"
    text = text_of(client.get(address("reseau", "workshop")))
    printed = "https://vivier.example/decouvrir/reseau/"
    assert f'<p class="address">{printed}</p>' in text
    assert f'<div class="poster-code big">{qr_code(printed)}</div>' in text
    assert all(question in text for question in find("reseau").talk)


def test_home_and_navigation_lead_to_the_challenges(client):
    text = text_of(client.get("/"))
    assert re.search(rf'<nav class="site-nav".*href="{reverse("orientation:list")}">Découvrir</a>', text, re.S)
    assert address("code") in text
