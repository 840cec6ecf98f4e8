"""`vivier manage …`: Django's own commands, with the database running."""

import os

from vivier.cli.database import database


def run(arguments: list[str]) -> int:
    """Hand `arguments` to Django, which prints its own help and errors."""
    with database() as server:
        if server.programs:  # for dbshell: psql may be on no PATH
            os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{server.programs}"
        from django.core.management import execute_from_command_line

        execute_from_command_line(["vivier manage", *arguments])
    return 0
