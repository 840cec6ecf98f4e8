"""A programme calls itself part of a plan; the structure that holds the plan says whether it is."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.mentoring.test_pages import text_of
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.models import AuditEntry
from vivier.organisations.models import Role
from vivier.programmes import operations
from vivier.programmes.models import Axis, Plan, Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def axis():
    region = make.make_organisation("Région des Rives")
    plan = Plan.objects.create(name="Plan des Rives", slug="plan-des-rives", organisation=region)
    return Axis.objects.create(plan=plan, name="Orientation", position=1)


def officer_of(axis):
    return make.make_member(axis.plan.organisation, Role.PLAN_OFFICER)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_proposed(axis, name="ELL’OWEB") -> Programme:
    user = make.make_coordinator()
    controller = user.memberships.get().organisation
    return operations.create_programme(by=make.actor_of(user), controller=controller, name=name, communes=[], axis=axis)


def test_whoever_runs_a_programme_only_proposes_it(axis):
    programme = make_proposed(axis)
    assert (programme.attachment, programme.plan_id, programme.attachment_decided_at) == ("proposed", None, None)
    own = make.make_coordinator(programme.controller)
    with pytest.raises(NotAllowed):
        operations.decide_attachment(by=make.actor_of(own), programme=programme, accept=True)
    settings = text_of(signed_in(own).get(reverse("programmes:settings", args=[programme.slug])))
    assert "rattachement proposé à Région des Rives, qui n’a pas encore répondu" in settings


def test_the_plan_officer_reads_what_waits_and_decides(axis):
    programme = make_proposed(axis)
    client = signed_in(officer_of(axis))
    page, decide = reverse("programmes:plans"), reverse("programmes:decide", args=[programme.slug])
    assert "1 programme demande à faire partie du plan." in text_of(client.get(page))
    assert "Pilotage" in text_of(client.get(reverse("portal:home")))
    client.post(decide, {"answer": "peut-être"})
    programme.refresh_from_db()
    assert programme.attachment == "proposed"
    for _ in range(2):  # a second press changes nothing
        client.post(decide, {"answer": "oui"})
    programme.refresh_from_db()
    assert (programme.attachment, programme.plan_id) == ("accepted", axis.plan_id)
    assert AuditEntry.objects.filter(action="programmes.accept").count() == 1
    assert "1 programme fait partie du plan, rien à décider." in text_of(client.get(page))
    client.post(decide, {"answer": "non"})
    programme.refresh_from_db()
    assert (programme.attachment, programme.plan_id) == ("refused", None)


def test_the_officer_of_another_plan_decides_nothing(axis):
    programme = make_proposed(axis)
    other = make.make_organisation()
    Plan.objects.create(name="Autre plan", slug="autre", organisation=other)
    client = signed_in(make.make_member(other, Role.PLAN_OFFICER))
    assert client.post(reverse("programmes:decide", args=[programme.slug]), {"answer": "oui"}).status_code == 404
    assert programme.name not in text_of(client.get(reverse("programmes:plans")))
    programme.refresh_from_db()
    assert programme.attachment == "proposed"


def test_a_structure_accepts_its_own_programme_by_proposing_it(axis):
    user = make.make_coordinator(axis.plan.organisation)
    programme = operations.create_programme(
        by=make.actor_of(user), controller=axis.plan.organisation, name="Ici", communes=[], axis=axis
    )
    assert (programme.attachment, programme.attachment_decided_by) == ("accepted", user)


def test_settings_saved_again_keep_the_answer_and_another_axis_asks_anew(axis):
    programme = make_proposed(axis)
    operations.decide_attachment(by=SYSTEM, programme=programme, accept=True)
    client = signed_in(make.make_coordinator(programme.controller))
    address = reverse("programmes:settings", args=[programme.slug])
    sent = {"name": "ELL’OWEB 2", "audience": "lyceennes", "axis": axis.pk}
    client.post(address, sent)
    programme.refresh_from_db()
    assert (programme.name, programme.attachment) == ("ELL’OWEB 2", "accepted")
    second = Axis.objects.create(plan=axis.plan, name="Emploi", position=2)
    client.post(address, sent | {"axis": second.pk})
    programme.refresh_from_db()
    assert (programme.axis, programme.attachment, programme.attachment_decided_at) == (second, "proposed", None)
    client.post(address, sent | {"axis": ""})
    programme.refresh_from_db()
    assert (programme.axis, programme.attachment) == (None, "")
    with pytest.raises(DomainError, match="ne demande plus"):
        operations.decide_attachment(by=SYSTEM, programme=programme, accept=True)


def test_the_database_knows_no_attachment_without_axis(axis):
    programme = make_proposed(axis)
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(axis=None)


def test_the_list_takes_as_many_queries_for_thirty_programmes_as_for_one(axis, django_assert_max_num_queries):
    client = signed_in(officer_of(axis))
    for number in range(30):
        make_proposed(axis, f"Programme {number}")
    with django_assert_max_num_queries(12):
        assert "30 programmes demandent" in text_of(client.get(reverse("programmes:plans")))


def test_the_heading_of_two_plans_speaks_of_both(axis):
    client = signed_in(officer_of(axis))
    programme = make_proposed(axis)
    assert "1 programme demande à faire partie du plan." in text_of(client.get(reverse("programmes:plans")))
    Plan.objects.create(name="Second plan", slug="second-plan", organisation=axis.plan.organisation)
    assert "à faire partie d’un de vos plans." in text_of(client.get(reverse("programmes:plans")))
    operations.decide_attachment(by=SYSTEM, programme=programme, accept=True)
    assert "1 programme fait partie de vos plans, rien à décider." in text_of(client.get(reverse("programmes:plans")))
