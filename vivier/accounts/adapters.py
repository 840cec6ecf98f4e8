"""Where allauth meets the house: our mails, our journal, our words."""

import io
from datetime import timedelta

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from vivier.accounts import crypto, second_factor
from vivier.common import audit, mail
from vivier.common.actors import Actor

WRONG_CODE = "Ce code n’est pas le bon. Il faut celui du dernier message reçu, et il sert une seule fois."
WRONG_SECOND_CODE = "Ce code n’est pas le bon. Attendez le suivant et recopiez ses six chiffres."
#: A code that leaves later than this would open nothing.
CODE_LIFE = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
TOO_MANY = "Trop d’essais. Un nouvel essai est possible dans un quart d’heure."


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by code: mails leave by the outbox, acts enter the journal, accounts are opened by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        context = {"code": context.get("code", "")}
        mail.send_later(to=email, template=f"{template_prefix}.txt", context=context, good_for=CODE_LIFE)

    def login(self, request, user) -> None:
        """Open the session under a new key, and write it down.

        It lasts a working day with a second factor; else two weeks on her own device, or until she closes the browser.
        """
        with transaction.atomic():
            super().login(request, user)
            audit.record(by=Actor(user_id=user.pk), action="sign_in")
        if second_factor.is_proven(request):
            request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
        elif "remember" not in request.POST:
            request.session.set_expiry(0)

    def logout(self, request) -> None:
        with transaction.atomic():
            audit.record(by=Actor(user_id=request.user.pk), action="sign_out")
            super().logout(request)

    def respond_user_inactive(self, request, user):
        clear_login(request)
        messages.error(request, "Ce compte est fermé. La structure qui l’avait ouvert peut dire pourquoi.")
        return redirect("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factor: sealed seeds, and a QR that needs no other library."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_SECOND_CODE}

    def encrypt(self, text: str) -> str:
        return crypto.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False, light="#fff")
        return out.getvalue().decode()
