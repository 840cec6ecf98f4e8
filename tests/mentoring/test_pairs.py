"""Decisions about pairs: the table of transitions, what stands in the way, and two people at once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_world
from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed, named_constraint
from vivier.mentoring import operations
from vivier.mentoring.models import Pair
from vivier.mentoring.transitions import LIVE, TRANSITIONS, decisions_from
from vivier.mentoring.vocabulary import Decision, PairState
from vivier.people.models import Consent
from vivier.people.operations import record_vetting

pytestmark = pytest.mark.django_db


def proposal(world: World) -> Pair:
    operations.run_matching(by=world.actor, programme=world.programme)
    return Pair.objects.filter(programme=world.programme, state="proposed").order_by("pk").first()


def decide(world: World, pair: Pair, decision: str) -> Pair:
    """Apply a decision with answers that suit it."""
    match decision:
        case Decision.REFUSE:
            return operations.refuse(by=world.actor, pair=pair, reason="other", note="vu avec elles")
        case Decision.END:
            return operations.end(by=world.actor, pair=pair, reason="completed", wants_another=True)
    simple = {
        Decision.ACCEPT: operations.accept,
        Decision.LOCK: operations.lock,
        Decision.UNLOCK: operations.unlock,
        Decision.LIFT: operations.lift_refusal,
    }
    return simple[decision](by=world.actor, pair=pair)


def into(world: World, pair: Pair, state: str) -> Pair:
    """Bring a proposal into a state by decisions."""
    path = {
        PairState.PROPOSED: (),
        PairState.LOCKED: (Decision.LOCK,),
        PairState.ACCEPTED: (Decision.ACCEPT,),
        PairState.REFUSED: (Decision.REFUSE,),
        PairState.SUPERSEDED: (Decision.REFUSE, Decision.LIFT),
        PairState.ENDED: (Decision.ACCEPT, Decision.END),
    }
    for decision in path[state]:
        pair = decide(world, pair, decision)
    return pair


@pytest.mark.parametrize("state", PairState.values)
@pytest.mark.parametrize("decision", Decision.values)
def test_every_state_allows_what_the_table_says_and_nothing_else(state, decision):
    world = make_world(mentees=1, mentors=1)
    pair = into(world, proposal(world), state)
    before = Pair.objects.values().get(pk=pair.pk)
    target = TRANSITIONS.get((state, decision))
    settled = {made for (_, other), made in TRANSITIONS.items() if other == decision}
    if target is not None:
        moved = decide(world, pair, decision)
        assert moved.state == target == Pair.objects.get(pk=pair.pk).state
        assert moved.decided_by_id == world.coordinator.pk and moved.decided_at is not None
    elif state in settled:
        decide(world, pair, decision)
        assert Pair.objects.values().get(pk=pair.pk) == before
    else:
        with pytest.raises(DomainError, match="rechargez"):
            decide(world, pair, decision)
        assert Pair.objects.values().get(pk=pair.pk) == before


def test_a_live_pair_can_always_be_decided_and_a_finished_one_leads_nowhere_but_out_of_a_refusal():
    for state in PairState:
        ways = decisions_from(state)
        assert bool(ways) is (state in LIVE or state == PairState.REFUSED)


def test_a_refusal_and_an_end_say_why():
    world = make_world(mentees=1, mentors=1)
    pair = proposal(world)
    with pytest.raises(DomainError, match="motif"):
        operations.refuse(by=world.actor, pair=pair, reason="")
    with pytest.raises(DomainError, match="motif"):
        operations.end(by=world.actor, pair=pair, reason="pas dans la liste", wants_another=True)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(state="refused", decided_at=clock.now())
    assert named_constraint(raised.value) == "pair_refusal_has_reason"


def test_free_words_stay_out_of_history():
    world = make_world(mentees=1, mentors=1)
    pair = proposal(world)
    operations.refuse(by=world.actor, pair=pair, reason="other", note="x" * 300)
    assert Pair.objects.get().decision_note == "x" * 200
    assert "decision_note" not in {field.name for field in pair.events.model._meta.get_fields()}


def test_the_database_itself_refuses_a_second_live_pair():
    world = make_world(mentees=1, mentors=1)
    pair = proposal(world)
    other = add_mentor(world)
    pair.pk, pair.public_id, pair.mentor = None, None, other
    from uuid import uuid4

    pair.public_id = uuid4()
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        pair.save(force_insert=True)
    assert named_constraint(raised.value) == "pair_one_live"


def test_nobody_is_accepted_with_a_marraine_who_is_not_verified_until_she_is():
    world = make_world(mentees=1, mentors=1, vetted=False)
    pair = proposal(world)
    with pytest.raises(DomainError, match="vérification est à faire"):
        operations.accept(by=world.actor, pair=pair)
    operations.lock(by=world.actor, pair=pair)
    record_vetting(by=world.actor, volunteer=world.mentors[0].volunteer, outcome="ok", checked_on=clock.today())
    assert operations.accept(by=world.actor, pair=pair).state == "accepted"


@pytest.mark.parametrize(("outcome", "ends", "says"), [("ok", -1, "périmée"), ("not_ok", 99, "refusée")])
def test_a_verification_that_ends_or_fails_after_the_run_blocks_acceptance(outcome, ends, says):
    world = make_world(mentees=1, mentors=1, vetted=False)
    pair = proposal(world)
    today = clock.today()
    record_vetting(
        by=world.actor,
        volunteer=world.mentors[0].volunteer,
        outcome=outcome,
        checked_on=today - timedelta(days=9),
        expires_on=today + timedelta(days=ends),
    )
    with pytest.raises(DomainError, match=says):
        operations.accept(by=world.actor, pair=pair)


@pytest.mark.parametrize("many", [False, True])
def test_a_no_said_after_the_run_blocks_acceptance_and_silence_does_not(many):
    world = make_world(mentees=2, mentors=2)
    refused = proposal(world)
    silent = Pair.objects.exclude(pk=refused.pk).get()
    for pair in (refused, silent):
        guardian = factories.make_guardian(pair.enrolment.beneficiary)
        if pair == refused:
            Consent.objects.create(
                beneficiary=pair.enrolment.beneficiary,
                purpose="mentoring",
                guardian=guardian,
                answer="no",
                channel="link",
                wording="essai.1",
                answered_at=clock.now(),
            )
    if many:
        ids = [refused.public_id, silent.public_id]
        done = operations.accept_many(by=world.actor, programme=world.programme, public_ids=ids)
        assert done.accepted == 1 and "un non l’emporte" in next(iter(done.left))
    else:
        with pytest.raises(DomainError, match="un non l’emporte"):
            operations.accept(by=world.actor, pair=refused)
        operations.accept(by=world.actor, pair=silent)
    assert [Pair.objects.get(pk=pair.pk).state for pair in (refused, silent)] == ["proposed", "accepted"]


def test_nobody_is_accepted_or_locked_beyond_capacity_nor_with_a_marraine_on_pause():
    world = make_world(mentees=2, mentors=1, capacity=2)
    first = proposal(world)
    second = Pair.objects.exclude(pk=first.pk).get()
    operations.accept(by=world.actor, pair=first)
    mentor = operations.change_offer(by=world.actor, mentor=world.mentors[0], capacity=1, slots=[])
    for act in (operations.accept, operations.lock):
        with pytest.raises(DomainError, match="Plus de place libre"):
            act(by=world.actor, pair=second)
    operations.change_offer(by=world.actor, mentor=mentor, capacity=2, slots=[])
    operations.pause(by=world.actor, mentor=mentor)
    with pytest.raises(DomainError, match="pause"):
        operations.accept(by=world.actor, pair=second)
    assert Pair.objects.get(pk=first.pk).state == "accepted"


def test_accepting_a_list_takes_what_can_be_and_says_why_the_rest_stays():
    world = make_world(mentees=2, mentors=2)
    add_mentee(world)
    add_mentor(world, vetted=False)
    proposal(world)
    ids = list(Pair.objects.values_list("public_id", flat=True))
    done = operations.accept_many(by=world.actor, programme=world.programme, public_ids=ids)
    assert done.accepted == 2
    assert list(done.left.values()) == [1] and "vérification est à faire" in next(iter(done.left))
    assert sorted(Pair.objects.values_list("state", flat=True)) == ["accepted", "accepted", "proposed"]


def test_accepting_a_list_takes_nothing_of_another_programme():
    world, other = make_world(mentees=1, mentors=1), make_world(mentees=1, mentors=1)
    theirs = proposal(other)
    done = operations.accept_many(by=world.actor, programme=world.programme, public_ids=[theirs.public_id])
    assert done.accepted == 0
    assert Pair.objects.get(pk=theirs.pk).state == "proposed"


def test_opting_out_drops_a_proposal_but_not_an_accepted_pair():
    world = make_world(mentees=2, mentors=2)
    pair = proposal(world)
    operations.opt_out(by=world.actor, enrolment=pair.enrolment)
    assert Pair.objects.get(pk=pair.pk).state == "superseded"
    other = Pair.objects.get(state="proposed")
    operations.accept(by=world.actor, pair=other)
    with pytest.raises(DomainError, match="mettez-y d’abord fin"):
        operations.opt_out(by=world.actor, enrolment=other.enrolment)
    operations.opt_in(by=world.actor, enrolment=pair.enrolment)
    pair.enrolment.refresh_from_db()
    assert (pair.enrolment.opted_out_at, pair.enrolment.opted_out_by_id) == (None, None)


@pytest.mark.parametrize("decision", Decision.values)
def test_only_who_runs_the_matching_of_that_structure_decides(decision):
    world = make_world(mentees=1, mentors=1)
    pair = proposal(world)
    for actor in (Actor(), factories.actor_of(factories.make_coordinator())):
        stranger = World(world.organisation, world.coordinator, actor, world.programme, [], [])
        with pytest.raises(NotAllowed):
            decide(stranger, pair, decision)
    assert Pair.objects.get().state == "proposed"


# --- At the same time -----------------------------------------------------------------------------------------


def together(*acts) -> list[Exception | None]:
    """Run the acts in one thread each, let go at the same moment; return what each raised."""
    gate, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait(10)
            act()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_otherwise_at_once_one_wins_and_the_other_is_told():
    world = make_world(mentees=1, mentors=1)
    pair = proposal(world)
    raised = together(
        lambda: operations.accept(by=world.actor, pair=pair),
        lambda: operations.refuse(by=world.actor, pair=pair, reason="slots"),
    )
    errors = [error for error in raised if error]
    assert len(errors) == 1 and isinstance(errors[0], DomainError)
    assert Pair.objects.get().state == ("refused" if raised[0] else "accepted")
    assert pair.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_run_even_at_the_same_moment():
    world = make_world()
    raised = together(
        *[lambda: operations.run_matching(by=world.actor, programme=world.programme, after=0) for _ in range(3)]
    )
    assert raised == [None, None, None]
    assert world.programme.matching_runs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_during_a_run_is_either_seen_by_it_or_refused_after_it():
    world = make_world(mentees=6, mentors=3, capacity=2)
    pair = proposal(world)
    raised = together(
        lambda: operations.run_matching(by=world.actor, programme=world.programme),
        lambda: operations.accept(by=world.actor, pair=pair),
    )
    assert raised[0] is None
    state = Pair.objects.get(pk=pair.pk).state
    assert (state, raised[1] is None) in {("accepted", True), ("superseded", False)}
    live = Pair.objects.filter(state__in=LIVE, enrolment=pair.enrolment)
    assert live.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once():
    world = make_world(mentees=2, mentors=1, capacity=2)
    first = proposal(world)
    second = Pair.objects.exclude(pk=first.pk).get()
    operations.change_offer(by=world.actor, mentor=world.mentors[0], capacity=1, slots=[])
    raised = together(
        lambda: operations.accept(by=world.actor, pair=first), lambda: operations.accept(by=world.actor, pair=second)
    )
    assert len([error for error in raised if isinstance(error, DomainError)]) == 1
    assert Pair.objects.filter(state="accepted").count() == 1
