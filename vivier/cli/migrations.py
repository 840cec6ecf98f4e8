"""Which migrations wait, and their application; shared by setup, demo and check."""


def pending() -> list[str]:
    """Return the migrations that the database lacks, as "app.name"."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def apply_pending() -> int:
    """Apply what waits, quietly; returns how many there were."""
    from django.core.management import call_command

    waiting = pending()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return len(waiting)
