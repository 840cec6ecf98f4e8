"""What is counted from records: each person once, and sentences that say what is there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.worlds import add_mentor
from tests.steering.test_loop import TRAINED, YES, done, mails, name_fatou
from tests.steering.worlds import Lacking, make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Mentor
from vivier.people.operations import record_vetting
from vivier.programmes.models import Site
from vivier.steering import links, operations, queries
from vivier.steering.models import Ask, Charter, Contribution, Pledge

pytestmark = pytest.mark.django_db


def say_yes(contribution: Contribution) -> None:
    for answers in (YES, TRAINED):
        Client().post(links.join_address(contribution), answers | {"jeton": links.join_token(contribution)})


def make_ready(lacking: Lacking, contribution: Contribution) -> Mentor:
    """Bring a named person all the way."""
    say_yes(contribution)
    mentor = Mentor.objects.get()
    mentoring.record_interview(by=lacking.world.actor, mentor=mentor, met_on=clock.today())
    mentoring.verify(by=lacking.world.actor, mentor=mentor, outcome="ok", checked_on=clock.today())
    return mentor


def test_somebody_whom_two_partners_named_counts_for_the_first_only():
    lacking = make_lacking(partners=2)
    ask = make_ask(lacking)
    _, earlier = [name_fatou(answer) for answer in ask.answers.order_by("-pk")][::-1]
    make_ready(lacking, earlier)
    assert done(lacking) == [0, 1]
    [row] = queries.asks_of(lacking.world.programme)
    assert (row.joined, row.ready, row.heading) == (1, 1, "1 personne a dit oui sur 2 demandées.")


def test_a_verification_refused_later_no_longer_keeps_a_pledge_and_one_that_ended_does():
    lacking = make_lacking(partners=1)
    mentor = make_ready(lacking, name_fatou(make_ask(lacking).answers.get()))
    mentor.volunteer.vettings.update(
        checked_on=clock.today() - timedelta(days=800), expires_on=clock.today() - timedelta(days=9)
    )
    assert done(lacking) == [1]
    record_vetting(by=SYSTEM, volunteer=mentor.volunteer, outcome="not_ok", checked_on=clock.today())
    assert done(lacking) == [0]


def test_an_ask_calls_in_the_pledge_that_is_not_kept_yet():
    lacking = make_lacking(partners=1)
    kept = lacking.pledges[0]
    Pledge.objects.filter(pk=kept.pk).update(target=1)
    make_ready(lacking, name_fatou(make_ask(lacking).answers.get()))
    later = operations.record_pledge(
        by=SYSTEM, plan=lacking.plan, organisation=kept.organisation, metric="mentors", target=4,
        wording="Quatre de plus", source="Test", due_on=clock.today() + timedelta(days=300),
    )  # fmt: skip
    assert make_ask(lacking).answers.get().pledge == later


def test_a_city_of_another_programme_is_not_asked_for():
    lacking, other = make_lacking(), make_lacking()
    with pytest.raises(DomainError, match="n’est pas dans ce programme"):
        make_ask(lacking, site=Site.objects.get(programme=other.world.programme))
    assert not Ask.objects.exists()


def test_headings_count_who_answered_and_who_did_not():
    lacking = make_lacking(partners=3)
    first, second, third = make_ask(lacking).answers.order_by("pk")

    def heading() -> str:
        return queries.asks_of(lacking.world.programme)[0].heading

    assert heading() == "3 partenaires n’ont pas encore répondu."
    operations.answer_no(by=VISITOR, answer=first, reason="later")
    assert heading() == "1 partenaire a répondu, personne ne s’est inscrit. 2 partenaires n’ont pas encore répondu."
    for answer in (second, third):
        operations.answer_no(by=VISITOR, answer=answer, reason="later")
    assert heading() == "3 partenaires ont répondu, personne ne s’est inscrit."
    contribution = name_fatou(third)
    assert heading() == "1 personne nommée n’a pas encore répondu."
    say_yes(contribution)
    assert heading() == "1 personne a dit oui sur 2 demandées."


def test_what_is_late_says_so_and_a_pledge_taken_back_is_no_longer_counted():
    lacking = make_lacking(partners=1)
    partner = lacking.partners[0]
    operations.record_pledge(
        by=SYSTEM, plan=lacking.plan, organisation=partner, metric="equipment", target=10,
        wording="Dix ordinateurs", source="Test", due_on=clock.today() - timedelta(days=9),
    )  # fmt: skip
    charter = operations.load_charter(by=SYSTEM, plan=lacking.plan)
    page = text_of(Client().get(reverse("steering:charter", args=[charter.slug])))
    assert "0 sur 10 ordinateurs" in page and page.count("échu") == 1
    client = Client()
    client.force_login(factories.make_member(partner, "administrator"))
    home = reverse("steering:my_engagement")
    assert "0 engagement tenu sur 2." in text_of(client.get(home))
    operations.withdraw_pledge(by=SYSTEM, pledge=lacking.pledges[0])
    assert "0 ordinateur donné, sur 10 promis." in text_of(client.get(home))
    operations.withdraw_pledge(by=SYSTEM, pledge=Pledge.objects.get(metric="equipment"))
    assert "Aucun engagement chiffré pour l’instant." in text_of(client.get(home))


def test_a_charter_that_nobody_signed_says_so():
    lacking = make_lacking(partners=0)
    Charter.objects.create(plan=lacking.plan, name="Charte", slug="charte")
    assert "Personne n’a encore signé." in text_of(Client().get(reverse("steering:charter", args=["charte"])))


def test_the_page_of_asks_takes_as_many_queries_for_fifty_as_for_one(django_assert_max_num_queries):
    lacking = make_lacking(partners=30)
    client = client_of(lacking.world)
    address = reverse("steering:asks", args=[lacking.world.programme.slug])
    for _ in range(50):
        ask = make_ask(lacking)
        operations.close_ask(by=lacking.world.actor, ask=ask)
        name = f"n{ask.pk}"
        Contribution.objects.bulk_create(
            Contribution(answer=one, first_name=name, email=f"{one.pk}@exemple.test", named_at=clock.now())
            for one in ask.answers.all()
        )
    with django_assert_max_num_queries(30) as taken:
        page = client.get(address)
    assert text_of(page).count("2 marraines à Valence") >= 50
    assert len(taken) < 30


def test_what_every_partner_declined_is_to_be_asked_again():
    lacking = make_lacking(mentees=3, partners=1)
    programme = lacking.world.programme
    add_mentor(lacking.world, "Valence", slots=["wed_pm"], capacity=1)
    mentoring.run_matching(by=lacking.world.actor, programme=programme)
    home, client = reverse("portal:programme", args=[programme.slug]), client_of(lacking.world)
    assert "2 marraines manquent à Valence" in text_of(client.get(home))
    answer = make_ask(lacking).answers.get()
    assert "manquent à Valence" not in text_of(client.get(home))
    operations.answer_no(by=VISITOR, answer=answer, reason="later")
    assert "2 marraines manquent à Valence" in text_of(client.get(home))


def test_who_is_known_already_is_not_told_of_steps_that_are_not_hers():
    lacking = make_lacking(partners=1)
    known = factories.make_volunteer(lacking.world.organisation)
    known.identity.email = "fatou@exemple.test"
    known.identity.save()
    mentoring.welcome(by=SYSTEM, programme=lacking.world.programme, volunteer=known, capacity=1, slots=[])
    known.onboarding.delete()
    contribution = name_fatou(make_ask(lacking).answers.get())
    say_yes(contribution)
    thanks = mails()[-1]["body"]
    assert "trois étapes" not in thanks and "vous connaît déjà" in thanks
    assert "tout est en ordre" in text_of(Client().get(links.join_address(contribution)))
    record_vetting(by=SYSTEM, volunteer=known, outcome="not_ok", checked_on=clock.today())
    shown = text_of(Client().get(links.join_address(contribution)))
    assert "tout est en ordre" not in shown and "refus" not in shown
