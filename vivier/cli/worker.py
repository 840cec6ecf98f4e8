"""`vivier worker`: sends mail and does what pages leave for later."""

import argparse

from vivier.cli.database import database

#: A job under way at TERM has this long to end; it is started again later otherwise.
GRACE_SECONDS = 8


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--once", action="store_true", help="fait les tâches qui attendent, puis s’arrête")


def run(args: argparse.Namespace) -> int:
    """Work until Ctrl-C or TERM."""
    with database():
        from procrastinate.contrib.django import app

        from vivier.common.jobs import SILENCE_SECONDS, restart_stalled

        restart_stalled()  # what a worker killed long ago had begun; `common.restart_stalled` looks every minute
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(
                wait=not args.once,
                concurrency=2,
                name="vivier",
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="never",
                stalled_worker_timeout=SILENCE_SECONDS,
            )
    return 0
