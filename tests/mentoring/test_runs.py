"""Running the matching: who is in it, what it keeps, what it never does."""

import gzip
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.mentoring.worlds import add_mentee, add_mentor, make_empty_world, make_seeded_world, make_world
from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import operations
from vivier.mentoring.models import MatchingRun, Pair
from vivier.people.models import Consent, Vetting

pytestmark = pytest.mark.django_db


def proposed(world) -> set[int]:
    """Enrolments that a live proposal serves."""
    return set(Pair.objects.filter(programme=world.programme, state="proposed").values_list("enrolment", flat=True))


def run(world, **extra) -> MatchingRun:
    return operations.run_matching(by=world.actor, programme=world.programme, **extra)


def test_a_run_proposes_as_many_as_there_are_seats_and_says_why_the_others_wait():
    world = make_world(mentees=3, mentors=2)
    made = run(world)
    assert (made.number, made.matched_count, made.mentee_count, made.mentor_count) == (1, 2, 3, 2)
    assert made.is_certified and made.objective == made.bound
    assert len(proposed(world)) == 2
    waiting = made.waiting.get()
    assert waiting.enrolment_id not in proposed(world)
    assert (waiting.reason, waiting.eligible_count, waiting.seat_count) == ("all_taken", 2, 2)


def test_who_did_not_come_or_opted_out_is_not_in_the_run():
    world = make_world(mentees=2, mentors=3)
    absent = factories.make_registration(factories.make_session(world.programme), attended=False)
    operations.opt_out(by=world.actor, enrolment=world.mentees[0])
    made = run(world)
    assert made.mentee_count == 1
    assert proposed(world) == {world.mentees[1].pk}
    assert not Pair.objects.filter(enrolment__beneficiary=absent.beneficiary).exists()


def test_somebody_who_came_to_a_session_of_another_programme_only_is_not_in_the_run():
    world = make_world(mentees=1, mentors=3)
    other = factories.make_programme(world.organisation)
    enrolment = factories.make_enrolment(world.programme)
    factories.make_registration(factories.make_session(other, days=-3), enrolment.beneficiary, attended=True)
    run(world)
    assert proposed(world) == {world.mentees[0].pk}


def consent(enrolment, answer: str, guardian=None, days: int = 0):
    return Consent.objects.create(
        beneficiary=enrolment.beneficiary,
        purpose="mentoring",
        guardian=guardian,
        answer=answer,
        channel="link",
        wording="essai.1",
        answered_at=clock.now() + timedelta(days=days),
    )


def test_a_no_from_her_guardian_keeps_her_out_and_a_later_yes_brings_her_back():
    world = make_world(mentees=2, mentors=3)
    guardian = factories.make_guardian(world.mentees[0].beneficiary)
    consent(world.mentees[0], "no", guardian)
    run(world)
    assert proposed(world) == {world.mentees[1].pk}
    consent(world.mentees[0], "yes", guardian, days=1)
    run(world)
    assert proposed(world) == {world.mentees[0].pk, world.mentees[1].pk}


def test_silence_about_consent_does_not_keep_her_out():
    world = make_world(mentees=1, mentors=1)
    factories.make_guardian(world.mentees[0].beneficiary)
    run(world)
    assert proposed(world) == {world.mentees[0].pk}


def vetting(mentor, outcome: str, ends: int, ago: int = 10):
    today = clock.today()
    return Vetting.objects.create(
        volunteer=mentor.volunteer,
        outcome=outcome,
        basis="individual",
        checked_on=today - timedelta(days=ago),
        expires_on=today + timedelta(days=ends),
        recorded_at=clock.now(),
    )


@pytest.mark.parametrize(
    ("outcome", "ends", "serves"), [("ok", 0, True), ("ok", -1, False), ("not_ok", 30, False), (None, 0, True)]
)
def test_only_a_verification_that_says_no_or_is_over_keeps_a_marraine_out(outcome, ends, serves):
    world = make_world(mentees=1, mentors=1, vetted=False)
    if outcome:
        vetting(world.mentors[0], outcome, ends)
    made = run(world)
    assert bool(made.matched_count) is serves
    if not serves:
        assert (made.waiting.get().reason, made.waiting.get().refused_by_vetting) == ("no_vetted_mentor", 1)


def test_the_last_verification_counts_not_the_best():
    world = make_world(mentees=1, mentors=1, vetted=False)
    vetting(world.mentors[0], "ok", 300, ago=100)
    vetting(world.mentors[0], "not_ok", 300, ago=5)
    assert run(world).matched_count == 0


def test_paused_and_zero_capacity_marraines_serve_nobody():
    world = make_world(mentees=2, mentors=1)
    add_mentor(world, capacity=0)
    paused = add_mentor(world, capacity=2)
    operations.pause(by=world.actor, mentor=paused)
    made = run(world)
    assert (made.mentor_count, made.matched_count) == (2, 1)
    operations.resume(by=world.actor, mentor=paused)
    assert run(world).matched_count == 2


def test_nobody_crosses_the_radius_and_the_nearest_beyond_is_told():
    world = make_empty_world(("Valence", "Lyon"))
    mentee = add_mentee(world, "Valence")
    add_mentor(world, "Lyon")
    made = run(world)
    waiting = made.waiting.get(enrolment=mentee)
    assert (waiting.reason, waiting.refused_by_distance) == ("no_mentor_in_radius", 1)
    assert 90 < waiting.nearest_km < 96


def test_the_first_tier_is_served_first():
    world = make_world(mentees=2, mentors=1)
    rural = add_mentee(world, commune=factories.make_commune("Châteaudouble"))
    made = run(world)
    assert proposed(world) == {rural.pk}
    assert (made.tiers, made.tier_mentee_counts, made.tier_matched_counts) == ([0, 1], [1, 2], [1, 0])
    assert Pair.objects.get().tier_rule == "rural"


def test_the_reasons_of_a_pair_are_those_of_its_people():
    world = make_empty_world()
    add_mentee(world, slots=["wed_pm", "sat_am"], interests=["design", "web"])
    add_mentor(world, "Romans-sur-Isère", slots=["wed_pm", "mon_eve"], interests=["web", "code"])
    other = add_mentor(world, slots=["sat_am"], interests=["data"])
    run(world)
    pair = Pair.objects.get()
    alternative = pair.alternatives.get()
    assert {pair.mentor_id, alternative.mentor_id} == {mentor.pk for mentor in world.mentors}
    best = pair.mentor_id == world.mentors[0].pk
    assert best is (alternative.mentor_id == other.pk)
    assert pair.candidate_count == 2 and pair.rank == 1
    assert pair.common_slots == (["wed_pm"] if best else ["sat_am"])
    assert pair.distance_km == pytest.approx(17.8 if best else 0, abs=0.5)


def test_what_is_not_known_refuses_nobody_and_is_counted():
    world = make_world(mentees=1, mentors=1, vetted=False)
    made = run(world)
    assert made.matched_count == 1
    assert dict(zip(made.unknown_facts, made.unknown_counts, strict=True))["mentee_slots"] == 1
    assert {"slots", "vetting"} <= set(Pair.objects.get().unknown_rules)


def test_accepted_and_locked_pairs_leave_the_problem_and_are_untouched_by_a_new_run():
    world = make_world(mentees=4, mentors=2, capacity=2)
    run(world)
    first, second, *_ = Pair.objects.order_by("pk")
    operations.accept(by=world.actor, pair=first)
    operations.lock(by=world.actor, pair=second)
    before = list(Pair.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values())
    made = run(world)
    assert list(Pair.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values()) == before
    assert (made.mentee_count, made.kept_count, made.matched_count) == (2, 2, 2)
    assert Pair.objects.filter(state="superseded").count() == 2
    seats = gzip.decompress(bytes(made.files.get(name="mentors.csv").content)).decode().splitlines()[1:]
    assert sum(int(line.rsplit(",", 1)[1]) for line in seats) == 2


def test_a_refused_pair_never_comes_back_until_the_refusal_is_lifted():
    world = make_world(mentees=1, mentors=1)
    run(world)
    pair = Pair.objects.get()
    operations.refuse(by=world.actor, pair=pair, reason="slots")
    made = run(world)
    assert (made.matched_count, made.waiting.get().reason) == (0, "refused_all")
    operations.lift_refusal(by=world.actor, pair=pair)
    assert run(world).matched_count == 1


def test_an_ended_pair_sends_her_back_without_that_marraine_unless_she_wants_no_other():
    world = make_world(mentees=2, mentors=2)
    run(world)
    first, second = Pair.objects.order_by("pk")
    for pair, wants in ((first, True), (second, False)):
        operations.accept(by=world.actor, pair=pair)
        operations.end(by=world.actor, pair=pair, reason="moved", wants_another=wants)
    run(world)
    live = Pair.objects.get(state="proposed")
    assert live.enrolment_id == first.enrolment_id
    assert live.mentor_id == second.mentor_id


def test_pressing_twice_makes_one_run():
    world = make_world()
    made = run(world, after=0)
    assert run(world, after=0) == made
    assert run(world, after=1).number == 2
    assert MatchingRun.objects.count() == 2


def test_without_mentees_or_without_marraines_nothing_is_kept_and_the_sentence_says_what_to_do():
    world = make_empty_world()
    with pytest.raises(DomainError, match="présences"):
        run(world)
    add_mentee(world)
    with pytest.raises(DomainError, match="aucune marraine disponible"):
        run(world)
    assert not MatchingRun.objects.exists()


def test_only_who_runs_the_matching_of_that_structure_may():
    world = make_world()
    stranger = factories.actor_of(factories.make_coordinator())
    for actor in (Actor(), stranger, factories.actor_of(factories.make_member(world.organisation, "plan_officer"))):
        with pytest.raises(NotAllowed):
            operations.run_matching(by=actor, programme=world.programme)
    assert not Pair.objects.exists()


def test_an_unproven_answer_is_never_kept(monkeypatch):
    from vivier.engines.matching.problem import Certificate
    from vivier.mentoring.operations import computing

    world = make_world()
    monkeypatch.setattr(computing, "certify", lambda *_: Certificate(optimal=False, primal=1, dual=2, checks={}))
    with pytest.raises(DomainError, match="preuve"):
        run(world)
    assert not MatchingRun.objects.exists() and not Pair.objects.exists()


def test_a_run_too_large_for_a_page_is_refused_before_it_is_solved(monkeypatch):
    from vivier.mentoring.operations import computing

    world = make_world(mentees=3, mentors=2)
    monkeypatch.setattr(computing, "MOST_PAIRS", 5)
    with pytest.raises(DomainError, match="réduisez la distance"):
        run(world)
    monkeypatch.setattr(computing, "MOST_PAIRS", 6)
    assert run(world).pair_count == 6


def test_files_name_nobody_and_hold_the_ids_of_this_programme_only():
    world = make_seeded_world(3)
    made = run(world)
    files = {file.name: gzip.decompress(bytes(file.content)).decode() for file in made.files.all()}
    assert set(files) == set(operations.files_of(made))
    known = {str(one.public_id) for one in (*world.mentees, *world.mentors)}
    ids = {cell for name in ("mentees.csv", "mentors.csv") for cell in
           (line.split(",")[0] for line in files[name].splitlines()[1:])}  # fmt: skip
    assert ids == known
    assert "Inès" not in "".join(files.values())


def test_the_history_says_who_decided_what_and_in_which_operation():
    world = make_world(mentees=1, mentors=1)
    run(world)
    pair = Pair.objects.get()
    operations.lock(by=world.actor, pair=pair)
    operations.accept(by=world.actor, pair=pair)
    events = pair.events.order_by("pgh_id").select_related("pgh_context")
    assert [event.state for event in events] == ["proposed", "locked", "accepted"]
    assert [event.pgh_context.metadata["operation"] for event in events] == [
        "mentoring.operations.runs.run_matching",
        "mentoring.operations.pairs.lock",
        "mentoring.operations.pairs.accept",
    ]
    assert {event.pgh_context.metadata["user"] for event in events} == {world.coordinator.pk}


def test_it_says_what_would_serve_more(client):
    world = make_empty_world(("Valence", "Grenoble"))
    for _ in range(4):
        add_mentee(world, "Valence")
    add_mentor(world, "Valence", capacity=1)
    add_mentor(world, "Grenoble", capacity=2)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    site = world.programme.sites.get(commune__name="Valence").pk
    assert (run.wider_km, run.wider_counts) == ([75], [3])
    assert (run.lacking_sites, run.lacking_counts) == ([site], [3])
    client.force_login(world.coordinator)
    page = client.get(reverse("mentoring:run", args=[run.public_id]), {"vue": "attente"}).content.decode()
    assert "Avec 75\u00a0km au lieu de 30, 2 lycéennes de plus auraient une marraine." in page
    assert "en plus à Valence servirait une personne de plus, jusqu’à 3 lycéennes de plus." in page


def test_nothing_would_help_where_nobody_waits():
    world = make_world(mentees=2, mentors=2)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert (run.wider_km, run.lacking_sites) == ([], [])
