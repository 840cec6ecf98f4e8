"""How a test signs in through the pages, and reads the code in the outbox."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob


def mails() -> list[dict]:
    """Return the arguments of the mails waiting in the outbox, the last first."""
    jobs = ProcrastinateJob.objects.filter(task_name="common.send_mail").order_by("-id")
    return [job.args for job in jobs]


def code_sent_to(email: str) -> str:
    """Return the code of the last mail to an address."""
    mail = next(mail for mail in mails() if mail["to"] == email)
    return re.search(r"\d{4}-\d{4}", mail["body"])[0]


def ask_for_code(client, email: str, **extra):
    """Post the address form."""
    return client.post(reverse("account_login"), {"email": email}, **extra)


def sign_in(client, user, **extra):
    """Sign in through the two pages; returns the answer to the code."""
    ask_for_code(client, user.email)
    return client.post(reverse("account_confirm_login_code"), {"code": code_sent_to(user.email)}, **extra)


def application_code(secret: str, step: int = 0) -> str:
    """Return what an application with this seed shows now, or `step` half-minutes later."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + step))
