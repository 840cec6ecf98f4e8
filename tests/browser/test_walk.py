"""Every page of the demonstration, as each role, on each screen: nothing for axe, nothing beyond the edge."""

import pytest
from django.urls import reverse

from tests.browser.axe import SCREENS, assert_accessible, no_sideways_scroll, targets_are_wide
from tests.demo.conftest import DAY
from vivier.accounts.models import User
from vivier.demo import story
from vivier.demo.roles import ROLES
from vivier.programmes.models import Programme

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(role: str) -> list[str]:
    """Return the pages that a role opens in the demonstration; one of each kind."""
    programme = Programme.objects.get(slug=story.SLUG)
    session = programme.sessions.order_by("-starts_at").first()
    public = [
        reverse("portal:home"),
        reverse("portal:accessibility"),
        reverse("portal:personal_data"),
        reverse("workshops:public_list"),
        reverse("workshops:session", args=[session.code]),
        reverse("workshops:sign_up", args=[session.code]),
        reverse("account_login"),
        reverse("demo:home"),
    ]
    if role == "coordinator":
        slug, run = programme.slug, programme.matching_runs.get()
        pair = run.pairs.order_by("pk").first()
        person, mentor = pair.enrolment.beneficiary, pair.mentor
        return [
            reverse("portal:programme", args=[slug]),
            reverse("portal:programme", args=[story.EMPTY_SLUG]),
            reverse("portal:people", args=[slug]),
            reverse("portal:my_programmes") + "?tous",
            reverse("programmes:create"),
            reverse("programmes:settings", args=[slug]),
            reverse("workshops:programme_sessions", args=[slug]),
            reverse("workshops:create", args=[slug]),
            reverse("workshops:attendance", args=[session.code]),
            reverse("people:beneficiary", args=[person.public_id]),
            reverse("mentoring:mentors", args=[slug]),
            reverse("mentoring:mentor", args=[mentor.public_id]),
            reverse("mentoring:runs", args=[slug]),
            reverse("mentoring:rules", args=[slug]),
            reverse("mentoring:run", args=[run.public_id]) + "?nom=beau",
            reverse("mentoring:pair", args=[pair.public_id]),
            reverse("imports:programme", args=[slug]),
            reverse("organisations:mine"),
        ]
    return {"visitor": public}.get(role, [reverse("portal:start")])


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_role_walks_her_pages(page_at, sign_in, width, scheme):
    story.build(DAY)
    for role, about in ROLES.items():
        page = page_at(width, scheme)
        if about.email:
            sign_in(page, User.objects.get(email=about.email))
        for address in addresses(role):
            assert page.goto(address).status == 200, address
            assert_accessible(page)
            no_sideways_scroll(page)
            targets_are_wide(page)
        page.context.close()
