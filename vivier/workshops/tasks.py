"""What time does: drafts are erased, authorisations end."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.workshops.operations import (
    ask_all_who_came,
    follow_time_for_all,
    forget_drafts,
    pass_deadlines,
    remind_all,
)


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


@app.periodic(cron="*/10 * * * *")
@app.task(name="workshops.pass_deadlines", queue="maintenance", queueing_lock="workshops.pass_deadlines")
def free_seats_held_too_long(timestamp: int) -> None:
    """Give to who waits, every ten minutes, the seats whose time to answer passed."""
    try:
        pass_deadlines(by=SYSTEM)
    finally:
        close_old_connections()


@app.periodic(cron="11 8-19 * * *")
@app.task(name="workshops.remind", queue="maintenance", queueing_lock="workshops.remind")
def remind_who_comes(timestamp: int) -> None:
    """Remind, by day, who has a seat in a week or tomorrow; a worker that was down catches up."""
    try:
        remind_all(by=SYSTEM)
    finally:
        close_old_connections()


@app.periodic(cron="31 8-19 * * *")
@app.task(name="workshops.ask_who_came", queue="maintenance", queueing_lock="workshops.ask_who_came")
def ask_what_it_changed(timestamp: int) -> None:
    """Ask, by day, who was noted present what the session changed; once each."""
    try:
        ask_all_who_came(by=SYSTEM)
    finally:
        close_old_connections()
