"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

from django.db import migrations

from vivier.common.together import Together
from vivier.mentoring.migrations import _0001_invitations, _0001_mentors, _0001_pairs, _0001_runs


class Migration(migrations.Migration):
    replaces = [
        ("mentoring", "0001_initial"),
        ("mentoring", "0002_end_by_consent"),
        ("mentoring", "0003_what_would_help"),
        ("mentoring", "0004_rules_of_scale"),
        ("mentoring", "0005_onboarding"),
        ("mentoring", "0006_invitations"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_merged"),
    ]

    operations = [
        Together(
            [*_0001_mentors.OPERATIONS, *_0001_runs.OPERATIONS, *_0001_pairs.OPERATIONS, *_0001_invitations.OPERATIONS]
        )
    ]
