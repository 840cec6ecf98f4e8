"""What time does: files that nobody imported are erased."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from vivier.common.actors import SYSTEM
from vivier.imports.operations import forget_files


@app.periodic(cron="47 * * * *")
@app.task(name="imports.forget_files", queue="maintenance", queueing_lock="imports.forget_files")
def forget_old_files(timestamp: int) -> None:
    """Erase, every hour, the files that were never imported: the page tells the day."""
    try:
        forget_files(by=SYSTEM)
    finally:
        close_old_connections()
