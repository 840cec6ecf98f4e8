"""An address or a form of one's own that names, inside, an object of another association: it names nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.security.asking import undone
from tests.security.world import World
from vivier.common import clock
from vivier.organisations.models import Membership
from vivier.programmes.models import Programme, Site
from vivier.workshops.models import Session


def post(world: World, who: str, page: str, arguments: list, body: dict):
    """Return the answer to a form sent by somebody of that role."""
    return world.client(who).post(reverse(page, args=arguments), {"csrfmiddlewaretoken": "x"} | body)


@pytest.mark.parametrize(
    ("role", "name", "arguments"),
    [
        ("far_administrator", "organisations:member", ["there.organisation.public_id", "membership.public_id"]),
        ("far_administrator", "organisations:revoke", ["there.organisation.public_id", "membership.public_id"]),
        ("far_administrator", "programmes:remove_site", ["there.programme.slug", "site.pk"]),
        ("other_coordinator", "people:edit_guardian", ["there.beneficiary.public_id", "guardian.public_id"]),
        ("other_coordinator", "people:remove_guardian", ["there.beneficiary.public_id", "guardian.public_id"]),
        ("other_coordinator", "people:send_link", ["there.beneficiary.public_id", "guardian.public_id"]),
        ("other_coordinator", "imports:headings", ["there.programme.slug", "file.public_id"]),
        ("other_coordinator", "imports:confirm", ["there.programme.slug", "file.public_id"]),
        ("other_coordinator", "imports:discard", ["there.programme.slug", "file.public_id"]),
    ],
)
def test_a_part_of_another_in_an_address_of_ones_own(world, role, name, arguments):
    from tests.security.addresses import found

    with undone():
        answer = post(world, role, name, [found(world, path) for path in arguments], {"role": "analyst"})
        assert answer.status_code == 404
        world.membership.refresh_from_db()
        assert world.membership.revoked_at is None
        assert Site.objects.filter(pk=world.site.pk).exists()
        assert world.guardian.guardianships.count() == 1


def test_a_place_of_another_session_is_not_marked(world):
    with undone():
        arguments = [world.there.session.code, world.registration.public_id]
        answer = post(world, "other_coordinator", "workshops:mark", arguments, {"presence": "non"})
        world.registration.refresh_from_db()
        assert world.registration.attended is True
        assert answer.status_code in (302, 404)


def test_a_programme_is_created_for_ones_own_structure_only(world):
    with undone():
        body = {"controller": world.organisation.pk, "name": "Intrus", "audience": "lyceennes"}
        answer = post(world, "other_coordinator", "programmes:create", [], body)
        assert answer.status_code in (200, 422)
        assert not Programme.objects.filter(name="Intrus").exists()


SESSION = {
    "title": "Séance glissée", "start": "14:00", "end": "16:00", "mode": "on_site",
    "place": "Salle 1", "capacity": "10", "promotion": "automatic", "answer_days": "7",
}  # fmt: skip


@pytest.mark.parametrize(("site", "created"), [("site", False), ("there_site", True)])
def test_a_session_takes_place_in_a_city_of_its_own_programme(world, site, created):
    chosen = {"site": world.site, "there_site": world.there.programme.sites.get()}[site]
    with undone():
        body = SESSION | {"site": chosen.pk, "day": (clock.today() + timedelta(days=30)).isoformat()}
        post(world, "other_coordinator", "workshops:create", [world.there.programme.slug], body)
        assert Session.objects.filter(title="Séance glissée").exists() is created


def test_an_invitation_reaches_only_the_structure_of_its_address(world):
    with undone():
        arguments = [world.there.organisation.public_id]
        body = {"email": "nouvelle@exemple.test", "role": "analyst", "organisation": world.organisation.pk}
        post(world, "far_administrator", "organisations:members", arguments, body)
        granted = Membership.objects.get(user__email="nouvelle@exemple.test")
        assert granted.organisation == world.there.organisation


@pytest.mark.parametrize("page", ["portal:people", "workshops:programme_sessions"])
def test_filters_do_not_reach_further(world, page):
    from tests.security.asking import text_of
    from tests.security.world import SECRETS

    with undone():
        client = world.client("other_coordinator")
        address = reverse(page, args=[world.there.programme.slug])
        for value in (str(world.site.pk), "Valence", "' OR 1=1 --"):
            text = text_of(client.get(address, {"ville": value, "q": "zzz", "etape": "toutes", "vue": "passees"}))
            assert not [secret for secret in SECRETS if secret in text]
