"""Time of the commune field on all France. Run by `make bench`; prints a Markdown table.

It imports the official samples into a throw-away database, then asks what people type, letter after letter: names,
old names, accents left out, articles left out, postal codes, names with a department. Times are those of Django's
handler (`/territoires/communes/`), without network.
"""

import argparse
import os
import random
import statistics
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.database import throwaway

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    """Import, ask `--queries` texts, print median, p95 and the greatest number of queries by kind of text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    folder = Path(os.environ.get("VIVIER_DATA", SAMPLES)) / "territories"
    if not folder.is_dir():
        print(f"Commune field: skipped, the official samples are not in {folder}.")
        return
    with throwaway():
        measure(folder, options)


def measure(folder: Path, options) -> None:
    """Import the samples and measure; needs Django set up on a migrated, empty database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from vivier.common.actors import SYSTEM
    from vivier.territories.importing.run import import_folder

    report = import_folder(by=SYSTEM, folder=folder)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{sum(file.kept for file in report.files)} rows imported in {report.seconds:.1f} s.\n")
    client = Client()
    times, queries = defaultdict(list), defaultdict(int)
    client.get("/territoires/communes/", {"q": "gren"})
    for kind, text in _texts(options):
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/territoires/communes/", {"q": text})
        assert response.status_code == 200, (text, response.status_code)
        queries[kind] = max(queries[kind], len(captured))
        started = time.perf_counter()
        client.get("/territoires/communes/", {"q": text})
        times[kind].append(1000 * (time.perf_counter() - started))
    print("| what is typed | texts | median ms | p95 ms | queries |\n|---|---|---|---|---|")
    for kind, spent in [*times.items(), ("all", [one for each in times.values() for one in each])]:
        p95 = statistics.quantiles(spent, n=20)[-1]
        most = max(queries.values()) if kind == "all" else queries[kind]
        print(f"| {kind} | {len(spent)} | {statistics.median(spent):.1f} | {p95:.1f} | {most} |")


def _texts(options) -> list[tuple[str, str]]:
    """Return (kind, text) pairs; large communes are asked more often, as people live in them."""
    from vivier.common.text import folded
    from vivier.territories.models import Commune, CommuneAlias

    dice = random.Random(options.seed)
    communes = list(
        Commune.objects.filter(population__gt=0, postal_codes__isnull=False)
        .order_by("pk")
        .values_list("name", "population", "department__code", "postal_codes__code")
    )
    former = list(CommuneAlias.objects.exclude(name="").order_by("pk").values_list("name", flat=True))
    each = options.queries // 6
    drawn = dice.choices(communes, weights=[row[1] for row in communes], k=4 * each)
    small = dice.choices(communes, k=each)
    texts = [("beginning of a name", name[: dice.randint(2, 8)]) for name, *_ in drawn[:each]]
    texts += [("whole name, no accents", folded(name)) for name, *_ in drawn[each : 2 * each]]
    texts += [("name and department", f"{name} {department}") for name, _, department, _ in drawn[2 * each : 3 * each]]
    texts += [("postal code", code[: dice.randint(2, 5)]) for *_, code in drawn[3 * each :]]
    texts += [("small commune", name[: dice.randint(3, 12)]) for name, *_ in small]
    texts += [("old name, or unknown", dice.choice(former) if dice.random() < 0.7 else "zzqx") for _ in range(each)]
    return texts


if __name__ == "__main__":
    main()
