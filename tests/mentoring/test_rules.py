"""The rules of a programme: versions that nothing changes, and what each means to the engine."""

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from tests.mentoring.worlds import add_mentee, add_mentor, make_empty_world, make_world
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.engines.matching.policy import default_policy
from vivier.mentoring import operations
from vivier.mentoring.models import MatchingPolicy, Pair
from vivier.mentoring.policies import engine_rules, rules_of, settings_of, starting_rules
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import rules_sentences

pytestmark = pytest.mark.django_db


def test_a_programme_starts_from_the_rules_of_the_engine():
    world = make_empty_world()
    ours, shipped = engine_rules(starting_rules(world.programme)), default_policy()
    for name in ("radius_km", "weights", "full_marks", "tier_rules", "default_tier", "require_common_slot"):
        assert getattr(ours, name) == getattr(shipped, name), name
    assert not MatchingPolicy.objects.exists()


def test_the_first_run_keeps_the_version_it_used_and_the_next_uses_it_again():
    world = make_world()
    first = operations.run_matching(by=world.actor, programme=world.programme)
    second = operations.run_matching(by=world.actor, programme=world.programme)
    assert first.policy_id == second.policy_id
    assert (first.policy.version, first.policy.base) == (1, default_policy().id)


def test_a_change_is_a_new_version_and_the_same_settings_are_none():
    world = make_world()
    first = operations.change_rules(by=world.actor, programme=world.programme, radius_km=12)
    again = operations.change_rules(by=world.actor, programme=world.programme, radius_km=12)
    second = operations.change_rules(by=world.actor, programme=world.programme, first_qpv=False)
    assert (first.version, again.pk, second.version) == (1, first.pk, 2)
    assert (second.radius_km, second.first_qpv, second.created_by_id) == (12, False, world.coordinator.pk)
    assert settings_of(rules_of(world.programme)) == settings_of(second)


def test_the_database_lets_nobody_change_a_version():
    world = make_world()
    version = operations.change_rules(by=world.actor, programme=world.programme, radius_km=12)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        MatchingPolicy.objects.filter(pk=version.pk).update(radius_km=40)


def test_when_the_engine_ships_other_rules_a_run_writes_a_new_version():
    world = make_world()
    values = settings_of(starting_rules(world.programme)) | {"radius_km": 17}
    from vivier.common import clock

    MatchingPolicy.objects.create(
        programme=world.programme, version=1, base="another-2020", created_at=clock.now(), **values
    )
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert (run.policy.version, run.policy.base, run.policy.radius_km) == (2, default_policy().id, 17)


def test_something_must_count_and_only_settings_can_be_set():
    world = make_empty_world()
    nothing = dict.fromkeys(("weight_distance", "weight_slots", "weight_interests"), 0)
    with pytest.raises(DomainError, match="critère"):
        operations.change_rules(by=world.actor, programme=world.programme, **nothing)
    with pytest.raises(TypeError):
        operations.change_rules(by=world.actor, programme=world.programme, require_vetting=False)
    with pytest.raises(NotAllowed):
        operations.change_rules(by=Actor(), programme=world.programme, radius_km=12)
    assert not MatchingPolicy.objects.exists()


@pytest.mark.parametrize("radius", [17, 18])
def test_the_radius_is_obeyed(radius):
    world = make_empty_world()
    add_mentee(world)
    add_mentor(world, "Romans-sur-Isère")
    operations.change_rules(by=world.actor, programme=world.programme, radius_km=radius)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.matched_count == (1 if radius == 18 else 0)


@pytest.mark.parametrize("required", [True, False])
def test_a_common_slot_is_required_only_when_the_rules_say_so(required):
    world = make_empty_world()
    add_mentee(world, slots=["wed_pm"])
    add_mentor(world, slots=["sat_am"])
    operations.change_rules(by=world.actor, programme=world.programme, require_common_slot=required)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.matched_count == (0 if required else 1)
    if required:
        assert run.waiting.get().reason == "no_common_slot"


def test_who_is_served_first_follows_the_rules():
    world = make_empty_world()
    add_mentee(world, qpv="no")
    first = add_mentee(world, qpv="yes")
    add_mentor(world)
    operations.run_matching(by=world.actor, programme=world.programme)
    assert Pair.objects.get(state="proposed").enrolment_id == first.pk
    operations.change_rules(by=world.actor, programme=world.programme, first_qpv=False)
    run = operations.run_matching(by=world.actor, programme=world.programme)
    assert run.tiers == [1]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"radius_km": 7}, "Jamais à plus de 7 km"),
        ({"require_common_slot": False, "require_common_language": False}, "Ni créneau commun ni langue commune"),
        ({"first_qpv": False, "first_rural": False}, "Personne n’est servi avant les autres"),
        ({"weight_distance": 0, "weight_slots": 25, "weight_interests": 75}, "les goûts communs pour 75 %"),
        ({"score": "linear"}, "le plus grand total"),
    ],
)
def test_the_rules_are_told_in_words(settings, says):
    world = make_empty_world()
    version = operations.change_rules(by=world.actor, programme=world.programme, **settings)
    assert says in " ".join(rules_sentences(version, mentor_words(world.programme.audience)))


def test_the_page_tells_changes_and_refuses_what_cannot_be():
    world = make_world()
    client = Client()
    client.force_login(world.coordinator)
    address = reverse("mentoring:rules", args=[world.programme.slug])
    assert "Règles de départ" in client.get(address).content.decode()
    answers = {
        "radius_km": 25,
        "require_common_slot": "on",
        "weight_distance": 1,
        "weight_slots": 0,
        "weight_interests": 0,
        "score": "concave",
        "stickiness": 3_000,
        "group_size": 2,
    }
    wrong = client.post(address, answers | {"radius_km": 0, "weight_slots": 101})
    assert wrong.status_code == 422
    assert "Mettez 1 km ou plus." in wrong.content.decode() and "Mettez 100 au plus." in wrong.content.decode()
    wrong = client.post(address, answers | {"weight_distance": 0})
    assert wrong.status_code == 422 and "Un critère au moins doit compter" in wrong.content.decode()
    assert not MatchingPolicy.objects.exists()
    assert client.post(address, answers).status_code == 302
    page = client.get(address).content.decode()
    assert "Jamais à plus de 25 km" in page and "Version 1" in page
    assert "plus de 30\u00a0% d’un accord parfait" in page and "peut en accompagner jusqu’à 2" in page
    for wrong in ({"stickiness": 7}, {"group_size": 0}, {"group_size": 7}):
        assert client.post(address, answers | wrong).status_code == 422
    version = MatchingPolicy.objects.get()
    assert (version.first_qpv, version.require_common_slot, version.require_common_language) == (False, True, False)
