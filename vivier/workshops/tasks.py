"""What time does: drafts are erased, authorisations end."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.workshops.operations import follow_time_for_all, forget_drafts


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
        follow_time_for_all(by=SYSTEM)
    finally:
        close_old_connections()
