"""Grants, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Grant",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="programmes.programme"
                ),
            ),
            (
                "funder",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="grants_given",
                    to="organisations.organisation",
                ),
            ),
            ("label", models.CharField(max_length=200, verbose_name="intitulé")),
            ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant en euros")),
            (
                "quotation",
                models.CharField(blank=True, max_length=300, verbose_name="objectif, dans les mots du financeur"),
            ),
            ("quoted_number", models.PositiveIntegerField(null=True, verbose_name="nombre cité")),
            ("source", models.CharField(max_length=300, verbose_name="source")),
            ("created_at", models.DateTimeField()),
            (
                "created_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("sites", models.ManyToManyField(related_name="grants", to="programmes.site", verbose_name="villes")),
        ],
        options={
            "verbose_name": "subvention",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("amount__gt", 0)),
                    name="grant_is_money",
                    violation_error_message="Une subvention a un montant.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="GrantEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            (
                "pgh_obj",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="steering.grant",
                ),
            ),
            (
                "pgh_context",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            ("id", models.BigIntegerField()),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
            (
                "programme",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="programmes.programme",
                ),
            ),
            (
                "funder",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="organisations.organisation",
                ),
            ),
            ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant en euros")),
            ("quoted_number", models.PositiveIntegerField(null=True, verbose_name="nombre cité")),
            ("created_at", models.DateTimeField()),
            (
                "created_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="GrantLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "grant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="steering.grant"
                ),
            ),
            ("label", models.CharField(max_length=120, verbose_name="poste")),
            ("planned", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="prévu")),
            ("spent", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="dépensé")),
            ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
        ],
        options={
            "verbose_name": "poste de budget",
            "constraints": [
                models.UniqueConstraint(fields=("grant", "position"), name="grant_line_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("planned__gte", 0), models.Q(("spent", None), ("spent__gte", 0), _connector="OR")
                    ),
                    name="grant_line_is_not_negative",
                    violation_error_message="Un montant est positif ou nul.",
                ),
            ],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="grant",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_grantevent" ("amount", "created_at", "created_by_id", "funder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quoted_number") VALUES (NEW."amount", NEW."created_at", NEW."created_by_id", NEW."funder_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quoted_number"); RETURN NULL;',
                hash="d4699d7d62535e2d5051e0ec85d3e7de4983b678",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_8ba3c",
                table="steering_grant",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="grant",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."funder_id" IS DISTINCT FROM (NEW."funder_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."quoted_number" IS DISTINCT FROM (NEW."quoted_number"))',
                func='INSERT INTO "steering_grantevent" ("amount", "created_at", "created_by_id", "funder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quoted_number") VALUES (NEW."amount", NEW."created_at", NEW."created_by_id", NEW."funder_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quoted_number"); RETURN NULL;',
                hash="ec2f2bf5b18401a53d9735a0b49a6e3152d1d233",
                operation="UPDATE",
                pgid="pgtrigger_update_update_3512d",
                table="steering_grant",
                when="AFTER",
            ),
        ),
    ),
]
