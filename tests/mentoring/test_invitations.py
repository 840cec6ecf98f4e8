"""From an accepted pair to two yeses: what each side is written, reads and may answer by her link."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.invitations import (
    address_in,
    confirm,
    guardian_of,
    kinds_to,
    mails,
    make_accepted,
    token_in,
)
from tests.mentoring.test_pages import client_of, heading_of, text_of
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import links, operations
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.vocabulary import Decision
from vivier.people.models import BeneficiaryIdentity, Vetting, VolunteerIdentity
from vivier.people.operations import cancel_links, record_paper, remove_guardian

pytestmark = pytest.mark.django_db

GIRL, MENTOR, PARENT = "anouk@exemple.test", "olga@exemple.test", "parent-anouk@exemple.test"
PRIVATE = ("Delcourt", "Perrin", "exemple.test")
URL = reverse("mentoring:invitation")


def link_of(address: str) -> str:
    """The page that the last mail to that address opens."""
    return address_in([mail["body"] for mail in mails() if mail["to"] == address][-1])


def opened(address: str) -> tuple[str, str]:
    """Return heading and text of the page that the last link to that address opens."""
    page = Client().get(link_of(address))
    assert page.status_code == 200
    return heading_of(page), text_of(page)


def answer(address: str, says: str, **more):
    return Client().post(URL, {"jeton": token_in(link_of(address)), "reponse": says, **more})


def invited(**person):
    world, pair = make_accepted(**person)
    return world, pair, operations.invite(by=world.actor, pair=pair)


# --- Who is written to ------------------------------------------------------------------------------------------------


def test_both_are_asked_and_no_mail_says_who_anybody_is():
    world, pair, _ = invited()
    assert (kinds_to(GIRL), kinds_to(MENTOR), kinds_to(PARENT)) == (["invited"], ["invited"], [])
    for side in ("mentee", "mentor"):
        operations.say_yes(by=VISITOR, invitation=pair.invitation, side=side)
    assert kinds_to(GIRL) == kinds_to(MENTOR) == ["invited", "handed_over"]
    for mail in mails():
        said = mail["subject"] + mail["body"]
        for name in ("Anouk", "Olga", "ingénieure", "2de", "Valence", *PRIVATE):
            assert name not in said.replace(world.organisation.email or "-", ""), (name, mail)


@pytest.mark.parametrize(
    ("age", "address"),
    [(14 * 365, PARENT), (15 * 366, GIRL), (None, PARENT), (40 * 366, GIRL)],
)
def test_below_fifteen_or_of_unknown_age_her_guardian_is_asked(age, address):
    birth_date = clock.today() - timedelta(days=age) if age else None
    invited(birth_date=birth_date)
    other = GIRL if address == PARENT else PARENT
    assert (kinds_to(address), kinds_to(other)) == (["invited"], [])


def test_a_claimed_guardian_is_nobody():
    world, pair = make_accepted(birth_date=None)
    remove_guardian(by=SYSTEM, guardianship=pair.enrolment.beneficiary.guardianships.get())
    pair.enrolment.beneficiary.guardian_claims.create(email="inconnu@exemple.test")
    operations.invite(by=world.actor, pair=pair)
    assert [mail["to"] for mail in mails()] == [MENTOR]
    page = client_of(world).get(reverse("mentoring:pair", args=[pair.public_id]))
    assert "recueillez sa réponse de vive voix" in text_of(page)


def test_many_are_invited_once():
    world, pair = make_accepted()
    assert operations.invite_many(by=world.actor, programme=world.programme).sent == 1
    assert operations.invite_many(by=world.actor, programme=world.programme).sent == 0
    operations.invite(by=world.actor, pair=pair)
    assert kinds_to(GIRL) == ["invited"]


def test_nobody_is_invited_to_somebody_whose_verification_is_over():
    world, pair = make_accepted()
    Vetting.objects.update(checked_on=date(2020, 1, 1), expires_on=date(2020, 2, 1))
    with pytest.raises(DomainError, match="vérification"):
        operations.invite(by=world.actor, pair=pair)
    done = operations.invite_many(by=world.actor, programme=world.programme)
    assert done.sent == 0 and sum(done.left.values()) == 1 and mails() == []


def test_another_structure_invites_and_answers_nothing():
    _, pair, invitation = invited()
    stranger = factories.actor_of(factories.make_coordinator())
    for act in (
        lambda: operations.invite(by=stranger, pair=pair),
        lambda: operations.remind(by=stranger, invitation=invitation),
        lambda: operations.note_reply(by=stranger, invitation=invitation, side="mentee", yes=True),
        lambda: operations.note_reply(by=VISITOR, invitation=invitation, side="mentee", yes=True),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- What a link shows ------------------------------------------------------------------------------------------------


def test_she_reads_a_first_name_and_an_occupation_the_marraine_no_name():
    invited()
    heading, text = opened(GIRL)
    assert heading == "Une marraine pour toi : qu’en dis-tu ?"
    assert "Olga" in text and "ingénieure réseaux" in text and "mercredi après-midi" in text
    heading, text = opened(MENTOR)
    assert heading == "Quelqu’un à accompagner : qu’en dites-vous ?"
    for word in ("2de", "Valence", "mercredi après-midi", "web"):
        assert word in text
    assert "Anouk" not in text
    for address in (GIRL, MENTOR):
        html = Client().get(link_of(address)).content.decode()
        assert not [word for word in ("Delcourt", "Perrin", GIRL, MENTOR, PARENT) if word in html]


def test_an_unverified_marraine_is_not_named():
    invited()
    Vetting.objects.update(checked_on=date(2020, 1, 1), expires_on=date(2020, 2, 1))
    _, text = opened(GIRL)
    assert "Olga" not in text and "ingénieure" not in text and "à renouveler" in text


@pytest.mark.parametrize("first", ["mentee", "mentor"])
def test_names_wait_for_two_yeses_in_any_order_and_for_the_authorisation(first):
    world, pair, _ = invited(consent=False)
    order = [GIRL, MENTOR] if first == "mentee" else [MENTOR, GIRL]
    for address in order:
        assert "Anouk" not in opened(MENTOR)[1]
        assert answer(address, "oui").status_code == 303
    assert opened(MENTOR)[0] == "Deux oui : l’accompagnement est convenu."
    assert "Anouk" not in opened(MENTOR)[1] and "Il manque une autorisation" in opened(GIRL)[1]
    assert kinds_to(MENTOR) == ["invited"]
    record_paper(
        by=world.actor,
        beneficiary=pair.enrolment.beneficiary,
        guardian=guardian_of(pair.enrolment.beneficiary),
        answers={"mentoring": True},
        signed_on=clock.today(),
        reference="classeur",
    )
    assert kinds_to(MENTOR) == kinds_to(GIRL) == ["invited", "handed_over"]
    assert opened(MENTOR)[0] == "Vous accompagnez Anouk."
    assert opened(GIRL)[0] == "Olga est ta marraine."
    assert "lieu ouvert choisi par" in opened(GIRL)[1] and "À parler ce mois-ci" in opened(MENTOR)[1]


def test_a_verification_renewed_in_the_room_or_in_a_file_opens_the_meeting():
    world, pair, _ = invited()
    over = {"checked_on": date(2020, 1, 1), "expires_on": date(2020, 2, 1)}
    Vetting.objects.update(**over)
    for side in ("mentee", "mentor"):
        operations.say_yes(by=VISITOR, invitation=pair.invitation, side=side)
    assert kinds_to(GIRL) == ["invited"] and operations.hand_over_all(by=SYSTEM) == 0
    operations.verify(by=world.actor, mentor=pair.mentor, outcome="ok", checked_on=clock.today())
    assert kinds_to(GIRL) == ["invited", "handed_over"] and operations.hand_over_all(by=SYSTEM) == 0
    Invitation.objects.update(handed_over_at=None)
    assert operations.hand_over_all(by=SYSTEM) == 1 and operations.hand_over_all(by=SYSTEM) == 0


def test_an_authorisation_given_again_hands_nobody_over_again():
    world, pair = make_accepted()
    confirm(world, pair)
    girl = pair.enrolment.beneficiary
    answers = {"by": world.actor, "beneficiary": girl, "guardian": guardian_of(girl), "reference": "classeur"}
    record_paper(**answers, answers={"mentoring": True}, signed_on=clock.today())
    operations.verify(by=world.actor, mentor=pair.mentor, outcome="ok", checked_on=clock.today())
    assert kinds_to(GIRL) == kinds_to(MENTOR) == ["invited", "handed_over"]


def test_a_guardian_reads_of_her_own_child():
    invited(birth_date=None)
    assert opened(PARENT)[0] == "Une marraine pour Anouk : qu’en dites-vous ?"


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_reading_writes_nothing_and_pressing_twice_is_once():
    _, _, invitation = invited()
    Client().get(link_of(GIRL))
    Client().head(link_of(GIRL))
    invitation.refresh_from_db()
    assert invitation.state == "sent" and invitation.events.count() == 1
    answer(GIRL, "oui")
    answer(GIRL, "oui")
    invitation.refresh_from_db()
    assert invitation.state == "mentee_yes" and invitation.events.count() == 2


def test_a_no_ends_the_pair_for_good_and_tells_the_other_without_a_reason():
    world, pair, _ = invited()
    answer(MENTOR, "oui")
    assert answer(GIRL, "non", reason="field").status_code == 303
    assert answer(GIRL, "non", reason="too_far").status_code == 303
    pair.refresh_from_db()
    assert (pair.state, pair.decision_reason) == ("ended", "field")
    assert kinds_to(MENTOR) == ["invited", "stopped"] and kinds_to(GIRL) == ["invited"]
    assert "domaine" not in mails()[-1]["body"]
    assert opened(GIRL)[0] == "C’est noté : merci d’avoir répondu."
    assert heading_of(Client().get(link_of_invited(MENTOR))) == "Cet accompagnement ne se fera pas."
    page = client_of(world).get(reverse("mentoring:pair", args=[pair.public_id]))
    assert "n’accompagnera pas" in heading_of(page) and "un autre domaine irait mieux" in text_of(page)
    operations.run_matching(by=world.actor, programme=world.programme)
    assert not Pair.objects.filter(state="proposed").exists()
    assert not pair.enrolment.opted_out_at


def link_of_invited(address: str) -> str:
    return address_in(next(mail["body"] for mail in mails() if mail["to"] == address))


def test_who_said_yes_may_still_say_no_until_the_other_has_said_yes():
    _, pair, _ = invited()
    answer(GIRL, "oui")
    assert "Dire non" in opened(GIRL)[1]
    answer(GIRL, "non", reason="unsaid")
    pair.refresh_from_db()
    assert pair.state == "ended"
    assert answer_first(MENTOR).status_code == 422


def test_two_yeses_are_not_undone_by_a_link():
    world, pair = make_accepted()
    confirm(world, pair)
    assert "Dire non" not in opened(GIRL)[1]
    assert answer(GIRL, "non", reason="unsaid").status_code == 422
    pair.refresh_from_db()
    assert pair.state == "accepted"


def test_she_alone_may_want_nobody_and_no_run_proposes_anybody_again():
    _, pair, _ = invited()
    assert "pas d’accompagnement du tout" not in opened(MENTOR)[1]
    assert answer(MENTOR, "non", reason="unwanted").status_code == 422
    answer(GIRL, "non", reason="unwanted")
    pair.enrolment.refresh_from_db()
    assert pair.enrolment.opted_out_at is not None


@pytest.mark.parametrize("data", [{}, {"reponse": "peut-être"}, {"reponse": "non"}, {"reponse": "non", "reason": "x"}])
def test_an_incomplete_answer_is_said_and_changes_nothing(data):
    _, _, invitation = invited()
    page = Client().post(URL, {"jeton": token_in(link_of(GIRL)), **data})
    invitation.refresh_from_db()
    assert (page.status_code, invitation.state) == (422, "sent")


def test_an_end_before_the_answers_is_told_to_both():
    world, pair, invitation = invited()
    operations.end(by=world.actor, pair=pair, reason="moved", wants_another=True)
    invitation.refresh_from_db()
    assert invitation.state == "cancelled"
    assert kinds_to(GIRL) == kinds_to(MENTOR) == ["invited", "stopped"]
    assert answer_first(GIRL).status_code == 422


def answer_first(address: str):
    return Client().post(URL, {"jeton": token_in(link_of_invited(address)), "reponse": "oui"})


# --- Links that open nothing ------------------------------------------------------------------------------------------


def test_the_pages_are_private_and_ask_not_to_be_listed():
    invited()
    for page in (Client().get(link_of(GIRL)), Client().get(URL), answer(GIRL, "oui")):
        assert page["Cache-Control"] == "private, no-store" and page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in Client().get(link_of(GIRL)).content.decode()


@pytest.mark.parametrize("change", [lambda token: token[:-4], lambda token: "", lambda token: token.swapcase()])
def test_an_altered_link_opens_nothing(change):
    invited()
    token = change(token_in(link_of(GIRL)))
    assert Client().get(URL, {"jeton": token}).status_code == 404
    assert Client().post(URL, {"jeton": token, "reponse": "oui"}).status_code == 404
    assert Invitation.objects.get().state == "sent"


def test_an_old_link_says_so(monkeypatch):
    invited()
    link = link_of(GIRL)
    moment = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: moment() + (links.MAX_AGE_DAYS + 1) * 24 * 3600)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        lambda pair: BeneficiaryIdentity.objects.update(email="nouvelle@exemple.test"),
        lambda pair: cancel_links(by=SYSTEM, row=pair.enrolment.beneficiary),
        lambda pair: BeneficiaryIdentity.objects.update(birth_date=None),
    ],
    ids=["her address changed", "her links were cancelled", "her guardian answers now"],
)
def test_a_link_dies_with_what_it_was_sent_to(change):
    _, pair, _ = invited()
    change(pair)
    assert Client().get(link_of(GIRL)).status_code == 410
    assert answer(GIRL, "oui").status_code == 410


def test_a_link_of_the_marraine_dies_with_her_address():
    invited()
    VolunteerIdentity.objects.update(email="ailleurs@exemple.test")
    assert Client().get(link_of(MENTOR)).status_code == 410


# --- The coordinator --------------------------------------------------------------------------------------------------


def test_accepting_can_invite_at_once():
    world, pair = make_accepted()
    Pair.objects.update(state="proposed", decided_at=None, decided_by=None)
    client = client_of(world)
    address = reverse("mentoring:decide", args=[pair.public_id])
    client.post(address, {"decision": Decision.ACCEPT, "invites": "1"})
    assert Invitation.objects.get(pair=pair).state == "sent"


def test_she_notes_what_was_said_by_voice_and_the_log_names_her():
    world, pair, invitation = invited()
    client, address = client_of(world), reverse("mentoring:note_reply", args=[pair.public_id])
    client.post(address, {"side": "mentor", "says": "yes"})
    client.post(address, {"side": "mentee", "says": "no", "reason": "slots"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.replied_by) == ("mentee_no", world.coordinator)
    said = text_of(client.get(reverse("mentoring:pair", args=[pair.public_id])))
    name = world.coordinator.get_short_name()
    assert f"par {name}" in said and "Déclinée par la personne accompagnée le" in said


@pytest.mark.parametrize("data", [{}, {"side": "mentee"}, {"says": "yes"}, {"side": "nobody", "says": "yes"}])
def test_nobody_s_yes_is_noted_by_a_slip(data):
    world, pair, invitation = invited()
    client_of(world).post(reverse("mentoring:note_reply", args=[pair.public_id]), data)
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_she_writes_again_to_the_silent_one_only_and_once_a_day():
    world, pair, _ = invited()
    answer(GIRL, "oui")
    client, address = client_of(world), reverse("mentoring:invite", args=[pair.public_id])
    client.post(address, {"choix": "relancer"})
    assert kinds_to(MENTOR) == ["invited"]
    Invitation.objects.update(sent_at=clock.now() - timedelta(days=15), answer_before=clock.today() - timedelta(days=1))
    assert "Le silence ne décide rien" in text_of(client.get(reverse("mentoring:pair", args=[pair.public_id])))
    client.post(address, {"choix": "relancer"})
    client.post(address, {"choix": "relancer"})
    assert (kinds_to(MENTOR), kinds_to(GIRL)) == (["invited", "invited"], ["invited"])
    assert Invitation.objects.get().answer_before > clock.today()


def test_the_run_page_invites_all_who_were_accepted():
    world, pair = make_accepted()
    client, run = client_of(world), reverse("mentoring:run", args=[pair.run.public_id])
    assert "Inviter les deux personnes de chacun" in text_of(client.get(run))
    client.post(reverse("mentoring:invite_all", args=[world.programme.slug]))
    assert Invitation.objects.count() == 1
    assert "Inviter les deux personnes de chacun" not in text_of(client.get(run))


def test_signed_in_people_answer_from_their_own_space():
    _, pair, _ = invited()
    for record, page, path in (
        (pair.enrolment.beneficiary, "people:my_path", "marraine"),
        (pair.mentor.volunteer, "mentoring:my_pairs", "réponse de vous"),
    ):
        record.user = factories.make_user()
        record.save()
        client = Client()
        client.force_login(record.user)
        shown = client.get(reverse(page))
        assert path in text_of(shown) and "Lire et répondre" in text_of(shown)
        assert "Anouk" not in text_of(shown) or page == "people:my_path"
