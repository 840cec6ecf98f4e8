""" "Mes données": everything that is held about the signed-in person, nobody else's name, and a file to take away."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from tests.factories import (
    make_beneficiary,
    make_consent,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
    make_user,
    make_vetting,
)
from tests.mentoring.invitations import make_accepted
from tests.people.worlds import born
from vivier.common import clock
from vivier.common.models import AuditEntry
from vivier.mentoring import operations
from vivier.mentoring.models import Onboarding
from vivier.people.models import Beneficiary, Guardian, Volunteer
from vivier.people.templatetags.people_data import in_words

pytestmark = pytest.mark.django_db

PAGE, FILE = "people:my_data", "people:my_data_file"
#: Every model tied to a person, and where her file tells it, or why it does not.
TOLD = {
    "people.BeneficiaryIdentity": "identite",
    "people.VolunteerIdentity": "identite",
    "people.Guardianship": "responsables (their number; a guardian's own row is in hers)",
    "people.Consent": "autorisations",
    "people.Vetting": "verifications",
    "programmes.Enrolment": "programmes",
    "workshops.Registration": "seances",
    "mentoring.Mentor": "offres",
    "people.GuardianClaim": "not told: what a stranger wrote about somebody else",
    "mentoring.Onboarding": "preparation",
    "steering.Contribution": "not told yet: who named her for an ask",
}


def signed_in(client, record):
    record.user = record.user or make_user()
    record.save()
    client.force_login(record.user)
    return client


def taken(client) -> dict:
    answer = client.post(reverse(FILE))
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert 'filename="mes-donnees.json"' in answer["Content-Disposition"]
    return json.loads(answer.content)


@pytest.fixture
def girl():
    """A girl of 16 with a mother and a father, an answer of each, a place taken and a place to come."""
    programme = make_programme(make_organisation("Les Passerelles", email="contact@passerelles.test"))
    girl = make_beneficiary(
        programme.controller,
        "Inès",
        "Rivière",
        birth_date=born(16),
        email="ines@exemple.test",
        phone="06 39 98 00 11",
        school_level="2de",
        school_name="Lycée du Champ-de-Mai",
        interests=["code", "data"],
        user=make_user(),
    )
    girl.mother = make_guardian(girl, first_name="Nadia", last_name="Beaumare", email="nadia@exemple.test")
    make_consent(girl, "data", "yes")
    make_consent(girl, "activity", "yes", girl.mother)
    session = make_session(programme, days=-7, title="Atelier passé", host="Mélusine Vidamme")
    make_registration(session, girl, attended=True, assistant="Médiathèque Vidamme", email="voisin@exemple.test")
    make_registration(session, make_beneficiary(programme.controller, "Maya", "Source"), attended=True)
    return girl


def test_she_reads_and_takes_everything_and_nobody_else_s_name(client, girl):
    page = signed_in(client, girl).get(reverse(PAGE)).content.decode()
    told = taken(client)
    text = json.dumps(told, ensure_ascii=False)
    for fact in ("Inès", "Rivière", "ines@exemple.test", "06 39 98 00 11", "Lycée du Champ-de-Mai", "Atelier passé"):
        assert fact in page and fact in text, fact
    for other in ("Nadia", "Beaumare", "nadia@", "Maya", "Source", "Vidamme", "voisin@"):
        assert other not in page and other not in text, other
    [dossier] = told["dossiers"]
    assert dossier["structure"] == "Les Passerelles"
    assert dossier["identite"][0]["naissance"] == born(16).isoformat()
    assert dossier["identite"][0]["responsables"] == 1
    assert [(row["par"], row["reponse"]) for row in dossier["autorisations"]] == [
        ("la personne elle-même", "oui"),
        ("responsable légal", "oui"),
    ]
    assert [row["presence"] for row in dossier["seances"]] == ["oui"]
    assert told["compte"]["email"] == girl.user.email


def test_the_page_says_how_to_correct_and_erase_to_a_pupil_and_to_an_adult(client, girl):
    page = signed_in(client, girl).get(reverse(PAGE)).content.decode()
    assert "Écris à la structure" in page and "contact@passerelles.test" in page and "un mois" in page
    assert "Écrivez" not in page and "vous " not in page.split("</main>")[0].split("<main")[1]
    adult = make_beneficiary(girl.controller, birth_date=born(40), kind="employee")
    page = signed_in(client, adult).get(reverse(PAGE)).content.decode()
    assert "Écrivez à la structure" in page and "Écris" not in page


def test_taking_it_is_written_in_the_journal_and_reading_is_not(client, girl):
    signed_in(client, girl).get(reverse(PAGE))
    assert not AuditEntry.objects.filter(action="own_data.export").exists()
    assert client.get(reverse(FILE)).status_code == 405
    taken(client)
    entry = AuditEntry.objects.get(action="own_data.export")
    assert (entry.actor_id, entry.controller_id) == (girl.user_id, girl.controller_id)


def test_two_structures_make_two_dossiers(client, girl):
    other = make_beneficiary(make_organisation("Ailleurs"), "Inès", "Rivière", user=girl.user)
    make_consent(other, "data", "no")
    first, second = taken(signed_in(client, girl))["dossiers"]
    assert [first["structure"], second["structure"]] == ["Les Passerelles", "Ailleurs"]
    assert [row["reponse"] for row in second["autorisations"]] == ["non"] and second["seances"] == []


def test_a_guardian_reads_herself_and_not_her_child(client, girl):
    told = taken(signed_in(client, girl.mother))
    text = json.dumps(told, ensure_ascii=False)
    assert "Nadia" in text and "Inès" not in text and "Atelier passé" not in text
    [dossier] = told["dossiers"]
    assert dossier["titre"] == "Responsable légal"
    assert [row["sujet"] for row in dossier["autorisations"]] == ["participation aux séances"]


def test_an_accompaniment_tells_each_side_its_own_answer_and_never_why_it_ended(client):
    world, pair = make_accepted()
    invitation = operations.invite(by=world.actor, pair=pair)
    invitation = operations.say_yes(by=world.actor, invitation=invitation, side="mentee")
    operations.say_no(by=world.actor, invitation=invitation, side="mentor", reason="too_far")
    mine = taken(signed_in(client, pair.enrolment.beneficiary))["dossiers"][0]["accompagnements"]
    assert [(row["etat"], row["ma_reponse"]) for row in mine] == [("terminée", "")]
    hers = taken(signed_in(client, pair.mentor.volunteer))["dossiers"][0]
    assert [row["ma_reponse"] for row in hers["accompagnements"]] == ["non"]
    for text in (json.dumps(mine, ensure_ascii=False), json.dumps(hers, ensure_ascii=False)):
        assert "trop loin" not in text
    assert "Olga" not in json.dumps(mine) and "Anouk" not in json.dumps(hers)


def test_a_volunteer_reads_her_verifications_and_what_she_offers(client):
    _, pair = make_accepted()
    volunteer = pair.mentor.volunteer
    make_vetting(volunteer, ok=False)
    Onboarding.objects.create(volunteer=volunteer, met_on=clock.today(), met_at=clock.now())
    [dossier] = taken(signed_in(client, volunteer))["dossiers"]
    assert dossier["verifications"][-1]["resultat"] == "refusée"
    assert [row["entretien_le"] for row in dossier["preparation"]] == [clock.today().isoformat()]
    assert [row["places"] for row in dossier["offres"]] == [pair.mentor.capacity]
    assert [row["etat"] for row in dossier["accompagnements"]] == ["acceptée"]


def test_an_account_without_dossier_reads_its_account(client):
    client.force_login(make_user("seule@exemple.test"))
    page = client.get(reverse(PAGE)).content.decode()
    assert "seule@exemple.test" in page and "Aucune structure ne tient de fiche" in page
    assert taken(client)["dossiers"] == []


def test_more_places_and_structures_ask_no_more_questions(client, girl, django_assert_max_num_queries):
    for _ in range(3):
        other = make_beneficiary(make_organisation(), user=girl.user)
        make_registration(make_session(make_programme(other.controller), days=-3), other, attended=True)
    signed_in(client, girl)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(PAGE)).status_code == 200


def test_every_model_about_a_person_is_told_or_says_why_not():
    people = {Beneficiary, Guardian, Volunteer}
    found = {
        model._meta.label
        for model in apps.get_models()
        if not model.__name__.endswith("Event")
        and any(field.is_relation and field.related_model in people and field.concrete for field in model._meta.fields)
    }
    assert found == set(TOLD)


def test_facts_are_said_as_french_says_them():
    assert in_words(date(2027, 6, 1)) == "1er juin 2027"
    assert in_words(clock.at(date(2027, 6, 2), 9, 5)) == "2 juin 2027 à 09:05"
    assert (in_words(None), in_words([]), in_words(0)) == ("non renseigné", "non renseigné", "0")
