"""System checks: a table of a challenge that cannot be read stops the site at its start, not its visitors."""

from pathlib import Path

from django.core.checks import Error, register

from vivier.orientation import decisions
from vivier.orientation.challenges import FOLDER, read_challenge
from vivier.orientation.tables import BadTable


@register
def challenges_can_be_read(app_configs, folder: Path = FOLDER, **kwargs):
    """Return an error for each table of the folder that is refused, with its line and key."""
    errors = []
    for path in sorted(folder.glob("*.toml")):
        try:
            read_challenge(path)
        except BadTable as error:
            errors.append(Error(f"Un défi ne peut pas être lu : {error}", hint=str(path), id="vivier.E010"))
    return errors


@register
def decisions_can_be_read(app_configs, path: Path = decisions.TABLE, **kwargs):
    """Return an error when the table of decisions is refused, with its line and key."""
    try:
        decisions.read_tracks(path)
    except BadTable as error:
        return [Error(f"Le calendrier des décisions ne peut pas être lu : {error}", hint=str(path), id="vivier.E011")]
    return []
