"""The frame of every write: one transaction, the actor in its history."""

import functools
from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import transaction

from vivier.common.actors import Actor

Operation = TypeVar("Operation", bound=Callable)


def operation(function: Operation) -> Operation:
    """Run a keyword-only function in one transaction whose history rows carry its name and the actor `by`."""
    name = f"{function.__module__.removeprefix('vivier.')}.{function.__name__}"

    @functools.wraps(function)
    def run(*, by: Actor, **arguments):
        with transaction.atomic(), pghistory.context(operation=name, user=by.user_id):
            return function(by=by, **arguments)

    return run
