"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

from django.db import migrations

from vivier.common.together import Together
from vivier.people.migrations import _0001_beneficiaries, _0001_consents, _0001_guardians, _0001_volunteers


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_links_and_proof"),
        ("people", "0003_file_answers_without_recorder"),
        ("people", "0004_guardian_claims"),
    ]

    initial = True

    dependencies = [
        ("common", "0001_sort_text"),
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("territories", "0001_initial"),
    ]

    operations = [
        Together(
            [
                *_0001_beneficiaries.OPERATIONS,
                *_0001_volunteers.OPERATIONS,
                *_0001_guardians.OPERATIONS,
                *_0001_consents.OPERATIONS,
            ]
        )
    ]
