"""The loop: what is missing is asked of who promised it, somebody says yes, and the pledge advances once."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.steering.worlds import Lacking, add_partner, make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR, Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Mentor, Pair
from vivier.people.models import Volunteer
from vivier.steering import links, operations, queries
from vivier.steering.models import Answer, Ask, Contribution, Pledge

pytestmark = pytest.mark.django_db

YES = {
    "reponse": "oui",
    "first_name": "Fatou",
    "last_name": "Diallo",
    "commune": "Valence (26)",
    "commune_code": "26362",
    "occupation": "Développeuse",
    "slots": ["wed_pm"],
    "capacity": "1",
    "charter": "on",
}
TRAINED = {"address": "platform", "worry": "call", "choice": "open"}


def mails() -> list[dict]:
    """The mails that wait in the outbox, the first first."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_mail").order_by("id")
    return [job.args for job in jobs]


def name_fatou(answer: Answer) -> Contribution:
    fatou = operations.Named("Fatou", "Diallo", "fatou@exemple.test")
    operations.answer_yes(by=VISITOR, answer=answer, people=[fatou])
    return answer.contributions.get()


def address_in(text: str) -> str:
    return re.search(r"https?://[^/]+(/\S+)", text)[1]


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["jeton"][0]


def done(lacking: Lacking) -> list[int]:
    return [row.done for row in queries.pledge_rows(Pledge.objects.filter(plan=lacking.plan))]


def test_the_whole_way_by_mail_and_without_account():
    lacking = make_lacking(mentees=2, partners=2)
    world = lacking.world
    coordinator, anybody = client_of(world), Client()
    new = reverse("steering:new_ask", args=[world.programme.slug]) + f"?ville={world.programme.sites.get().pk}"
    page = text_of(coordinator.get(new))
    assert "2 personnes attendent à Valence." in page and "0 sur 2 marraines" in page
    sent = coordinator.post(
        new,
        {
            "quantity": 2,
            "slots": ["wed_pm"],
            "answer_before": clock.today().isoformat(),
            "partners": [str(lacking.partners[0].public_id)],
        },
    )
    ask = Ask.objects.get()
    assert sent.url == reverse("steering:ask", args=[ask.public_id])
    [asked] = mails()
    assert asked["to"] == lacking.partners[0].email
    assert "2 marraines à Valence, mercredi après-midi" in asked["subject"]
    assert "« 2 marraines avant l’été »" in asked["body"]

    answer_address = address_in(asked["body"])
    assert "Il manque 2 marraines à Valence" in text_of(anybody.get(answer_address))
    token = token_in(answer_address)
    named = {"jeton": token, "reponse": "oui", "first_name_1": "Fatou", "last_name_1": "Diallo"}
    assert anybody.post(answer_address, named | {"email_1": "fatou"}).status_code == 422
    assert anybody.post(answer_address, named | {"email_1": "Fatou@exemple.test"}).status_code == 303
    named_mail = mails()[-1]
    assert named_mail["to"] == "fatou@exemple.test" and "Bonjour Fatou," in named_mail["body"]
    assert "d’Association des Ruisseaux" in named_mail["body"] and "ne le transférez pas" in named_mail["body"]

    join_address = address_in(named_mail["body"])
    join = {"jeton": token_in(join_address)}
    assert "vous propose de devenir marraine à Valence." in text_of(anybody.get(join_address))
    without_charter = {key: value for key, value in YES.items() if key != "charter"}
    assert anybody.post(join_address, join | without_charter).status_code == 422
    assert not Volunteer.objects.exists()
    assert anybody.post(join_address, join | YES).status_code == 303
    assert "Une courte formation" in text_of(anybody.get(join_address))
    wrong = anybody.post(join_address, join | TRAINED | {"worry": "secret"})
    assert wrong.status_code == 422 and "On ne promet jamais le secret" in text_of(wrong)
    assert anybody.post(join_address, join | TRAINED).status_code == 303
    assert "La suite est un entretien." in text_of(anybody.get(join_address))
    assert done(lacking) == [0, 0]

    mentor = Mentor.objects.get()
    assert (mentor.volunteer.employer, mentor.capacity) == (lacking.partners[0].name, 1)
    assert text_of(coordinator.get(sent.url)).count("se prépare") == 1
    mentoring.record_interview(by=world.actor, mentor=mentor, met_on=clock.today())
    mentoring.verify(by=world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())
    assert done(lacking) == [1, 0]
    run = mentoring.run_matching(by=world.actor, programme=world.programme)
    assert (run.matched_count, run.is_certified) == (1, True)
    assert Pair.objects.get(state="proposed").mentor_id == mentor.pk
    assert "1 personne a dit oui sur 2 demandées." in text_of(coordinator.get(sent.url))
    assert "tout est en ordre" in text_of(anybody.get(join_address))
    # Everything again changes nothing: the pledge advances once.
    anybody.post(join_address, join | YES)
    anybody.post(answer_address, named | {"email_1": "fatou@exemple.test"})
    assert (done(lacking), Mentor.objects.count(), Contribution.objects.count()) == ([1, 0], 1, 1)
    assert mail.outbox == []


def test_reading_a_link_changes_nothing():
    lacking = make_lacking()
    ask = make_ask(lacking)
    contribution = name_fatou(ask.answers.first())
    before = list(Answer.objects.order_by("pk").values()), list(Contribution.objects.values()), len(mails())
    client = Client()
    for answer in ask.answers.all():
        assert client.get(links.answer_address(answer)).status_code == 200
    assert client.get(links.join_address(contribution)).status_code == 200
    after = list(Answer.objects.order_by("pk").values()), list(Contribution.objects.values()), len(mails())
    assert before == after


@pytest.mark.parametrize("name", ["answer", "join"])
def test_a_link_that_was_altered_opens_nothing(name):
    contribution = name_fatou(make_ask(make_lacking()).answers.first())
    token = links.answer_token(contribution.answer) if name == "answer" else links.join_token(contribution)
    other = links.join_token(contribution) if name == "answer" else links.answer_token(contribution.answer)
    address, client = reverse(f"steering:{name}"), Client()
    for wrong in ("", token[:-2], other, "x" * 300):
        assert client.get(address, {"jeton": wrong}).status_code == 404
        assert client.post(address, {"jeton": wrong, "reponse": "non", "reason": "later"}).status_code == 404
    assert Contribution.objects.get().declined_at is None


def test_a_link_of_sixty_one_days_says_so(monkeypatch):
    answer = make_ask(make_lacking()).answers.first()
    address = links.answer_address(answer)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61 * 24 * 3600)
    for sent in (Client().get(address), Client().post(address, {"jeton": token_in(address), "reponse": "non"})):
        assert sent.status_code == 404 and "a plus de 60 jours : il ne sert plus" in text_of(sent)


def test_a_no_says_why_and_can_become_a_yes_but_not_the_other_way():
    answer = make_ask(make_lacking()).answers.first()
    with pytest.raises(DomainError, match="motif"):
        operations.answer_no(by=VISITOR, answer=answer, reason="")
    assert operations.answer_no(by=VISITOR, answer=answer, reason="later").state == "declined"
    name_fatou(answer)
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == ("accepted", "")
    with pytest.raises(DomainError, match="déjà proposé"):
        operations.answer_no(by=VISITOR, answer=answer, reason="later")


def test_who_declines_leaves_no_name():
    contribution = name_fatou(make_ask(make_lacking()).answers.first())
    client = Client()
    address = links.join_address(contribution)
    assert client.post(address, {"jeton": links.join_token(contribution), "reponse": "non"}).status_code == 303
    contribution.refresh_from_db()
    assert contribution.full_name == "" and "fatou" not in contribution.email
    assert "votre nom et votre adresse sont effacés" in text_of(client.get(address))


def test_who_never_answers_is_forgotten():
    from datetime import timedelta

    contribution = name_fatou(make_ask(make_lacking()).answers.first())
    assert operations.forget_silent(by=SYSTEM) == 0
    Contribution.objects.update(named_at=clock.now() - operations.newcomers.SILENCE_KEPT - timedelta(days=1))
    assert operations.forget_silent(by=SYSTEM) == 1
    contribution.refresh_from_db()
    assert (contribution.full_name, contribution.declined_at is None) == ("", False)


def test_the_same_partner_is_not_asked_twice_while_it_is_silent():
    lacking = make_lacking()
    make_ask(lacking)
    with pytest.raises(DomainError, match="n’a pas encore répondu"):
        make_ask(lacking)
    assert (Ask.objects.count(), len(mails())) == (1, 2)
    operations.close_ask(by=lacking.world.actor, ask=Ask.objects.get())
    assert make_ask(lacking).answers.count() == 2


def test_a_closed_ask_takes_nothing_more():
    lacking = make_lacking()
    ask = make_ask(lacking)
    contribution = name_fatou(ask.answers.first())
    operations.close_ask(by=lacking.world.actor, ask=ask)
    client = Client()
    for answer in ask.answers.all():
        assert "Cette demande est close" in text_of(client.get(links.answer_address(answer)))
        with pytest.raises(DomainError, match="close"):
            operations.answer_no(by=VISITOR, answer=answer, reason="later")
    late = client.post(links.join_address(contribution), YES | {"jeton": links.join_token(contribution)})
    assert late.status_code == 422 and not Volunteer.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"partners": []}, "au moins un partenaire"),
        ({"answer_before": clock.today().replace(year=2020)}, "déjà passée"),
        ({"by": Actor()}, "au nom de cette structure"),
    ],
)
def test_an_ask_that_cannot_be_sends_nothing(change, says):
    lacking = make_lacking()
    with pytest.raises((DomainError, NotAllowed), match=says):
        make_ask(lacking, **change)
    assert not Ask.objects.exists() and not mails()


def test_a_partner_without_address_is_named_and_nobody_is_written_to():
    lacking = make_lacking()
    lacking.partners[1].email = ""
    lacking.partners[1].save()
    lacking.pledges[1].organisation = lacking.partners[1]
    with pytest.raises(DomainError, match="Aucune adresse pour Rives Numériques 1"):
        make_ask(lacking)
    assert not mails()
    page = text_of(client_of(lacking.world).get(reverse("steering:new_ask", args=[lacking.world.programme.slug])))
    assert "aucune adresse où lui écrire" in page


def test_near_partners_come_first_and_are_chosen_and_kept_pledges_are_left_in_peace():
    lacking = make_lacking(partners=0, cities=("Valence", "Lyon"))
    add_partner(lacking, "Loin", "Clermont-Ferrand")
    add_partner(lacking, "Près", "Romans-sur-Isère")
    kept = add_partner(lacking, "Tenu", "Valence", target=1)
    ask = make_ask(lacking, partners=[kept.organisation])
    contribution = name_fatou(ask.answers.get())
    site = lacking.world.programme.sites.get(commune__name="Valence")
    names = [one.organisation.name for one in queries.partners_for(lacking.world.programme, "mentors", site)]
    assert names == ["Tenu", "Près", "Loin"]
    volunteer = factories.make_volunteer(lacking.world.organisation)
    Contribution.objects.filter(pk=contribution.pk).update(volunteer=volunteer, joined_at=clock.now())
    found = queries.partners_for(lacking.world.programme, "mentors", site)
    assert [(one.organisation.name, one.is_near) for one in found] == [("Près", True), ("Loin", False)]


def test_a_withdrawn_pledge_is_not_called_in():
    lacking = make_lacking(partners=1)
    with pytest.raises(NotAllowed):
        operations.withdraw_pledge(by=lacking.world.actor, pledge=lacking.pledges[0])
    member = factories.make_member(lacking.partners[0], "administrator")
    operations.withdraw_pledge(by=factories.actor_of(member), pledge=lacking.pledges[0])
    assert queries.partners_for(lacking.world.programme, "mentors", None) == []


def test_somebody_known_already_is_not_made_twice():
    lacking = make_lacking()
    known = factories.make_volunteer(lacking.world.organisation)
    known.identity.email = "FATOU@exemple.test"
    known.identity.save()
    contribution = name_fatou(make_ask(lacking).answers.first())
    sent = Client().post(links.join_address(contribution), YES | {"jeton": links.join_token(contribution)})
    assert sent.status_code == 303
    assert Volunteer.objects.get() == known
    assert Mentor.objects.get().volunteer == known
    assert known.identity.first_name != "Diallo"


def test_one_person_named_by_two_asks_counts_once():
    lacking = make_lacking(partners=1)
    ask = make_ask(lacking)
    contribution = name_fatou(ask.answers.get())
    Client().post(links.join_address(contribution), YES | {"jeton": links.join_token(contribution)})
    Client().post(links.join_address(contribution), TRAINED | {"jeton": links.join_token(contribution)})
    again = name_fatou(make_ask(lacking).answers.get())
    Client().post(links.join_address(again), YES | {"jeton": links.join_token(again)})
    mentor = Mentor.objects.get()
    mentoring.record_interview(by=lacking.world.actor, mentor=mentor, met_on=clock.today())
    mentoring.verify(by=lacking.world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())
    assert done(lacking) == [1]
