"""Server time of three pages with 15 000 beneficiaries. Run by `make bench`; prints a Markdown table.

It builds its world in a throw-away database and removes it. Times are those of Django's handler, without network.
"""

import argparse
import statistics
import time
from functools import partial

from benchmarks.database import throwaway


def main() -> None:
    """Seed, run one matching, ask each page `--rounds` times, print median, p95 and the number of queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=15_000)
    parser.add_argument("--marraines", type=int, default=8_000)
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with throwaway():
        measure(options)


def _noted(asked: list, execute, sql, params, many, context):
    """Execute a statement and note it (an execute wrapper of Django's connection)."""
    asked.append(sql)
    return execute(sql, params, many, context)


def measure(options) -> None:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from benchmarks.world import build
    from vivier.mentoring.operations import run_matching
    from vivier.organisations.queries import actor_for

    started = time.perf_counter()
    world = build(options.pupils, options.marraines, options.sessions)
    seeded = time.perf_counter() - started
    started = time.perf_counter()
    run = run_matching(by=actor_for(world.coordinator), programme=world.programme)
    matched = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{options.pupils} beneficiaries, {options.marraines} marraines, {options.sessions} sessions; seeded in "
        f"{seeded:.1f} s, matched in {matched:.1f} s ({run.pair_count} eligible pairs, {run.matched_count} matched)\n"
    )
    client = Client()
    client.force_login(world.coordinator)
    slug = world.programme.slug
    pages = {
        "Mon programme": reverse("portal:programme", args=[slug]),
        "Run page": reverse("mentoring:run", args=[run.public_id]),
        "Session list": reverse("workshops:programme_sessions", args=[slug]),
        "People list": reverse("portal:people", args=[slug]),
        "Marraines list": reverse("mentoring:mentors", args=[slug]),
    }
    print("| page | median ms | p95 ms | queries |\n|---|---|---|---|")
    for name, url in pages.items():
        asked = []
        with connection.execute_wrapper(partial(_noted, asked)):
            response = client.get(url)
        assert response.status_code == 200, (name, response.status_code)
        times = []
        for _ in range(options.rounds):
            started = time.perf_counter()
            client.get(url)
            times.append(1000 * (time.perf_counter() - started))
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"| {name} | {statistics.median(times):.0f} | {p95:.0f} | {len(asked)} |")


if __name__ == "__main__":
    main()
