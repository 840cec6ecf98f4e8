"""Time of the first run in the web page, with ELL'OWEB's 150 girls. Run by `make bench`; prints a Markdown table.

Each round is a process that has matched nobody yet: loading the compiled engine counts, compiling it does not
(`make setup` did).
"""

import argparse
import statistics
import subprocess
import sys
import time

from benchmarks.database import throwaway


def main() -> None:
    """Seed the demonstration, press "Relancer" in `--rounds` new processes, print median and worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", action="store_true", help="press once in this process (used by the benchmark itself)")
    options = parser.parse_args()
    if options.once:
        print(_pressed())
        return
    with throwaway():
        from vivier.common import clock
        from vivier.demo import story

        story.build(clock.today())
        command = [sys.executable, "-m", "benchmarks.first_run", "--once"]
        said = [
            subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(options.rounds)
        ]
    lines = [line.split() for line in said]
    seconds = [float(line[0]) for line in lines]
    print("| girls | rounds | median s | worst s |\n|---|---|---|---|")
    print(f"| {lines[0][1]} | {len(seconds)} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |")


def _pressed() -> str:
    """Return the seconds from the press of the button to the page of the run, and how many girls it weighed."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from vivier.accounts.models import User
    from vivier.demo import story
    from vivier.demo.roles import ROLES
    from vivier.programmes.models import Programme

    settings.ALLOWED_HOSTS.append("testserver")
    programme = Programme.objects.get(slug=story.SLUG)
    client = Client()
    client.force_login(User.objects.get(email=ROLES["coordinator"].email))
    before = programme.matching_runs.count()
    started = time.perf_counter()
    response = client.post(reverse("mentoring:launch", args=[programme.slug]), {"after": before}, follow=True)
    seconds = time.perf_counter() - started
    run = programme.matching_runs.order_by("-number").first()
    assert response.status_code == 200 and run.number == before + 1, (response.status_code, run.number)
    return f"{seconds:.3f} {run.mentee_count + run.kept_count}"


if __name__ == "__main__":
    main()
