"""What the commands say of a database by its migrations."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from vivier.cli.check import _migrations
from vivier.cli.errors import BadInput
from vivier.cli.migrations import apply_pending, pending

pytestmark = pytest.mark.django_db


def test_a_whole_database_lacks_none():
    assert pending() == []
    assert apply_pending() == 0


def test_what_waits_is_named():
    recorded = MigrationRecorder.Migration.objects
    recorded.filter(app="steering", name="0003_evidence_and_register").delete()
    assert pending() == ["steering.0003_evidence_and_register"]


def test_one_that_stopped_within_merged_migrations_is_refused_with_a_sentence():
    recorded = MigrationRecorder.Migration.objects
    recorded.filter(app="people").delete()
    recorded.create(app="people", name="0001_initial")
    with pytest.raises(BadInput, match=r"entre deux migrations .* restaurez une sauvegarde") as refused:
        apply_pending()
    assert _migrations() == ("Migrations", str(refused.value), True)


def test_one_whose_history_has_a_hole_is_refused_too():
    MigrationRecorder.Migration.objects.filter(app="programmes").delete()
    with pytest.raises(BadInput, match="entre deux migrations"):
        pending()
