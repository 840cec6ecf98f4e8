"""Operations applied together make and unmake what they would one by one."""

import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from vivier.common.together import Together

APP = "common"


def made(name: str, **fields) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


FIRST = made("pond")
REST = [
    made("bank", side=models.CharField(max_length=5)),
    made(
        "heron", bank=models.ForeignKey(f"{APP}.bank", models.CASCADE), pond=models.ForeignKey("pond", models.CASCADE)
    ),
    AddTrigger(  # taken back, it asks for a model that is made here
        "bank",
        Trigger(
            name="watch",
            sql=UpsertTriggerSql(
                func="RETURN NULL;",
                hash="watch",
                operation="INSERT",
                pgid="pgtrigger_watch_00000",
                table=f"{APP}_bank",
                when="AFTER",
            ),
        ),
    ),
    AddField("pond", "depth", models.IntegerField(default=2)),
    AddConstraint("pond", models.CheckConstraint(condition=models.Q(depth__gt=1), name="pond_is_deep")),
]


def tables() -> dict[str, list[str]]:
    """Return the tables of these models with their columns and constraints."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) & {
            f"{APP}_{one}" for one in ("pond", "bank", "heron")
        }
        read = connection.introspection
        return {
            name: [column.name for column in read.get_table_description(cursor, name)]
            + sorted(read.get_constraints(cursor, name))
            for name in sorted(names)
        }


def apply(operation, before: ProjectState) -> ProjectState:
    after = before.clone()
    operation.state_forwards(APP, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(APP, editor, before, after)
    return after


@pytest.mark.django_db
def test_operations_together_make_and_unmake_what_they_do_one_by_one():
    begun = apply(FIRST, ProjectState())
    assert begun.apps.get_models()  # rendered first, as in a migration
    alone, wanted = tables(), {}
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT begun")
        state = begun
        for operation in REST:
            state = apply(operation, state)
        wanted = tables()
        cursor.execute("ROLLBACK TO begun")
    assert tables() == alone
    together = Together(REST)
    after = apply(together, begun)
    assert tables() == wanted
    assert sorted(after.models) == sorted(state.models)
    with connection.schema_editor() as editor:
        together.database_backwards(APP, editor, after, begun)
    assert tables() == alone
    assert together.describe().startswith("Create model bank; ")
