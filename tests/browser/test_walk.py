"""The demonstration's pages, as each role, on each screen: nothing for axe, nothing beyond the edge."""

import pytest
from django.urls import reverse

from tests.browser.axe import held
from tests.demo.conftest import DAY
from vivier.accounts.models import User
from vivier.demo import story
from vivier.demo.roles import ROLES
from vivier.programmes.models import Programme

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(role: str) -> list[str]:
    """Return the pages that a role opens in the demonstration: those that no other file of this folder holds,
    and those that are heavy with its 150 girls."""
    programme = Programme.objects.get(slug=story.SLUG)
    session = programme.sessions.order_by("-starts_at").first()
    public = [
        reverse("portal:home"),
        reverse("portal:accessibility"),
        reverse("portal:personal_data"),
        reverse("demo:home"),
    ]
    if role == "coordinator":
        slug, run = programme.slug, programme.matching_runs.get()
        return [
            reverse("portal:programme", args=[slug]),
            reverse("portal:programme", args=[story.EMPTY_SLUG]),
            reverse("portal:people", args=[slug]),
            reverse("portal:my_programmes") + "?tous",
            reverse("programmes:create"),
            reverse("programmes:settings", args=[slug]),
            reverse("workshops:attendance", args=[session.code]),
            reverse("mentoring:mentors", args=[slug]),
            reverse("mentoring:run", args=[run.public_id]) + "?q=beau",
            reverse("imports:programme", args=[slug]),
            reverse("steering:asks", args=[slug]),
            reverse("portal:grant_report", args=[programme.grants.get().public_id]),
            reverse("portal:grant_report", args=[programme.grants.get().public_id]) + "?copie=financeur",
        ]
    return {"visitor": public}.get(role, [reverse("portal:start")])


def test_every_role_walks_her_pages(page_at, sign_in):
    story.build(DAY)
    for role, about in ROLES.items():
        page = page_at()
        if about.email:
            sign_in(page, User.objects.get(email=about.email))
        for address in addresses(role):
            assert page.goto(address).status == 200, address
            held(page)
        page.context.close()
