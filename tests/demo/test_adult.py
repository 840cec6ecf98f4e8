"""The second story of the demonstration: a woman of 35 who retrains, in a programme of her own."""

import re

import pytest
from django.urls import reverse

from tests.demo.conftest import DAY
from vivier.common import clock
from vivier.demo import adult, story
from vivier.demo.roles import ROLES
from vivier.mentoring.guide import guide_of
from vivier.mentoring.models import MatchingRun, Onboarding, Pair
from vivier.people.consent_rules import age_on
from vivier.people.models import Beneficiary, BeneficiaryIdentity, VolunteerIdentity
from vivier.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def its_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


def as_sandra(client, demo):
    client.post(demo["links"]["adult"])
    return client


def text_of(page) -> str:
    html = page.content.decode()
    return re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])


def test_four_have_a_mentor_and_one_waits(demo):
    assert demo["adults"] == {"matched": 4, "waiting": 1}
    programme = Programme.objects.get(slug=adult.SLUG)
    assert programme.axis.name == "Employabilité des femmes" and programme.axis.plan.axes.count() == 2
    assert MatchingRun.objects.get(programme=programme).is_certified
    assert Pair.objects.filter(programme=programme, state="accepted").count() == 1
    mentors = Onboarding.objects.filter(volunteer__mentor_profiles__programme=programme)
    assert len(mentors) == 4 and not [one.missing for one in mentors if one.missing]


def test_nobody_of_one_story_is_in_the_other(demo):
    women = Beneficiary.objects.filter(enrolments__programme__slug=adult.SLUG)
    assert women.count() == 5 and not women.filter(enrolments__programme__slug=story.SLUG).exists()
    assert not women.filter(guardianships__isnull=False).exists()
    names = [*BeneficiaryIdentity.objects.filter(pk__in=women), *VolunteerIdentity.objects.all()]
    assert len({one.full_name for one in names}) == len(names)
    assert all(one.email.endswith(".test") and one.email.isascii() for one in names)


def test_she_reads_her_own_story_without_a_word_of_school(client, demo):
    text = text_of(as_sandra(client, demo).get(reverse("people:my_path")))
    identity = BeneficiaryIdentity.objects.get(beneficiary__user__email=ROLES["adult"].email)
    assert (identity.first_name, age_on(identity.birth_date, DAY)) == (adult.HEROINE, 35)
    for words in (
        "Comparer trois formations", "https://visio.exemple.test/nouveau-cap",  # her next session, online
        "Mes attestations", "Ce que je sais déjà faire",
        "Mon mentorat", "Élisa", "développeuse web, hier vendeuse", guide_of(DAY, school=False).title,
        "Ce mois-ci : candidater aux formations qui commencent en janvier ou février", "Mes données",
    ):  # fmt: skip
        assert words in text, words
    school = r"\b(école|collège|lycée|lycéenne|classe|parcoursup|scolaire|filleule|tu|ton|ta|toi)s?\b"
    assert not re.findall(school, text, re.I)
    assert "Tremblaie" not in text and "Boulaie" not in text


def test_her_certificate_opens_and_says_when(client, demo):
    page = as_sandra(client, demo).get(reverse("people:my_path")).content.decode()
    [address] = re.findall(r'href="([^"]+attestation\.pdf)"', page)
    answer = client.get(address)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("adult", "people:my_path"),
        ("beneficiary", "people:my_path"),
        ("guardian", "people:my_authorisations"),
        ("adult", "people:my_data"),
        ("beneficiary", "people:my_data"),
        ("mentor", "people:my_data"),
    ],
)
def test_own_pages_cost_twelve_questions_at_most(client, demo, role, name, django_assert_max_num_queries):
    client.post(demo["links"][role])
    with django_assert_max_num_queries(12):
        assert client.get(reverse(name)).status_code == 200


def test_her_coordinator_reads_of_mentors(client, demo):
    client.post(demo["links"]["coordinator"])
    text = text_of(client.get(reverse("portal:programme", args=[adult.SLUG])))
    assert "4 participantes ont une ou un mentor, dont 3\u00a0à valider." in text
    assert "1 mentor manque à Valence" in text and "Avec mentor" in text and "arraine" not in text
    people = text_of(client.get(reverse("portal:people", args=[adult.SLUG])))
    assert "En attente d’un accompagnement" in people and "arraine" not in people
    assert "138 lycéennes ont une marraine" in text_of(client.get(reverse("portal:programme", args=[story.SLUG])))


def test_the_home_of_the_demonstration_opens_her_role(client, demo):
    page = client.get(reverse("demo:home")).content.decode()
    assert "Sandra, adulte en reconversion" in page and demo["links"]["adult"] in page
