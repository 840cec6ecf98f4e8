"""What time does: drafts are erased, authorisations end."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.people.models import Beneficiary
from vivier.workshops.operations import follow_time, forget_drafts
from vivier.workshops.operations.registrations import lapsed_beneficiaries


@app.periodic(cron="23 * * * *")
@app.task(name="workshops.forget_drafts", queue="maintenance", queueing_lock="workshops.forget_drafts")
def forget_expired_drafts(timestamp: int) -> None:
    """Erase, every hour, the sign-ups that nobody finished."""
    try:
        forget_drafts(by=SYSTEM)
    finally:
        close_old_connections()


@app.periodic(cron="41 4 * * *")
@app.task(name="workshops.follow_time", queue="maintenance", queueing_lock="workshops.follow_time")
def ask_again(timestamp: int) -> None:
    """Ask again, every night, whoever must answer anew: an authorisation ended, somebody turned 15 or 18."""
    try:
        for beneficiary in Beneficiary.objects.filter(pk__in=lapsed_beneficiaries()).order_by("pk"):
            follow_time(by=SYSTEM, beneficiary=beneficiary)
    finally:
        close_old_connections()
