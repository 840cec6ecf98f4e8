"""`vivier backup F`: the whole database in one compressed file, consistent although the site goes on."""

import argparse
import os
import tempfile
from pathlib import Path

from vivier.cli.errors import BadInput


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help="fichier à écrire (format de pg_dump)")


def run(args: argparse.Namespace) -> int:
    """Write the backup beside its final place, then rename it: a file of that name is always whole."""
    from vivier.cli import dumps
    from vivier.cli.database import running_server

    folder = args.file.absolute().parent
    if not folder.is_dir():
        raise BadInput(args.file, None, "le dossier de ce fichier n’existe pas", "créez-le, ou donnez un autre chemin")
    with running_server() as server:
        pg_dump = dumps.program("pg_dump", dumps.server_version(server.url), server.programs)
        handle, draft = tempfile.mkstemp(prefix=f".{args.file.name}.", dir=folder)
        os.close(handle)
        try:
            command = [str(pg_dump), "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}"]
            dumps.execute(command, dumps.connection_target(server.url))
            Path(draft).replace(args.file)
        finally:
            Path(draft).unlink(missing_ok=True)
    size = f"{args.file.stat().st_size / 1e6:.1f}".replace(".", ",")
    print(f"Base sauvegardée dans {args.file} ({size} Mo). Ce fichier contient des données personnelles.")
    return 0
