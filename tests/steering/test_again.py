"""An ask opened again, and a mail sent again: once, by who may, and not every hour."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.test_pairs import together
from tests.steering.test_loop import address_in, mails, name_fatou
from tests.steering.worlds import make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR, Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.models import AuditEntry
from vivier.programmes.operations import decide_attachment, update_programme
from vivier.steering import links, operations
from vivier.steering.models import Answer, Ask


def acts(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def a_day_later() -> None:
    Answer.objects.update(sent_at=clock.now() - timedelta(days=1), resent_at=None)


@pytest.mark.django_db
def test_a_closed_ask_opens_again_and_its_links_with_it():
    lacking = make_lacking(partners=1)
    ask = make_ask(lacking)
    answer = ask.answers.get()
    client, page = client_of(lacking.world), reverse("steering:ask", args=[ask.public_id])
    operations.close_ask(by=lacking.world.actor, ask=ask)
    Ask.objects.update(answer_before=clock.today() - timedelta(days=1))
    assert "Rouvrir la demande" in text_of(client.get(page))
    for _ in range(2):
        assert client.post(reverse("steering:reopen", args=[ask.public_id])).status_code == 302
    ask.refresh_from_db()
    assert (ask.closed_at, ask.closed_by, ask.answer_before) == (None, None, clock.today() + timedelta(days=14))
    assert (acts("steering.reopen"), len(mails())) == (1, 1)
    assert "Il manque 2 marraines" in text_of(Client().get(links.answer_address(answer)))
    name_fatou(answer)
    with pytest.raises(NotAllowed):
        operations.reopen_ask(by=Actor(), ask=ask)


def move_to_another_plan(lacking) -> None:
    """Refuse the programme where its partners were asked, and accept it in another plan."""
    decide_attachment(by=SYSTEM, programme=lacking.world.programme, accept=False)
    axis = make_lacking(mentees=0, partners=0).world.programme.axis
    update_programme(by=SYSTEM, programme=lacking.world.programme, axis=axis)


@pytest.mark.django_db
def test_an_ask_of_a_plan_that_the_programme_left_stays_closed():
    lacking = make_lacking(partners=1)
    ask = make_ask(lacking)
    operations.close_ask(by=lacking.world.actor, ask=ask)
    move_to_another_plan(lacking)
    with pytest.raises(DomainError, match="autre plan"):
        operations.reopen_ask(by=lacking.world.actor, ask=ask)


@pytest.mark.django_db
def test_what_was_asked_anew_meanwhile_is_not_open_twice():
    lacking = make_lacking(partners=2)
    ask = make_ask(lacking)
    operations.close_ask(by=lacking.world.actor, ask=ask)
    again = make_ask(lacking, partners=lacking.partners[:1])
    with pytest.raises(DomainError, match="Rives Numériques 0 n’a pas encore répondu"):
        operations.reopen_ask(by=lacking.world.actor, ask=ask)
    operations.answer_no(by=VISITOR, answer=again.answers.get(), reason="later")
    assert operations.reopen_ask(by=lacking.world.actor, ask=ask).closed_at is None


@pytest.mark.django_db
def test_a_mail_goes_again_once_a_day_and_both_links_open_the_same_page():
    lacking = make_lacking(partners=1)
    answer = make_ask(lacking).answers.get()
    client, again = client_of(lacking.world), reverse("steering:send_again", args=[answer.public_id])
    said = text_of(client.post(again, follow=True))
    assert "il y a moins d’un jour" in said and len(mails()) == 1
    a_day_later()
    lacking.partners[0].email = "nouvelle@exemple.test"
    lacking.partners[0].save()
    assert "La demande repart à Rives Numériques 0." in text_of(client.post(again, follow=True))
    client.post(again)
    first, second = mails()
    assert (second["to"], acts("steering.send_again")) == ("nouvelle@exemple.test", 1)
    pages = [text_of(Client().get(address_in(one["body"]))) for one in (first, second)]
    assert pages[0] == pages[1] and "Il manque 2 marraines" in pages[0]
    answer.refresh_from_db()
    assert (answer.email, answer.resent_by_id) == ("nouvelle@exemple.test", lacking.world.actor.user_id)
    assert "Renvoyée le" in text_of(client.get(reverse("steering:ask", args=[answer.ask.public_id])))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "why", ["closed", "declined", "no address", "left the plan", "other plan", "taken back", "stranger"]
)
def test_nobody_is_written_to_again_in_vain(why):
    lacking = make_lacking(partners=1)
    answer = make_ask(lacking).answers.get()
    by = lacking.world.actor
    if why == "closed":
        operations.close_ask(by=by, ask=answer.ask)
    elif why == "declined":
        operations.answer_no(by=VISITOR, answer=answer, reason="later")
    elif why == "no address":
        lacking.partners[0].email = ""
        lacking.partners[0].save()
    elif why == "left the plan":
        decide_attachment(by=SYSTEM, programme=lacking.world.programme, accept=False)
    elif why == "other plan":
        move_to_another_plan(lacking)
    elif why == "taken back":
        operations.withdraw_pledge(by=SYSTEM, pledge=lacking.pledges[0])
    else:
        by = Actor()
    a_day_later()
    with pytest.raises(DomainError):
        operations.send_again(by=by, answer=answer)
    assert len(mails()) == 1 and acts("steering.send_again") == 0


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_one_mail():
    lacking = make_lacking(partners=1)
    answer = make_ask(lacking).answers.get()
    a_day_later()
    raised = together(*[lambda: operations.send_again(by=lacking.world.actor, answer=answer)] * 2)
    assert sorted(isinstance(one, DomainError) for one in raised) == [False, True]
    assert len(mails()) == 2
