"""Sign-in: an address, a code, for staff a second factor. allauth does the steps; limits and journal are ours."""

from allauth.account import views as account_views
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.base import views as second_factor_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.conf import settings
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from vivier.accounts import second_factor
from vivier.accounts.adapters import CODE_LIFE
from vivier.common import audit, mail
from vivier.common.actors import VISITOR, Actor
from vivier.common.rate_limits import limited

#: Posts of the sign-in pages from one device in a quarter of an hour.
CODES, TRIES, WINDOW = 10, 30, 900
CODE_MAIL = "account/email/login_code"


@method_decorator(limited("sign_in_code", CODES, WINDOW), name="dispatch")
class AddressView(account_views.RequestLoginCodeView):
    """Ask for the address, send the code. Known or not, the address gets the same page for the same work."""

    def _redirect_to_pending_stage(self, request, stage):
        # allauth would send back to the code of the first address: she could not correct a mistyped one.
        return None

    def form_valid(self, form):
        response = super().form_valid(form)
        if form._user is None:
            mail.pretend(to="", template=f"{CODE_MAIL}.txt", context={"code": "0000-0000"}, good_for=CODE_LIFE)
        return response


@method_decorator(limited("sign_in_try", TRIES, WINDOW), name="dispatch")
class CodeView(account_views.ConfirmLoginCodeView):
    """Check the code."""

    def form_invalid(self, form):
        user = self._process.user
        audit.record(by=VISITOR, action="sign_in_refused", about=audit.about(user) if user else "")
        return super().form_invalid(form)


class SignOutView(account_views.LogoutView):
    """Ask (GET), then close the session (POST)."""


class _SecondFactorTry:
    """Write refused codes in the journal."""

    def form_invalid(self, form):
        audit.record(by=VISITOR, action="second_factor_refused", about=audit.about(form.user))
        return super().form_invalid(form)


@method_decorator(limited("second_factor_try", TRIES, WINDOW), name="dispatch")
class SecondFactorView(_SecondFactorTry, second_factor_views.AuthenticateView):
    """The second step of a sign-in."""


@method_decorator(limited("second_factor_try", TRIES, WINDOW), name="dispatch")
class SecondFactorAgainView(_SecondFactorTry, second_factor_views.ReauthenticateView):
    """The second factor once more, before it is changed."""


class SecondFactorHomeView(second_factor_views.IndexView):
    """What protects the account; the second factor, which staff must have, is shown to nobody else."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, actor = self.request.user, self.request.actor
        shows = bool(user.is_superuser or actor.grants or context["authenticators"])
        return context | {"shows_second_factor": shows}


@method_decorator(never_cache, name="dispatch")
@method_decorator(limited("second_factor_try", TRIES, WINDOW), name="dispatch")
class ActivateView(totp_views.ActivateTOTPView):
    """Set up an application that gives codes."""

    def form_valid(self, form):
        response = super().form_valid(form)
        user = self.request.user
        second_factor.prove(self.request, Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP))
        # She holds more rights from here on: a key of the session seen before must be worth nothing.
        self.request.session.cycle_key()
        self.request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
        audit.record(by=Actor(user_id=user.pk), action="second_factor_set_up")
        return response


class DeactivateView(totp_views.DeactivateTOTPView):
    """Remove the application, to set up another."""

    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record(by=Actor(user_id=self.request.user.pk), action="second_factor_removed")
        return response


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(TemplateView):
    """Show the recovery codes to whoever has just shown her second factor.

    allauth's view writes the moment of the first look on GET; ours reads.
    """

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs):
        codes = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES).first()
        if codes is None:
            raise Http404
        raise_if_reauthentication_required(self.request, app="allauth.mfa")
        unused = codes.wrap().get_unused_codes()
        return super().get_context_data(**kwargs) | {"unused_codes": unused, "total_count": 10}


class RenewRecoveryCodesView(recovery_views.GenerateRecoveryCodesView):
    """Replace the recovery codes."""

    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record(by=Actor(user_id=self.request.user.pk), action="recovery_codes_renewed")
        return response
