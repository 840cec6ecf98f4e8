"""`vivier import territories`: the official files of communes, areas and neighbourhoods into the referentials."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from vivier.cli.errors import BadInput

_REFUSED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `vivier import territories`."""
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="dossier des fichiers officiels, quels que soient leurs noms"
    )
    parser.add_argument("--dry-run", action="store_true", help="lit et vérifie tout, n’écrit rien")
    parser.add_argument(
        "--report", metavar="F.json", type=Path, help="compte rendu complet, dont toutes les lignes refusées"
    )


def run(args: argparse.Namespace) -> int:
    """Import the folder and print what happened. Returns 0, or 1 when rows were refused; valid rows are kept."""
    _check_paths(args.folder, args.report)
    from vivier.cli.database import database
    from vivier.cli.migrations import apply_pending

    with database():
        from vivier.common.actors import SYSTEM
        from vivier.territories.importing.run import NothingRecognised, import_folder

        apply_pending()
        try:
            report = import_folder(by=SYSTEM, folder=args.folder, dry_run=args.dry_run)
        except NothingRecognised as error:
            raise BadInput(args.folder, None, *str(error).split(" ; ", 1)) from error
    print("\n".join(report.lines()))
    if args.report:
        _write(args.report, report.as_json())
    return _REFUSED if report.refused_count else 0


def _check_paths(folder: Path, report: Path | None) -> None:
    """Refuse what could not be read or written, before any work is done."""
    if not folder.exists():
        raise BadInput(folder, None, "ce dossier est introuvable", "vérifiez le chemin")
    if not os.access(folder, os.R_OK):
        raise BadInput(folder, None, "la lecture de ce dossier est refusée", "vérifiez les droits")
    if report and report.is_dir():
        raise BadInput(report, None, "c’est un dossier", "donnez un nom de fichier à --report")
    if report and not report.resolve().parent.is_dir():
        raise BadInput(report, None, "son dossier n’existe pas", "créez-le ou donnez un autre chemin à --report")


def _write(path: Path, content: dict) -> None:
    """Write the report beside its place, then rename: nobody reads half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
