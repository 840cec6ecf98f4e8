"""Mon programme: the heading is the finding, and each number opens the list it counts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.operations import accept, end, invite, run_matching, say_no, say_yes
from vivier.portal.queries import people_at, programme_home
from vivier.portal.stages import stages
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.make_organisation("Les Passerelles")


@pytest.fixture
def programme(association):
    return make.make_programme(association, cities=("Valence", "Lyon"), name="Elles codent")


@pytest.fixture
def coordinator(client, association):
    user = make.make_coordinator(association)
    client.force_login(user)
    return client


def attendees(programme, number, city=0):
    """Register and mark present `number` pupils in one city of the programme."""
    site = list(programme.sites.order_by("position"))[city]
    session = make.make_session(programme, days=-3, site=site)
    pupils = [make.make_beneficiary(programme.controller, commune=site.commune) for _ in range(number)]
    for pupil in pupils:
        make.make_registration(session, pupil, attended=True)
    return pupils


def test_an_empty_programme_says_how_to_begin(coordinator, programme):
    page = coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    assert "Personne n’est encore là" in page
    assert reverse("imports:programme", args=[programme.slug]) in page


def test_the_heading_tells_who_is_served_and_where_people_wait(coordinator, programme):
    attendees(programme, 3)
    lyon = attendees(programme, 1, city=1)[0]
    make.make_mentor(programme, make.make_volunteer(programme.controller, commune=lyon.commune))
    make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    assert programme_home(programme).finding == "2 lycéennes ont une marraine proposée. 2\u00a0attendent, à Valence."


def test_who_is_refused_a_marraine_does_not_wait_for_one(programme):
    girls = attendees(programme, 2)
    make.make_consent(girls[0], "mentoring", "no", make.make_guardian(girls[0]))
    totals = programme_home(programme).totals
    assert (totals["presentes"], totals["en-attente"], totals["sans-marraine"]) == (2, 1, 1)
    assert people_at(programme, "sans-marraine", "", "").get().beneficiary == girls[0]


def test_nobody_waits_is_good_news(programme):
    attendees(programme, 1)
    make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    assert programme_home(programme).finding == "1 lycéenne a une marraine proposée. Personne n’attend."


def test_each_number_is_the_length_of_the_list_it_opens(programme):
    attendees(programme, 4)
    awaiting = make.make_beneficiary(programme.controller)
    make.make_registration(make.make_session(programme), awaiting, state=Registration.State.AWAITING_CONSENT)
    make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    home = programme_home(programme)
    for code in stages(programme.words):
        assert home.totals[code] == people_at(programme, code, "", "").count(), code
        for row in home.cities:
            assert row.counts[code] == people_at(programme, code, str(row.site_id), "").count(), (code, row.name)


def test_the_links_of_the_page_lead_to_lists_of_that_length(coordinator, programme):
    attendees(programme, 3)
    make.make_mentor(programme, capacity=2)
    run_matching(by=SYSTEM, programme=programme)
    page = coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    found = re.findall(r'href="([^"]*/personnes/\?etape=[^"]*)"[^>]*>(\d+)', page)
    assert found
    for address, number in found:
        listed = coordinator.get(address.replace("&amp;", "&"))
        assert listed.context["page"].paginator.count == int(number), address


def test_a_person_without_city_is_counted_apart(programme):
    enrolment = make.make_enrolment(programme)
    enrolment.site = None
    enrolment.save()
    assert [row.name for row in programme_home(programme).cities] == ["Valence", "Lyon", "Ville non connue"]
    assert people_at(programme, "", "sans", "").get() == enrolment


def test_a_search_ignores_accents_and_case(programme):
    make.make_enrolment(programme, make.make_beneficiary(programme.controller, "Zoé", "Hauteclaire"))
    make.make_enrolment(programme)
    assert people_at(programme, "", "", "hauteclaire zoe").count() == 1


def test_the_page_costs_the_same_for_one_and_for_many(coordinator, programme, django_assert_max_num_queries):
    girls = attendees(programme, 12)
    make.make_consent(girls[0], "mentoring", "no", make.make_guardian(girls[0]))
    make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    for name in ("portal:programme", "portal:people"):
        with django_assert_max_num_queries(12):
            assert coordinator.get(reverse(name, args=[programme.slug])).status_code == 200


@pytest.mark.parametrize("query", ["?etape=rien", "?ville=x", "?ville=999999", "?page=nimporte", "?q=%27", "?page=-3"])
def test_a_strange_address_is_an_ordinary_page(coordinator, programme, query):
    assert coordinator.get(reverse("portal:people", args=[programme.slug]) + query).status_code == 200


def test_another_association_finds_nothing(client, programme):
    client.force_login(make.make_coordinator())
    for name in ("portal:programme", "portal:people", "programmes:settings"):
        assert client.get(reverse(name, args=[programme.slug])).status_code == 404


def test_one_programme_is_opened_at_once_and_several_are_listed(coordinator, programme):
    assert coordinator.get(reverse("portal:my_programmes")).url == reverse("portal:programme", args=[programme.slug])
    other = make.make_programme(programme.controller, name="Deuxième programme")
    assert other.name in coordinator.get(reverse("portal:my_programmes")).content.decode()


# --- Invitations and coverage -----------------------------------------------------------------------------------------


def paired(programme, number):
    """Return that many accepted pairs of the programme, of people who came."""
    attendees(programme, number)
    for _ in range(number):
        make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    return [accept(by=SYSTEM, pair=pair) for pair in Pair.objects.filter(programme=programme).order_by("pk")]


def both_say_yes(pair):
    invitation = invite(by=SYSTEM, pair=pair)
    for side in ("mentee", "mentor"):
        say_yes(by=SYSTEM, invitation=invitation, side=side)


def test_the_coverage_counts_two_yeses_of_those_who_have_a_right(coordinator, programme):
    first, second, third, fourth = paired(programme, 4)
    both_say_yes(first)
    both_say_yes(second)
    say_yes(by=SYSTEM, invitation=invite(by=SYSTEM, pair=third), side="mentor")
    end(by=SYSTEM, pair=fourth, reason="moved", wants_another=False)
    coverage = programme_home(programme).coverage
    assert (coverage.entitled, coverage.confirmed, coverage.percent) == (3, 2, 66)
    page = coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    assert "66\u00a0% des lycéennes qui y ont droit" in page and "Fixer une date" in page
    for stage, count in (("ont-droit", 3), ("confirmees", 2)):
        assert people_at(programme, stage, "", "").count() == count
        assert f"?etape={stage}" in page


def test_after_the_date_only_what_was_said_before_counts(coordinator, programme):
    early, late = paired(programme, 2)
    both_say_yes(early)
    both_say_yes(late)
    programme.mentors_due_on = clock.today() - timedelta(days=3)
    programme.save()
    assert programme_home(programme).coverage.confirmed == 0
    Invitation.objects.filter(pair=early).update(replied_at=clock.now() - timedelta(days=3))
    coverage = programme_home(programme).coverage
    assert (coverage.confirmed, coverage.days_left) == (1, -3)
    assert "est passée" in coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()


def test_the_date_is_a_setting_of_the_programme(coordinator, programme):
    address = reverse("programmes:settings", args=[programme.slug])
    data = {"name": programme.name, "audience": programme.audience, "mentors_due_on": "2027-01-31"}
    assert coordinator.post(address, data).status_code == 302
    programme.refresh_from_db()
    assert str(programme.mentors_due_on) == "2027-01-31"
    assert 'value="2027-01-31"' in coordinator.get(address).content.decode()


def test_what_invitations_ask_of_her_is_in_the_day(coordinator, programme):
    uninvited, silent, declined, answered = paired(programme, 4)
    assert uninvited.state == "accepted"
    invitation = invite(by=SYSTEM, pair=silent)
    say_no(by=SYSTEM, invitation=invite(by=SYSTEM, pair=declined), side="mentee", reason="unsaid")
    both_say_yes(answered)
    page = coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    assert "1 accompagnement accepté à annoncer" in page and "1 invitation déclinée" in page
    assert "sans réponse" not in page
    Invitation.objects.filter(pk=invitation.pk).update(answer_before=clock.today() - timedelta(days=1))
    page = coordinator.get(reverse("portal:programme", args=[programme.slug])).content.decode()
    assert "1 invitation sans réponse" in page
    for stage, pair in (("declinees", declined), ("sans-reponse", silent), ("a-inviter", uninvited)):
        assert people_at(programme, stage, "", "").get() == pair.enrolment, stage
    silent.refresh_from_db()
    assert silent.state == "accepted"
