"""Marraines: their list, the page of one, their own home, and what a beneficiary reads about hers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.mentoring.invitations import confirm
from tests.mentoring.test_pages import MOST_QUERIES, client_of, heading_of, text_of
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world, make_world
from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.text import of, plural
from vivier.mentoring import operations, queries
from vivier.mentoring.models import Mentor, Pair
from vivier.people.models import Consent, Vetting
from vivier.people.operations import record_vetting

pytestmark = pytest.mark.django_db


def listed(world: World, **query) -> str:
    response = client_of(world).get(reverse("mentoring:mentors", args=[world.programme.slug]), query)
    assert response.status_code == 200
    return text_of(response)


def vetting_until(world: World, mentor: Mentor, days: int, outcome: str = "ok") -> None:
    today = clock.today()
    record_vetting(
        by=world.actor,
        volunteer=mentor.volunteer,
        outcome=outcome,
        checked_on=today - timedelta(days=40),
        expires_on=today + timedelta(days=days),
    )


# --- The list -------------------------------------------------------------------------------------------------


def test_an_empty_list_says_where_to_begin():
    page = listed(make_empty_world())
    assert "Aucune marraine pour l’instant." in page and "Importer mes fichiers" in page


@pytest.mark.parametrize(
    ("mentors", "heading"), [(1, "1 marraine, 2 places libres."), (3, "3 marraines, 6 places libres.")]
)
def test_the_heading_counts_marraines_and_free_places(mentors, heading):
    assert heading in listed(make_world(mentees=0, mentors=mentors, capacity=2))


def test_places_taken_and_pauses_leave_the_count_of_free_places():
    world = make_world(mentees=1, mentors=2)
    operations.run_matching(by=world.actor, programme=world.programme)
    pair = operations.accept(by=world.actor, pair=Pair.objects.get())
    assert "2 marraines, 1 place libre." in listed(world)
    other = next(mentor for mentor in world.mentors if mentor.pk != pair.mentor_id)
    operations.pause(by=world.actor, mentor=other)
    assert "2 marraines, aucune place libre." in listed(world)


def test_a_refused_marraine_has_no_free_place():
    world = make_world(mentees=0, mentors=1)
    vetting_until(world, add_mentor(world, vetted=False), 99, "not_ok")
    assert "2 marraines, 1 place libre." in listed(world)
    assert "1 marraine sur 2 selon ce filtre." in listed(world, place="libre")


def test_the_list_is_filtered_by_verification():
    world = make_empty_world()
    names = {"Missing": None, "Expired": -1, "Ending": 30, "Lasting": 31}
    for name, days in names.items():
        mentor = add_mentor(world, vetted=False, first_name=name, last_name="Essai")
        if days is not None:
            vetting_until(world, mentor, days)
    refused = add_mentor(world, vetted=False, first_name="Refused", last_name="Essai")
    vetting_until(world, refused, 99, "not_ok")
    expected = {
        "a-faire": {"Missing", "Expired"},
        "expire-bientot": {"Ending"},
        "verifiee": {"Ending", "Lasting"},
        "refusee": {"Refused"},
        "": {*names, "Refused"},
        "autre": {*names, "Refused"},
    }
    for code, shown in expected.items():
        page = listed(world, verification=code)
        assert {name for name in (*names, "Refused") if f"{name} Essai" in page} == shown, code


def test_the_list_is_filtered_by_place_commune_and_name():
    world = make_empty_world(("Valence", "Lyon"))
    free = add_mentor(world, "Lyon", first_name="Libre", last_name="Essai")
    add_mentor(world, first_name="Pleine", last_name="Essai", capacity=0)
    paused = add_mentor(world, first_name="Pausée", last_name="Essai")
    operations.pause(by=world.actor, mentor=paused)
    assert free.capacity == 1
    for query, shown in (
        ({"place": "libre"}, {"Libre"}),
        ({"place": "complet"}, {"Pleine"}),
        ({"place": "pause"}, {"Pausée"}),
        ({"ville": "Lyon"}, {"Libre"}),
        ({"ville": "lYO"}, {"Libre"}),
        ({"q": "pausee"}, {"Pausée"}),
        ({"q": "personne"}, set()),
        ({"ville": "Lyon", "place": "pause"}, set()),
    ):
        page = listed(world, **query)
        assert {name for name in ("Libre", "Pleine", "Pausée") if f"{name} Essai" in page} == shown, query
        assert f"{plural(len(shown), 'marraine', 'marraines')} sur 3 selon ce filtre." in page
        if not shown:
            assert "Rien ne correspond" in page


def test_the_list_goes_by_pages_and_asks_few_questions():
    world = make_world(mentees=0, mentors=43)
    client = client_of(world)
    address = reverse("mentoring:mentors", args=[world.programme.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        first = text_of(client.get(address))
    assert len(asked) <= MOST_QUERIES
    assert "1 à 40 sur 43" in first and "41 à 43 sur 43" in listed(world, page="2")


# --- One marraine ---------------------------------------------------------------------------------------------


def page_of(world: World, mentor: Mentor):
    response = client_of(world).get(reverse("mentoring:mentor", args=[mentor.public_id]))
    assert response.status_code == 200
    return response


def test_her_page_says_how_she_stands():
    world = make_world(mentees=1, mentors=1, capacity=2, first_name="Olga", last_name="Perrin")
    mentor = world.mentors[0]
    assert heading_of(page_of(world, mentor)) == "Olga Perrin n’accompagne encore personne, 2 places libres."
    operations.run_matching(by=world.actor, programme=world.programme)
    operations.accept(by=world.actor, pair=Pair.objects.get())
    assert heading_of(page_of(world, mentor)) == "Olga Perrin accompagne 1 personne, 1 place libre."
    operations.pause(by=world.actor, mentor=mentor)
    assert heading_of(page_of(world, mentor)) == "Olga Perrin fait une pause."


def test_the_page_of_a_refused_marraine_says_so_first_and_promises_nobody():
    world = make_world(mentees=1, mentors=2)
    operations.run_matching(by=world.actor, programme=world.programme)
    operations.accept(by=world.actor, pair=Pair.objects.get())
    busy = Mentor.objects.get(pairs__state="accepted")
    idle = Mentor.objects.exclude(pk=busy.pk).get()
    for mentor in (busy, idle):
        vetting_until(world, mentor, 99, "not_ok")
        Vetting.objects.filter(volunteer=mentor.volunteer, outcome="not_ok").update(checked_on=clock.today())
    of_busy, of_idle = (of(mentor.volunteer.identity.full_name) for mentor in (busy, idle))
    assert (
        heading_of(page_of(world, busy)) == f"La vérification {of_busy} est refusée : 1 accompagnement est à arrêter."
    )
    assert heading_of(page_of(world, idle)) == f"La vérification {of_idle} est refusée."
    assert "Le prochain appariement pourra" not in text_of(page_of(world, idle))


def test_her_home_promises_nobody_to_a_refused_marraine():
    world, pair, user = accepted()
    Vetting.objects.all().delete()
    vetting_until(world, pair.mentor, 99, "not_ok")
    home = signed_in(user)
    assert heading_of(home.get(reverse("mentoring:my_pairs"))) == "Vos accompagnements sont suspendus."
    operations.end(by=world.actor, pair=pair, reason="moved", wants_another=True)
    page = home.get(reverse("mentoring:my_pairs"))
    assert heading_of(page) == "Vous n’accompagnez personne pour l’instant."
    assert "Dès qu’un accompagnement est accepté" not in text_of(page)


def test_zero_places_is_a_value_and_absurd_ones_are_refused():
    world = make_world(mentees=0, mentors=1)
    mentor, client = world.mentors[0], client_of(world)
    address = reverse("mentoring:offer", args=[mentor.public_id])
    assert client.post(address, {"capacity": "0", "slots": ["wed_pm", "sat_am"]}).status_code == 302
    mentor.refresh_from_db()
    assert (mentor.capacity, mentor.slots) == (0, ["sat_am", "wed_pm"])
    for wrong in ("-1", "31", "", "deux"):
        response = client.post(address, {"capacity": wrong, "slots": []})
        assert response.status_code == 422
        assert "à corriger" in text_of(response)
    assert client.post(address, {"capacity": "1", "slots": ["jamais"]}).status_code == 422
    mentor.refresh_from_db()
    assert (mentor.capacity, mentor.slots) == (0, ["sat_am", "wed_pm"])


def test_a_verification_is_recorded_with_its_dates_and_its_mistakes_are_told():
    world = make_world(mentees=0, mentors=1, vetted=False)
    mentor, client, today = world.mentors[0], client_of(world), clock.today()
    address = reverse("mentoring:vetting", args=[mentor.public_id])
    later, before = (today + timedelta(days=30)).isoformat(), (today - timedelta(days=30)).isoformat()
    for answers, says in (
        ({"outcome": "ok", "checked_on": later, "expires_on": later}, "dans l’avenir"),
        ({"outcome": "ok", "checked_on": today.isoformat(), "expires_on": before}, "précède la date de vérification"),
        ({"outcome": "peut-être", "checked_on": before, "expires_on": later}, "à corriger"),
        ({"outcome": "ok", "checked_on": "", "expires_on": ""}, "à corriger"),
    ):
        response = client.post(address, answers)
        assert response.status_code == 422 and says in text_of(response), answers
    assert not Vetting.objects.exists()
    answers = {"outcome": "ok", "checked_on": before, "expires_on": later}
    assert client.post(address, answers).status_code == 302
    vetting = Vetting.objects.get()
    assert (vetting.outcome, vetting.basis, vetting.recorded_by_id) == ("ok", "individual", world.coordinator.pk)
    page = text_of(page_of(world, mentor))
    assert "Vérifiée le" in page and "vérification individuelle" in page


def test_pause_and_return_are_presses():
    world = make_world(mentees=0, mentors=1)
    client, mentor = client_of(world), world.mentors[0]
    address = reverse("mentoring:pause", args=[mentor.public_id])
    for choice, paused in (("pause", True), ("pause", True), ("reprise", False)):
        client.post(address, {"choix": choice})
        mentor.refresh_from_db()
        assert (mentor.paused_at is not None) is paused
    assert mentor.paused_by_id is None


def test_only_she_or_her_structure_changes_her_offer():
    user = factories.make_user()
    world = make_world(mentees=0, mentors=1, user=user)
    mentor = world.mentors[0]
    own = factories.actor_of(user)
    assert operations.change_offer(by=own, mentor=mentor, capacity=3, slots=[]).capacity == 3
    for actor in (Actor(), factories.actor_of(factories.make_coordinator()), factories.actor_of(factories.make_user())):
        for act in (operations.pause, operations.resume):
            with pytest.raises(NotAllowed):
                act(by=actor, mentor=mentor)
        with pytest.raises(NotAllowed):
            operations.change_offer(by=actor, mentor=mentor, capacity=9, slots=[])
    mentor.refresh_from_db()
    assert (mentor.capacity, mentor.paused_at) == (3, None)


# --- Her own home ---------------------------------------------------------------------------------------------


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def accepted(*, vetted: bool = True, consent: bool = True, confirmed: bool = True) -> tuple[World, Pair, object]:
    """Return a world where one marraine who has an account accompanies one pupil; both said yes."""
    user = factories.make_user()
    world = make_empty_world()
    pupil = {"first_name": "Anouk", "last_name": "Delmas", "email": "anouk@prive.test", "phone": "06 39 98 77 66"}
    enrolment = add_mentee(world, slots=["wed_pm"], school_level="2de", **pupil)
    guardian = factories.make_guardian(enrolment.beneficiary)
    if consent:
        Consent.objects.create(
            beneficiary=enrolment.beneficiary,
            purpose="mentoring",
            guardian=guardian,
            answer="yes",
            channel="link",
            wording="essai.1",
            answered_at=clock.now(),
        )
    add_mentor(
        world, slots=["wed_pm"], first_name="Olga", last_name="Perrin", user=user, occupation="ingénieure réseaux"
    )
    operations.run_matching(by=world.actor, programme=world.programme)
    pair = operations.accept(by=world.actor, pair=Pair.objects.get())
    if confirmed:
        confirm(world, pair)
    if not vetted:
        Vetting.objects.all().update(
            expires_on=clock.today() - timedelta(days=1), checked_on=clock.today() - timedelta(days=9)
        )
    return world, pair, user


def test_her_home_shows_first_name_and_initial_and_no_address():
    _, _, user = accepted()
    page = signed_in(user).get(reverse("mentoring:my_pairs"))
    said = text_of(page)
    assert heading_of(page) == "Vous accompagnez Anouk D."
    assert "2de" in said and "mercredi après-midi" in said and "119" in said
    for private in ("Delmas", "anouk@prive.test", "06 39 98 77 66"):
        assert private not in page.content.decode()


@pytest.mark.parametrize(
    ("state", "says"), [({"consent": False}, "autorisation"), ({"vetted": False}, "Votre vérification")]
)
def test_her_home_names_nobody_before_everything_is_in_order(state, says):
    _, _, user = accepted(**state)
    page = signed_in(user).get(reverse("mentoring:my_pairs"))
    assert heading_of(page) == "1 personne vous attend."
    assert says in text_of(page)
    assert "Anouk" not in page.content.decode()


def test_her_home_says_what_to_do_when_nobody_is_there():
    user = factories.make_user()
    page = signed_in(user).get(reverse("mentoring:my_pairs"))
    assert "Aucun programme ne vous compte encore" in text_of(page)
    world = make_world(mentees=0, mentors=1, user=user)
    assert "Personne encore" in text_of(signed_in(user).get(reverse("mentoring:my_pairs")))
    operations.change_offer(by=world.actor, mentor=world.mentors[0], capacity=0, slots=[])
    assert "Vous avez indiqué 0 place" in text_of(signed_in(user).get(reverse("mentoring:my_pairs")))
    operations.pause(by=world.actor, mentor=world.mentors[0])
    assert "Vous êtes en pause" in text_of(signed_in(user).get(reverse("mentoring:my_pairs")))


def test_a_proposal_is_not_hers_to_see_yet():
    user = factories.make_user()
    world = make_world(mentees=1, mentors=1, user=user)
    operations.run_matching(by=world.actor, programme=world.programme)
    assert heading_of(signed_in(user).get(reverse("mentoring:my_pairs"))) == "Personne ne vous attend encore."


def test_she_changes_her_own_offer_and_takes_a_pause():
    user = factories.make_user()
    world = make_world(mentees=0, mentors=2, capacity=2)
    mentor, other = world.mentors
    mentor.volunteer.user = user
    mentor.volunteer.save()
    client = signed_in(user)
    address = reverse("mentoring:my_offer", args=[mentor.public_id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"capacity": "x"}).status_code == 422
    assert client.post(address, {"capacity": "0"}).status_code == 302
    client.post(reverse("mentoring:my_pause", args=[mentor.public_id]), {"choix": "pause"})
    mentor.refresh_from_db()
    assert mentor.capacity == 0 and mentor.paused_by_id == user.pk
    client.post(reverse("mentoring:my_pause", args=[mentor.public_id]), {"choix": "reprise"})
    mentor.refresh_from_db()
    assert mentor.paused_at is None
    for name in ("my_offer", "my_pause"):
        assert client.post(reverse(f"mentoring:{name}", args=[other.public_id]), {"capacity": "9"}).status_code == 404


# --- What a beneficiary reads ---------------------------------------------------------------------------------


def test_a_beneficiary_reads_a_first_name_a_job_and_how_she_was_checked():
    _, pair, _ = accepted()
    own = queries.own_mentors([pair.enrolment.beneficiary_id])[pair.enrolment.beneficiary_id]
    assert [(one.first_name, one.occupation, one.is_open) for one in own] == [("Olga", "ingénieure réseaux", True)]
    assert own[0].checked_on <= clock.today() < own[0].checked_until
    assert "Perrin" not in str(own)


@pytest.mark.parametrize("state", [{"consent": False}, {"vetted": False}])
def test_a_beneficiary_is_told_nothing_of_her_before_everything_is_in_order(state):
    _, pair, _ = accepted(**state)
    own = queries.own_mentors([pair.enrolment.beneficiary_id])[pair.enrolment.beneficiary_id]
    assert not own[0].is_open and own[0].pending
    assert "Olga" not in str(own)


def test_who_has_no_accepted_pair_reads_nothing():
    world = make_world(mentees=1, mentors=1)
    operations.run_matching(by=world.actor, programme=world.programme)
    assert queries.own_mentors([world.mentees[0].beneficiary_id]) == {}
