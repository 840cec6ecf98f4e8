"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

from django.db import migrations

from vivier.common.together import Together
from vivier.programmes.migrations import _0001_enrolments, _0001_plans


class Migration(migrations.Migration):
    replaces = [("programmes", "0001_initial"), ("programmes", "0002_audience"), ("programmes", "0003_mentors_due_on")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("territories", "0001_initial"),
    ]

    operations = [Together([*_0001_plans.OPERATIONS, *_0001_enrolments.OPERATIONS])]
