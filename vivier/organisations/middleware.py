"""Every request carries its actor; staff show a second factor before anything else opens."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from vivier.accounts import second_factor
from vivier.organisations.queries import actor_for


class ActorMiddleware:
    """Set `request.actor`, read from the database only when a view asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_for(request.user))
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send a member of staff whose session has not shown its second factor to the page that asks for it.

    She is staff as soon as one membership is in force, or when she administers the platform. Everything is closed to
    her until then, public pages included, but what leads out of here.
    """

    #: Pages that a session without its second factor may open: to set it up, to show it, to leave.
    OPEN = frozenset(
        {"mfa_activate_totp", "mfa_reauthenticate", "account_logout", "portal:accessibility", "portal:personal_data"}
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or request.resolver_match.view_name in self.OPEN:
            return None
        if not request.user.is_authenticated or second_factor.is_proven(request):
            return None
        if not (request.user.is_superuser or request.actor.grants):
            return None
        if second_factor.is_set_up(request.user):
            # She was signed in before she had a role, or before her application: its code, then back here.
            back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
            return redirect(reverse("mfa_reauthenticate") + back)
        return redirect("mfa_activate_totp")
