"""Wishes, proposals that stay, the worst pair raised first, and groups where seats are short: as the rules ask."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world, make_seeded_world, make_world
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.mentoring import operations
from vivier.mentoring.models import MatchingRun, Pair, Wish

pytestmark = pytest.mark.django_db


def run(world: World, **rules) -> MatchingRun:
    if rules:
        operations.change_rules(by=world.actor, programme=world.programme, **rules)
    return operations.run_matching(by=world.actor, programme=world.programme)


def proposed(world: World) -> dict[int, int]:
    return dict(Pair.objects.filter(programme=world.programme, state="proposed").values_list("enrolment", "mentor"))


def wish(world: World, mentee, mentor) -> Wish:
    return operations.add_wish(by=world.actor, enrolment=mentee, mentor=mentor)


def test_a_first_wish_is_granted_and_the_page_of_the_pair_says_so():
    world = make_empty_world(("Valence", "Romans-sur-Isère"))
    girl = add_mentee(world, "Valence")
    near, far = add_mentor(world, "Valence"), add_mentor(world, "Romans-sur-Isère")
    run(world)
    assert proposed(world) == {girl.pk: near.pk}
    wish(world, girl, far)
    run(world)
    pair = Pair.objects.get(state="proposed")
    assert (pair.mentor_id, pair.wish_rank) == (far.pk, 1)
    page = text_of(client_of(world).get(reverse("mentoring:pair", args=[pair.public_id])))
    assert "C’est son premier vœu." in page


def test_a_wish_passes_no_rule_and_nobody_else():
    world = make_empty_world(("Valence", "Lyon"))
    girl, first = add_mentee(world, "Valence"), add_mentee(world, "Valence", qpv="yes")
    far, only = add_mentor(world, "Lyon"), add_mentor(world, "Valence")
    wish(world, girl, far)
    wish(world, girl, only)
    run(world)
    assert proposed(world) == {first.pk: only.pk}


def test_wishes_are_three_at_most_of_this_programme_and_noted_once():
    world, other = make_world(mentees=1, mentors=4), make_world(mentees=0, mentors=1)
    girl = world.mentees[0]
    for mentor in world.mentors[:3]:
        wish(world, girl, mentor)
    assert wish(world, girl, world.mentors[1]) == girl.wishes.get(mentor=world.mentors[1])
    with pytest.raises(DomainError, match="retirez-en un"):
        wish(world, girl, world.mentors[3])
    with pytest.raises(DomainError, match="pas dans ce programme"):
        wish(world, girl, other.mentors[0])
    with pytest.raises(NotAllowed):
        operations.add_wish(by=Actor(), enrolment=girl, mentor=world.mentors[0])
    with pytest.raises(NotAllowed):
        operations.remove_wish(by=other.actor, enrolment=girl, mentor=world.mentors[0])
    assert list(girl.wishes.order_by("pk").values_list("mentor", flat=True)) == [m.pk for m in world.mentors[:3]]
    operations.remove_wish(by=world.actor, enrolment=girl, mentor=world.mentors[0])
    assert girl.wishes.order_by("pk").first().mentor_id == world.mentors[1].pk


def test_the_page_finds_adds_and_takes_back():
    world = make_empty_world()
    girl = add_mentee(world, first_name="Inès", last_name="Beaumont")
    fatou = add_mentor(world, first_name="Fatou", last_name="Diallo")
    client, address = client_of(world), reverse("mentoring:wishes", args=[girl.public_id])
    assert "n’a demandé personne en particulier" in text_of(client.get(address))
    assert "Fatou Diallo" in text_of(client.get(address, {"q": "dialló"}))
    assert "Personne de ce nom" in text_of(client.get(address, {"q": "zzz"}))
    sent = client.post(f"{address}?q=dial", {"choix": "ajouter", "mentor": fatou.public_id})
    assert (sent.status_code, sent.url) == (302, f"{address}?q=dial")
    assert "Inès Beaumont a demandé Fatou Diallo." in text_of(client.get(address))
    client.post(address, {"choix": "retirer", "mentor": fatou.public_id})
    assert not Wish.objects.exists()
    for wrong in ({}, {"choix": "ajouter", "mentor": "x"}, {"choix": "autre", "mentor": fatou.public_id}):
        assert "Choisissez quelqu’un" in text_of(client.post(address, wrong, follow=True))
    stranger = Client()
    stranger.force_login(factories.make_coordinator(factories.make_organisation()))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"choix": "ajouter", "mentor": fatou.public_id}).status_code == 404


@pytest.mark.parametrize(("stickiness", "stays"), [(0, False), (10_000, True)])
def test_a_proposal_stays_where_the_rules_say_so(stickiness, stays):
    world = make_empty_world()
    girl = add_mentee(world, interests=["web"])
    plain = add_mentor(world, interests=["design"])
    run(world, stickiness=stickiness)
    better = add_mentor(world, interests=["web"])
    made = run(world)
    assert proposed(world) == {girl.pk: plain.pk if stays else better.pk}
    assert made.is_certified


def test_a_proposal_that_may_no_longer_be_leaves():
    world = make_world(mentees=1, mentors=2)
    run(world, stickiness=10_000)
    pair = Pair.objects.get(state="proposed")
    operations.pause(by=world.actor, mentor=pair.mentor)
    run(world)
    assert proposed(world)[world.mentees[0].pk] != pair.mentor_id


@pytest.mark.parametrize("seed", range(4))
def test_nobody_goes_unserved_for_a_floor_and_no_pair_is_below_it(seed):
    world = make_seeded_world(seed)
    free = run(world, stickiness=0)
    lowest = min(free.pairs.values_list("score", flat=True))
    held = run(world, hold_floor=True)
    assert held.tier_matched_counts == free.tier_matched_counts
    assert min(held.pairs.values_list("score", flat=True)) >= lowest


def test_where_seats_are_short_a_small_group_is_proposed_and_agreed_on_before_it_is_accepted():
    world = make_world(mentees=3, mentors=1)
    assert run(world).matched_count == 1
    made = run(world, group_size=2)
    assert (made.matched_count, made.is_certified) == (2, True)
    ordinary, extra = Pair.objects.filter(state="proposed").order_by("is_extra")
    assert (ordinary.is_extra, extra.is_extra) == (False, True)
    client = client_of(world)
    page = text_of(client.get(reverse("mentoring:run", args=[made.public_id])))
    assert page.count("une place de plus que ce que cette personne offre : à convenir") == 1
    operations.accept(by=world.actor, pair=ordinary)
    with pytest.raises(DomainError, match="augmentez le nombre"):
        operations.accept(by=world.actor, pair=extra)
    operations.change_offer(by=world.actor, mentor=extra.mentor, capacity=2, slots=[])
    operations.accept(by=world.actor, pair=extra)
    assert Pair.objects.filter(state="accepted").count() == 2


def test_groups_are_not_made_where_seats_suffice_nor_of_who_offers_none():
    world = make_world(mentees=2, mentors=2)
    add_mentor(world, capacity=0)
    made = run(world, group_size=6)
    assert made.matched_count == 2
    assert not Pair.objects.filter(is_extra=True).exists()
    assert len(set(proposed(world).values())) == 2


def test_the_file_of_proposals_that_stay_is_offered_only_where_they_do():
    world = make_world()
    client = client_of(world)
    for stickiness, status in ((0, 404), (1_000, 200)):
        made = run(world, stickiness=stickiness)
        address = reverse("mentoring:engine_file", args=[made.public_id, "previous.csv"])
        assert client.post(address).status_code == status
        shown = client.get(reverse("mentoring:run", args=[made.public_id])).content.decode()
        assert ("previous.csv" in shown) == (status == 200)
