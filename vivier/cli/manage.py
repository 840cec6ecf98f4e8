"""`vivier manage …`: Django's own commands, with the database running."""

from vivier.cli.database import database


def run(arguments: list[str]) -> int:
    """Hand `arguments` to Django, which prints its own help and errors."""
    with database():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["vivier manage", *arguments])
    return 0
