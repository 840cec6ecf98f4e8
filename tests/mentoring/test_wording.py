"""The French of the room: agreements, places, distances."""

import pytest
from django.urls import reverse

from tests.mentoring.test_pages import client_of, heading_of, make_run, text_of
from tests.mentoring.worlds import add_mentee, add_mentor, make_empty_world
from vivier.mentoring import operations
from vivier.mentoring.models import Pair
from vivier.mentoring.vocabulary import Decision, EndReason, PairState, RefusalReason, VettingState
from vivier.mentoring.wording import at_place, distance_words, interest_words, slot_words
from vivier.programmes.vocabulary import Audience


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Valence", "à Valence"),
        ("Le Puy-en-Velay", "au Puy-en-Velay"),
        ("Les Ulis", "aux Ulis"),
        ("La Ricamarie", "à La Ricamarie"),
        ("L’Isle-d’Abeau", "à L’Isle-d’Abeau"),
        ("Lens", "à Lens"),
    ],
)
def test_a_place_contracts_its_article(name, said):
    assert at_place(name) == said


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (None, "distance non connue"),
        (0.0, "à moins de 1 km"),
        (0.4, "à moins de 1 km"),
        (0.6, "à 1 km"),
        (17.8, "à 18 km"),
    ],
)
def test_distances_are_rounded_and_the_unknown_is_said(km, said):
    assert distance_words(km) == said


def test_lists_keep_the_order_of_the_week_and_of_the_list():
    assert slot_words(["sat_am", "mon_pm", "wed_pm"]) == "lundi après-midi, mercredi après-midi et samedi matin"
    assert interest_words(["data", "code"]) == "programmation et données"
    assert slot_words([]) == ""


HEADINGS = {
    Audience.LYCEENNES: "1 lycéenne a une marraine proposée. 1 attend, à Valence.",
    Audience.COLLEGIENNES: "1 collégienne a une marraine proposée. 1 attend, à Valence.",
    Audience.PUPILS: "1 élève a une proposition de marraine ou de mentor. 1 attend, à Valence.",
    Audience.STUDENTS: "1 étudiante a une marraine proposée. 1 attend, à Valence.",
    Audience.WOMEN: "1 participante a une proposition de mentor. 1 attend, à Valence.",
    Audience.EVERYONE: "1 personne a une proposition de marraine ou de mentor. 1 attend, à Valence.",
}


@pytest.mark.django_db
@pytest.mark.parametrize("audience", Audience.values)
def test_every_public_is_spoken_of_in_its_own_words(audience):
    world = make_empty_world(("Valence", "Lyon"), audience=audience)
    add_mentee(world)
    add_mentee(world)
    add_mentor(world)
    run = make_run(world)
    client = client_of(world)
    page = client.get(reverse("mentoring:run", args=[run.public_id]))
    assert heading_of(page) == HEADINGS[audience]
    pair = Pair.objects.get()
    operations.accept(by=world.actor, pair=pair)
    said = ""
    for address in (
        reverse("mentoring:runs", args=[world.programme.slug]),
        reverse("mentoring:run", args=[run.public_id]),
        reverse("mentoring:run", args=[run.public_id]) + "?vue=attente",
        reverse("mentoring:pair", args=[pair.public_id]),
        reverse("mentoring:mentors", args=[world.programme.slug]),
        reverse("mentoring:mentor", args=[world.mentors[0].public_id]),
        reverse("mentoring:rules", args=[world.programme.slug]),
    ):
        page = client.get(address)
        assert page.status_code == 200
        said += text_of(page)
    main = said.replace("Marraines Appariements Fichiers", "")
    if audience in (Audience.PUPILS, Audience.EVERYONE):
        assert "marraine ou mentor" in main.lower() or "marraine ou un mentor" in main.lower()
    for mark in ("·", " !", "None", "{", "}"):
        assert mark not in said, mark


@pytest.mark.parametrize("choices", [PairState, Decision, RefusalReason, EndReason, VettingState])
def test_codes_are_ascii_and_labels_are_words(choices):
    for code, label in choices.choices:
        assert code.isascii() and code == code.lower()
        assert label.strip() and "·" not in label and "!" not in label
