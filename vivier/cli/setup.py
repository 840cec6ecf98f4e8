"""`vivier setup`: the database, its tables and the folders, ready for the first page. Harmless when run again."""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add no argument: there is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Prepare everything and say what was done."""
    from vivier.cli.database import database
    from vivier.cli.migrations import apply_pending

    with database() as server:
        from django.conf import settings

        applied = apply_pending()
        folders = [settings.VAR, getattr(settings, "EMAIL_FILE_PATH", None)]
        for folder in filter(None, folders):
            folder.mkdir(parents=True, exist_ok=True)
        if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
            _collect_static_files()
        print(f"Base de données : {server.data_dir or 'celle de DATABASE_URL'}, {applied} migration(s) appliquée(s).")
    print("Tout est prêt. « vivier demo » ouvre la démonstration, « vivier check » dit si tout va bien.")
    return 0


def _collect_static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
