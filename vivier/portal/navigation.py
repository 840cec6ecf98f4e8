"""The links of the top bar, and the home of each role."""

from django.conf import settings
from django.urls import reverse

from vivier.common.permissions import Permission
from vivier.mentoring.models import Mentor
from vivier.people.models import Beneficiary, Guardian


def navigation(request) -> dict:
    """Return the variables that every page shares: `navigation` ({label, url, current} in order) and `is_demo`."""
    links = [("Découvrir", reverse("portal:home")), ("Les séances", reverse("workshops:public_list"))]
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
    """Return (label, address) of the homes a signed-in person has; one query, on her own profiles."""
    user, homes = request.user, []
    if request.actor.controllers(Permission.VIEW_PEOPLE):
        homes.append(("Mon programme", reverse("portal:my_programmes")))
    if request.actor.grants:
        homes.append(("Ma structure", reverse("organisations:mine")))
    own = {"user": user.pk}
    profiles = (
        (
            Mentor.objects.filter(volunteer__user=user.pk).values_list("pk").exists(),
            Guardian.objects.filter(**own).exists(),
            Beneficiary.objects.filter(**own).exists(),
        )
        if not homes
        else (False, False, False)
    )
    names = (
        ("Mes accompagnements", "mentoring:my_pairs"),
        ("Autorisations", "people:my_authorisations"),
        ("Mon parcours", "people:my_path"),
    )
    homes += [(label, reverse(name)) for (label, name), held in zip(names, profiles, strict=True) if held]
    return homes
