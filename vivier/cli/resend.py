"""`vivier resend`: tries again the mails and jobs that were given up. A dry run unless `--wet-run`."""

import argparse

from vivier.cli.database import database


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--wet-run", action="store_true", help="relance vraiment ; sans cela, dit ce qui le serait")


def run(args: argparse.Namespace) -> int:
    """List what failed, without its text; put it back into the queue with `--wet-run`."""
    with database():
        from django.utils import timezone

        from vivier.common import jobs

        found = jobs.failed()
        for job in found:
            at = f"{timezone.localtime(job.at):%d/%m/%Y %H:%M}" if job.at else "date inconnue"
            print(f"  n° {job.number}  {job.task:<24} échec le {at}")
        if not found:
            print("Rien n’a échoué.")
        elif args.wet_run:
            count = jobs.retry_failed()
            print(f"{count} relancé(s) : « vivier worker » les fait.")
        else:
            print(f"{len(found)} à relancer : « vivier resend --wet-run » le fait.")
    return 0
