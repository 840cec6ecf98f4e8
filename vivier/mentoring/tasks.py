"""What time does: a verification or an authorisation that came by another way opens a first meeting."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.mentoring.operations import hand_over_all


@app.periodic(cron="37 5 * * *")
@app.task(name="mentoring.hand_over", queue="maintenance", queueing_lock="mentoring.hand_over")
def hand_over(timestamp: int) -> None:
    """Write, every morning, to the confirmed pairs whose people may know each other since then."""
    try:
        hand_over_all(by=SYSTEM)
    finally:
        close_old_connections()
