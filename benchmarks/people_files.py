"""Seconds to read and to import a workbook of 10 000 pupils. Run by `make bench`; prints a Markdown table."""

import time
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook

from benchmarks.database import throwaway

ROWS = 10_000
_HEADINGS = (
    "Nom",
    "Prénom",
    "Date de naissance",
    "Classe",
    "Commune",
    "Mail élève",
    "Disponibilités",
    "QPV",
    "Présence",
)

#: A name has no digit: the number of a pupil is spelt with letters.
_LETTERS = str.maketrans("0123456789", "abcdefghij")


def workbook() -> bytes:
    """Return a workbook of ROWS fictional pupils of Valence and Romans, present at one workshop."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append(_HEADINGS)
    for n in range(ROWS):
        born = date(2010, 1, 1) + timedelta(days=n % 1000)
        town = "Valence" if n % 2 else "Romans-sur-Isère"
        slots = "mercredi après-midi, samedi matin"
        name = "Beaurive" + str(n).translate(_LETTERS)
        sheet.append((name, "Inès", born, "2de", town, f"eleve{n}@exemple.test", slots, "non", "oui"))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def main() -> None:
    """Measure the preview and the import of a new file, then of the same file again."""
    with throwaway():
        from vivier.common import clock
        from vivier.common.actors import SYSTEM
        from vivier.imports.operations import Stated, Statement, import_file, read_file, store_file
        from vivier.organisations.models import Organisation
        from vivier.programmes.operations import create_programme
        from vivier.territories.models import Commune
        from vivier.territories.operations import load_shipped

        load_shipped(by=SYSTEM)
        association = Organisation.objects.create(name="Banc d’essai", slug="banc", kind="association")
        city = [Commune.objects.get(name="Valence", is_current=True)]
        programme = create_programme(by=SYSTEM, controller=association, name="Banc", communes=city)
        attested = Statement(Stated.ATTESTED, clock.today() - timedelta(days=1))
        print("| file of 10 000 rows | preview s | import s | added | unchanged |\n|---|---|---|---|---|")
        for name in ("new people", "the same file again"):
            content = workbook()
            started = time.perf_counter()
            kept = store_file(by=SYSTEM, programme=programme, kind="registrants", name="banc.xlsx", content=content)
            read_file(kept)
            read = time.perf_counter()
            done = import_file(by=SYSTEM, people_file=kept, statement=attested)
            print(
                f"| {name} | {read - started:.1f} | {time.perf_counter() - read:.1f} | {done.created_count} "
                f"| {done.unchanged_count} |"
            )


if __name__ == "__main__":
    main()
