"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

from django.db import migrations

from vivier.common.together import Together
from vivier.steering.migrations import _0001_answers, _0001_asks, _0001_charters, _0001_grants


class Migration(migrations.Migration):
    replaces = [("steering", "0001_initial"), ("steering", "0002_grants")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_merged"),
        ("territories", "0001_initial"),
    ]

    operations = [
        Together(
            [*_0001_charters.OPERATIONS, *_0001_asks.OPERATIONS, *_0001_answers.OPERATIONS, *_0001_grants.OPERATIONS]
        )
    ]
