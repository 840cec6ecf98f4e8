"""What time does: people who were named and never answered are forgotten."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.steering.operations import forget_silent


@app.periodic(cron="17 4 * * *")
@app.task(name="steering.forget_silent", queue="maintenance", queueing_lock="steering.forget_silent")
def forget_the_silent(timestamp: int) -> None:
    """Erase, every night, names and addresses of people who did not answer in two months."""
    try:
        forget_silent(by=SYSTEM)
    finally:
        close_old_connections()
