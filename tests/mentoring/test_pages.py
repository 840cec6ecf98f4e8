"""The pages of a programme's matching: what they say, what each number opens, what a press does."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world, make_world
from vivier.common import clock
from vivier.mentoring import operations, queries
from vivier.mentoring.models import MatchingRun, Pair
from vivier.people.models import Consent

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def client_of(world: World) -> Client:
    client = Client()
    client.force_login(world.coordinator)
    return client


def text_of(response) -> str:
    """Return the page without its tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def heading_of(response) -> str:
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", heading)).split())


def make_run(world: World) -> MatchingRun:
    return operations.run_matching(by=world.actor, programme=world.programme)


def run_page(world: World, run: MatchingRun, **query):
    response = client_of(world).get(reverse("mentoring:run", args=[run.public_id]), query)
    assert response.status_code == 200
    return response


def two_cities() -> SimpleNamespace:
    """Return a world where Grenoble is served and two of the three of Valence wait."""
    world = make_empty_world(("Grenoble", "Valence"))
    add_mentee(world, "Grenoble", first_name="Anouk", last_name="Delmas", slots=["wed_pm"], interests=["web"])
    for name in ("Béa", "Chloé", "Dina"):
        add_mentee(world, "Valence", first_name=name, last_name="Marchand")
    add_mentor(world, "Grenoble", first_name="Olga", last_name="Perrin", slots=["wed_pm"], interests=["web"])
    add_mentor(world, "Valence", first_name="Paule", last_name="Quentin")
    return SimpleNamespace(world=world, run=make_run(world))


# --- The run page ---------------------------------------------------------------------------------------------


def test_the_heading_is_the_finding_and_the_proof_is_in_plain_words():
    here = two_cities()
    page = run_page(here.world, here.run)
    assert heading_of(page) == "2 lycéennes ont une marraine proposée. 2 attendent, à Valence."
    assert "aucune autre répartition n’aurait servi une seule lycéenne de plus" in text_of(page)


def test_the_heading_follows_what_was_decided():
    here = two_cities()
    pair = Pair.objects.get(mentor__volunteer__identity__first_name="Olga")
    operations.accept(by=here.world.actor, pair=pair)
    assert heading_of(run_page(here.world, here.run)) == (
        "1 lycéenne a sa marraine, 1 une proposition. 2 attendent, à Valence."
    )
    operations.end(by=here.world.actor, pair=pair, reason="moved", wants_another=True)
    assert heading_of(run_page(here.world, here.run)) == (
        "1 lycéenne a une marraine proposée. 3 attendent, surtout à Valence."
    )


def test_each_city_says_how_it_stands_and_opens_its_list():
    here = two_cities()
    page = run_page(here.world, here.run)
    grenoble, valence = here.world.programme.sites.order_by("position")
    content = page.content.decode()
    assert "2 en attente" in content and "complet" in content
    assert f'href="?ville={grenoble.pk}"' in content and f'href="?vue=attente&amp;ville={valence.pk}"' in content
    only = text_of(run_page(here.world, here.run, ville=str(valence.pk)))
    assert "Paule Quentin" in only and "Olga Perrin" not in only
    waiting = text_of(run_page(here.world, here.run, vue="attente", ville=str(grenoble.pk)))
    assert "Marchand" not in waiting and "Rien ne correspond" in waiting


def test_a_pair_says_why():
    here = two_cities()
    page = text_of(run_page(here.world, here.run, q="anouk"))
    assert "Anouk Delmas" in page and "Olga Perrin" in page and "Paule Quentin" not in page
    for reason in (
        "À moins de 1 km",
        "Créneau commun : mercredi après-midi.",
        "Goûts communs : web.",
        "Seule possibilité.",
        "Une place que personne d’autre ne dispute",
        "Rang de priorité 2 : ni quartier prioritaire, ni commune rurale.",
    ):
        assert reason in page, reason


def test_who_waits_says_why_and_what_would_help():
    here = two_cities()
    page = text_of(run_page(here.world, here.run, vue="attente"))
    waiting = set(here.run.waiting.values_list("enrolment__beneficiary__identity__first_name", flat=True))
    assert len(waiting) == 2
    for name in ("Béa", "Chloé", "Dina"):
        assert (f"{name} Marchand" in page) is (name in waiting)
    assert "marraine possible n’a plus de place" in page
    assert "une place de plus" in page.lower()


def test_somebody_refused_or_arrived_since_is_told_to_need_a_new_run():
    here = two_cities()
    pair = Pair.objects.get(mentor__volunteer__identity__first_name="Olga")
    operations.refuse(by=here.world.actor, pair=pair, reason="slots")
    add_mentee(here.world, "Grenoble", first_name="Lila", last_name="Neuve")
    page = text_of(run_page(here.world, here.run, vue="attente"))
    assert "Sa proposition a été refusée depuis : un nouvel appariement" in page
    assert "Lila Neuve" in page and "Pas dans cet appariement : un nouvel appariement" in page


def test_lists_are_filtered_by_state_and_by_either_name_whatever_the_accents():
    here = two_cities()
    pair = Pair.objects.get(mentor__volunteer__identity__first_name="Olga")
    operations.lock(by=here.world.actor, pair=pair)
    assert "Paule Quentin" not in text_of(run_page(here.world, here.run, etat="locked"))
    assert "Olga Perrin" not in text_of(run_page(here.world, here.run, etat="proposed"))
    assert "Olga Perrin" in text_of(run_page(here.world, here.run, q="PERRÏN"))
    nothing = text_of(run_page(here.world, here.run, q="personne"))
    assert "Rien ne correspond à ce filtre" in nothing and "Tout afficher" in nothing
    for strange in (
        {"ville": "0"},
        {"ville": "x' OR 1=1"},
        {"etat": "zzz"},
        {"page": "999"},
        {"page": "-1"},
        {"vue": "x"},
    ):
        run_page(here.world, here.run, **strange)


def test_an_older_run_is_shown_as_it_was_and_nothing_can_be_decided_on_it():
    here = two_cities()
    make_run(here.world)
    page = run_page(here.world, here.run)
    assert heading_of(page) == "Appariement n° 1 : 2 lycéennes avaient une proposition, 2 attendaient."
    assert "Un appariement plus récent l’a remplacé" in text_of(page)
    assert 'name="decision"' not in page.content.decode()
    assert "Olga Perrin" in text_of(page)
    assert "Marchand" in text_of(run_page(here.world, here.run, vue="attente"))


def test_a_run_that_served_nobody_says_where_to_look():
    world = make_empty_world(("Valence", "Lyon"))
    add_mentee(world, "Valence")
    add_mentor(world, "Lyon")
    page = run_page(world, make_run(world))
    assert heading_of(page) == "Aucune lycéenne n’a de marraine. 1 attend, à Valence."
    assert "Aucune proposition" in text_of(page) and "Voir qui attend et pourquoi" in text_of(page)


def test_when_all_are_served_nobody_waits():
    world = make_world(mentees=2, mentors=2)
    run = make_run(world)
    assert heading_of(run_page(world, run)) == "2 lycéennes ont une marraine proposée. Personne n’attend."
    assert "Personne n’attend" in text_of(run_page(world, run, vue="attente"))


def test_what_is_to_be_done_before_a_meeting_is_said_on_the_line_and_on_the_page():
    world = make_empty_world()
    enrolment = add_mentee(world)
    factories.make_guardian(enrolment.beneficiary)
    add_mentor(world, vetted=False)
    run = make_run(world)
    line = text_of(run_page(world, run))
    assert "vérification à faire" in line and "autorisation à recueillir" in line and "Vérifier d’abord" in line
    assert 'value="accept"' not in run_page(world, run).content.decode()
    pair = Pair.objects.get()
    page = client_of(world).get(reverse("mentoring:pair", args=[pair.public_id]))
    assert "Sa vérification est à faire : enregistrez-la sur sa fiche, puis acceptez." in text_of(page)
    assert "les noms ne sont échangés qu’après" in text_of(page)


@pytest.mark.parametrize("refused", [False, True])
@pytest.mark.parametrize("query", [{}, {"vue": "attente"}, {"ville": "sans"}, {"q": "ines", "etat": "proposed"}])
def test_the_run_page_asks_few_questions_of_the_database(query, refused):
    world = make_world(mentees=20, mentors=6, capacity=2)
    run = make_run(world)
    for pair in Pair.objects.order_by("pk")[:4]:
        operations.accept(by=world.actor, pair=pair)
    if refused:
        guardian = factories.make_guardian(world.mentees[0].beneficiary)
        Consent.objects.create(
            beneficiary=world.mentees[0].beneficiary,
            guardian=guardian,
            purpose="mentoring",
            answer="no",
            channel="link",
            wording="essai.1",
            answered_at=clock.now(),
        )
    client = client_of(world)
    client.get(reverse("mentoring:run", args=[run.public_id]))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("mentoring:run", args=[run.public_id]), query)
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in asked)


# --- Deciding on the page -------------------------------------------------------------------------------------


def press(client: Client, pair: Pair, back: str = "", **answers):
    return client.post(reverse("mentoring:decide", args=[pair.public_id]), answers | {"retour": back})


@pytest.mark.parametrize(
    ("answers", "state", "says"),
    [
        ({"decision": "accept"}, "accepted", "La proposition est acceptée."),
        ({"decision": "lock"}, "locked", "La proposition est verrouillée"),
        ({"decision": "refuse", "reason": "too_far"}, "refused", "La proposition est refusée"),
        ({"decision": "refuse", "reason": ""}, "proposed", "choisissez un motif"),
        ({"decision": "refuse", "reason": "moved"}, "proposed", "choisissez un motif"),
        ({"decision": "unlock"}, "proposed", "La proposition est déverrouillée"),
        ({"decision": "end", "reason": "moved"}, "proposed", "rechargez la page"),
        ({"decision": "erase"}, "proposed", "n’est pas complète"),
        ({}, "proposed", "n’est pas complète"),
        ({"decision": "refuse", "reason": "other", "note": "x" * 201}, "proposed", "200 signes"),
    ],
)
def test_a_press_decides_and_comes_back_to_the_same_place(answers, state, says):
    here = two_cities()
    client, pair = client_of(here.world), Pair.objects.order_by("pk").first()
    back = reverse("mentoring:run", args=[here.run.public_id]) + "?etat=&q=del"
    response = press(client, pair, back, **answers)
    assert (response.status_code, response["Location"]) == (302, back)
    assert Pair.objects.get(pk=pair.pk).state == state
    assert says in text_of(client.get(back))


def test_no_reason_is_chosen_before_she_chooses_one():
    here = two_cities()
    pair = Pair.objects.order_by("pk").first()
    client = client_of(here.world)
    for page in (run_page(here.world, here.run), client.get(reverse("mentoring:pair", args=[pair.public_id]))):
        asked = re.search(r'<select[^>]*name="reason"[^>]*>\s*<option[^>]*>', page.content.decode())[0]
        assert " required" in asked
        assert 'value=""' in asked
    # The other decisions of the line are sent by the same form, and ask for no reason.
    others = re.findall(
        r'<button[^>]*value="(?:accept|lock|unlock)"[^>]*>', run_page(here.world, here.run).content.decode()
    )
    assert others and all("formnovalidate" in button for button in others)


@pytest.mark.parametrize("back", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)", "", "\\\\x"])
def test_nobody_is_sent_elsewhere_after_a_decision(back):
    here = two_cities()
    pair = Pair.objects.order_by("pk").first()
    response = press(client_of(here.world), pair, back, decision="lock")
    assert response["Location"] == reverse("mentoring:pair", args=[pair.public_id])


def test_accepting_what_is_shown_accepts_what_was_shown_and_nothing_else():
    here = two_cities()
    client = client_of(here.world)
    page = client.get(reverse("mentoring:run", args=[here.run.public_id]), {"q": "Anouk"})
    shown = re.findall(r'name="pair" value="([0-9a-f-]+)"', page.content.decode())
    assert len(shown) == 1
    client.post(reverse("mentoring:accept_shown", args=[here.run.public_id]), {"pair": shown})
    assert Pair.objects.get(state="accepted").mentor.volunteer.identity.first_name == "Olga"
    assert Pair.objects.filter(state="proposed").count() == 1
    bad = client.post(reverse("mentoring:accept_shown", args=[here.run.public_id]), {"pair": ["pas un identifiant"]})
    assert bad.status_code == 404


def test_a_swapped_page_is_the_page_reloaded():
    """htmx takes parts of the very page that a reload gives: they must be on it, and the same either way."""
    here = two_cities()
    client = client_of(here.world)
    address = reverse("mentoring:run", args=[here.run.public_id])
    press(client, Pair.objects.order_by("pk").first(), address, decision="lock")
    swapped = client.get(address, headers={"HX-Request": "true"}).content.decode()
    reloaded = client.get(address).content.decode()

    def parts(page: str) -> str:
        """The page without its messages, which are told once, and without its tokens."""
        page = re.sub(r'(?s)id="messages".*?class="page-body"', "", page)
        return re.sub(r'csrfmiddlewaretoken" value="\w+|x-csrftoken[^}]+', "", page)

    assert parts(swapped) == parts(reloaded)
    taken = re.search(r'hx-select-oob="([^"]+)"', reloaded)[1].replace(":innerHTML", "").split(",")
    assert taken == ["#messages", "#constat", "#par-ville"]
    for part in (*taken, "#liste"):
        assert f'id="{part[1:]}"' in reloaded


# --- The list of runs -----------------------------------------------------------------------------------------


def runs_page(world: World):
    return client_of(world).get(reverse("mentoring:runs", args=[world.programme.slug]))


def test_an_empty_programme_says_what_is_missing_and_offers_no_launch():
    world = make_empty_world()
    page = runs_page(world)
    assert "Personne n’est notée présente" in text_of(page) and "aucune marraine disponible" in text_of(page)
    assert "Lancer l’appariement" not in text_of(page)
    add_mentee(world)
    page = runs_page(world)
    assert "Personne n’est notée présente" not in text_of(page) and "aucune marraine disponible" in text_of(page)
    add_mentor(world)
    assert "Lancer l’appariement" in text_of(runs_page(world))


def test_launching_opens_the_run_and_pressing_twice_opens_the_same():
    world = make_world()
    client = client_of(world)
    address = reverse("mentoring:launch", args=[world.programme.slug])
    first, second = (client.post(address, {"after": "0"}) for _ in range(2))
    assert (
        first["Location"] == second["Location"] == reverse("mentoring:run", args=[MatchingRun.objects.get().public_id])
    )
    assert "N° 1" in text_of(runs_page(world))


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "²"])
def test_a_strange_number_does_not_break_the_launch(after):
    world = make_world()
    assert (
        client_of(world).post(reverse("mentoring:launch", args=[world.programme.slug]), {"after": after}).status_code
        == 302
    )
    assert MatchingRun.objects.count() == 1


def test_launching_with_nobody_says_so_and_comes_back():
    world = make_empty_world()
    client = client_of(world)
    response = client.post(reverse("mentoring:launch", args=[world.programme.slug]), follow=True)
    assert "Personne n’attend de marraine" in text_of(response)
    assert not MatchingRun.objects.exists()


# --- One pair -------------------------------------------------------------------------------------------------


def test_the_page_of_a_pair_tells_everything_and_whom_to_call():
    world = make_empty_world()
    add_mentee(world, first_name="Anouk", last_name="Delmas", school_level="2de")
    add_mentor(world, first_name="Olga", last_name="Perrin")
    add_mentor(world, first_name="Rose", last_name="Sicard")
    make_run(world)
    pair = Pair.objects.get()
    chosen, other = ("Olga Perrin", "Rose Sicard")
    if pair.mentor.volunteer.identity.first_name == "Rose":
        chosen, other = other, chosen
    operations.accept(by=world.actor, pair=pair)
    page = client_of(world).get(reverse("mentoring:pair", args=[pair.public_id]))
    assert heading_of(page) == f"{chosen} accompagnera Anouk Delmas, dès que tout est en règle."
    said = text_of(page)
    assert other in said and "à égalité possible" in said
    assert "Proposée par l’appariement" in said and "Acceptée le" in said
    for number in ("119", "3018", "17"):
        assert number in said


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("proposed", "pourrait accompagner"),
        ("locked", "pourrait accompagner"),
        ("accepted", "accompagnera"),
        ("refused", "n’accompagnera pas"),
        ("ended", "a accompagné"),
        ("superseded", "a remplacé la proposition"),
    ],
)
def test_the_heading_of_a_pair_says_its_state(state, heading):
    from tests.mentoring.test_pairs import into, proposal

    world = make_world(mentees=1, mentors=1)
    pair = into(world, proposal(world), state)
    page = client_of(world).get(reverse("mentoring:pair", args=[pair.public_id]))
    assert page.status_code == 200
    assert heading in heading_of(page)


def test_opting_out_is_a_press_on_the_list_and_can_be_taken_back():
    here = two_cities()
    client = client_of(here.world)
    enrolment = here.run.waiting.first().enrolment
    address = reverse("mentoring:opt", args=[enrolment.public_id])
    client.post(address, {"choix": "non"})
    page = run_page(here.world, here.run)
    assert "1 attend, à Valence." in heading_of(page) and "1 ne souhaite pas" in text_of(page)
    client.post(address, {"choix": "oui"})
    assert "2 attendent" in heading_of(run_page(here.world, here.run))


# --- Strangers ------------------------------------------------------------------------------------------------


def test_nothing_opens_for_who_does_not_run_the_matching_there():
    here = two_cities()
    pair, enrolment = Pair.objects.first(), here.world.mentees[0]
    slug, run, mentor = here.world.programme.slug, here.run, here.world.mentors[0]
    addresses = {
        "GET": [
            reverse("mentoring:runs", args=[slug]),
            reverse("mentoring:rules", args=[slug]),
            reverse("mentoring:run", args=[run.public_id]),
            reverse("mentoring:pair", args=[pair.public_id]),
            reverse("mentoring:mentors", args=[slug]),
            reverse("mentoring:mentor", args=[mentor.public_id]),
            reverse("mentoring:my_offer", args=[mentor.public_id]),
        ],
        "POST": [
            reverse("mentoring:launch", args=[slug]),
            reverse("mentoring:rules", args=[slug]),
            reverse("mentoring:accept_shown", args=[run.public_id]),
            reverse("mentoring:decide", args=[pair.public_id]),
            reverse("mentoring:opt", args=[enrolment.public_id]),
            reverse("mentoring:offer", args=[mentor.public_id]),
            reverse("mentoring:pause", args=[mentor.public_id]),
            reverse("mentoring:vetting", args=[mentor.public_id]),
            reverse("mentoring:my_offer", args=[mentor.public_id]),
            reverse("mentoring:my_pause", args=[mentor.public_id]),
        ],
    }
    before = list(Pair.objects.order_by("pk").values())
    answers = {"capacity": "3", "outcome": "ok", "checked_on": "2026-01-02", "decision": "accept", "choix": "non"}
    analyst = factories.make_member(here.world.organisation, "analyst")
    for user in (factories.make_coordinator(), analyst, factories.make_user()):
        client = Client()
        client.force_login(user)
        for address in addresses["GET"]:
            assert client.get(address).status_code == 404, address
        for address in addresses["POST"]:
            assert client.post(address, answers).status_code == 404, address
    for address in addresses["GET"]:
        assert Client().get(address).status_code == 302
    assert list(Pair.objects.order_by("pk").values()) == before
    assert MatchingRun.objects.count() == 1


# --- For the other rooms --------------------------------------------------------------------------------------


def test_the_summary_of_a_programme_adds_up():
    here = two_cities()
    operations.opt_out(by=here.world.actor, enrolment=here.run.waiting.first().enrolment)
    summary = queries.programme_summary(here.world.programme)
    assert [(city.name, city.present, city.declined, city.served, city.waiting) for city in summary.cities] == [
        ("Grenoble", 1, 0, 1, 0),
        ("Valence", 3, 1, 1, 1),
    ]
    total = summary.total
    assert (total.present, total.declined, total.proposed, total.served, total.waiting) == (4, 1, 2, 2, 1)
    assert queries.waiting_now(here.world.programme).count() == 1
    assert queries.latest_run(here.world.programme) == here.run
