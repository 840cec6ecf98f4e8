"""What the tests of people and sessions share: three ages, guardians, and the mails that would go out."""

from datetime import date, timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from vivier.common import clock
from vivier.people.links import Bearer
from vivier.people.models import Beneficiary, Guardian, Guardianship


def born(age: int, days_ago: int = 100) -> date:
    """Return the birth date of somebody who turned `age` about that many days ago."""
    return clock.today() - timedelta(days=days_ago + round(age * 365.25))


def guardian_link(beneficiary: Beneficiary, guardian: Guardian) -> str:
    """Return the token of a guardian's link."""
    return Bearer(beneficiary, Guardianship.objects.get(beneficiary=beneficiary, guardian=guardian)).token


def mails() -> list[dict]:
    """Return the mails of the outbox, oldest first: to, subject, body."""
    jobs = ProcrastinateJob.objects.filter(task_name="common.send_mail").order_by("id")
    return [job.args for job in jobs]


def mails_to(address: str) -> list[dict]:
    """Return the mails of the outbox to one address."""
    return [mail for mail in mails() if mail["to"] == address]
