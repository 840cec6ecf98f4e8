"""The second factor of a person: whether she has one, and whether this session has shown it."""

from datetime import UTC, datetime

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from vivier.accounts.models import User
from vivier.common import rate_limits
from vivier.common.devices import bucket


def is_set_up(user: User) -> bool:
    """Tell whether the person has an application that gives codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_proven(request) -> bool:
    """Tell whether this session has shown the second factor that its person has now (not one removed since)."""
    shown = [step["at"] for step in get_authentication_records(request, request.user) if step.get("method") == "mfa"]
    if not shown:
        return False
    # A recovery code counts as well: it exists only beside an application.
    return Authenticator.objects.filter(
        user=request.user, type=Authenticator.Type.TOTP, created_at__lte=datetime.fromtimestamp(max(shown), UTC)
    ).exists()


def prove(request, authenticator: Authenticator) -> None:
    """Note that this session has just shown its second factor (she set it up with a code of it)."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=str(authenticator.type), reauthenticated=True
    )


def remove(user: User) -> int:
    """Forget the application and the recovery codes of a person; return how many of them there were."""
    return Authenticator.objects.filter(user=user).delete()[0]


def first_use(user: User, secret: str, code: str) -> bool:
    """Tell, once only, that a code of the application with this seed has not served; on whichever server it arrives."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            moment = datetime.fromtimestamp(step * app_settings.TOTP_PERIOD, UTC)
            return rate_limits.first_use(bucket("second_factor", f"{user.pk}:{secret}"), "second_factor_step", moment)
    return False
