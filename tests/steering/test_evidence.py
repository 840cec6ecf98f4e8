"""Interventions, internships and computers: who asked says what was received, and the pledge follows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.test_pairs import together
from tests.steering.test_loop import done, mails
from tests.steering.worlds import (
    asked,
    confirmed,
    held_session,
    line_of,
    make_ask,
    make_lacking,
    make_promised,
    offered,
)
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.models import AuditEntry
from vivier.steering import links, operations, queries
from vivier.steering.models import Answer, Ask, Contribution, Pledge, Receipt
from vivier.steering.operations import Offer
from vivier.steering.vocabulary import METRICS, Metric
from vivier.steering.wording import offered_words
from vivier.workshops.models import Group, Session

OTHERS = [metric for metric in Metric.values if metric != Metric.MENTORS]


@pytest.mark.django_db
@pytest.mark.parametrize("metric", OTHERS)
def test_a_pledge_advances_when_who_asked_says_so_and_goes_back_when_it_is_undone(metric):
    lacking = make_promised(metric)
    contribution = offered(asked(lacking, metric))
    assert done(lacking) == [0]
    receipt = confirmed(lacking, contribution)
    assert done(lacking) == [1]
    [row] = queries.asks_of(lacking.world.programme)
    assert (row.joined, row.ready) == (1, 1)
    assert row.heading == f"{METRICS[metric].counted_done(1)} sur 2 {METRICS[metric].agreed(2, 'demandé')}."
    for _ in range(2):
        operations.undo_receipt(by=lacking.world.actor, receipt=receipt)
    assert done(lacking) == [0]
    confirmed(lacking, contribution)
    assert done(lacking) == [1]
    acts = AuditEntry.objects.filter(action__startswith="steering.").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["steering.confirm_receipt", "steering.undo_receipt", "steering.confirm_receipt"]


@pytest.mark.django_db
@pytest.mark.parametrize("metric", OTHERS)
def test_no_member_of_the_partner_confirms(metric):
    lacking = make_promised(metric)
    contribution = offered(asked(lacking, metric))
    partner = factories.make_member(lacking.partners[0], "coordinator")
    of_both, reads_there = (factories.make_coordinator(lacking.world.organisation) for _ in range(2))
    factories.make_member(lacking.partners[0], "administrator", of_both)
    factories.make_member(lacking.partners[0], "analyst", reads_there)
    for user in (partner, of_both, reads_there, factories.make_coordinator()):
        with pytest.raises(NotAllowed, match="jamais celle qui s’est engagée"):
            confirmed(lacking, contribution, by=factories.actor_of(user))
    receipt = confirmed(lacking, contribution)
    with pytest.raises(NotAllowed):
        operations.undo_receipt(by=factories.actor_of(partner), receipt=receipt)
    client = Client()
    client.force_login(partner)
    assert client.get(reverse("steering:offer", args=[contribution.public_id])).status_code == 404
    client.force_login(of_both)
    page = text_of(client.get(reverse("steering:offer", args=[contribution.public_id])))
    assert "une autre personne de la structure qui a demandé" in page and "Noter ce qui a eu lieu" not in page
    assert done(lacking) == [1]


@pytest.mark.django_db
@pytest.mark.parametrize("metric", ["mentors", *OTHERS])
def test_a_structure_asks_itself_nothing_and_does_not_confirm_what_it_promised(metric):
    lacking = make_promised(metric)
    here = lacking.world.organisation
    here.email = "ici@exemple.test"
    here.save()
    operations.record_pledge(
        by=SYSTEM, plan=lacking.plan, organisation=here, metric=metric, target=2, wording="Deux", source="Test"
    )
    near = queries.partners_for(lacking.world.programme, metric, None)
    assert [one.organisation for one in near] == lacking.partners
    with pytest.raises(DomainError, match="ne se demande rien à elle-même"):
        asked(lacking, metric, partners=[here])
    if metric == "mentors":
        return
    contribution = offered(asked(lacking, metric))
    Answer.objects.update(organisation=here)
    for actor in (SYSTEM, lacking.world.actor):
        with pytest.raises(NotAllowed):
            confirmed(lacking, contribution, by=actor)
    assert done(lacking) == [0, 0]


@pytest.mark.django_db
def test_the_same_again_is_once_and_more_than_offered_is_refused():
    lacking = make_promised("internships")
    contribution = offered(asked(lacking, "internships", quantity=3), quantity=3)
    first = confirmed(lacking, contribution, quantity=2)
    assert confirmed(lacking, contribution, quantity=2) == first
    with pytest.raises(DomainError, match="déjà notée"):
        confirmed(lacking, contribution, quantity=1)
    Receipt.objects.update(received_on=clock.today() - timedelta(days=1))
    with pytest.raises(DomainError, match="plus que ce qui a été proposé"):
        confirmed(lacking, contribution, quantity=2)
    confirmed(lacking, contribution, quantity=1)
    assert done(lacking) == [3]


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, -1, None])
def test_nothing_is_received_before_the_ask_nor_tomorrow(days):
    lacking = make_promised("equipment")
    contribution = offered(asked(lacking, "equipment"))
    day = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(DomainError, match="jour"):
        confirmed(lacking, contribution, received_on=day)
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_a_session_proves_an_intervention_once_and_only_while_somebody_came():
    lacking = make_promised("interventions")
    answer = asked(lacking, "interventions")
    first, second = offered(answer), offered(answer, first_name="Awa")
    empty = held_session(lacking, came=False)
    with pytest.raises(DomainError, match="personne n’a noté les présences"):
        confirmed(lacking, first, session=empty)
    with pytest.raises(DomainError, match="n’est pas de ce programme"):
        confirmed(lacking, first, session=factories.make_session(factories.make_programme(), days=-1))
    receipt = confirmed(lacking, first)
    with pytest.raises(DomainError, match="déjà comptée pour ce partenaire"):
        confirmed(lacking, second, session=receipt.session)
    assert done(lacking) == [1]
    receipt.session.registrations.update(attended=None, attendance_at=None)
    assert done(lacking) == [0]
    page = text_of(client_of(lacking.world).get(reverse("steering:offer", args=[first.public_id])))
    assert "la séance n’a plus de présence notée" in page
    Group.objects.create(
        session=receipt.session, label="2de 4", head_count=20, attended_count=18, created_at=clock.now()
    )
    assert done(lacking) == [1]
    Session.objects.filter(pk=receipt.session_id).update(state="cancelled", cancelled_at=clock.now())
    assert done(lacking) == [0]


@pytest.mark.django_db
def test_two_partners_in_one_session_each_gave_an_intervention():
    lacking = make_promised("interventions", partners=2)
    session = held_session(lacking)
    for answer in make_ask(lacking, metric="interventions").answers.order_by("pk"):
        confirmed(lacking, offered(answer), session=session)
    assert done(lacking) == [1, 1]


@pytest.mark.django_db
def test_a_pledge_lapses_the_day_after_its_date_and_what_comes_late_still_counts():
    lacking = make_promised("equipment")
    contribution = offered(asked(lacking, "equipment"), quantity=2)

    def state(days: int) -> str:
        Pledge.objects.update(due_on=clock.today() + timedelta(days=days))
        return queries.pledge_rows(Pledge.objects.all())[0].state[0]

    assert (state(0), state(-1)) == ("en cours", "échu")
    confirmed(lacking, contribution, quantity=2)
    assert state(-1) == "tenu"


@pytest.mark.django_db
@pytest.mark.parametrize("metric", OTHERS)
def test_a_line_is_full_and_its_days_are_to_come(metric):
    answer = asked(make_promised(metric), metric)
    lines = [line_of(metric, **{column: None}) for column in METRICS[metric].gives]
    lines.append(line_of(metric, starts_on=clock.today() - timedelta(days=1)))
    if "ends_on" in METRICS[metric].gives:
        lines.append(line_of(metric, starts_on=clock.today() + timedelta(days=60)))
        lines.append(line_of(metric, ends_on=date.max))  # the day after is one that no calendar can hold
    lines.append(line_of(metric, **{column: date.max for column in METRICS[metric].gives if column.endswith("_on")}))
    for line in lines:
        with pytest.raises(DomainError):
            operations.answer_offer(by=VISITOR, answer=answer, offers=[line])
    with pytest.raises(DomainError, match="au plus pour cette demande"):
        many = [line_of(metric, starts_on=clock.today() + timedelta(days=n)) for n in range(7)]
        operations.answer_offer(by=VISITOR, answer=answer, offers=many)
    assert not Contribution.objects.exists()


@pytest.mark.django_db
def test_the_first_of_a_month_is_said_as_french_says_it():
    contribution = Contribution(
        answer=Answer(ask=Ask(metric="internships")), quantity=2, starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 30)
    )
    assert offered_words(contribution) == "2 stages, du 1er juin 2027 au 30 juin 2027"


@pytest.mark.django_db
def test_marraines_are_not_offered_by_the_dozen_and_computers_are_not_named():
    lacking = make_lacking(mentees=1, partners=1)
    with pytest.raises(DomainError, match="Nommez des personnes"):
        dozen = Offer(quantity=2, starts_on=clock.today())
        operations.answer_offer(by=VISITOR, answer=make_ask(lacking).answers.get(), offers=[dozen])
    with pytest.raises(DomainError, match="pas une demande de marraines"):
        named = operations.Named("Fatou", "Diallo", "fatou@exemple.test")
        operations.answer_yes(by=VISITOR, answer=asked(lacking, "equipment"), people=[named])


@pytest.mark.django_db
def test_the_whole_way_of_an_internship_without_account():
    lacking = make_promised("internships")
    coordinator, anybody = client_of(lacking.world), Client()
    new = reverse("steering:new_ask", args=[lacking.world.programme.slug]) + "?quoi=internships"
    assert "Demander des stages" in text_of(coordinator.get(new))
    today = clock.today().isoformat()
    sent = {"quantity": 2, "answer_before": today, "partners": [str(lacking.partners[0].public_id)]}
    assert coordinator.post(new, sent).status_code == 302
    [mail] = mails()
    assert mail["subject"] == "Il manque 2 stages" and "dire ce que vous proposez" in mail["body"]
    answer = Answer.objects.get()
    address, day = links.answer_address(answer), clock.today() + timedelta(days=9)
    line = {"jeton": links.answer_token(answer), "reponse": "oui", "quantity_1": 2, "starts_on_1": day.isoformat()}
    assert anybody.post(address, line).status_code == 422
    full = line | {"ends_on_1": day.isoformat(), "commune_1": "Valence (26)", "commune_1_code": "26362"}
    for _ in range(2):  # a second press changes nothing
        assert anybody.post(address, full).status_code == 303
    contribution = answer.contributions.get()
    assert "1 proposition notée" in text_of(anybody.get(address))
    taken = {"jeton": full["jeton"], "reponse": "reprendre"}
    assert anybody.post(address, taken | {"proposition": "x"}).status_code == 422
    anybody.post(address, taken | {"proposition": str(contribution.public_id)})
    contribution.refresh_from_db()
    page = text_of(anybody.get(address))
    assert contribution.declined_at and "repris par le partenaire" in page
    assert "Il manque 2 stages." in page and "Merci" not in page
    assert anybody.post(address, {"jeton": full["jeton"], "reponse": "non", "reason": "later"}).status_code == 303
    anybody.post(address, full)
    assert anybody.post(address, {"jeton": full["jeton"], "reponse": "non", "reason": "later"}).status_code == 422
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == ("accepted", "")
    contribution = answer.contributions.get(declined_at=None)
    follow = reverse("steering:offer", args=[contribution.public_id])
    assert follow in coordinator.get(reverse("steering:ask", args=[answer.ask.public_id])).content.decode()
    assert "Rien n’est noté" in text_of(coordinator.get(follow))
    noted = {"quantity": 1, "received_on": today}
    assert "rien ne peut avoir commencé avant" in text_of(coordinator.post(follow, noted))
    Contribution.objects.update(starts_on=clock.today())
    assert coordinator.post(follow, noted | {"quantity": 3}).status_code == 422
    for _ in range(2):
        assert coordinator.post(follow, noted).status_code == 302
    assert done(lacking) == [1]
    with pytest.raises(DomainError, match="déjà été reçue"):
        operations.take_offer_back(by=VISITOR, contribution=contribution)
    partner = Client()
    partner.force_login(factories.make_member(lacking.partners[0], "administrator"))
    page = text_of(partner.get(reverse("steering:pledge", args=[lacking.pledges[0].public_id])))
    assert "1 sur 2 stages." in page and "1 stage commencé" in page and lacking.world.programme.name in page
    coordinator.post(reverse("steering:undo_receipt", args=[Receipt.objects.get().public_id]))
    assert done(lacking) == [0]
    assert "annulée" in text_of(coordinator.get(follow))


@pytest.mark.django_db
def test_an_intervention_is_confirmed_on_its_page_and_the_name_goes_two_months_after():
    lacking = make_promised("interventions")
    contribution = offered(asked(lacking, "interventions"))
    session, client = held_session(lacking), client_of(lacking.world)
    follow = reverse("steering:offer", args=[contribution.public_id])
    assert "Fatou Belval, 1 intervention" in text_of(client.get(follow))
    assert "Belval" not in text_of(Client().get(links.answer_address(contribution.answer)))
    assert client.post(follow, {"session": "inconnue"}).status_code == 422
    for _ in range(2):  # a second press changes nothing
        assert client.post(follow, {"session": session.code}).status_code == 302
    assert done(lacking) == [1]
    assert operations.forget_silent(by=SYSTEM) == 0
    Contribution.objects.update(starts_on=clock.today() - timedelta(days=61))
    assert operations.forget_silent(by=SYSTEM) == 1
    assert operations.forget_silent(by=SYSTEM) == 0
    contribution.refresh_from_db()
    assert (contribution.full_name, contribution.declined_at) == ("", None)
    assert done(lacking) == [1]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_receipt():
    lacking = make_promised("equipment")
    contribution = offered(asked(lacking, "equipment"), quantity=2)
    raised = together(*[lambda: confirmed(lacking, contribution)] * 3)
    assert [one for one in raised if one] == [] and Receipt.objects.count() == 1
