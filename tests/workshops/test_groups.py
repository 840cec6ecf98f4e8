"""Classes as a number: seats, notices, the day itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    actor_of,
    make_coordinator,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import mails
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError, NotAllowed
from vivier.workshops import operations
from vivier.workshops.errors import SessionFull
from vivier.workshops.models import Group, GroupReminder, Registration
from vivier.workshops.operations.seats import has_seat, seats_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_programme(make_organisation()), capacity=30)


@pytest.fixture
def coordinator(session):
    return make_coordinator(session.programme.controller)


def book(by, session, number=28, **extra):
    return operations.add_group(by=actor_of(by), session=session, label="2de B", head_count=number, **extra)


def test_a_class_holds_its_seats_for_everybody_who_counts_them(session, coordinator):
    book(coordinator, session)
    make_registration(session)
    assert seats_left(session) == 1
    with pytest.raises(SessionFull, match="Il reste 1 place"):
        book(coordinator, session, 2)
    make_registration(session)
    assert not has_seat(session)
    assert "liste d’attente ouverte" in Client().get(reverse("workshops:public_list")).content.decode()
    staff = Client()
    staff.force_login(coordinator)
    assert "30 places prises sur 30." in staff.get(reverse("workshops:manage", args=[session.code])).content.decode()
    with pytest.raises(DomainError, match="30 places sont déjà prises"):
        operations.update_session(by=actor_of(coordinator), session=session, capacity=29)


def test_seats_that_a_class_gives_up_go_to_the_line(session, coordinator):
    group = book(coordinator, session, 30)
    waiting = make_registration(session, state="waiting", waiting_number=1)
    for _ in range(2):
        operations.cancel_group(by=actor_of(coordinator), group=group)
    assert Registration.objects.get(pk=waiting.pk).state == "awaiting_consent"
    assert seats_left(session) == 29


def test_the_adult_who_accompanies_is_told_what_changes(session, coordinator):
    book(coordinator, session, contact_email="prof@exemple.test")
    by = actor_of(coordinator)
    operations.update_session(by=by, session=session, title="Autre titre")
    operations.update_session(by=by, session=session, place="Autre salle")
    operations.cancel_session(by=by, session=session)
    told = [(mail["to"], mail["subject"].split(" : ")[0]) for mail in mails()]
    assert told == [
        ("prof@exemple.test", "Places réservées pour 2de B"),
        ("prof@exemple.test", "Séance modifiée"),
        ("prof@exemple.test", "Séance annulée"),
    ]


def test_from_the_page_a_class_is_booked_counted_and_freed(session, coordinator):
    staff = Client()
    staff.force_login(coordinator)
    address = reverse("workshops:groups", args=[session.code])
    assert staff.post(address, {"label": "", "head_count": "0"}).status_code == 422
    assert staff.post(address, {"label": "2de B", "head_count": "31"}).status_code == 422
    staff.post(address, {"label": "2de B", "head_count": "28"})
    group = Group.objects.get()
    change = reverse("workshops:change_group", args=[group.public_id])
    for wrong in ("abc", "-1", "5000", ""):
        staff.post(change, {"presents": wrong})
        assert Group.objects.get().attended_count is None
    staff.post(change, {"presents": "26"})
    assert Group.objects.get().attended_count == 26
    staff.post(change, {"presents": "0"})  # nobody came: a number like another
    assert Group.objects.get().attended_count == 0
    staff.post(change)
    assert seats_left(session) == 30
    assert staff.post(change).status_code == 404


def test_another_association_touches_no_group(session, coordinator):
    group, other = book(coordinator, session), make_coordinator()
    for act in (
        lambda: book(other, session),
        lambda: operations.count_group(by=actor_of(other), group=group, attended=3),
        lambda: operations.cancel_group(by=actor_of(other), group=group),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_adult_of_a_class_is_reminded_twice_by_one_mail_each_time(coordinator, session, settings):
    group = book(coordinator, session, contact_email="cpe@exemple.test")
    book(coordinator, session, 2)
    Group.objects.update(created_at=clock.now() - timedelta(days=30))
    day = timezone.localtime(session.starts_at).date()
    written = len(mails())
    for before in range(8, -1, -1):
        settings.VIVIER_TODAY = (day - timedelta(days=before)).isoformat()
        for _ in range(2):
            operations.remind_all(by=SYSTEM)
    told = mails()[written:]
    assert [mail["to"] for mail in told] == ["cpe@exemple.test"] * 2
    assert [mail["subject"].split(",")[0].split(" :")[0] for mail in told] == ["C’est bientôt", "C’est demain"]
    assert "28 places sont réservées" in told[0]["body"]
    operations.cancel_group(by=actor_of(coordinator), group=group)
    GroupReminder.objects.all().delete()
    settings.VIVIER_TODAY = (day - timedelta(days=1)).isoformat()
    operations.remind_all(by=SYSTEM)
    assert len(mails()) == written + 2, "a class that gave its seats up is not expected"
