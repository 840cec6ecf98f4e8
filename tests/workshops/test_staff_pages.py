"""Sessions and attendance for the staff who run them, through their pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import mails, mails_to
from vivier.common import clock
from vivier.programmes.vocabulary import Audience
from vivier.workshops.models import Registration, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(make_organisation(), ("Valence", "Grenoble"))


@pytest.fixture
def staff(programme) -> Client:
    client = Client()
    client.force_login(make_coordinator(programme.controller))
    return client


@pytest.fixture
def stranger() -> Client:
    client = Client()
    client.force_login(make_coordinator())
    return client


def url(name, *args) -> str:
    return reverse(f"workshops:{name}", args=args)


def typed(programme, **changes) -> dict:
    """Return a session as it is typed."""
    return {
        "title": "Créer un site",
        "day": f"{clock.today() + timedelta(days=7):%Y-%m-%d}",
        "start": "14:00",
        "end": "16:00",
        "mode": "on_site",
        "site": programme.sites.order_by("position").first().pk,
        "place": "Salle des fêtes",
        "capacity": "20",
        "promotion": "automatic",
        "answer_days": "7",
        "is_public": "on",
        **changes,
    }


# --- Creating and changing ---


def test_a_session_is_created_and_ready_to_be_shown(staff, programme):
    response = staff.post(url("create", programme.slug), typed(programme, levels=["2de", "1re"], minimum_age="14"))
    session = Session.objects.get()
    assert response.url == url("manage", session.code)
    assert (session.capacity, session.levels, session.minimum_age) == (20, ["2de", "1re"], 14)
    assert clock.day_words(session.starts_at) == clock.day_words(clock.today() + timedelta(days=7))
    page = staff.get(response.url).content.decode()
    assert "0 place prise sur 20." in page
    assert staff.get(url("session", session.code)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Il manque le titre"),
        ({"day": "2026-02-31"}, "Ce jour n’existe pas"),
        ({"day": "2106-02-01"}, "plus de deux ans"),
        ({"end": "13:00"}, "finit avant d’avoir commencé"),
        ({"start": "25:00"}, "Écrivez l’heure ainsi"),
        ({"site": ""}, "Choisissez la ville"),
        ({"place": ""}, "Il manque le lieu"),
        ({"capacity": "0"}, "au moins une place"),
        ({"capacity": "beaucoup"}, "nombre entier"),
        ({"minimum_age": "18", "maximum_age": "15"}, "plus petit que l’âge minimum"),
        ({"online_url": "pas un lien"}, "commence par https"),
        ({"host_checked_on": "2026-01-01"}, "Dites de quel adulte"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(staff, programme, changes, sentence):
    response = staff.post(url("create", programme.slug), typed(programme, **changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Session.objects.exists()


def test_the_city_of_another_programme_is_refused(staff, programme):
    elsewhere = make_programme(cities=("Lyon",)).sites.get()
    assert staff.post(url("create", programme.slug), typed(programme, site=elsewhere.pk)).status_code == 422


def test_a_session_online_needs_no_place_and_shows_its_link_to_no_visitor(staff, programme):
    link = "https://visio.exemple.test/salle"
    staff.post(url("create", programme.slug), typed(programme, mode="online", site="", place="", online_url=link))
    session = Session.objects.get()
    assert "en ligne" in Client().get(url("session", session.code)).content.decode().lower()
    for name in ("session", "poster", "blank_paper", "sign_up"):
        assert link not in Client().get(url(name, session.code)).content.decode()


def test_a_session_is_duplicated_but_for_its_day(staff, programme):
    model = make_session(programme, title="Modèle", capacity=12, levels=["2de"])
    form = staff.get(url("create", programme.slug), {"modele": model.code}).context["form"]
    assert (form["title"].value(), form["capacity"].value(), form["levels"].value()) == ("Modèle", 12, ["2de"])
    assert form["day"].value() is None


def test_a_change_of_place_is_told_to_everybody_and_a_new_title_to_nobody(staff, programme):
    session = make_session(programme)
    girl = make_beneficiary(programme.controller, email="ines@exemple.test")
    make_guardian(girl, email="nadia@exemple.test")
    make_registration(session, girl)
    start = session.starts_at
    same = typed(programme, day=f"{start:%Y-%m-%d}", place=session.place)
    staff.post(url("edit", session.code), same)
    assert not mails()
    staff.post(url("edit", session.code), {**same, "place": "Autre salle"})
    assert [mail["subject"] for mail in mails()] == ["Séance modifiée : Créer un site"] * 2
    assert "Autre salle" in mails_to("nadia@exemple.test")[0]["body"]


def test_seats_cannot_go_below_the_places_held(staff, programme):
    session = make_session(programme, capacity=3)
    for _ in range(2):
        make_registration(session)
    response = staff.post(url("edit", session.code), typed(programme, capacity="1"))
    assert response.status_code == 422
    assert "2 places sont déjà prises" in response.content.decode()
    assert Session.objects.get().capacity == 3


def test_cancelling_frees_every_place_and_writes_to_everybody_once(staff, programme):
    session = make_session(programme)
    girl = make_beneficiary(programme.controller, email="ines@exemple.test")
    make_guardian(girl, email="nadia@exemple.test")
    make_registration(session, girl)
    assert "Une personne est inscrite" in staff.get(url("cancel", session.code)).content.decode()
    for _ in range(2):
        staff.post(url("cancel", session.code), {"reason": "La salle est fermée."})
    assert Session.objects.get().state == "cancelled"
    assert Registration.objects.get().state == "cancelled"
    assert len(mails()) == 2
    assert "La salle est fermée." in mails_to("nadia@exemple.test")[0]["body"]
    assert staff.post(url("edit", session.code), typed(programme)).status_code == 422


def test_a_past_session_is_not_cancelled(staff, programme):
    session = make_session(programme, days=-2)
    staff.post(url("cancel", session.code), {})
    assert Session.objects.get().state == "open"


# --- The list ---


def test_the_list_says_what_comes_and_what_waits(staff, programme):
    session = make_session(programme, capacity=10)
    make_registration(session)
    make_registration(session, state="awaiting_consent")
    make_registration(session, state="cancelled")
    make_session(programme, days=-3, title="Avant")
    page = staff.get(url("programme_sessions", programme.slug)).content.decode()
    assert "1 séance à venir, 8 places libres sur 10." in page
    assert "1 place attend une autorisation" in page
    assert "Avant" not in page
    assert "Avant" in staff.get(url("programme_sessions", programme.slug), {"vue": "passees"}).content.decode()


def test_past_sessions_ask_for_their_attendance(staff, programme):
    session = make_session(programme, days=-3)
    make_registration(session)
    page = staff.get(url("programme_sessions", programme.slug), {"vue": "passees"}).content.decode()
    assert url("attendance", session.code) in page
    assert "Noter 1" in page


def test_the_list_is_narrowed_by_city(staff, programme):
    valence, grenoble = programme.sites.order_by("position")
    make_session(programme, site=valence, title="Celle de Valence")
    make_session(programme, site=grenoble, title="Celle de Grenoble")
    page = staff.get(url("programme_sessions", programme.slug), {"ville": grenoble.pk}).content.decode()
    assert "Celle de Grenoble" in page
    assert "Celle de Valence" not in page


@pytest.mark.parametrize(
    "query", [{"vue": "nawak"}, {"ville": "abc"}, {"ville": "9" * 30}, {"page": "-1"}, {"page": "x"}]
)
def test_an_odd_address_still_gives_a_page(staff, programme, query):
    assert staff.get(url("programme_sessions", programme.slug), query).status_code == 200


@pytest.mark.parametrize("view", ["a-venir", "passees", "annulees"])
def test_an_empty_list_says_what_to_do(staff, programme, view):
    assert "Créer une séance" in staff.get(url("programme_sessions", programme.slug), {"vue": view}).content.decode()


def test_the_list_costs_the_same_for_many_sessions(staff, programme):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            staff.get(url("programme_sessions", programme.slug))
        return len(captured)

    make_session(programme)
    few = queries()
    for n in range(30):
        make_registration(make_session(programme, days=n + 1))
    assert queries() == few <= 12


# --- The attendance list ---


def test_the_whole_list_is_saved_at_once(staff, programme):
    session = make_session(programme, days=-1)
    places = [make_registration(session) for _ in range(4)]
    marks = ["oui", "oui", "non", ""]
    data = {f"presence-{place.public_id}": mark for place, mark in zip(places, marks, strict=True)}
    staff.post(url("attendance", session.code), data)
    assert [Registration.objects.get(pk=place.pk).attended for place in places] == [True, True, False, None]
    page = staff.get(url("attendance", session.code)).content.decode()
    assert "2 présentes sur 4 attendues" in page


def test_everybody_came_spares_what_is_already_said(staff, programme):
    session = make_session(programme, days=-1)
    absent, other = make_registration(session, attended=False), make_registration(session)
    staff.post(url("attendance", session.code), {"toutes": "1"})
    assert Registration.objects.get(pk=absent.pk).attended is False
    assert Registration.objects.get(pk=other.pk).attended is True


def test_one_mark_at_a_time_gives_the_same_page_as_a_reload(staff, programme):
    session = make_session(programme, days=-1)
    place = make_registration(session)
    address = url("mark", session.code, place.public_id)
    partial = staff.post(address, {"presence": "oui"}, headers={"HX-Request": "true"})
    assert "HX-Request" in partial["Vary"]
    assert "1 présente sur 1 attendue" in partial.content.decode()
    whole = staff.get(url("attendance", session.code)).content.decode()
    assert partial.content.decode().strip() in whole
    assert staff.post(address, {"presence": ""}).url == url("attendance", session.code)
    assert Registration.objects.get().attended is None
    assert staff.post(address, {"presence": "peut-être"}).status_code == 404


def test_who_first_said_it_is_kept(staff, programme):
    session = make_session(programme, days=-1)
    place = make_registration(session)
    staff.post(url("mark", session.code, place.public_id), {"presence": "oui"})
    first = Registration.objects.get()
    assert first.attendance_by is not None
    staff.post(url("attendance", session.code), {f"presence-{place.public_id}": "oui"})
    assert Registration.objects.get().attendance_at == first.attendance_at


def test_marks_of_another_session_are_ignored(staff, programme):
    session, other = make_session(programme, days=-1), make_registration(make_session(programme, days=-1))
    make_registration(session)
    staff.post(url("attendance", session.code), {f"presence-{other.public_id}": "oui", "presence-nawak": "oui"})
    assert Registration.objects.get(pk=other.pk).attended is None
    assert staff.post(url("mark", session.code, other.public_id), {"presence": "oui"},
                      headers={"HX-Request": "true"}).status_code == 404  # fmt: skip


def test_names_are_in_order_whatever_their_accents(staff, programme):
    session = make_session(programme, days=-1)
    names = ["d’Arc", "Eau-Vive", "Étang", "Zola-Rive"]  # none can occur in a token of the page
    for last in reversed(names):
        make_registration(session, make_beneficiary(programme.controller, "Inès", last))
    page = staff.get(url("attendance", session.code)).content.decode()
    assert sorted(names, key=page.index) == names


@pytest.mark.parametrize(("count", "heading"), [(0, "Personne n’est inscrit"), (1, "0 présente sur 1 attendue")])
def test_short_lists_are_said_in_words(staff, programme, count, heading):
    session = make_session(programme, days=-1)
    for _ in range(count):
        make_registration(session)
    assert heading in staff.get(url("attendance", session.code)).content.decode()


def test_both_genders_are_written_out_where_the_public_has_both(staff, programme):
    programme.audience = Audience.PUPILS
    programme.save(update_fields=["audience"])
    session = make_session(programme, days=-1)
    for _ in range(2):
        make_registration(session, attended=True)
    page = staff.get(url("attendance", session.code)).content.decode()
    assert "2 présentes et présents sur 2 attendues et attendus" in page


def test_a_list_of_two_hundred_costs_no_more(staff, programme):
    session = make_session(programme, days=-1, capacity=200)
    for _ in range(200):
        make_registration(session)
    with CaptureQueriesContext(connection) as captured:
        page = staff.get(url("attendance", session.code))
    assert page.content.decode().count("pas encore noté") == 200
    assert len(captured) <= 12


def test_before_the_day_one_is_warned(staff, programme):
    session = make_session(programme, days=3)
    make_registration(session)
    assert "n’a pas encore eu lieu" in staff.get(url("attendance", session.code)).content.decode()


def test_who_still_lacks_an_authorisation_is_named_on_the_list(staff, programme):
    session = make_session(programme, days=-1)
    make_registration(session, state="awaiting_consent")
    page = staff.get(url("attendance", session.code)).content.decode()
    assert "1 personne attend encore une autorisation" in page
    assert "autorisation attendue" in page


def test_the_sheet_to_print_has_room_for_who_comes_unannounced(staff, programme):
    session = make_session(programme)
    make_registration(session, make_beneficiary(programme.controller, "Inès", "Rivière"))
    page = staff.get(url("sheet", session.code)).content.decode()
    assert "Rivière Inès" in page
    assert page.count('class="sign"') == 1 + 5


# --- Who may ---

PAGES = ("manage", "edit", "cancel", "attendance", "sheet")


@pytest.mark.parametrize("name", PAGES)
def test_another_association_finds_nothing(stranger, programme, name):
    session = make_session(programme)
    assert stranger.get(url(name, session.code)).status_code == 404
    assert stranger.post(url(name, session.code), {}).status_code in (404, 405)


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, programme, name):
    response = client.get(url(name, make_session(programme).code))
    assert response.status_code == 302
    assert "connexion" in response.url or "login" in response.url


def test_another_association_marks_registers_and_lists_nothing(stranger, programme):
    place = make_registration(make_session(programme, days=-1))
    assert stranger.post(url("mark", place.session.code, place.public_id), {"presence": "oui"}).status_code == 404
    assert stranger.post(url("leave", place.public_id)).status_code == 404
    assert stranger.get(url("programme_sessions", programme.slug)).status_code == 404
    assert stranger.get(url("create", programme.slug)).status_code == 404
    assert stranger.post(url("create", programme.slug), typed(programme)).status_code == 404
    assert Registration.objects.get().attended is None
