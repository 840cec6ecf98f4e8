"""`vivier wording docs`: write the page of each rule."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivier.cli.drafts import Drafts
from vivier.cli.errors import BadInput


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `vivier wording docs`."""
    parser.add_argument("folder", metavar="DOSSIER", help="où écrire les pages (docs/wording)")


def run(args: argparse.Namespace) -> int:
    """Write all pages, or none. Raises BadInput."""
    from vivier.engines.wording.documentation import pages
    from vivier.engines.wording.rule_files import shipped_rules

    folder = Path(args.folder)
    if not folder.is_dir():
        raise BadInput(folder, None, "ce dossier n’existe pas", "créez-le")
    with Drafts() as drafts:
        for name, text in pages(shipped_rules()).items():
            drafts.write(str(folder / name), text)
        drafts.publish()
    return 0
