"""One import: a folder of official files into the referentials, all in one transaction."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from vivier.common import audit
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.text import plural
from vivier.territories import operations
from vivier.territories.importing import drafts as drafts_module
from vivier.territories.importing.drafts import Drafts
from vivier.territories.importing.files import Unreadable, tables
from vivier.territories.importing.formats import formats, recognise
from vivier.territories.importing.merge import Merge
from vivier.territories.importing.merging import MERGES, complete
from vivier.territories.importing.records import READERS, Refused
from vivier.territories.importing.reports import FileReport, Report, printable
from vivier.territories.importing.writing import count_changes, write

#: A number of this platform's own for PostgreSQL's advisory locks: two imports wait for each other.
_LOCK = 2_020_026
_WHOLE = "fichier refusé en entier : {}"


class NothingRecognised(DomainError):
    """The folder holds no file of a known format."""


@dataclass(frozen=True)
class _Found:
    """Where a recognised table is: it is read again when its turn comes, so that one file at a time is in memory."""

    path: Path
    index: int
    kind: str
    report: FileReport


@operation
def import_folder(*, by: Actor, folder: Path, dry_run: bool = False) -> Report:
    """Import every recognised file of a folder (or one file) and return what happened; a dry run writes nothing.

    Valid rows are kept, refused ones reported. Raises NotAllowed unless the operator of the machine acts, and
    NothingRecognised when no file has a known format.
    """
    if not by.is_system:
        raise NotAllowed("Seul l’exploitant de la plateforme importe les référentiels.")
    started = time.monotonic()
    report = Report(dry_run=dry_run)
    found = _survey(folder, report)
    if not found:
        raise NothingRecognised(
            "aucun fichier reconnu ; le dossier doit contenir par exemple le fichier des communes de l’Etalab"
        )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        operations.load_shipped_frame(by=by)
        drafts = drafts_module.load()
        for table in found:
            _merge(table, drafts, report)
        complete(drafts)
        changes = count_changes(drafts, report)
        if dry_run:
            # The frame of regions and departments was laid only to check the files against it.
            transaction.set_rollback(True)
        elif report.changes:
            write(drafts, changes)
            audit.record(by=by, action="territories.import", count=report.changes)
    report.seconds = time.monotonic() - started
    return report


def _survey(folder: Path, report: Report) -> list[_Found]:
    """Return the recognised tables in the order of their needs; what is not recognised goes to the report."""
    order = {known.kind: rank for rank, known in enumerate(formats())}
    found: list[_Found] = []
    paths = [folder] if folder.is_file() else sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in paths:
        if not path.is_file():
            report.unrecognised.append({"file": printable(path.name), "reason": "ce n’est pas un fichier"})
            continue
        try:
            here = _recognised_tables(path)
        except Unreadable as error:
            if error.broken:
                report.refuse(
                    FileReport(printable(path.name), "", ""), error.line, f"fichier refusé en entier : {error}"
                )
            else:
                report.unrecognised.append({"file": printable(path.name), "reason": str(error)})
            continue
        if not here:
            report.unrecognised.append({"file": printable(path.name), "reason": "aucun en-tête connu"})
        found += here
    found.sort(key=lambda table: order[table.kind])
    report.files = [table.report for table in found]
    return found


def _recognised_tables(path: Path) -> list[_Found]:
    """Return the recognised sheets of a workbook, or the one reading of a text that has known headings."""
    found = []
    for index, table in enumerate(tables(path)):
        if known := recognise(table):
            name = printable(f"{path.name} ({table.sheet})" if table.sheet else path.name)
            report = FileReport(file=name, kind=known.format.kind, label=known.format.label)
            found.append(_Found(path, index, known.format.kind, report))
            if not table.sheet:
                break
    return found


def _merge(found: _Found, drafts: Drafts, report: Report) -> None:
    """Read one table, refuse its bad rows, and merge the others; a table that breaks half-way is refused whole."""
    file, read = found.report, READERS[found.kind]
    rows, refused = [], []
    try:
        table = recognise(tables(found.path)[found.index])
        for line, values in table.rows():
            file.rows += 1
            try:
                rows.append((line, read(values)))
            except Refused as error:
                refused.append((line, str(error)))
    except Unreadable as error:
        file.rows = 0
        report.refuse(file, error.line, _WHOLE.format(error))
        return
    for line, reason in refused:
        report.refuse(file, line, reason)
    merge = Merge(drafts, lambda line, reason: report.refuse(file, line, reason))
    MERGES[found.kind](merge, rows)
    file.kept = file.rows - file.refused
    report.absent += merge.absent
    report.notes += [f"{file.file} : {note}" for note in merge.notes]
    if merge.via_former:
        count = plural(merge.via_former, "ligne porte", "lignes portent")
        report.notes.append(f"{file.file} : {count} un ancien code, rattaché à la commune actuelle.")
