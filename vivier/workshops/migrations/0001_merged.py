"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

from django.db import migrations

from vivier.common.together import Together
from vivier.workshops.migrations import _0001_registrations, _0001_sessions


class Migration(migrations.Migration):
    replaces = [
        ("workshops", "0001_initial"),
        ("workshops", "0002_hosts_changes_drafts"),
        ("workshops", "0003_place_email"),
        ("workshops", "0004_waiting_list"),
        ("workshops", "0005_reminders"),
        ("workshops", "0006_surveys"),
        ("workshops", "0007_groups"),
        ("workshops", "0008_assisted"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_merged"),
        ("territories", "0001_initial"),
    ]

    operations = [Together([*_0001_sessions.OPERATIONS, *_0001_registrations.OPERATIONS])]
