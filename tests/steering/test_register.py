"""The register of what all partners do: who reads it, what it says of whom, and how it leaves the house."""

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.test_pairs import together
from tests.steering.test_loop import done
from tests.steering.worlds import Lacking, asked, confirmed, make_lacking, make_promised, offered
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.models import AuditEntry
from vivier.programmes.operations import decide_attachment
from vivier.steering import calendars, operations, partial_dates, queries
from vivier.steering.models import PartnerAction, Pledge
from vivier.workshops.models import Session

HOME = "steering:register"


def client_for(organisation, role: str = "administrator") -> Client:
    client = Client()
    client.force_login(factories.make_member(organisation, role))
    return client


def announce(lacking: Lacking, when: str, title: str = "Visite de l’atelier", **change) -> PartnerAction:
    arguments = {"kind": "visit", "organisation": lacking.partners[0], "plan": lacking.plan} | change
    return operations.announce_action(by=SYSTEM, title=title, when=partial_dates.read(when), **arguments)


def add_session(lacking: Lacking, came: int = 0, *, days: int = -1, **extra) -> Session:
    session = factories.make_session(lacking.world.programme, days=days, **extra)
    for _ in range(came):
        factories.make_registration(session, attended=True)
    return session


def everything(client: Client, **asked_for):
    return client.get(reverse(HOME), {"du": ""} | asked_for)


@pytest.mark.django_db
def test_partners_read_what_the_others_do_and_nobody_is_named():
    lacking = make_promised("interventions", partners=2, mentees=0)
    contribution = offered(asked(lacking, "interventions"))
    announce(lacking, "mars 2027", commune=factories.make_commune("Lyon"))
    session = add_session(lacking, 1, title="Atelier fibre", host="Mélusine Vidamme")
    girl = session.registrations.get().beneficiary.identity
    for client in (client_for(lacking.partners[1]), client_of(lacking.world), client_for(lacking.plan.organisation)):
        page = text_of(everything(client))
        assert "3 actions de partenaires." in page
        assert "Visite de l’atelier" in page and "mars 2027" in page and "Lyon" in page
        assert "1 intervention" in page and lacking.partners[0].name in page and "Atelier fibre" in page
        names = (girl.first_name, girl.last_name, contribution.last_name, contribution.first_name, "Mélusine")
        assert [one for one in names if one in page] == []


@pytest.mark.django_db
def test_who_is_no_partner_reads_nothing():
    lacking = make_lacking(mentees=0, partners=1)
    announce(lacking, "mars 2027")
    stranger = client_for(factories.make_organisation("Ailleurs"))
    assert "Votre structure n’est partenaire d’aucun plan." in text_of(stranger.get(reverse(HOME)))
    assert stranger.get(reverse(HOME), {"plan": lacking.plan.slug}).status_code == 404
    assert stranger.post(reverse("steering:register_workbook")).status_code == 404
    with pytest.raises(NotAllowed, match="pas partenaire"):
        announce(lacking, "2027", organisation=factories.make_organisation("Autre"))
    operations.withdraw_pledge(by=SYSTEM, pledge=lacking.pledges[0])
    assert "d’aucun plan" in text_of(client_for(lacking.partners[0]).get(reverse(HOME)))
    decide_attachment(by=SYSTEM, programme=lacking.world.programme, accept=False)
    assert "d’aucun plan" in text_of(client_of(lacking.world).get(reverse(HOME)))


@pytest.mark.django_db
def test_sessions_that_are_not_announced_are_read_by_their_structure_only():
    lacking = make_lacking(mentees=0, partners=1)
    add_session(lacking, title="Entretien réservé", is_public=False)
    assert "Entretien réservé" in text_of(everything(client_of(lacking.world)))
    assert "Entretien réservé" not in text_of(everything(client_for(lacking.partners[0])))
    decide_attachment(by=SYSTEM, programme=lacking.world.programme, accept=False)
    assert "Entretien réservé" not in text_of(everything(client_for(lacking.plan.organisation)))


@pytest.mark.django_db
@pytest.mark.parametrize(("came", "told"), [(0, ""), (1, "moins de 5"), (4, "moins de 5"), (5, "5")])
def test_other_structures_do_not_read_a_group_of_one_to_four(came, told):
    lacking = make_lacking(mentees=0, partners=1)
    add_session(lacking, came)
    wanted = queries.Wanted()
    [other] = queries.register_rows(lacking.plan, [lacking.partners[0].pk], wanted)
    [own] = queries.register_rows(lacking.plan, [lacking.world.organisation.pk], wanted)
    assert (other.came, own.came) == (told, str(came) if came else "")
    book = client_for(lacking.partners[0]).post(reverse("steering:register_workbook") + "?du=")
    cells = [cell for row in load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True) for cell in row]
    assert ("moins de 5" in cells) == (told == "moins de 5")


@pytest.mark.django_db
def test_how_many_internships_were_taken_stays_between_the_two():
    lacking = make_promised("internships", partners=2, mentees=0)
    contribution = offered(asked(lacking, "internships", quantity=3), quantity=3)
    confirmed(lacking, contribution, quantity=1)
    [row] = queries.register_rows(lacking.plan, [lacking.partners[1].pk], queries.Wanted())
    assert (row.title, row.state[0], row.came) == ("3 stages", "en cours", "")
    operations.undo_receipt(by=lacking.world.actor, receipt=contribution.receipts.get())
    operations.take_offer_back(by=SYSTEM, contribution=contribution)
    assert list(queries.register_rows(lacking.plan, [lacking.partners[1].pk], queries.Wanted())) == []


@pytest.mark.django_db
def test_filters_by_kind_territory_and_period_and_says_when_there_is_nothing():
    lacking = make_lacking(mentees=0, partners=1)
    announce(lacking, "12/03/2027", "Visite à Lyon", commune=factories.make_commune("Lyon"))
    announce(lacking, "mars 2027", "Forum", kind="event", commune=factories.make_commune("Valence"))
    announce(lacking, "2027", "Tournée", kind="event")
    client = client_for(lacking.partners[0])

    def titles(**asked_for) -> list[str]:
        found = everything(client, **asked_for).context["found"]
        return [row.title for _, rows in found.months for row in rows]

    assert titles() == ["Tournée", "Forum", "Visite à Lyon"]
    assert [month for month, _ in everything(client).context["found"].months] == ["2027, mois à préciser", "mars 2027"]
    assert titles(nature="visit") == ["Visite à Lyon"]
    assert titles(nature="workshop") == []
    assert titles(departement="26") == ["Forum"]
    assert titles(du="2027-03-20") == ["Tournée", "Forum"]
    assert titles(au="2027-03-05") == ["Tournée", "Forum"]
    assert titles(du="hier", nature="x") == ["Tournée", "Forum", "Visite à Lyon"]
    page = text_of(everything(client, departement="26", nature="visit"))
    assert "0 action de partenaires." in page and "Aucun partenaire n’annonce rien" in page


@pytest.mark.django_db
def test_what_is_past_is_read_when_it_is_asked_for():
    lacking = make_lacking(mentees=0, partners=1)
    PartnerAction.objects.filter(pk=announce(lacking, "2027").pk).update(
        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
    )
    client = client_for(lacking.partners[0])
    assert "0 action" in text_of(client.get(reverse(HOME)))
    assert "passée" in text_of(everything(client))


@pytest.mark.django_db
def test_a_partner_announces_changes_and_cancels_its_own_action():
    lacking = make_lacking(mentees=0, partners=2)
    client, other = client_for(lacking.partners[0]), client_for(lacking.partners[1])
    new = reverse("steering:new_action", args=[lacking.plan.slug])
    assert client.get(new).status_code == 200
    sent = {
        "organisation": lacking.partners[0].pk, "title": "Forum", "kind": "event", "when": "mars 2027",
        "commune": "Valence (26)", "commune_code": "26362", "url": "exemple.test/forum", "is_public": "on",
    }  # fmt: skip
    for wrong in ({"when": "bientôt"}, {"when": "31/02/2027"}, {"kind": "x"}, {"title": ""}, {"url": "javascript:a()"},
                  {"organisation": lacking.partners[1].pk}):  # fmt: skip
        assert client.post(new, sent | wrong).status_code == 422, wrong
    assert not PartnerAction.objects.exists()
    for _ in range(2):  # a second press changes nothing
        assert client.post(new, sent).status_code == 302
    action = PartnerAction.objects.get()
    assert (action.starts_on, action.ends_on, action.precision) == (date(2027, 3, 1), date(2027, 3, 31), "month")
    assert action.url == "https://exemple.test/forum"
    edit = reverse("steering:edit_action", args=[action.public_id])
    cancel = reverse("steering:cancel_action", args=[action.public_id])
    assert 'value="mars 2027"' in client.get(edit).content.decode()
    assert (other.get(edit).status_code, other.post(cancel).status_code) == (404, 404)
    assert edit in everything(client).content.decode() and edit not in everything(other).content.decode()
    client.post(edit, sent | {"when": "12 mars 2027"})
    action.refresh_from_db()
    assert (action.starts_on, action.precision) == (date(2027, 3, 12), "day")
    assert client.post(edit, sent | {"when": ""}).status_code == 422
    for _ in range(2):
        client.post(cancel)
    assert "annulée" in text_of(everything(other))
    with pytest.raises(DomainError, match="est annulée"):
        operations.change_action(by=SYSTEM, action=action, when=partial_dates.read("2028"))
    assert done(lacking) == [0, 0]
    with pytest.raises(NotAllowed):
        operations.cancel_action(by=lacking.world.actor, action=action)


@pytest.mark.django_db
def test_a_title_that_every_partner_reads_names_no_girl():
    lacking = make_lacking(partners=1)
    girl, client = lacking.world.mentees[0].beneficiary.identity, client_of(lacking.world)
    new = reverse("steering:new_action", args=[lacking.plan.slug])
    sent = {"organisation": lacking.world.organisation.pk, "title": "Forum", "kind": "event", "when": "mars 2027"}
    for title in (f"Visite avec {girl.full_name}", f"{girl.last_name.upper()}, {girl.first_name} : un portrait"):
        refused = client.post(new, sent | {"title": title})
        assert refused.status_code == 422 and "retirez son nom" in text_of(refused)
    assert not PartnerAction.objects.exists()
    assert client.post(new, sent).status_code == 302
    edit = reverse("steering:edit_action", args=[PartnerAction.objects.get().public_id])
    assert client.post(edit, sent | {"title": girl.full_name}).status_code == 422
    assert PartnerAction.objects.get().title == "Forum"


@pytest.mark.django_db
def test_the_calendar_of_a_partner_holds_everything_and_the_public_one_what_is_public():
    lacking = make_lacking(mentees=0, partners=1)
    announce(lacking, clock.today().isoformat(), "Réservée")
    announce(lacking, "mars 2027", "Publique", is_public=True)
    cancelled = announce(lacking, "2027", "Annoncée", is_public=True)
    operations.cancel_action(by=SYSTEM, action=cancelled)
    add_session(lacking, 2, days=3, title="Atelier fibre", online_url="https://visio.test/salon")
    add_session(lacking, days=4, title="Fermée", is_public=False)

    def events(address: str) -> dict:
        content = Client().get(address)
        assert "visio" not in content.content.decode()
        return {str(one["summary"]): one for one in Calendar.from_ical(content.content).walk("VEVENT")}

    public = events(reverse("steering:calendar", args=[lacking.plan.slug]))
    assert set(public) == {
        "Atelier fibre", "Publique (date à préciser : mars 2027)", "Annulée : Annoncée (date à préciser : 2027)",
    }  # fmt: skip
    month = public["Publique (date à préciser : mars 2027)"]
    assert (month["dtstart"].dt, month["dtend"].dt, month["status"]) == (
        date(2027, 3, 1),
        date(2027, 4, 1),
        "TENTATIVE",
    )
    address = calendars.address(lacking.plan, lacking.partners[0])
    assert set(events(address)) == {*public, "Réservée"}
    assert Client().get(address)["Cache-Control"] == "private, no-store"
    assert Client().get(address[:-2]).status_code == 404
    other = calendars.address(make_lacking(mentees=0, partners=1).plan, lacking.partners[0])
    assert Client().get(other).status_code == 404
    operations.withdraw_pledge(by=SYSTEM, pledge=lacking.pledges[0])
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_the_workbook_is_what_is_filtered_and_the_journal_says_so():
    lacking = make_lacking(mentees=0, partners=1)
    announce(lacking, "mars 2027", "=Forum", kind="event")
    announce(lacking, "mars 2027", "Visite")
    sent = client_for(lacking.partners[0]).post(reverse("steering:register_workbook") + "?du=&nature=event")
    rows = [row for row in load_workbook(BytesIO(sent.content)).active.iter_rows(values_only=True) if row[2]]
    assert [(row[0], row[2]) for row in rows] == [("Date", "Quoi"), ("mars 2027", "'=Forum")]
    entry = AuditEntry.objects.get(action="steering.export_register")
    assert (entry.controller_id, entry.count) == (lacking.partners[0].pk, 1)


@pytest.mark.django_db
def test_ten_thousand_actions_take_as_many_queries_as_one(django_assert_max_num_queries):
    lacking = make_promised("equipment", mentees=0)
    first, client = clock.today().replace(day=1), client_for(lacking.partners[0])
    PartnerAction.objects.bulk_create(
        PartnerAction(
            plan=lacking.plan, organisation=lacking.partners[0], title=f"Action {n}", kind="event", precision="day",
            starts_on=first + timedelta(days=n % 300), ends_on=first + timedelta(days=n % 300), created_at=clock.now(),
            commune=factories.make_commune("Lyon") if n % 2 else None,
        )
        for n in range(10_000)
    )  # fmt: skip
    offered(asked(lacking, "equipment"))
    add_session(lacking, 6, days=2)
    with django_assert_max_num_queries(12):
        page = client.get(reverse(HOME), {"page": 3})
    assert page.context["heading"].startswith("10\xa0002 actions")
    assert sum(len(rows) for _, rows in page.context["found"].months) == 40
    with django_assert_max_num_queries(12):
        assert "5 000" in text_of(client.get(reverse(HOME), {"departement": "69"})).replace("\u202f", " ").replace(
            "\xa0", " "
        )
    keys = [row.key for row in queries.register_rows(lacking.plan, [], queries.Wanted(), most=500)]
    assert len(set(keys)) == 500


@pytest.mark.django_db
def test_a_full_calendar_keeps_what_comes():
    lacking = make_lacking(mentees=0, partners=1)
    yesterday = clock.today() - timedelta(days=1)
    PartnerAction.objects.bulk_create(
        PartnerAction(
            plan=lacking.plan, organisation=lacking.partners[0], title=f"Passée {n}", kind="event", precision="day",
            starts_on=yesterday, ends_on=yesterday, created_at=clock.now(), is_public=True,
        )
        for n in range(calendars.MOST)
    )  # fmt: skip
    for reader in (None, lacking.partners[0]):
        assert calendars.of_plan(lacking.plan, reader).count(b"BEGIN:VEVENT") == calendars.MOST
    announce(lacking, (clock.today() + timedelta(days=1)).isoformat(), "Demain", is_public=True)
    for reader in (None, lacking.partners[0]):
        content = calendars.of_plan(lacking.plan, reader)
        assert b"Demain" in content and content.count(b"BEGIN:VEVENT") == 1


@pytest.mark.django_db
def test_every_address_of_the_register_opens():
    lacking = make_lacking(mentees=0, partners=1)
    user = factories.make_member(lacking.plan.organisation, "plan_officer")
    ana = factories.make_member(lacking.partners[0], "administrator")
    factories.make_member(factories.make_organisation("Ailleurs"), "administrator", ana)
    pages = [reverse(HOME), reverse("steering:pledge", args=[lacking.pledges[0].public_id])]
    for who, home in ((user, "programmes:plans"), (ana, "steering:my_engagement")):
        client = Client()
        client.force_login(who)
        for page in [*pages, reverse(home)]:
            main = client.get(page).content.decode().partition("<main")[2].partition("</main>")[0]
            for address in re.findall(r'href="([^"#]+)"', main):
                assert client.get(unescape(address)).status_code == 200, (page, address)
        assert f"{reverse(HOME)}?plan=" in client.get(reverse(home)).content.decode() or who == ana
    with pytest.raises(NotAllowed):
        operations.record_export(by=factories.actor_of(factories.make_coordinator()), plan=lacking.plan, count=1)
    operations.record_export(by=factories.actor_of(ana), plan=lacking.plan, count=1)
    assert [one.controller_id for one in AuditEntry.objects.filter(action__startswith="steering.export")] == [
        lacking.partners[0].pk
    ]


@pytest.mark.django_db
def test_the_heading_says_of_which_days_it_counts():
    lacking = make_lacking(mentees=0, partners=1)
    announce(lacking, "12/03/2027")
    client = client_for(lacking.partners[0])

    def heading(**asked_for) -> str:
        return client.get(reverse(HOME), asked_for).context["heading"]

    assert heading(du="") == "1 action de partenaires."
    assert heading(du="2027-04-01") == "0 action de partenaires à partir du 1er avril 2027."
    assert heading(du="", au="2027-04-01") == "1 action de partenaires jusqu’au 1er avril 2027."
    assert heading(du="2027-03-01", au="2027-03-31") == "1 action de partenaires du 1er mars 2027 au 31 mars 2027."
    assert "à partir du 1er " in heading()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_announce_one_action():
    lacking = make_lacking(mentees=0, partners=1)
    raised = together(*[lambda: announce(lacking, "mars 2027")] * 3)
    assert [one for one in raised if one] == [] and PartnerAction.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_days_out_of_order():
    action = announce(make_lacking(mentees=0, partners=1), "2027")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerAction.objects.filter(pk=action.pk).update(ends_on=date(2026, 1, 1))
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12/03/2027", "12 mars 2027"), ("1er août 2027", "1er août 2027"), ("2027-03-12", "12 mars 2027"),
        ("Mars 2027", "mars 2027"), ("03/2027", "mars 2027"), ("fevrier 2028", "février 2028"), (" 2027 ", "2027"),
    ],
)  # fmt: skip
def test_a_date_is_kept_as_far_as_it_is_known(text, said):
    assert str(partial_dates.read(text)) == said


@pytest.mark.parametrize("text", ["", "mars", "12 mars", "31/02/2027", "13/2027", "1999", "12/03/27", "brumaire 2027"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(partial_dates.NotADateError):
        partial_dates.read(text)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_what_is_shown_is_read_back(day, precision):
    found = partial_dates.read(partial_dates.words(day, precision))
    assert found.precision == precision and found.first <= day <= found.last
    assert str(found) == partial_dates.words(day, precision)
