"""The page of the loop after several asks: it follows the last one in which something may still happen."""

from datetime import timedelta

import pytest

from tests.demo.conftest import DAY
from tests.steering.test_abuse import join
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.demo import story
from vivier.demo.loop import Loop, loop_now
from vivier.programmes.models import Programme
from vivier.steering import operations, queries
from vivier.steering.models import Ask

pytestmark = pytest.mark.django_db


def ask(number: int) -> Ask:
    programme = Programme.objects.get(slug=story.SLUG)
    site = programme.sites.get(commune__name="Valence")
    partners = [one for one in queries.partners_for(programme, "mentors", site) if not one.obstacle]
    return operations.ask_partners(
        by=SYSTEM, programme=programme, metric="mentors", quantity=2, site=site,
        partners=[one.organisation for one in partners[:number]], answer_before=DAY + timedelta(days=9),
    )  # fmt: skip


def name(answer, first_name: str):
    person = operations.Named(first_name, "Belval", f"{first_name.lower()}@exemple.test")
    operations.answer_yes(by=VISITOR, answer=answer, people=[person])
    return answer.contributions.get(first_name=first_name)


def is_done() -> list[bool]:
    return [step.is_done for step in loop_now().steps]


def test_a_no_a_closed_ask_and_a_second_ask_do_not_stop_the_loop(demo, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    assert not any(is_done())
    first = ask(2)
    operations.answer_no(by=VISITOR, answer=first.answers.order_by("pk")[0], reason="later")
    answer = first.answers.order_by("pk")[1]
    assert is_done()[:2] == [True, False]
    operations.decline_to_join(by=VISITOR, contribution=name(answer, "Awa"))
    assert is_done()[:2] == [True, False]  # somebody else is to be named
    join(name(answer, "Fatou"))
    assert is_done()[:3] == [True, True, False]
    operations.close_ask(by=SYSTEM, ask=first)
    assert is_done()[:2] == [True, True]  # she prepares all the same
    second = ask(1)
    assert is_done()[:2] == [True, False]
    operations.close_ask(by=SYSTEM, ask=second)
    assert is_done()[:2] == [True, True]


@pytest.mark.parametrize(
    ("served", "waiting", "says"),
    [
        (1, 1, "1 lycéenne a une marraine, 1 attend."),
        (138, 12, "138 lycéennes ont une marraine, 12 attendent."),
        (150, 0, "150 lycéennes ont une marraine, aucune n’attend."),
    ],
)
def test_the_heading_counts(served, waiting, says):
    assert Loop(served, waiting, "", []).heading == says
