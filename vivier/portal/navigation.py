"""The links of the top bar, and the home of each role."""

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Value
from django.urls import reverse

from vivier.accounts.models import User
from vivier.common.permissions import Permission
from vivier.mentoring.models import Mentor
from vivier.people.models import Beneficiary, Guardian
from vivier.programmes.models import Plan
from vivier.steering.models import Answer, Pledge, Signature

#: The homes of people who are not staff: label, address, and the profile that gives it.
_PROFILES = (
    ("Mes accompagnements", "mentoring:my_pairs", Mentor.objects, "volunteer__user"),
    ("Autorisations", "people:my_authorisations", Guardian.objects, "user"),
    ("Mon parcours", "people:my_path", Beneficiary.objects, "user"),
)


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
    structures = request.actor.controllers(Permission.ANSWER_ASKS)
    plans = request.actor.controllers(Permission.MANAGE_PLANS)
    is_engaged = Exists(Pledge.objects.filter(organisation__in=structures))
    for model in (Answer, Signature):
        is_engaged |= Exists(model.objects.filter(organisation__in=structures))
    engaged, holds_plan, *held = (
        User.objects.filter(pk=request.user.pk)
        .values_list(
            ExpressionWrapper(is_engaged, BooleanField()) if structures else Value(False),
            Exists(Plan.objects.filter(organisation__in=plans)) if plans else Value(False),
            *(Exists(rows.filter(**{path: OuterRef("pk")})) for _, _, rows, path in _PROFILES),
        )
        .get()
    )
    homes = []
    if request.actor.controllers(Permission.VIEW_PEOPLE):
        homes.append(("Mon programme", reverse("portal:my_programmes")))
    if engaged:
        homes.append(("Mon engagement", reverse("steering:my_engagement")))
    if holds_plan:
        homes.append(("Pilotage", reverse("programmes:plans")))
    if request.actor.grants:
        homes.append(("Ma structure", reverse("organisations:mine")))
    return homes + [(label, reverse(name)) for (label, name, *_), has in zip(_PROFILES, held, strict=True) if has]
