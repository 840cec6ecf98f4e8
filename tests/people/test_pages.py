"""Pages of people: one person for her staff, the home of a guardian, "Mon parcours"."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_commune,
    make_coordinator,
    make_guardian,
    make_member,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
)
from tests.people.worlds import born, guardian_link, mails_to
from vivier.common import clock
from vivier.common.actors import VISITOR
from vivier.organisations.models import Role
from vivier.people import operations
from vivier.people.models import BeneficiaryIdentity, Consent, Guardian, Guardianship
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db


def url(name, *args) -> str:
    return reverse(f"people:{name}", args=args)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def girl():
    """A girl of 16 with an account, a place that waits, a mother with an account and a father without e-mail."""
    programme = make_programme(make_organisation("Les Passerelles"))
    girl = make_beneficiary(
        programme.controller, "Inès", "Rivière", birth_date=born(16), email="ines@exemple.test", user=make_user()
    )
    girl.mother_user = make_user()
    girl.mother = make_guardian(girl, first_name="Nadia", user=girl.mother_user, email="nadia@exemple.test")
    girl.father = make_guardian(girl, first_name="Karim", email="")
    girl.place = make_registration(make_session(programme), girl, state="awaiting_consent")
    operations.answer_at_sign_up(by=VISITOR, beneficiary=girl, answers={"data": True, "image": False})
    return girl


@pytest.fixture
def staff(girl) -> Client:
    return client_of(make_coordinator(girl.controller))


# --- The page of a person ---


def test_the_page_says_where_each_authorisation_stands_and_who_is_missing(staff, girl):
    page = staff.get(url("beneficiary", girl.public_id)).content.decode()
    for words in (
        "Nadia Rivière ou Karim Rivière",  # either suffices for a session
        "non d’Inès",
        "texte data.minor.1",
        "inscription en ligne",
        "Atelier découverte",
        "un responsable. Code civil, art. 372-2",
    ):
        assert words in page


def test_the_page_costs_few_queries(staff, girl, django_assert_max_num_queries):
    for _ in range(5):
        make_registration(make_session(make_programme(girl.controller)), girl)
    with django_assert_max_num_queries(12 + 2):  # and two for the session and the account of who looks
        staff.get(url("beneficiary", girl.public_id))


def test_an_unknown_birth_date_is_said(staff, girl):
    BeneficiaryIdentity.objects.update(birth_date=None)
    page = staff.get(url("beneficiary", girl.public_id)).content.decode()
    assert "Date de naissance non connue : les règles des moins de 15 ans s’appliquent." in page


def test_the_file_is_corrected(staff, girl):
    make_commune("Valence")
    address = url("edit", girl.public_id)
    typed = {
        "first_name": "Inès",
        "last_name": "Beaurivage",
        "birth_date": "14 mars 2010",
        "email": "ines@exemple.test",
        "kind": "pupil",
        "school_level": "1re",
        "qpv": "unknown",
        "commune": "Valence",
    }
    assert staff.post(address, typed).url == url("beneficiary", girl.public_id)
    assert BeneficiaryIdentity.objects.get().last_name == "Beaurivage"
    wrong = staff.post(address, {**typed, "email": "ines@", "birth_date": "demain", "last_name": ""})
    assert wrong.status_code == 422
    for sentence in ("Cette adresse n’est pas complète", "Cette date n’existe pas", "Il manque le nom."):
        assert sentence in wrong.content.decode()


def test_a_guardian_is_added_changed_asked_and_removed(staff, girl):
    staff.post(url("add_guardian", girl.public_id), {"last_name": "Mare", "email": "mare@exemple.test"})
    added = Guardian.objects.get(last_name="Mare")
    staff.post(
        url("edit_guardian", girl.public_id, added.public_id), {"last_name": "Mare", "email": "autre@exemple.test"}
    )
    staff.post(url("send_link", girl.public_id, added.public_id))
    assert len(mails_to("autre@exemple.test")) == 1
    assert Guardianship.objects.get(guardian=added).asked_at is not None
    staff.post(url("remove_guardian", girl.public_id, added.public_id))
    assert not Guardianship.objects.filter(guardian=added).exists()


def test_links_are_cancelled_before_a_new_one_goes(staff, girl, client):
    old = guardian_link(girl, girl.mother)
    staff.post(url("send_link", girl.public_id, girl.mother.public_id), {"annuler": "1"})
    assert client.get("/autorisation/", {"jeton": old}).status_code == 410
    assert len(mails_to("nadia@exemple.test")) == 1


def test_without_e_mail_the_link_is_replaced_by_a_form_to_print(staff, girl):
    response = staff.post(url("send_link", girl.public_id, girl.father.public_id), follow=True)
    assert "imprimez le formulaire" in response.content.decode()
    form = staff.get(url("paper_form", girl.public_id), {"responsable": girl.father.public_id}).content.decode()
    for words in ("Inès Rivière", "Karim Rivière", "Atelier découverte", "Signature", "activity.guardian.2"):
        assert words in form


def test_the_form_to_print_of_a_girl_without_guardian_has_room_for_one(staff, girl):
    Guardianship.objects.all().delete()
    form = staff.get(url("paper_form", girl.public_id)).content.decode()
    assert "Responsable légal qui signe" in form
    assert "activity.guardian.2" in form


def test_the_form_of_a_woman_speaks_to_her(staff, girl):
    BeneficiaryIdentity.objects.update(birth_date=born(25))
    Guardianship.objects.all().delete()
    form = staff.get(url("paper_form", girl.public_id)).content.decode()
    assert "Responsable légal qui signe" not in form
    assert "activity.adult.2" in form


def test_a_signed_paper_is_recorded(staff, girl):
    day = clock.today() - timedelta(days=2)
    response = staff.post(
        url("record_paper", girl.public_id),
        {
            "signatory": str(girl.father.public_id),
            "signed_on": f"{day:%Y-%m-%d}",
            "reference": "classeur 12",
            "activity": "oui",
            "image": "non",
        },
    )
    assert response.status_code == 302
    consent = Consent.objects.get(purpose="activity")
    assert (consent.guardian, consent.channel) == (girl.father, "paper")
    assert "classeur 12" in staff.get(url("beneficiary", girl.public_id)).content.decode()
    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signatory": ""}, "Dites qui a signé"),
        ({"signed_on": ""}, "Il manque la date de signature"),
        ({"signed_on": "2999-01-01"}, "dans l’avenir"),
        ({"activity": ""}, "Recopiez au moins une réponse"),
        ({"data": "oui"}, "vient d’Inès seulement"),
    ],
)
def test_a_paper_typed_wrong_writes_nothing(staff, girl, changes, sentence):
    before = Consent.objects.count()
    typed = {"signatory": str(girl.mother.public_id), "signed_on": f"{clock.today():%Y-%m-%d}", "activity": "oui"}
    response = staff.post(url("record_paper", girl.public_id), {**typed, **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Consent.objects.count() == before


def test_staff_sign_her_up_from_her_page(staff, girl):
    programme = girl.place.session.programme
    other = make_session(programme, days=20, title="Une autre séance")
    elsewhere = make_session(make_programme(), title="Ailleurs")
    page = staff.get(url("beneficiary", girl.public_id)).content.decode()
    assert "Une autre séance" in page
    assert "Ailleurs" not in page
    address = reverse("workshops:register_person", args=[girl.public_id])
    said = staff.post(address, {"seance": other.code}, follow=True).content.decode()
    assert "la place est gardée, il manque une autorisation" in said
    assert "déjà inscrite" in staff.post(address, {"seance": other.code}, follow=True).content.decode()
    assert staff.post(address, {"seance": elsewhere.code}).status_code == 404
    assert client_of(make_coordinator()).post(address, {"seance": other.code}).status_code == 404
    assert Registration.objects.filter(session=other).count() == 1


# --- Who may ---

STAFF_PAGES = ("beneficiary", "edit", "paper_form", "record_paper", "add_guardian")


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_another_association_a_guardian_and_herself_find_no_staff_page(girl, name):
    others = (make_coordinator(), girl.mother_user, girl.user, make_member(girl.controller, Role.ANALYST))
    for user in others:
        client = client_of(user)
        assert client.get(url(name, girl.public_id)).status_code == 404
        assert client.post(url(name, girl.public_id), {}).status_code in (404, 405)


def test_ending_a_guardianship_takes_two_presses_and_says_what_it_does(girl, staff):
    page = staff.get(url("beneficiary", girl.public_id)).content.decode()
    for guardian in (girl.mother, girl.father):
        before, button = page.split(f'action="{url("remove_guardian", girl.public_id, guardian.public_id)}"')
        asks = before[before.rindex("<details") :]
        assert "</details>" not in asks
        assert f"{guardian.full_name} ne sera plus responsable d’Inès." in asks
        assert "ne comptent plus, un refus non plus." in asks
        assert button.lstrip("> ").startswith("<input")


@pytest.mark.parametrize("name", ["edit_guardian", "remove_guardian", "send_link"])
def test_another_association_touches_no_guardian(girl, name):
    client = client_of(make_coordinator())
    assert client.post(url(name, girl.public_id, girl.mother.public_id), {"last_name": "X"}).status_code == 404
    assert Guardianship.objects.count() == 2


def test_a_guardian_of_somebody_else_is_not_found_through_her(staff, girl):
    other = make_guardian(make_beneficiary(girl.controller))
    assert staff.post(url("remove_guardian", girl.public_id, other.public_id)).status_code == 404
    assert Guardianship.objects.count() == 3


# --- Homes ---


def test_a_guardian_sees_her_children_and_answers(girl):
    client = client_of(girl.mother_user)
    home = client.get(url("my_authorisations")).content.decode()
    assert "Inès attend votre réponse." in home
    assert "Karim" not in home
    address = url("authorisations_of", girl.public_id)
    response = client.post(
        address, {"activity": "oui", "mentoring": "oui", "image": "non", "signed_by": "Nadia Rivière"}
    )
    assert response.url == address
    assert Consent.objects.get(purpose="activity").channel == "account"
    assert "Rien ne vous attend." in client.get(url("my_authorisations")).content.decode()
    assert Registration.objects.get().state == "confirmed"


def test_nobody_answers_for_another_s_child(girl):
    for user in (make_user(), make_coordinator(girl.controller), make_coordinator()):
        client = client_of(user)
        address = url("authorisations_of", girl.public_id)
        assert client.get(address).status_code == 404
        assert client.post(address, {"activity": "oui", "signed_by": "X Y"}).status_code == 404
    assert not Consent.objects.filter(purpose="activity").exists()


def test_an_account_without_child_is_told_what_to_do():
    page = client_of(make_user()).get(url("my_authorisations")).content.decode()
    assert "Aucune autorisation ne dépend de vous." in page


def test_her_path_begins_with_her_next_session(girl):
    client = client_of(girl.user)
    page = client.get(url("my_path")).content.decode()
    assert "Ta place est gardée. Il manque une autorisation." in page
    assert "Libérer ma place" in page
    assert "3018" in page
    Registration.objects.update(state="confirmed")
    assert "Ta prochaine séance :" in client.get(url("my_path")).content.decode()


def test_she_gives_up_her_place_from_her_path(girl):
    client = client_of(girl.user)
    response = client.post(reverse("workshops:leave", args=[girl.place.public_id]))
    assert response.url == url("my_path")
    assert Registration.objects.get().state == "cancelled"
    assert "Rien ne t’attend" in client.get(url("my_path")).content.decode()


def test_a_link_of_connection_is_shown_to_the_confirmed_only(girl):
    session = girl.place.session
    session.mode, session.online_url = "online", "https://visio.exemple.test/x"
    session.save(update_fields=["mode", "online_url"])
    client = client_of(girl.user)
    assert "visio" not in client.get(url("my_path")).content.decode()
    Registration.objects.update(state="confirmed")
    assert "visio" in client.get(url("my_path")).content.decode()


def test_a_session_cancelled_before_its_day_is_not_told_as_past(girl):
    make_registration(make_session(girl.place.session.programme, days=-3, title="Déjà faite"), girl, attended=True)
    session = girl.place.session
    session.state, session.cancelled_at = "cancelled", clock.now()
    session.save(update_fields=["state", "cancelled_at"])
    page = client_of(girl.user).get(url("my_path")).content.decode()
    off, past = page.split("Annulé ou refusé</h2>")[1].split("Avant</h2>")
    assert "séance annulée" in off and "Déjà faite" not in off
    assert "Déjà faite" in past and "séance annulée" not in past


def test_a_cancelled_session_says_why_and_asks_for_no_presence(girl):
    programme = girl.place.session.programme
    past = make_session(programme, days=-3, title="Jamais tenue")
    make_registration(past, girl)
    for session, reason in ((girl.place.session, "La salle est fermée ce jour-là."), (past, "")):
        session.state, session.cancelled_at, session.cancel_reason = "cancelled", clock.now(), reason
        session.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    off, before = client_of(girl.user).get(url("my_path")).content.decode().split("Avant</h2>")
    assert "La salle est fermée ce jour-là." in off
    assert "séance annulée" in before and "non notée" not in before


def test_she_never_sees_another_pupil(girl):
    make_registration(girl.place.session, make_beneficiary(girl.controller, "Maya", "Source"))
    client = client_of(girl.user)
    for address in (url("my_path"), url("authorisations_of", girl.public_id)):
        assert "Maya" not in client.get(address).content.decode()


def test_an_account_without_path_is_told_how_one_begins():
    page = client_of(make_user()).get(url("my_path")).content.decode()
    assert "Aucune inscription n’est rattachée à ce compte" in page


@pytest.mark.parametrize("name", ["my_path", "my_authorisations"])
def test_homes_ask_to_sign_in(client, name):
    assert client.get(url(name)).status_code == 302


def test_three_daughters_cost_no_more_questions_than_one(girl, django_assert_max_num_queries):
    programme = girl.place.session.programme
    past = make_session(programme, days=-7, title="Atelier d’avant")
    for name in ("Lina", "Sara"):
        sister = make_beneficiary(girl.controller, name, "Rivière", birth_date=born(15), school_level="2de")
        make_guardian(sister, user=girl.mother_user, email=f"{name}@exemple.test")
        make_registration(past, sister, attended=True)
        make_registration(girl.place.session, sister, state="awaiting_consent")
    client = client_of(girl.mother_user)
    client.get(url("my_authorisations"))
    with django_assert_max_num_queries(12):
        page = client.get(url("my_authorisations")).content.decode()
    assert page.count("Les attestations de ") == 2 and page.count("en 2de</h2>") == 2
    assert page.count("Atelier découverte</dt>") == 3  # each her own session, none another's


def test_a_guardian_named_by_a_sign_up_reads_no_certificate_of_before(girl):
    past = make_session(girl.place.session.programme, days=-7)
    make_registration(past, girl, attended=True)
    client = client_of(girl.mother_user)
    assert "attestation.pdf" in client.get(url("my_authorisations")).content.decode()
    Guardianship.objects.filter(guardian=girl.mother).update(
        origin=Guardianship.Origin.SIGN_UP, created_at=clock.now() + timedelta(seconds=1)
    )
    page = client.get(url("my_authorisations")).content.decode()
    assert "attestation.pdf" not in page and "Atelier découverte</dt>" not in page


@pytest.mark.parametrize(
    ("age", "kind", "says"),
    [(16, "pupil", "Rien ne t’attend"), (18, "pupil", "Rien ne t’attend"), (30, "pupil", "Rien ne vous attend"),
     (18, "student", "Rien ne vous attend"), (17, "job_seeker", "Rien ne t’attend")],
)  # fmt: skip
def test_a_pupil_is_told_tu_and_an_adult_vous_where_no_programme_says_it(age, kind, says):
    person = make_beneficiary(make_organisation(), birth_date=born(age), kind=kind, user=make_user())
    client = client_of(person.user)
    page = client.get(url("my_path")).content.decode()
    assert says in page and ("3018" in page) == ("t’attend" in says)
    tu = "Lis ce qui est gardé sur toi" in page
    assert tu == ("t’attend" in says)
    assert ("Voici ce qui est gardé sur toi" in client.get(url("my_data")).content.decode()) == tu
