"""A link in the wrong hands: who is written to, how often, what remains of whom, and what two at once do."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.mentoring.test_pages import text_of
from tests.mentoring.test_pairs import together
from tests.steering.test_loop import YES, mails, name_fatou
from tests.steering.worlds import make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring.models import Mentor
from vivier.people.models import Volunteer
from vivier.people.records import NewVolunteer
from vivier.programmes.vocabulary import Audience
from vivier.steering import links, operations, queries
from vivier.steering.models import Answer, Ask, Contribution

FATOU = operations.Named("Fatou", "Diallo", "fatou@exemple.test")


def invitations() -> list[str]:
    return [one["to"] for one in mails() if "/devenir-marraine/" in one["body"]]


def join(contribution: Contribution) -> Contribution:
    person = NewVolunteer(first_name="Fatou", last_name="Diallo", email=contribution.email, occupation="Développeuse")
    return operations.join_as_mentor(by=VISITOR, contribution=contribution, person=person, capacity=1, slots=["wed_pm"])


@pytest.mark.django_db
def test_a_forwarded_link_writes_to_few_people_a_day(monkeypatch):
    answer = make_ask(make_lacking(), quantity=500).answers.first()

    def name(numbers) -> None:
        people = [operations.Named("Nom", "", f"n{n}@exemple.test") for n in numbers]
        operations.answer_yes(by=VISITOR, answer=answer, people=people)

    name(range(20))
    with pytest.raises(DomainError, match="20 personnes au plus par jour"):
        name([20])
    assert len(invitations()) == 20
    name(range(20))  # naming the same again is nothing
    Contribution.objects.update(named_at=clock.now() - timedelta(days=2))
    name([20])
    assert len(invitations()) == 21


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["gagnez.example", "http://piege.example", "Fatou\nhttps://piege.example", "a@b.fr", "Fatou 0612345678"]
)
def test_a_name_cannot_carry_a_link_into_a_mail(name):
    answer = make_ask(make_lacking()).answers.first()
    sent = {"jeton": links.answer_token(answer), "reponse": "oui", "email_1": "fatou@exemple.test"}
    for field in ("first_name_1", "last_name_1"):
        refused = Client().post("/repondre/", sent | {"first_name_1": "Fatou", field: name})
        assert refused.status_code == 422 and "n’a que des lettres" in text_of(refused)
    assert invitations() == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Jean-Pierre", "J.-P.", "D’Arc", "Nguyễn", "Marie Rose"])
def test_names_that_people_bear_are_taken(name):
    answer = make_ask(make_lacking()).answers.first()
    sent = {"jeton": links.answer_token(answer), "reponse": "oui", "email_1": "fatou@exemple.test"}
    assert Client().post("/repondre/", sent | {"first_name_1": name}).status_code == 303
    assert invitations() == ["fatou@exemple.test"]


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["a@exemple.test\nBcc: b@exemple.test", "a@exemple.test,b@exemple.test", "a b@c.fr"])
def test_an_address_is_one_address(email):
    answer = make_ask(make_lacking()).answers.first()
    sent = {"jeton": links.answer_token(answer), "reponse": "oui", "first_name_1": "Fatou", "email_1": email}
    assert Client().post("/repondre/", sent).status_code == 422
    assert invitations() == []


@pytest.mark.django_db
def test_who_said_no_is_not_written_to_again_by_anybody_of_the_programme():
    lacking = make_lacking()
    first, second = make_ask(lacking).answers.order_by("pk")
    operations.decline_to_join(by=VISITOR, contribution=name_fatou(first))
    shouted = operations.Named("Fatou", "", "FATOU@exemple.test")
    operations.answer_yes(by=VISITOR, answer=first, people=[shouted])
    operations.answer_yes(by=VISITOR, answer=second, people=[shouted])
    assert len(invitations()) == 1
    rows = Contribution.objects.order_by("pk").values_list("answer", "first_name", "email")
    assert [(answer, name, "fatou" in email) for answer, name, email in rows] == [
        (first.pk, "", False), (second.pk, "", False)
    ]  # fmt: skip
    other = make_lacking()
    name_fatou(make_ask(other).answers.first())
    assert len(invitations()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("says", ["yes", "no"])
def test_whom_two_partners_name_gets_one_mail_and_answers_both(says):
    lacking = make_lacking()
    first, second = make_ask(lacking).answers.order_by("pk")
    contribution = name_fatou(first)
    other = name_fatou(second)
    assert len(invitations()) == 1
    if says == "yes":
        join(contribution)
    else:
        operations.decline_to_join(by=VISITOR, contribution=contribution)
    other.refresh_from_db()
    assert (other.joined_at is not None, other.declined_at is not None) == (says == "yes", says == "no")
    [row] = queries.asks_of(lacking.world.programme)
    assert row.joined == (says == "yes")


@pytest.mark.django_db
def test_after_an_erasure_an_old_link_brings_nobody_back():
    contribution = join(name_fatou(make_ask(make_lacking()).answers.first()))
    Mentor.objects.all().delete()
    Volunteer.objects.all().delete()
    late = Client().post("/devenir-marraine/", YES | {"jeton": links.join_token(contribution)})
    assert late.status_code == 422 and not Volunteer.objects.exists()
    shown = text_of(Client().get(links.join_address(contribution)))
    assert "Vous n’êtes plus inscrite" in shown and "Fatou" not in shown
    assert operations.forget_silent(by=SYSTEM) == 1
    assert operations.forget_silent(by=SYSTEM) == 0
    contribution.refresh_from_db()
    assert contribution.full_name == "" and "fatou" not in contribution.email
    with pytest.raises(NotAllowed):
        operations.forget_silent(by=VISITOR)


@pytest.mark.django_db
def test_a_message_to_partners_names_no_girl():
    lacking = make_lacking()
    girl = lacking.world.mentees[0].beneficiary.identity
    for words in (f"{girl.first_name} {girl.last_name}", f"{girl.last_name.upper()}, {girl.first_name.lower()}"):
        with pytest.raises(DomainError, match="nomme une personne accompagnée"):
            make_ask(lacking, message=f"Bonjour, {words} attend depuis mars.")
    assert not Ask.objects.exists() and mails() == []
    make_ask(lacking, message="Bonjour, elles attendent depuis mars.")


@pytest.mark.django_db
def test_who_was_named_may_have_her_name_erased_after_the_ask_was_closed():
    lacking = make_lacking()
    ask = make_ask(lacking)
    contribution = name_fatou(ask.answers.first())
    operations.close_ask(by=lacking.world.actor, ask=ask)
    page = Client().get(links.join_address(contribution))
    assert "effacez mon nom" in text_of(page)
    assert "Fatou" not in text_of(Client().get(links.answer_address(contribution.answer)))
    said = Client().post("/devenir-marraine/", {"jeton": links.join_token(contribution), "reponse": "non"})
    assert said.status_code == 303
    contribution.refresh_from_db()
    assert contribution.full_name == ""


@pytest.mark.django_db(transaction=True)
def test_one_address_named_by_two_partners_at_once_is_written_to_once_and_becomes_one_person():
    lacking = make_lacking()
    first, second = make_ask(lacking).answers.order_by("pk")
    raised = together(
        lambda: operations.answer_yes(by=VISITOR, answer=first, people=[FATOU]),
        lambda: operations.answer_yes(by=VISITOR, answer=second, people=[FATOU]),
    )
    assert [one for one in raised if one] == [] and len(invitations()) == 1
    one, other = Contribution.objects.order_by("pk")
    raised = together(lambda: join(one), lambda: join(other), lambda: join(one))
    assert [one for one in raised if one] == []
    assert (Volunteer.objects.count(), Mentor.objects.count()) == (1, 1)
    assert len([one for one in mails() if one["to"] == FATOU.email]) == 2  # the invitation and the thanks


@pytest.mark.django_db(transaction=True)
def test_two_programmes_of_one_structure_joined_at_once_make_one_person():
    here = make_lacking()
    there = make_lacking()
    there.world.programme.controller = here.world.programme.controller
    there.world.programme.save()
    named = [name_fatou(make_ask(one, by=here.world.actor).answers.first()) for one in (here, there)]
    raised = together(*[lambda one=one: join(one) for one in named])
    assert [one for one in raised if one] == []
    assert (Volunteer.objects.count(), Mentor.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_one_ask_and_a_close_is_before_or_after_a_yes():
    lacking = make_lacking()
    raised = together(lambda: make_ask(lacking), lambda: make_ask(lacking))
    assert sorted(isinstance(one, DomainError) for one in raised) == [False, True]
    assert (Ask.objects.count(), Answer.objects.count(), len(mails())) == (1, 2, 2)
    contribution = name_fatou(Answer.objects.first())
    closed, joined = together(
        lambda: operations.close_ask(by=lacking.world.actor, ask=Ask.objects.get()), lambda: join(contribution)
    )
    assert closed is None
    assert (joined is None) == Volunteer.objects.exists()
    assert joined is None or isinstance(joined, DomainError)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("audience", "wanted", "does"),
    [
        (Audience.LYCEENNES, "2 marraines", "Une marraine parle de son métier à une lycéenne et répond"),
        (Audience.COLLEGIENNES, "2 marraines", "Une marraine parle de son métier à une collégienne et répond"),
        (Audience.WOMEN, "2 mentors", "Une ou un mentor parle de son métier à une personne accompagnée et répond"),
    ],
)
def test_nobody_is_asked_to_talk_to_a_pupil_in_a_programme_of_adults(audience, wanted, does):
    lacking = make_lacking(partners=1)
    lacking.world.programme.audience = audience
    lacking.world.programme.save()
    answer = make_ask(lacking).answers.get()
    name_fatou(answer)
    contribution = answer.contributions.get()
    pages = [text_of(Client().get(page)) for page in (links.answer_address(answer), links.join_address(contribution))]
    asked, named = (one["subject"] + one["body"] for one in mails())
    assert f"Il manque {wanted} à Valence" in asked
    for text in (*pages, named):
        assert does in text
    if audience == Audience.WOMEN:
        wrong = "lycéenne|filleule|jeunes accompagnées|devenir marr"
        assert not [text for text in (pages[1], asked, named) if re.search(wrong, text)]
