"""The signed link: what it opens, for how long, and what its page says and does."""

from datetime import timedelta

import pytest
from django.core import signing

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import born, guardian_link, mails, mails_to
from vivier.common import clock
from vivier.common.actors import VISITOR
from vivier.mentoring.rights import consent_states
from vivier.mentoring.vocabulary import ConsentState
from vivier.people import links, operations
from vivier.people.consent_rules import Outcome
from vivier.people.models import Consent, Guardianship
from vivier.people.queries import standings
from vivier.people.records import NewGuardian
from vivier.workshops.models import Registration
from vivier.workshops.operations.seats import seats_left

pytestmark = pytest.mark.django_db
PAGE = "/autorisation/"


@pytest.fixture
def girl():
    """A girl of 16 who waits for a session, and her mother."""
    programme = make_programme(make_organisation("Les Passerelles", email="contact@passerelles.test"))
    girl = make_beneficiary(programme.controller, "Inès", "Rivière", birth_date=born(16), email="ines@exemple.test")
    girl.mother = make_guardian(girl, first_name="Nadia", email="nadia@exemple.test")
    girl.session = make_session(
        programme, host="Claire Fontaine, animatrice", host_checked_on=clock.today() - timedelta(days=10)
    )
    girl.place = make_registration(girl.session, girl, state="awaiting_consent")
    operations.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True})
    girl.token = guardian_link(girl, girl.mother)
    return girl


def says(client, girl, token=None, **answers):
    return client.post(PAGE, {"jeton": token or girl.token, "signed_by": "Nadia Rivière", **answers})


def state_of(girl) -> str:
    return Registration.objects.get(pk=girl.place.pk).state


# --- Reading ---


def test_the_page_says_which_adult_where_when_and_how_she_was_verified(client, girl):
    response = client.get(PAGE, {"jeton": girl.token})
    page = response.content.decode()
    for words in (
        "Inès attend votre réponse.",
        "Claire Fontaine, animatrice",
        "vérification faite par Les Passerelles le",
        "Maison des associations, 1 rue du Test, Valence",
        "de\u00a014\u00a0h\u00a0à\u00a016\u00a0h",
        "Code civil, art. 372-2",
        "à vérifier",
        "activity.guardian.2",
    ):
        assert words in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in page


def test_photographs_wait_for_nobody(client, girl):
    says(client, girl, activity="oui")
    assert "Inès attend votre réponse." in client.get(PAGE, {"jeton": girl.token}).content.decode()
    says(client, girl, mentoring="oui")
    page = client.get(PAGE, {"jeton": girl.token}).content.decode()
    assert not Consent.objects.filter(purpose="image", guardian=girl.mother).exists()
    assert "Tout est en ordre : Inès peut participer." in page


def test_an_answer_that_is_over_is_to_be_given_again(client, girl):
    says(client, girl, activity="oui", mentoring="oui")
    assert " checked" in client.get(PAGE, {"jeton": girl.token}).content.decode()
    Consent.objects.filter(guardian=girl.mother).update(expires_on=clock.today() - timedelta(days=1))
    page = client.get(PAGE, {"jeton": girl.token}).content.decode()
    assert " checked" not in page
    assert "arrivée à son terme" in page and "Inès attend votre réponse." in page


def test_reading_changes_nothing(client, girl):
    before = Consent.objects.count()
    client.get(PAGE, {"jeton": girl.token, "activity": "oui"})
    client.head(PAGE, {"jeton": girl.token})
    assert Consent.objects.count() == before
    assert state_of(girl) == "awaiting_consent"


def test_from_15_her_data_are_not_her_mother_s_to_answer(client, girl):
    page = client.get(PAGE, {"jeton": girl.token})
    assert "data" not in page.context["form"].fields
    says(client, girl, data="non", activity="oui")
    assert not Consent.objects.filter(purpose="data", guardian=girl.mother).exists()
    assert state_of(girl) == "confirmed"


def test_her_own_link_speaks_to_her(client, girl):
    page = client.get(PAGE, {"jeton": links.Bearer(girl).token}).content.decode()
    assert "Ta réponse" in page
    assert "signed_by" not in page


# --- Answering ---


def test_a_yes_confirms_the_place_keeps_its_proof_and_sends_a_receipt(client, girl):
    response = says(client, girl, activity="oui", image="non")
    assert response.status_code == 303
    assert "sont enregistrées" in client.get(response.url).content.decode()
    assert state_of(girl) == "confirmed"
    consent = Consent.objects.get(purpose="activity")
    assert (consent.guardian, consent.channel, consent.wording) == (girl.mother, "link", "activity.guardian.2")
    assert consent.proof == "signé Nadia Rivière"
    assert consent.expires_on > clock.today() + timedelta(days=360)
    receipt = mails_to("nadia@exemple.test")[-1]
    assert "Participer aux séances : oui" in receipt["body"]
    assert "Figurer sur des photos : non" in receipt["body"]
    assert mails_to("ines@exemple.test")[-1]["subject"] == "Ta place est confirmée : Atelier découverte"


def test_a_no_frees_the_seat_and_a_change_of_mind_opens_it_again(client, girl):
    says(client, girl, activity="non")
    assert state_of(girl) == "refused"
    says(client, girl, activity="oui")
    assert state_of(girl) == "confirmed"


@pytest.mark.parametrize(
    ("age", "purpose", "sentence", "place", "free"),
    [
        (13, "data", "L’inscription s’arrête et la place est libérée.", "cancelled", 1),
        (13, "activity", "Inès ne vient pas et la place est libérée.", "cancelled", 1),
        (16, "activity", "Inès ne vient pas et la place est libérée.", "cancelled", 1),
        (13, "mentoring", "Inès n’a pas de marraine. Sa place aux séances est gardée.", "confirmed", 0),
        (16, "mentoring", "Inès n’a pas de marraine. Sa place aux séances est gardée.", "confirmed", 0),
        (13, "image", "Aucune photo n’est publiée. Sa place aux séances est gardée.", "confirmed", 0),
        (16, "image", "Aucune photo n’est publiée. Sa place aux séances est gardée.", "confirmed", 0),
    ],
)
def test_a_declining_guardian_s_no_does_what_the_page_said(client, age, purpose, sentence, place, free):
    """The sentence beside "non" is read on the page, pressed, and held against what became of her place and right."""
    programme = make_programme(make_organisation())
    girl = make_beneficiary(programme.controller, "Inès", birth_date=born(age))
    mother, father = make_guardian(girl), make_guardian(girl)
    session = make_session(programme, capacity=1)
    past = make_session(programme, days=-3)
    registration = make_registration(session, girl, state="awaiting_consent")
    make_registration(past, girl, attended=True)
    operations.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True})
    yes = dict.fromkeys({"activity", "mentoring", "image"} | ({"data"} if age < 15 else set()), "oui")
    token = guardian_link(girl, father)
    assert client.post(PAGE, {"jeton": token, "signed_by": "Jean Rivière", **yes}).status_code == 303
    place_now = Registration.objects.get(pk=registration.pk)
    assert place_now.state == "confirmed"
    token = guardian_link(girl, mother)
    assert sentence in client.get(PAGE, {"jeton": token}).content.decode()
    answer = client.post(PAGE, {"jeton": token, "signed_by": "Nadia Rivière", purpose: "non"}, follow=True)
    assert answer.status_code == 200
    assert Registration.objects.get(pk=registration.pk).state == place
    assert seats_left(session) == free
    states = consent_states([girl.pk])
    assert (states[girl.pk] == ConsentState.REFUSED) == (purpose == "mentoring")
    image = standings([girl.pk], ["image"])[girl.pk]["image"].outcome
    assert (image == Outcome.REFUSED) == (purpose == "image")


def test_a_withdrawal_acts_at_once(client, girl):
    says(client, girl, activity="oui")
    says(client, girl, activity="non")
    assert state_of(girl) == "cancelled"
    assert Consent.objects.order_by("-pk").first().answer == "withdrawn"
    assert "accord retiré" in mails_to("nadia@exemple.test")[-1]["body"]


def test_a_refused_image_keeps_the_place(client, girl):
    says(client, girl, activity="oui", image="non", mentoring="non")
    assert state_of(girl) == "confirmed"


def test_a_second_press_adds_nothing(client, girl):
    says(client, girl, activity="oui")
    sent = len(mails())
    assert says(client, girl, activity="oui").status_code == 303
    assert Consent.objects.filter(purpose="activity").count() == 1
    assert len(mails()) == sent


def test_a_yes_about_to_end_may_be_said_again(client, girl):
    says(client, girl, activity="oui")
    Consent.objects.filter(purpose="activity").update(expires_on=clock.today() + timedelta(days=20))
    says(client, girl, activity="oui")
    assert Consent.objects.filter(purpose="activity").count() == 2


def test_the_other_guardian_s_no_wins(client, girl):
    father = make_guardian(girl, first_name="Karim", email="karim@exemple.test")
    says(client, girl, activity="oui")
    client.post(PAGE, {"jeton": guardian_link(girl, father), "signed_by": "Karim Rivière", "activity": "non"})
    assert state_of(girl) == "cancelled"
    page = client.get(PAGE, {"jeton": girl.token}).content.decode()
    assert "ne participe pas" in page
    assert "Karim" not in page


def test_her_own_no_wins_over_her_mother_s_yes(client, girl):
    says(client, girl, activity="oui")
    client.post(PAGE, {"jeton": links.Bearer(girl).token, "activity": "non"})
    assert state_of(girl) == "cancelled"


def test_below_15_her_data_need_both(client):
    programme = make_programme()
    girl = make_beneficiary(programme.controller, "Maya", "Source", birth_date=born(13))
    girl.mother, girl.session = make_guardian(girl), make_session(programme)
    girl.place = make_registration(girl.session, girl, state="awaiting_consent")
    girl.token = guardian_link(girl, girl.mother)
    page = says(client, girl, data="oui", activity="oui")
    assert state_of(girl) == "awaiting_consent"
    assert "Il manque celle de Maya" in client.get(page.url).content.decode()
    client.post(PAGE, {"jeton": links.Bearer(girl).token, "data": "oui"})
    assert state_of(girl) == "confirmed"


def test_an_answer_is_needed_and_a_name(client, girl):
    response = says(client, girl)
    assert response.status_code == 422
    assert "Choisir oui ou non pour au moins un sujet." in response.content.decode()
    response = client.post(PAGE, {"jeton": girl.token, "activity": "oui", "signed_by": ""})
    assert response.status_code == 422
    assert response["Referrer-Policy"] == "no-referrer"
    response = says(client, girl, activity="peut-être")
    assert response.status_code == 422
    assert not Consent.objects.filter(guardian=girl.mother).exists()


def test_how_she_signs_completes_her_name(client, girl):
    girl.mother.last_name = ""
    girl.mother.save(update_fields=["last_name"])
    says(client, girl, activity="oui")
    girl.mother.refresh_from_db()
    assert girl.mother.full_name == "Nadia Rivière"


# --- Links that open nothing ---


@pytest.mark.parametrize("token", ["", "abc", "a:b:c", "é" * 50, "x" * 5000])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_altered_link_says_how_to_get_another(client, token, method):
    response = getattr(client, method)(PAGE, {"jeton": token, "activity": "oui"})
    assert response.status_code == 404
    assert "Recevoir un nouveau lien" in response.content.decode()


def test_every_altered_letter_is_seen(girl):
    for position in range(0, len(girl.token), 7):
        letter = "A" if girl.token[position] != "A" else "B"
        with pytest.raises(links.LinkError):
            links.read(girl.token[:position] + letter + girl.token[position + 1 :])


def test_a_link_of_another_kind_is_refused(girl):
    other = signing.dumps({"b": girl.public_id.hex, "v": 1}, salt="vivier.workshops.place")
    with pytest.raises(links.AlteredLink):
        links.read(other)


def test_a_link_dies_after_sixty_days_and_a_new_one_goes_to_the_address_on_file(client, girl, monkeypatch):
    import time

    later = time.time() + (links.MAX_AGE_DAYS * 24 + 1) * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    response = client.get(PAGE, {"jeton": girl.token})
    assert response.status_code == 410
    assert "plus de 60 jours" in response.content.decode()
    assert says(client, girl, activity="oui").status_code == 410
    assert state_of(girl) == "awaiting_consent"
    response = client.post("/autorisation/nouveau-lien/", {"jeton": girl.token})
    assert "Regardez vos messages" in client.get(response.url).content.decode()
    mail = mails_to("nadia@exemple.test")[-1]
    token = mail["body"].split("jeton=")[1].split()[0]
    from urllib.parse import unquote

    assert client.get(PAGE, {"jeton": unquote(token)}).status_code == 200


def test_a_cancelled_link_opens_nothing_more(client, girl):
    coordinator = actor_of(make_coordinator(girl.controller))
    operations.cancel_links(by=coordinator, row=Guardianship.objects.get())
    assert client.get(PAGE, {"jeton": girl.token}).status_code == 410
    assert client.get(PAGE, {"jeton": guardian_link(girl, girl.mother)}).status_code == 200


def test_a_guardian_who_is_none_any_more_reads_nothing(client, girl):
    coordinator = actor_of(make_coordinator(girl.controller))
    says(client, girl, activity="oui")
    operations.remove_guardian(by=coordinator, guardianship=Guardianship.objects.get())
    assert client.get(PAGE, {"jeton": girl.token}).status_code == 404
    assert state_of(girl) == "awaiting_consent"  # her yes counts no more


def test_a_new_address_cancels_the_links_sent_to_the_old_one(client, girl):
    coordinator = actor_of(make_coordinator(girl.controller))
    operations.update_guardian(by=coordinator, guardian=girl.mother, email="nouvelle@exemple.test")
    assert client.get(PAGE, {"jeton": girl.token}).status_code == 410


def test_an_unknown_address_is_told_nothing(client, girl):
    known = client.post("/autorisation/nouveau-lien/", {"email": "NADIA@exemple.test"})
    unknown = client.post("/autorisation/nouveau-lien/", {"email": "inconnue@exemple.test"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mails_to("NADIA@exemple.test")) == 1
    assert not mails_to("inconnue@exemple.test")


def test_a_new_link_replaces_none_and_does_not_say_so(client, girl):
    client.post("/autorisation/nouveau-lien/", {"email": "nadia@exemple.test"})
    body = mails_to("nadia@exemple.test")[0]["body"]
    assert "remplace" not in body and "Il sert pendant 60 jours" in body
    assert client.get(PAGE, {"jeton": girl.token}).status_code == 200


def test_asking_for_links_without_end_is_refused(client):
    statuses = [client.post("/autorisation/nouveau-lien/", {"email": "x@exemple.test"}).status_code for _ in range(201)]
    assert statuses[-1] == 429


# --- Who was named by a stranger ---


def test_a_guardian_named_at_sign_up_reads_only_what_came_after_until_staff_vouch_for_her(client, girl):
    later = operations.name_guardian(
        by=VISITOR,
        beneficiary=girl,
        guardian=NewGuardian(first_name="X", email="x@exemple.test"),
        origin=Guardianship.Origin.SIGN_UP,
    )
    token = guardian_link(girl, later.guardian)
    assert "Atelier découverte" not in client.get(PAGE, {"jeton": token}).content.decode()
    operations.vouch_for_guardian(by=actor_of(make_coordinator(girl.controller)), guardianship=later)
    assert "Atelier découverte" in client.get(PAGE, {"jeton": token}).content.decode()
