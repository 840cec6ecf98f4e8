import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from vivier.common.together import Together
from vivier.steering.migrations import _0003_evidence


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0004_attachment"),
        ("steering", "0001_merged"),
        ("territories", "0001_initial"),
        ("workshops", "0001_merged"),
    ]

    operations = [
        *_0003_evidence.OPERATIONS,
        migrations.AlterModelOptions(
            name="contribution",
            options={"verbose_name": "proposition"},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="contribution",
            name="contribution_once",
        ),
        migrations.AddField(
            model_name="answer",
            name="resent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="answer",
            name="resent_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answerevent",
            name="resent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="answerevent",
            name="resent_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="commune",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territories.commune"
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="ends_on",
            field=models.DateField(null=True, verbose_name="jusqu’au"),
        ),
        migrations.AddField(
            model_name="contribution",
            name="quantity",
            field=models.PositiveIntegerField(default=1, verbose_name="combien"),
        ),
        migrations.AddField(
            model_name="contribution",
            name="starts_on",
            field=models.DateField(null=True, verbose_name="à partir du"),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail"),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="first_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="prénom"),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="last_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="nom"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "resent_at", "resent_by_id", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."resent_at", NEW."resent_by_id", NEW."sent_at", NEW."state"); RETURN NULL;',
                    hash="e9bb12146e90561043beede18e8e818a126be976",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_97120",
                    table="steering_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."ask_id" IS DISTINCT FROM (NEW."ask_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."pledge_id" IS DISTINCT FROM (NEW."pledge_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."resent_at" IS DISTINCT FROM (NEW."resent_at") OR OLD."resent_by_id" IS DISTINCT FROM (NEW."resent_by_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "resent_at", "resent_by_id", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."resent_at", NEW."resent_by_id", NEW."sent_at", NEW."state"); RETURN NULL;',
                    hash="73cd5011daf504c126d7911f0b0d1e61e7182aeb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33135",
                    table="steering_answer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("answer", "email"),
                name="contribution_once",
                violation_error_message="Cette personne est déjà proposée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)),
                name="contribution_is_something",
                violation_error_message="Proposez au moins une chose.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("starts_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="contribution_ends_after_it_starts",
                violation_error_message="La fin est avant le début : vérifiez les dates.",
            ),
        ),
    ]
    operations = [Together(operations)]
