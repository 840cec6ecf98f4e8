"""Which migrations wait, and their application; shared by setup, demo and check."""

from vivier.cli.errors import BadInput


def pending() -> list[str]:
    """Return the migrations that the database lacks, as "app.name". Raises BadInput where none can be added."""
    from django.db import connection
    from django.db.migrations.exceptions import InconsistentMigrationHistory, NodeNotFoundError
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (InconsistentMigrationHistory, NodeNotFoundError) as error:
        raise _between_two() from error
    applied, there = executor.loader.applied_migrations, executor.loader.disk_migrations
    for merged in executor.loader.replacements.values():
        left = [replaced for replaced in merged.replaces if replaced not in applied]
        if 0 < len(left) < len(merged.replaces) and not all(replaced in there for replaced in left):
            raise _between_two()
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _between_two() -> BadInput:
    return BadInput(
        None,
        None,
        "la base s’est arrêtée entre deux migrations qui n’existent plus séparément",
        "finissez-les avec la version de Vivier qui les avait commencées, ou restaurez une sauvegarde",
    )


def apply_pending() -> int:
    """Apply what waits, quietly; returns how many there were. Raises BadInput where none can be added."""
    from django.core.management import call_command

    waiting = pending()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return len(waiting)
