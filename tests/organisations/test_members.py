"""Members of a structure: invited, changed, taken away, by its administrators only."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.signing_in import mails
from tests.depth import examples
from tests.factories import actor_of, make_member, make_organisation, make_user
from vivier.accounts.models import User
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.models import AuditEntry
from vivier.organisations import operations
from vivier.organisations.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation("Association des Ruisseaux")


@pytest.fixture
def administrator(organisation):
    return make_member(organisation, Role.ADMINISTRATOR, make_user("chef@exemple.test", "Chef"))


@pytest.fixture
def page(organisation):
    return reverse("organisations:members", args=[organisation.public_id])


def in_force(organisation):
    return set(Membership.objects.filter(organisation=organisation, revoked_at=None).values_list("user__email", "role"))


def test_an_invitation_opens_an_account_gives_the_role_and_tells_how_to_enter(
    client, organisation, administrator, page
):
    client.force_login(administrator)
    answer = client.post(page, {"email": "Lea@Exemple.test", "name": "Léa", "role": "coordinator"}, follow=True)
    assert "L’invitation part à Lea@Exemple.test" in answer.content.decode()
    assert ("lea@exemple.test", "coordinator") in in_force(organisation)
    (mail,) = mails()
    assert mail["to"] == "lea@exemple.test"
    assert reverse("account_login") in mail["body"]
    assert "coordinatrice ou coordinateur" in mail["body"]
    membership = Membership.objects.get(user__email="lea@exemple.test")
    assert membership.granted_by == administrator
    entry = AuditEntry.objects.get(action="member.invite")
    assert (entry.actor, entry.controller_id) == (administrator, organisation.pk)
    assert "lea" not in entry.about.lower()


def test_inviting_somebody_does_not_tell_whose_address_it_is(client, organisation, administrator, page):
    make_user("eleve@exemple.test", "Inès Rivière")
    client.force_login(administrator)
    client.post(page, {"email": "eleve@exemple.test", "name": "", "role": "analyst"})
    assert "Inès" not in client.get(page).content.decode()
    User.objects.filter(email="eleve@exemple.test").update(last_login=timezone.now())
    assert "Inès Rivière" in client.get(page).content.decode()


def test_an_existing_account_keeps_its_name(organisation, administrator):
    make_user("lea@exemple.test", "Léa")
    operations.invite_member(
        by=actor_of(administrator), organisation=organisation, email="lea@exemple.test", role="analyst", name="Autre"
    )
    assert User.objects.get(email="lea@exemple.test").name == "Léa"


def test_the_same_role_twice_is_refused_in_words(client, organisation, administrator, page):
    client.force_login(administrator)
    data = {"email": "lea@exemple.test", "role": "coordinator"}
    client.post(page, data)
    answer = client.post(page, data)
    assert answer.status_code == 422
    assert "Cette personne a déjà ce rôle." in answer.content.decode()
    assert len(mails()) == 1


def test_a_role_is_changed_by_ending_one_and_beginning_another(client, organisation, administrator):
    lea = make_member(organisation, Role.COORDINATOR)
    membership = Membership.objects.get(user=lea)
    client.force_login(administrator)
    url = reverse("organisations:member", args=[organisation.public_id, membership.public_id])
    client.post(url, {"role": "analyst"})
    membership.refresh_from_db()
    assert membership.revoked_by == administrator
    assert (lea.email, "analyst") in in_force(organisation)
    assert (lea.email, "coordinator") not in in_force(organisation)


def test_a_role_is_taken_away_at_once(client, organisation, administrator):
    lea = make_member(organisation, Role.COORDINATOR)
    other = client.__class__()
    other.force_login(lea)
    assert other.get(reverse("organisations:sheet", args=[organisation.public_id])).status_code == 200
    membership = Membership.objects.get(user=lea)
    client.force_login(administrator)
    client.post(reverse("organisations:revoke", args=[organisation.public_id, membership.public_id]))
    assert other.get(reverse("organisations:sheet", args=[organisation.public_id])).status_code == 404


def test_the_last_administration_stays(client, organisation, administrator):
    membership = Membership.objects.get(user=administrator)
    client.force_login(administrator)
    revoke = reverse("organisations:revoke", args=[organisation.public_id, membership.public_id])
    answer = client.post(revoke, follow=True)
    assert "Il faut au moins une administratrice ou un administrateur" in answer.content.decode()
    change = reverse("organisations:member", args=[organisation.public_id, membership.public_id])
    answer = client.post(change, {"role": "coordinator"})
    assert answer.status_code == 422
    assert (administrator.email, "administrator") in in_force(organisation)


def test_an_administrator_leaves_when_another_stays(client, organisation, administrator):
    make_member(organisation, Role.ADMINISTRATOR)
    membership = Membership.objects.get(user=administrator)
    client.force_login(administrator)
    answer = client.post(reverse("organisations:revoke", args=[organisation.public_id, membership.public_id]))
    assert answer["Location"] == reverse("organisations:mine")
    assert client.get(answer["Location"]).status_code == 200


def test_a_closed_account_administers_nothing(organisation, administrator):
    closed = make_member(organisation, Role.ADMINISTRATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(DomainError, match="Il faut au moins"):
        operations.revoke_membership(by=actor_of(administrator), membership=Membership.objects.get(user=administrator))


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_other_roles_manage_nobody(organisation, administrator, role):
    other = actor_of(make_member(organisation, role))
    membership = Membership.objects.get(user=administrator)
    with pytest.raises(NotAllowed):
        operations.invite_member(by=other, organisation=organisation, email="x@exemple.test", role="analyst")
    with pytest.raises(NotAllowed):
        operations.change_role(by=other, membership=membership, role="analyst")
    with pytest.raises(NotAllowed):
        operations.revoke_membership(by=other, membership=membership)
    with pytest.raises(NotAllowed):
        operations.update_organisation(by=other, organisation=organisation, name="À moi")
    with pytest.raises(NotAllowed):
        operations.create_organisation(by=other, name="À moi", kind="association")


def test_an_administrator_elsewhere_manages_nobody_here(organisation, administrator):
    other = actor_of(make_member(make_organisation(), Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed):
        operations.revoke_membership(by=other, membership=Membership.objects.get(user=administrator))


def test_history_keeps_each_change(organisation, administrator):
    lea = make_member(organisation, Role.COORDINATOR)
    operations.change_role(by=actor_of(administrator), membership=Membership.objects.get(user=lea), role="analyst")
    events = Membership.pgh_event_model.objects.filter(user=lea)
    assert events.count() == 3
    assert {event.pgh_context.metadata["user"] for event in events if event.pgh_context} == {administrator.pk}


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_do_not_both_leave():
    organisation = make_organisation()
    users = [make_member(organisation, Role.ADMINISTRATOR) for _ in range(2)]
    together, outcomes = threading.Barrier(2), []

    def leave(user):
        membership = Membership.objects.get(user=user)
        together.wait()
        try:
            operations.revoke_membership(by=actor_of(user), membership=membership)
            outcomes.append("left")
        except DomainError:
            outcomes.append("stayed")
        connection.close()

    threads = [threading.Thread(target=leave, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "stayed"]


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["invite", "change", "revoke"]), st.integers(0, 2), st.sampled_from(Role.values)),
        max_size=12,
    )
)
def test_whatever_happens_somebody_administers(db, steps):
    """State machine: any order of invitations, changes and revocations leaves an administrator and no double role."""
    organisation = make_organisation()
    people = [make_user() for _ in range(3)]
    make_member(organisation, Role.ADMINISTRATOR, people[0])
    for act, who, role in steps:
        held = Membership.objects.filter(organisation=organisation, user=people[who], revoked_at=None).first()
        try:
            if act == "invite":
                operations.invite_member(by=SYSTEM, organisation=organisation, email=people[who].email, role=role)
            elif held and act == "change":
                operations.change_role(by=SYSTEM, membership=held, role=role)
            elif held:
                operations.revoke_membership(by=SYSTEM, membership=held)
        except DomainError:
            pass
        rows = Membership.objects.filter(organisation=organisation, revoked_at=None)
        pairs = list(rows.values_list("user_id", "role"))
        assert len(pairs) == len(set(pairs))
        assert any(role == Role.ADMINISTRATOR for _, role in pairs)


def test_a_stale_page_is_told_so(organisation, administrator):
    lea = make_member(organisation)
    membership = Membership.objects.get(user=lea)
    operations.revoke_membership(by=actor_of(administrator), membership=membership)
    with pytest.raises(DomainError, match="déjà été retiré"):
        operations.change_role(by=actor_of(administrator), membership=membership, role="analyst")
