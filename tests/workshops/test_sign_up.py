"""The sign-up without account, through its pages: three ages, one place, nothing told to strangers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_commune,
    make_guardian,
    make_programme,
    make_session,
)
from tests.people.worlds import born, mails, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Consent, Guardian
from vivier.people.operations import renew_links
from vivier.programmes.models import Enrolment
from vivier.workshops.models import Registration, Session, SignUpDraft
from vivier.workshops.operations import answer_step, forget_drafts

pytestmark = pytest.mark.django_db
State = Registration.State

HERS = {"first_name": "Inès", "last_name": "Rivière", "email": "ines@exemple.test"}
PARENT = {"guardian_first_name": "Nadia", "guardian_email": "nadia@exemple.test"}


@pytest.fixture
def session() -> Session:
    return make_session(make_programme())


def url(session, name="sign_up") -> str:
    return reverse(f"workshops:{name}", args=[session.code])


def answer(client, session, slug, **data):
    return client.post(url(session), {"etape": slug, **data})


def fill(client, session, *, age, hers=None, parent=None) -> None:
    """Answer every question up to the check."""
    hers, parent = {**HERS, **(hers or {})}, PARENT if parent is None else parent
    make_commune()
    client.get(url(session), {"etape": "nom"})
    birth = hers.get("birth_date") or born(age)
    answer(client, session, "nom", first_name=hers["first_name"], last_name=hers["last_name"])
    answer(client, session, "naissance", birth_date=f"{birth:%d/%m/%Y}")
    answer(client, session, "classe", school_level="2de")
    answer(client, session, "commune", commune="Valence")
    answer(client, session, "contact", email=hers["email"], phone=hers.get("phone", ""))
    if age < 18:
        answer(client, session, "responsable", **parent)


def confirm(client, session, **data):
    return client.post(url(session, "sign_up_confirm"), {"accepts_data": "on", **data})


def sign_up(session, *, age, client=None, **data):
    """Sign somebody up on a device of her own; return the last page."""
    client = client or Client()
    fill(client, session, age=age, **data)
    response = confirm(client, session, image="non")
    assert response.status_code == 303, response.content.decode()
    return client.get(response.url)


# --- Three ages ---


def test_at_13_her_place_is_kept_until_a_guardian_says_yes_to_her_data_and_to_her_coming(session):
    page = sign_up(session, age=13)
    assert "Il reste un accord à recevoir" in page.content.decode()
    registration = Registration.objects.get()
    assert registration.state == State.AWAITING_CONSENT
    assert [(c.purpose, c.answer, c.guardian_id) for c in Consent.objects.order_by("purpose")] == [
        ("data", "yes", None),
        ("image", "no", None),
    ]
    asked = mails_to("nadia@exemple.test")
    assert len(asked) == 1
    assert "/autorisation/?jeton=" in asked[0]["body"]
    assert [mail["subject"] for mail in mails_to("ines@exemple.test")] == ["Ta place est gardée : Atelier découverte"]


def test_at_16_she_answers_for_her_data_and_a_guardian_for_her_coming(session):
    sign_up(session, age=16)
    registration = Registration.objects.get()
    assert registration.state == State.AWAITING_CONSENT
    assert len(mails_to("nadia@exemple.test")) == 1


def test_at_18_she_answers_alone_and_is_confirmed_at_once(session):
    page = sign_up(session, age=18)
    assert "confirmation part à l’adresse donnée" in page.content.decode()
    registration = Registration.objects.get()
    assert registration.state == State.CONFIRMED
    assert set(Consent.objects.filter(answer="yes").values_list("purpose", flat=True)) == {"data", "activity"}
    assert not Guardian.objects.exists()
    assert [mail["to"] for mail in mails()] == ["ines@exemple.test"]


def test_an_adult_is_not_asked_for_a_guardian_and_has_one_step_fewer(session, client):
    fill(client, session, age=18)
    page = client.get(url(session), {"etape": "verifier"}).content.decode()
    assert "Étape 6 sur 6" in page
    other = Client()
    fill(other, session, age=16)
    assert "Étape 7 sur 7" in other.get(url(session), {"etape": "verifier"}).content.decode()


def test_below_15_she_may_have_no_address_and_her_guardian_is_written_to(session):
    sign_up(session, age=13, hers={"email": ""})
    subjects = [mail["subject"] for mail in mails_to("nadia@exemple.test")]
    assert len(subjects) == 2
    assert "La place d’Inès est gardée : Atelier découverte" in subjects


def test_from_15_one_way_to_reach_her_is_needed(session, client):
    fill(client, session, age=16)
    response = answer(client, session, "contact", email="", phone="")
    assert response.status_code == 422
    assert "un des deux suffit" in response.content.decode()


def test_a_guardian_without_e_mail_gets_a_sheet_to_sign(session, client):
    parent = {"guardian_first_name": "Nadia", "guardian_email": "", "guardian_phone": "06 12 34 56 78"}
    page = sign_up(session, age=16, client=client, parent=parent).content.decode()
    assert reverse("workshops:blank_paper", args=[session.code]) in page
    assert client.get(url(session, "blank_paper")).status_code == 200


def test_a_minor_cannot_give_her_own_address_as_her_guardian_s(session, client):
    fill(client, session, age=16)
    response = answer(client, session, "responsable", guardian_first_name="Nadia", guardian_email=HERS["email"].upper())
    assert response.status_code == 422
    assert "il faut celle du responsable" in response.content.decode()


def test_signing_up_enrols_in_the_programme_at_the_session_s_city(session):
    sign_up(session, age=16)
    enrolment = Enrolment.objects.get()
    assert (enrolment.programme, enrolment.site) == (session.programme, session.site)
    assert Beneficiary.objects.get().controller == session.programme.controller


# --- The draft ---


def test_looking_keeps_nothing(session, client):
    assert client.get(url(session), follow=True).status_code == 200
    assert not SignUpDraft.objects.exists()
    assert f"inscription-{session.code}" not in client.cookies


def test_the_key_of_the_draft_is_only_on_the_device(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    cookie = client.cookies[f"inscription-{session.code}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == f"/seances/{session.code}/"
    draft = SignUpDraft.objects.get()
    assert cookie.value not in draft.key_hash
    assert draft.first_name == "Inès"


def test_the_draft_is_found_again_and_shows_no_name_before_one_resumes(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    page = client.get(url(session)).content.decode()
    assert "Une inscription est commencée sur cet appareil" in page
    assert "Inès" not in page
    assert client.get(url(session), {"etape": "suite"}).url.endswith("?etape=naissance")


def test_another_device_sees_nothing_of_it(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    other = Client()
    assert "Comment t’appelles-tu" in other.get(url(session), follow=True).content.decode()
    other.cookies[f"inscription-{session.code}"] = "invented"
    assert "Inès" not in other.get(url(session), {"etape": "nom"}).content.decode()


def test_starting_again_erases_what_was_typed(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    client.post(url(session, "sign_up_restart"))
    assert not SignUpDraft.objects.exists()


def test_one_may_go_back_change_an_answer_and_return_to_the_check(session, client):
    fill(client, session, age=16)
    page = client.get(url(session), {"etape": "nom", "retour": "verifier"}).content.decode()
    assert 'value="Inès"' in page
    response = client.post(
        url(session), {"etape": "nom", "retour": "verifier", "first_name": "Inaya", "last_name": "Rivière"}
    )
    assert response.url.endswith("?etape=verifier")
    assert "Inaya" in client.get(response.url).content.decode()


def test_a_question_cannot_be_reached_before_those_it_depends_on(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    assert client.get(url(session), {"etape": "verifier"}).url.endswith("?etape=naissance")
    assert client.get(url(session), {"etape": "nawak"}).url.endswith("?etape=naissance")


def test_becoming_an_adult_by_correcting_the_date_drops_the_guardian_s_question(session, client):
    fill(client, session, age=16)
    answer(client, session, "naissance", birth_date=f"{born(19):%d/%m/%Y}", retour="verifier")
    page = client.get(url(session), {"etape": "verifier"}).content.decode()
    assert "Nadia" not in page
    confirm(client, session)
    assert Registration.objects.get().state == State.CONFIRMED
    assert not Guardian.objects.exists()


def test_a_browser_that_refuses_cookies_is_told(session):
    page = Client().get(url(session), {"etape": "naissance"}).content.decode()
    assert "refuse les cookies" in page


def test_drafts_are_erased_after_seven_days(session, client):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    SignUpDraft.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "Comment t’appelles-tu" in client.get(url(session), {"etape": "nom"}).content.decode()
    assert forget_drafts(by=SYSTEM) == 1


def test_once_finished_the_draft_holds_no_answer(session):
    sign_up(session, age=16)
    draft = SignUpDraft.objects.get()
    assert (draft.first_name, draft.last_name, draft.birth_date, draft.commune, draft.email) == ("", "", None, None, "")
    assert (draft.guardian_first_name, draft.guardian_email) == ("", "")


def test_twelve_fields_at_most_are_asked_of_a_minor(session, client):
    fill(client, session, age=13)
    names = set()
    for slug in ("nom", "naissance", "classe", "commune", "contact", "responsable", "verifier"):
        page = client.get(url(session), {"etape": slug})
        names |= set(page.context["form"].fields)
    assert len(names) <= 12


# --- Once, and once only ---


def test_confirming_twice_gives_one_place_and_one_mail(session, client):
    fill(client, session, age=16)
    first, second = confirm(client, session), confirm(client, session)
    assert first.url == second.url == url(session, "sign_up_done")
    assert Registration.objects.count() == 1
    assert len(mails_to("nadia@exemple.test")) == 1


def test_the_back_button_after_the_end_shows_the_end(session, client):
    sign_up(session, age=16, client=client)
    assert client.get(url(session)).url == url(session, "sign_up_done")
    assert client.get(url(session), {"etape": "verifier"}).url == url(session, "sign_up_done")


def test_somebody_else_can_sign_up_on_the_same_device(session, client):
    sign_up(session, age=16, client=client)
    client.post(url(session, "sign_up_restart"))
    sign_up(session, age=16, client=client, hers={"first_name": "Lina", "email": "lina@exemple.test"})
    assert Registration.objects.count() == 2


def test_signing_up_twice_from_two_devices_gives_one_place(session):
    one = sign_up(session, age=16)
    other = sign_up(session, age=16, hers={"first_name": "INES", "last_name": "riviere"})
    assert Registration.objects.count() == BeneficiaryIdentity.objects.count() == 1
    assert one.context["ending"] == other.context["ending"]
    assert "Tu avais déjà une place : Atelier découverte" in [m["subject"] for m in mails_to("ines@exemple.test")]


def test_a_stranger_learns_nothing_and_changes_nothing(session):
    """Somebody who knows her name and her birth date gives another address: the pages are the same, the file too."""
    sign_up(session, age=16)
    known = BeneficiaryIdentity.objects.get()
    stranger = sign_up(session, age=16, hers={"email": "inconnu@exemple.test", "phone": "06 00 00 00 00"},
                       parent={"guardian_first_name": "X", "guardian_email": "x@exemple.test"})  # fmt: skip
    new = sign_up(session, age=16, hers={"first_name": "Maya", "email": "maya@exemple.test"},
                  parent={"guardian_first_name": "X", "guardian_email": "y@exemple.test"})  # fmt: skip
    assert _without_csrf(stranger) == _without_csrf(new)
    known.refresh_from_db()
    assert (known.email, known.phone) == ("ines@exemple.test", "")
    for mail in mails_to("inconnu@exemple.test"):
        assert "déjà" not in mail["body"]


def test_an_answer_on_file_is_not_changed_by_who_signs_up_in_her_name(session):
    sign_up(session, age=16)
    beneficiary = Beneficiary.objects.get()
    other = make_session(session.programme, days=10)
    client = Client()
    fill(client, other, age=16, hers={"email": "inconnu@exemple.test"})
    confirm(client, other, image="oui")
    assert list(Consent.objects.filter(beneficiary=beneficiary, purpose="image").values_list("answer", flat=True)) == [
        "no"
    ]


def test_a_stranger_who_names_himself_guardian_of_a_girl_on_file_is_nobody(session):
    """He knows her name and her birth date: he is not written to, reads nothing, and his link does not exist."""
    known = make_beneficiary(session.programme.controller, "Inès", "Rivière", birth_date=born(16))
    make_guardian(known, email="mere@exemple.test")
    sign_up(session, age=16, parent={"guardian_first_name": "Bob", "guardian_email": "bob@exemple.test"})
    registration = Registration.objects.get()
    assert registration.beneficiary == known and registration.state == State.AWAITING_CONSENT
    renew_links(by=VISITOR, email="bob@exemple.test")
    assert mails_to("bob@exemple.test") == []
    assert len(mails_to("mere@exemple.test")) == 1
    assert known.guardianships.count() == 1
    assert [claim.contact for claim in known.guardian_claims.all()] == ["Bob, bob@exemple.test"]


def test_whom_she_names_again_is_no_claim(session):
    sign_up(session, age=16)
    sign_up(make_session(session.programme, days=10, title="Autre atelier"), age=16)
    assert Beneficiary.objects.get().guardian_claims.count() == 0
    assert len(mails_to("nadia@exemple.test")) == 2


def test_while_two_people_say_they_are_responsible_a_sign_up_s_guardian_is_not_written_to(session):
    """Whoever signed her up first may be the stranger."""
    sign_up(session, age=16, parent={"guardian_first_name": "Bob", "guardian_email": "bob@exemple.test"})
    sign_up(make_session(session.programme, days=10, title="Autre atelier"), age=16)
    assert len(mails_to("bob@exemple.test")) == 1
    assert mails_to("nadia@exemple.test") == []
    assert Beneficiary.objects.get().guardian_claims.count() == 1


def test_the_same_girl_at_two_structures_is_two_people(session):
    sign_up(session, age=16)
    sign_up(make_session(make_programme()), age=16)
    assert Beneficiary.objects.count() == 2


def _without_csrf(response) -> str:
    return re.sub(r'value="[^"]{60,}"|x-csrftoken": "[^"]+"', "", response.content.decode())


# --- No place ---


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"minimum_age": 17}, "à partir de 17 ans"),
        ({"maximum_age": 15}, "jusqu’à 15 ans"),
        ({"levels": ["1re", "terminale"]}, "pour ces classes : 1re et terminale"),
    ],
)
def test_who_is_too_young_too_old_or_elsewhere_is_told_and_sees_other_sessions(client, details, sentence):
    programme = make_programme()
    session = make_session(programme, **details)
    other = make_session(programme, days=9, title="Celle qui convient")
    make_commune()
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    response = client.post(url(session), {"etape": "naissance", "birth_date": f"{born(16):%d/%m/%Y}"}, follow=True)
    if "levels" in details:
        response = client.post(url(session), {"etape": "classe", "school_level": "2de"}, follow=True)
    page = response.content.decode()
    assert sentence in page
    assert "Celle qui convient" in page
    assert reverse("workshops:session", args=[other.code]) in page
    assert not Beneficiary.objects.exists()


def test_a_full_session_answers_everybody_alike():
    """Whoever signs up the girl who is inside, and whoever is new, read the same page: her mail tells her."""
    session = make_session(make_programme(), capacity=1)
    sign_up(session, age=16)
    hers, other = sign_up(session, age=16), sign_up(session, age=16, hers={"first_name": "Maya"})
    assert _without_csrf(hers) == _without_csrf(other)
    assert "C’est noté, sur la liste d’attente." in hers.content.decode()
    assert sorted(Registration.objects.values_list("state", flat=True)) == ["awaiting_consent", "waiting"]


def test_places_that_await_an_answer_hold_a_seat(client):
    session = make_session(make_programme(), capacity=1)
    sign_up(session, age=16)
    assert "Cette séance est complète" in client.get(url(session), {"etape": "nom"}).content.decode()


@pytest.mark.parametrize("days", [-3, 0])
def test_a_session_that_began_or_is_over_takes_nobody(client, days):
    session = make_session(make_programme())
    start = clock.now() + timedelta(days=days, minutes=-5)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    page = client.get(url(session)).content.decode()
    assert "a eu lieu" in page or "a commencé" in page


def test_a_cancelled_session_takes_nobody(client):
    session = make_session(make_programme(), state=Session.State.CANCELLED, cancelled_at=clock.now())
    assert "Cette séance est annulée." in client.get(url(session)).content.decode()


# --- Limits and errors ---


def test_a_class_of_35_signs_up_behind_one_address(session):
    Session.objects.filter(pk=session.pk).update(capacity=40)
    commune = make_commune()
    for rank in range(35):
        client = Client()
        client.get(url(session), {"etape": "nom"})
        saved = answer_step(
            by=VISITOR,
            session=session,
            key="",
            answers={
                **HERS, **PARENT, "first_name": f"Élève {rank}", "email": f"e{rank}@exemple.test",
                "birth_date": born(16), "school_level": "2de", "commune": commune,
            },
        )  # fmt: skip
        client.cookies[f"inscription-{session.code}"] = saved.new_key
        assert confirm(client, session).status_code == 303
    assert Registration.objects.count() == 35


def test_one_device_cannot_sign_up_without_end(session, client):
    client.get(url(session), {"etape": "nom"})  # the device has its cookie
    statuses = {client.post(url(session, "sign_up_confirm"), {}).status_code for _ in range(61)}
    assert 429 in statuses


@pytest.mark.parametrize(
    ("slug", "data", "sentence"),
    [
        ("nom", {"first_name": "", "last_name": "Rivière"}, "Il manque le prénom."),
        ("nom", {"first_name": "123", "last_name": "Rivière"}, "ne contient aucune lettre"),
        ("nom", {"first_name": "a" * 101, "last_name": "Rivière"}, "trop long"),
    ],
)
def test_errors_say_what_is_wrong(session, client, slug, data, sentence):
    response = answer(client, session, slug, **data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not SignUpDraft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2010", "n’existe pas"),
        ("hier", "n’existe pas"),
        ("01/01/2999", "dans l’avenir"),
        ("01/01/0010", "trop ancienne"),
        ("", "Il manque la date"),
    ],
)
def test_a_birth_date_is_read_with_care(session, client, typed, sentence):
    answer(client, session, "nom", first_name="Inès", last_name="Rivière")
    response = answer(client, session, "naissance", birth_date=typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_what_people_and_structures_are_called_stays_text(session, client):
    structure = session.programme.controller
    structure.name = "<b>Les Passerelles</b>"
    structure.save(update_fields=["name"])
    fill(client, session, age=16, hers={"first_name": "<i>Inès</i>{prenom}"})
    page = client.get(url(session), {"etape": "verifier"}).content.decode()
    assert "<b>Les" not in page
    assert "<i>Inès" not in page
    assert "&lt;i&gt;Inès&lt;/i&gt;{prenom}" in page


def test_the_data_box_must_be_ticked(session, client):
    fill(client, session, age=16)
    response = client.post(url(session, "sign_up_confirm"), {"image": "non"})
    assert response.status_code == 422
    assert "Cocher cette case" in response.content.decode()
    assert not Registration.objects.exists()
