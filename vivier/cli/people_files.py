"""`vivier import registrants|mentors`: bring the people of a file into a programme. Nothing is written unless asked."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path

from vivier.cli.errors import BadInput

_REFUSED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of both imports."""
    parser.add_argument("file", metavar="FICHIER", help="classeur .xlsx, .ods, .xls ou texte .csv")
    parser.add_argument("--programme", required=True, metavar="ADRESSE", help="adresse courte du programme")
    parser.add_argument("--wet-run", action="store_true", help="écrit vraiment ; sans cela, rien n’est changé")
    parser.add_argument("--report", metavar="F", help="ce qui a été lu, ligne par ligne (JSON)")
    parser.add_argument("--sheet", default="", metavar="FEUILLE", help="feuille à lire ; « * » pour toutes")
    parser.add_argument(
        "--attest",
        metavar="DATE",
        help="atteste pour tout le fichier, à cette date (AAAA-MM-JJ) : présence, ou vérification des marraines",
    )


def run(args: argparse.Namespace) -> int:
    """Read the file, tell what it says, write when asked. Returns 0, or 1 when lines are refused. Raises BadInput."""
    on = _day(args.attest)
    report = _report_path(args)
    content = _content(args.file)
    from vivier.cli.database import database
    from vivier.cli.migrations import apply_pending

    with database():
        apply_pending()
        return _run(args, content, on, report)


def _run(args: argparse.Namespace, content: bytes, on: date | None, report: Path | None) -> int:
    from vivier.common.errors import DomainError
    from vivier.imports.operations import Stated, Statement, choices_of
    from vivier.imports.understanding import understand

    programme = _programme(args.programme)
    statement = Statement(Stated.ATTESTED, on) if on else Statement()
    try:
        statement.check(args.kind)
    except DomainError as error:
        raise _bad(None, f"{error} ; corrigez --attest") from error
    understood = understand(
        content,
        kind=args.kind,
        programme=programme,
        choices=choices_of(programme.controller_id, args.kind),
        sheet=args.sheet,
    )
    _refuse_what_cannot_be_read(args, understood)
    counts = {state: understood.planned.count(state) for state in ("new", "updated", "unchanged")}
    is_written = args.wet_run and understood.is_ready
    if is_written:
        counts = _write(args, programme, content, statement)
    _tell(args, understood, counts, is_written)
    if report:
        _write_report(report, args, understood, counts, is_written)
    return 0 if understood.is_ready else _REFUSED


def _write(args: argparse.Namespace, programme, content: bytes, statement) -> dict[str, int]:
    from vivier.common.actors import SYSTEM
    from vivier.common.errors import DomainError
    from vivier.imports.operations import import_now

    try:
        done = import_now(
            by=SYSTEM,
            programme=programme,
            kind=args.kind,
            name=Path(args.file).name,
            content=content,
            sheet=args.sheet,
            statement=statement,
        )
    except DomainError as error:
        raise _bad(args.file, f"{error} ; rien n’a été écrit") from error
    return {"new": done.created_count, "updated": done.updated_count, "unchanged": done.unchanged_count}


def _bad(path: str | None, sentence: str) -> BadInput:
    """Return a French sentence of the platform, "Problème ; remède.", as the line of a command."""
    problem, _, remedy = sentence.partition(" ; ")
    problem, remedy = problem.rstrip("."), remedy.rstrip(".")
    return BadInput(path, None, problem[:1].lower() + problem[1:], remedy)


def _refuse_what_cannot_be_read(args: argparse.Namespace, understood) -> None:
    if understood.refusal:
        raise _bad(args.file, understood.refusal)
    if args.sheet and args.sheet not in (*understood.grid.sheets, understood.grid.sheet):
        sheets = ", ".join(understood.grid.sheets) or "aucune autre"
        raise BadInput(args.file, None, f"il n’a pas de feuille « {args.sheet} »", f"ses feuilles : {sheets}")
    if understood.lacks_names:
        headings = ", ".join(f"« {column.heading} »" for column in understood.grid.columns)
        raise BadInput(
            args.file,
            None,
            f"aucune colonne n’est reconnue comme nom et prénom ({headings})",
            "renommez ces colonnes, ou dites ce qu’elles contiennent sur la page d’import du programme",
        )


def _tell(args: argparse.Namespace, understood, counts: dict[str, int], is_written: bool) -> None:
    """Print the lines to mend, else what was or would be done, and what the file does not say."""
    from vivier.common.text import plural
    from vivier.imports.grid import ALL_SHEETS

    for issue in (*understood.errors, *understood.notices):
        mark = "" if issue in understood.errors else "à savoir : "
        line = issue.spots[0].number if issue.spots else None
        value = f"« {issue.value} » " if issue.value and issue.value not in issue.wrong else ""
        said = ", ".join(filter(None, (issue.heading, value.strip())))
        print(mark + str(BadInput(args.file, line, " : ".join(filter(None, (said, issue.wrong))), issue.instead)))
    if understood.errors:
        print(f"{plural(understood.lines_in_error, 'ligne', 'lignes')} à corriger : rien n’a été écrit.")
        return
    if understood.grid.sheets:
        read = "toutes" if understood.grid.sheet == ALL_SHEETS else f"« {understood.grid.sheet} »"
        print(f"Feuilles lues : {read}, parmi {', '.join(understood.grid.sheets)} (--sheet pour choisir).")
    for lack in understood.lacks:
        print(f"Ce fichier ne dit pas {lack.label} : {lack.then}")
    for lack, count in understood.partial_lacks:
        print(f"Pour {plural(count, 'personne', 'personnes')}, il ne dit pas {lack.label} : {lack.then}")
    for heading in understood.unread_columns:
        print(f"Colonne non reconnue, laissée de côté : {heading}")
    total = plural(sum(counts.values()), "personne", "personnes")
    verb = "" if is_written else "à "
    print(
        f"{total} : {counts['new']} {verb}{'ajoutées' if is_written else 'ajouter'}, "
        f"{counts['updated']} {verb}{'mises' if is_written else 'mettre'} à jour, {counts['unchanged']} déjà à jour."
    )
    if not is_written:
        print("Rien n’a été écrit : ajoutez --wet-run pour importer.")


def _write_report(path: Path, args: argparse.Namespace, understood, counts: dict[str, int], is_written: bool) -> None:
    """Write the JSON beside its final name, then rename it: no half report is ever seen."""
    content = {
        "file": str(args.file),
        "kind": args.kind,
        "programme": args.programme,
        "written": is_written,
        "lines": understood.line_count,
        "people": len(understood.entries),
        **counts,
        "errors": [_issue(issue) for issue in understood.errors],
        "notices": [_issue(issue) for issue in understood.notices],
        "lacks": [{"code": lack.code, "then": lack.then} for lack in understood.lacks],
        "unread_columns": list(understood.unread_columns),
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _issue(issue) -> dict:
    return {
        "code": issue.code,
        "lines": [spot.number for spot in issue.spots],
        "sheet": issue.spots[0].sheet if issue.spots else "",
        "heading": issue.heading,
        "value": issue.value,
        "wrong": issue.wrong,
        "instead": issue.instead,
    }


def _programme(slug: str):
    from vivier.programmes.models import Programme

    found = Programme.objects.select_related("controller").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True)[:10]) or "aucun encore"
        raise BadInput(None, None, f"aucun programme n’a l’adresse « {slug} »", f"adresses connues : {known}")
    return found


def _content(path: str) -> bytes:
    from vivier.common.tables.formats import MAX_BYTES, SENTENCES

    file = Path(path)
    if file.stat().st_size > MAX_BYTES:
        raise _bad(path, SENTENCES["too_heavy"])
    return file.read_bytes()


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(None, None, f"--attest ne comprend pas {text}", "écrivez la date ainsi : 2026-11-04") from error


def _report_path(args: argparse.Namespace) -> Path | None:
    if args.report is None:
        return None
    path = Path(args.report)
    if not path.absolute().parent.is_dir():
        raise BadInput(path, None, "son dossier n’existe pas", "créez-le ou donnez un autre chemin")
    if path.exists() and (not path.is_file() or path.samefile(args.file)):
        raise BadInput(path, None, "ce chemin ne peut pas recevoir le rapport", "donnez un autre nom à --report")
    return path
