"""The links of the top bar, by what the person may do."""

from django.conf import settings


def navigation(request) -> dict:
    """Return the template variables that every page shares."""
    return {"navigation": [], "is_demo": settings.DEMO}
