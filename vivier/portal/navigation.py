"""The links of the top bar, and the home of each role."""

from django.conf import settings
from django.db import connection
from django.urls import reverse

from vivier.common.permissions import Permission

#: What a person has that gives her a home. Every page asks it: written out, since building it anew from models took
#: longer than any other part of most pages.
_HELD = """
SELECT EXISTS (SELECT FROM steering_pledge WHERE organisation_id = ANY(%(structures)s))
    OR EXISTS (SELECT FROM steering_answer WHERE organisation_id = ANY(%(structures)s))
    OR EXISTS (SELECT FROM steering_signature WHERE organisation_id = ANY(%(structures)s)) AS engaged,
  EXISTS (SELECT FROM programmes_plan WHERE organisation_id = ANY(%(plans)s)) AS holds_plan,
  EXISTS (
    SELECT FROM mentoring_mentor JOIN people_volunteer ON people_volunteer.id = mentoring_mentor.volunteer_id
    WHERE people_volunteer.user_id = %(user)s
  ) AS is_mentor,
  EXISTS (SELECT FROM people_guardian WHERE user_id = %(user)s) AS is_guardian,
  EXISTS (SELECT FROM people_beneficiary WHERE user_id = %(user)s) AS is_beneficiary
"""


def navigation(request) -> dict:
    """Return the variables that every page shares: `navigation` ({label, url, current} in order) and `is_demo`."""
    links = [("Découvrir", reverse("orientation:list")), ("Les séances", reverse("workshops:public_list"))]
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        links += _homes(request)
    entries = [
        {"label": label, "url": url, "current": request.path == url or (url != "/" and request.path.startswith(url))}
        for label, url in links
    ]
    return {"navigation": entries, "is_demo": settings.DEMO}


def home_of(request) -> str:
    """Return the address of the home of the person's first role; the public home when she has none."""
    homes = _homes(request)
    return homes[0][1] if homes else reverse("portal:home")


def _homes(request) -> list[tuple[str, str]]:
    """Return (label, address) of the homes a signed-in person has: her staff pages first, then her own profiles."""
    actor = request.actor
    with connection.cursor() as cursor:
        cursor.execute(
            _HELD,
            {
                "user": request.user.pk,
                "structures": list(actor.controllers(Permission.ANSWER_ASKS)),
                "plans": list(actor.controllers(Permission.MANAGE_PLANS)),
            },
        )
        engaged, holds_plan, is_mentor, is_guardian, is_beneficiary = cursor.fetchone()
    homes = (
        (actor.controllers(Permission.VIEW_PEOPLE), "Mon programme", "portal:my_programmes"),
        (engaged, "Mon engagement", "steering:my_engagement"),
        (holds_plan, "Pilotage", "programmes:plans"),
        (actor.grants, "Ma structure", "organisations:mine"),
        (is_mentor, "Mes accompagnements", "mentoring:my_pairs"),
        (is_guardian, "Autorisations", "people:my_authorisations"),
        (is_beneficiary, "Mon parcours", "people:my_path"),
    )
    return [(label, reverse(name)) for has, label, name in homes if has]
