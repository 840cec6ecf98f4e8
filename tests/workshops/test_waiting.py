"""The waiting list: order, promotion by itself and by staff, time to answer, what each reader is told."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.factories import (
    actor_of,
    make_beneficiary,
    make_commune,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_programme,
    make_registration,
    make_session,
)
from tests.people.worlds import born, guardian_link, mails, mails_to
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.people import operations as people
from vivier.people.models import BeneficiaryIdentity
from vivier.programmes.vocabulary import Audience
from vivier.workshops import links, operations
from vivier.workshops.errors import SessionFull
from vivier.workshops.models import Registration, RegistrationChange, Session

pytestmark = pytest.mark.django_db
State = Registration.State
STAFF = Registration.Source.STAFF
AUTOMATIC, MANUAL = Session.Promotion.AUTOMATIC, Session.Promotion.MANUAL


@pytest.fixture
def structure():
    return make_organisation()


@pytest.fixture
def coordinator(structure):
    return actor_of(make_coordinator(structure))


@pytest.fixture
def session(structure):
    return make_session(make_programme(structure, audience=Audience.WOMEN), days=30, capacity=1)


def woman(structure, n=0):
    """Return an adult who has agreed to everything."""
    row = make_beneficiary(structure, birth_date=born(25), email=f"femme{n}@exemple.test")
    people.answer_at_sign_up(by=VISITOR, beneficiary=row, answers={"data": True, "activity": True})
    return row


def girl(structure, n=0):
    """Return a girl of 16 whose mother has not answered yet."""
    row = make_beneficiary(structure, birth_date=born(16), email=f"fille{n}@exemple.test")
    people.answer_at_sign_up(by=VISITOR, beneficiary=row, answers={"data": True})
    make_guardian(row, email=f"mere{n}@exemple.test")
    return row


def register(coordinator, session, person):
    return operations.register(by=coordinator, session=session, beneficiary=person, source=STAFF)


def late(place) -> None:
    """Let the time to answer for a place be over."""
    Registration.objects.filter(pk=place.pk).update(held_until=clock.now() - timedelta(minutes=1))


def states(*places) -> list[str]:
    return [Registration.objects.get(pk=place.pk).state for place in places]


def subjects(address) -> list[str]:
    return [mail["subject"].split(" : ")[0] for mail in mails_to(address)]


# --- The order ---


def test_a_seat_given_up_goes_to_the_first_who_waits(structure, coordinator, session):
    first, second, third = (register(coordinator, session, woman(structure, n)) for n in range(3))
    assert (second.waiting_number, third.waiting_number) == (1, 2)
    operations.leave(by=coordinator, registration=first)
    assert states(first, second, third) == [State.CANCELLED, State.CONFIRMED, State.WAITING]
    assert subjects("femme1@exemple.test") == ["Vous êtes sur la liste d’attente", "Une place s’est libérée pour vous"]
    assert subjects("femme2@exemple.test") == ["Vous êtes sur la liste d’attente"]


def test_more_seats_serve_the_line_in_order(structure, coordinator, session):
    places = [register(coordinator, session, woman(structure, n)) for n in range(5)]
    operations.update_session(by=coordinator, session=session, capacity=3)
    assert states(*places) == [State.CONFIRMED] * 3 + [State.WAITING] * 2


def test_a_guardian_s_no_frees_the_seat_for_the_next(structure, coordinator, session):
    minor = girl(structure)
    hers, other = register(coordinator, session, minor), register(coordinator, session, woman(structure))
    token = guardian_link(minor, minor.guardianships.get().guardian)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": False})
    assert states(hers, other) == [State.REFUSED, State.CONFIRMED]
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": True})
    assert states(hers, other) == [State.WAITING, State.CONFIRMED]


def test_a_guardian_s_no_takes_her_out_of_the_line(structure, coordinator, session):
    minor = girl(structure)
    register(coordinator, session, woman(structure))
    hers = register(coordinator, session, minor)
    token = guardian_link(minor, minor.guardianships.get().guardian)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": False})
    assert states(hers) == [State.REFUSED]


def test_who_was_authorised_while_she_waited_is_confirmed_at_once(structure, coordinator, session):
    minor = girl(structure)
    first = register(coordinator, session, woman(structure))
    hers = register(coordinator, session, minor)
    assert len(mails_to("mere0@exemple.test")) == 1  # asked as she joins the line
    token = guardian_link(minor, minor.guardianships.get().guardian)
    people.answer_by_link(by=VISITOR, token=token, answers={"activity": True})
    assert states(hers) == [State.WAITING]
    operations.leave(by=coordinator, registration=first)
    assert states(hers) == [State.CONFIRMED]


def test_a_newcomer_does_not_pass_those_who_wait_for_staff_to_decide(structure, coordinator, session):
    Session.objects.update(promotion=MANUAL)
    first, second = (register(coordinator, session, woman(structure, n)) for n in range(2))
    operations.leave(by=coordinator, registration=first)
    third = register(coordinator, session, woman(structure, 3))
    assert states(second, third) == [State.WAITING, State.WAITING]


def test_cancelling_the_session_empties_the_line_and_tells_it(structure, coordinator, session):
    places = [register(coordinator, session, woman(structure, n)) for n in range(3)]
    assert operations.cancel_session(by=coordinator, session=session) == 3
    assert states(*places) == [State.CANCELLED] * 3
    assert subjects("femme2@exemple.test")[-1] == "Séance annulée"


# --- Staff ---


def test_staff_give_a_free_seat_to_whom_they_choose(structure, coordinator, session):
    Session.objects.update(promotion=MANUAL)
    first, second, third = (register(coordinator, session, woman(structure, n)) for n in range(3))
    with pytest.raises(SessionFull):
        operations.promote(by=coordinator, registration=third)
    operations.leave(by=coordinator, registration=first)
    assert states(second, third) == [State.WAITING, State.WAITING]
    operations.promote(by=coordinator, registration=third)
    assert states(second, third) == [State.WAITING, State.CONFIRMED]
    with pytest.raises(DomainError, match="plus sur la liste"):
        operations.promote(by=coordinator, registration=third)


def test_only_staff_of_the_structure_give_seats(structure, coordinator, session):
    place = make_registration(session, state=State.WAITING, waiting_number=1)
    for by in (VISITOR, actor_of(make_coordinator())):
        with pytest.raises(NotAllowed):
            operations.promote(by=by, registration=place)


def test_going_back_to_automatic_serves_the_line(structure, coordinator, session):
    Session.objects.update(promotion=MANUAL)
    first, second = (register(coordinator, session, woman(structure, n)) for n in range(2))
    operations.leave(by=coordinator, registration=first)
    operations.update_session(by=coordinator, session=session, promotion=Session.Promotion.AUTOMATIC)
    assert states(second) == [State.CONFIRMED]


# --- Time to answer ---


def test_a_seat_is_held_for_an_answer_until_its_day_and_then_goes_to_who_waits(structure, coordinator, session):
    hers, other = register(coordinator, session, girl(structure)), register(coordinator, session, woman(structure))
    assert abs(hers.held_until - clock.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert operations.pass_deadlines(by=SYSTEM) == 0
    late(hers)
    for _ in range(2):
        operations.pass_deadlines(by=SYSTEM)
    assert states(hers, other) == [State.WAITING, State.CONFIRMED]
    assert subjects("fille0@exemple.test")[1:] == ["Le délai est passé, tu es sur la liste d’attente"]
    assert subjects("mere0@exemple.test")[1:] == [f"Le délai est passé, {_first_name(hers)} est sur la liste d’attente"]


def _first_name(place) -> str:
    return place.beneficiary.identity.first_name


def test_a_seat_that_nobody_waits_for_is_kept_beyond_its_day(structure, coordinator, session):
    hers = register(coordinator, session, girl(structure))
    late(hers)
    operations.pass_deadlines(by=SYSTEM)
    assert states(hers) == [State.AWAITING_CONSENT]
    newcomer = register(coordinator, session, woman(structure))
    assert states(hers, newcomer) == [State.WAITING, State.CONFIRMED]
    # She is not told of a line that she left at once.
    assert subjects("femme0@exemple.test") == ["Une place s’est libérée pour vous"]


def test_who_gave_her_seat_up_for_want_of_an_answer_takes_nobody_else_s(structure, coordinator, session):
    operations.update_session(by=coordinator, session=session, capacity=2)
    one, two = (register(coordinator, session, girl(structure, n)) for n in range(2))
    register(coordinator, session, woman(structure))
    late(one)
    late(two)
    for _ in range(3):
        operations.pass_deadlines(by=SYSTEM)
    assert sorted(states(one, two)) == [State.AWAITING_CONSENT, State.WAITING]


def test_who_stands_before_a_newcomer_is_served_first_and_looking_again_changes_nothing(
    structure, coordinator, session
):
    gone = register(coordinator, session, girl(structure))
    late(gone)
    second = register(coordinator, session, girl(structure, 1))  # takes her seat, and the time to answer it
    operations.update_session(by=coordinator, session=session, promotion=MANUAL, capacity=2)
    third = register(coordinator, session, girl(structure, 2))
    operations.promote(by=coordinator, registration=third)
    new = register(coordinator, session, girl(structure, 3))
    late(second)
    late(third)
    operations.update_session(by=coordinator, session=session, promotion=AUTOMATIC)
    once = states(gone, second, third, new)
    assert once == [State.AWAITING_CONSENT, State.WAITING, State.WAITING, State.AWAITING_CONSENT]
    operations.pass_deadlines(by=SYSTEM)
    assert states(gone, second, third, new) == once


def test_the_one_promoted_without_answer_has_her_own_time_and_her_mother_is_asked(structure, coordinator, session):
    first, hers = register(coordinator, session, woman(structure)), register(coordinator, session, girl(structure))
    operations.leave(by=coordinator, registration=first)
    hers.refresh_from_db()
    assert (hers.state, hers.waiting_number) == (State.AWAITING_CONSENT, None)
    assert hers.held_until > clock.now() + timedelta(days=6)
    asked = mails_to("mere0@exemple.test")[-1]
    assert "une place attend votre accord" in asked["subject"]
    assert "/autorisation/?jeton=" in asked["body"]


# --- Pages ---


def url(name, *args) -> str:
    return reverse(f"workshops:{name}", args=args)


def test_her_page_tells_her_rank_and_lets_her_leave(structure, coordinator, session):
    places = [register(coordinator, session, woman(structure, n)) for n in range(4)]
    query = {"jeton": links.token_of(places[3])}
    page = Client().get(url("place"), query).content.decode()
    assert "Vous êtes au rang 3 sur la liste d’attente." in page
    assert "Quitter la liste d’attente" in page
    operations.leave(by=coordinator, registration=places[1])
    assert "rang 2" in Client().get(url("place"), query).content.decode()
    Client().post(url("place"), query)
    assert states(places[3]) == [State.CANCELLED]
    assert subjects("femme3@exemple.test")[-1].endswith("plus sur la liste d’attente")


def test_she_sees_nobody_else_of_the_line(structure, coordinator, session):
    others = [register(coordinator, session, woman(structure, n)) for n in range(3)]
    hers = register(coordinator, session, woman(structure, 9))
    page = Client().get(url("place"), {"jeton": links.token_of(hers)}).content.decode()
    public = Client().get(url("session", session.code)).content.decode()
    for place in others:
        assert place.beneficiary.identity.last_name not in page + public
    for mail in mails_to("femme9@exemple.test"):
        assert not any(place.beneficiary.identity.last_name in mail["body"] for place in others)


def test_reading_a_mailed_link_changes_nothing(structure, coordinator, session):
    first, second = register(coordinator, session, girl(structure)), register(coordinator, session, girl(structure, 1))
    operations.leave(by=coordinator, registration=first)
    addresses = [word for mail in mails() for word in mail["body"].split() if word.startswith("http")]
    assert len(addresses) >= 5
    before = list(RegistrationChange.objects.values_list()), len(mails()), states(first, second)
    for address in addresses:
        assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200
    assert (list(RegistrationChange.objects.values_list()), len(mails()), states(first, second)) == before


def test_staff_see_the_line_in_order_and_give_a_seat_from_the_page(structure, session):
    user = make_coordinator(structure)
    coordinator, client = actor_of(user), Client()
    client.force_login(user)
    Session.objects.update(promotion=MANUAL)
    places = [register(coordinator, session, woman(structure, n)) for n in range(3)]
    page = client.get(url("manage", session.code)).content.decode()
    assert "1 place prise sur 1, 2 sur la liste d’attente." in page
    assert "Donner une place" not in page
    client.post(url("leave", places[0].public_id), {"retour": "seance"})
    page = client.get(url("manage", session.code))
    line = [row["registration"].pk for row in page.context["waiting"]]
    assert line == [places[1].pk, places[2].pk]
    assert "Donner une place" in page.content.decode()
    answer = client.post(url("promote", places[2].public_id), follow=True).content.decode()
    assert "a une place, confirmée" in answer
    sessions = client.get(url("programme_sessions", session.programme.slug)).content.decode()
    assert "liste d’attente" in sessions


# --- At once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crowd", [80, pytest.param(200, marks=pytest.mark.deep)])
def test_a_crowd_signs_up_at_once_for_twenty_seats(crowd):
    """Forty at a time, each with her own draft: 20 seats, numbers in the order of arrival, nobody lost or twice."""
    commune = make_commune()
    session = make_session(make_programme(), capacity=20)
    answers = {"birth_date": born(25), "school_level": "higher", "commune": commune}
    keys = []
    for n in range(crowd):
        saved = operations.answer_step(
            by=VISITOR,
            session=session,
            key="",
            answers={**answers, "first_name": f"Inès{n}", "last_name": "Rivière", "email": f"e{n}@exemple.test"},
        )
        keys.append(saved.new_key)
    start = threading.Barrier(40)

    def sign_up(n: int) -> str:
        try:
            if n < 40:
                start.wait()
            return operations.confirm_sign_up(by=VISITOR, session=session, key=keys[n])
        finally:
            connection.close()

    with ThreadPoolExecutor(40) as pool:
        endings = list(pool.map(sign_up, range(crowd)))
    assert (endings.count("confirmed"), endings.count("waiting")) == (20, crowd - 20)
    assert Registration.objects.filter(state=State.CONFIRMED).count() == 20
    line = Registration.objects.filter(state=State.WAITING).order_by("changes__pk")
    assert list(line.values_list("waiting_number", flat=True)) == list(range(1, crowd - 19))
    assert BeneficiaryIdentity.objects.count() == Registration.objects.count() == crowd
    assert sorted(mail["to"] for mail in mails()) == sorted(f"e{n}@exemple.test" for n in range(crowd))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_point_loses_and_repeats_no_notice():
    """Six seats were held too long: the processes that take them back are killed one by one, at odd times."""
    structure = make_organisation()
    coordinator = actor_of(make_coordinator(structure))
    programme = make_programme(structure, audience=Audience.WOMEN)
    for n in range(6):
        session = make_session(programme, days=30 + n, capacity=1)
        late(register(coordinator, session, girl(structure, n)))
        waiting = woman(structure, n)
        # As if she had come while the worker was down: joining would serve her at once.
        make_registration(session, waiting, state=State.WAITING, waiting_number=1)
    for tenths in range(1, 40):
        _killed_after(0.01 * tenths)
    operations.pass_deadlines(by=SYSTEM)
    for n in range(6):
        assert subjects(f"femme{n}@exemple.test") == ["Une place s’est libérée pour vous"]
        assert [one for one in subjects(f"fille{n}@exemple.test") if one.startswith("Le délai")] != []
    assert RegistrationChange.objects.filter(transition="expire").count() == 6
    assert RegistrationChange.objects.filter(transition="promote").count() == 6
    assert len([mail for mail in mails() if mail["subject"].startswith("Le délai")]) == 12  # six girls, six mothers


def _killed_after(seconds: float) -> None:
    """Run the periodic work in a process of its own and kill it, wherever it is."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            operations.pass_deadlines(by=SYSTEM)
        finally:
            os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG) != (0, 0):
            return  # it had no more to do
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
