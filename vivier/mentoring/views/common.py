"""What several pages of the room share."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Return to the page the form came from (`retour`, of this site only), else to `fallback`."""
    wanted = request.POST.get("retour", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if is_ours else fallback)
