"""Charters, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Pledge",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="programmes.plan"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pledges",
                    to="organisations.organisation",
                ),
            ),
            (
                "metric",
                models.CharField(
                    choices=[
                        ("mentors", "marraines ou mentors"),
                        ("interventions", "interventions en classe"),
                        ("internships", "stages"),
                        ("equipment", "ordinateurs"),
                    ],
                    max_length=20,
                    verbose_name="quoi",
                ),
            ),
            ("target", models.PositiveIntegerField(verbose_name="combien")),
            (
                "commune",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="territories.commune",
                ),
            ),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
            ("wording", models.CharField(max_length=300, verbose_name="dans ses mots")),
            ("source", models.CharField(max_length=300, verbose_name="source")),
            ("stated_at", models.DateTimeField()),
            (
                "stated_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("withdrawn_at", models.DateTimeField(null=True)),
            (
                "withdrawn_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "engagement",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("target__gte", 1)),
                    name="pledge_promises_something",
                    violation_error_message="Un engagement promet au moins une chose.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("withdrawn_by", None), ("withdrawn_at__isnull", False), _connector="OR"),
                    name="pledge_withdrawal_is_dated",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Charter",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="charters", to="programmes.plan"
                ),
            ),
            ("name", models.CharField(max_length=200, verbose_name="nom")),
            ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
        ],
        options={
            "verbose_name": "charte",
        },
    ),
    migrations.CreateModel(
        name="CharterVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "charter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="steering.charter"
                ),
            ),
            ("number", models.PositiveSmallIntegerField(verbose_name="version")),
            ("adopted", models.CharField(max_length=60, verbose_name="adoptée")),
            ("summary", models.TextField(blank=True, verbose_name="ce à quoi on s’engage")),
            ("source", models.CharField(max_length=300, verbose_name="source")),
        ],
        options={
            "verbose_name": "version de charte",
            "constraints": [models.UniqueConstraint(fields=("charter", "number"), name="charter_version_once")],
        },
    ),
    migrations.CreateModel(
        name="PledgeEvent",
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
                    to="steering.pledge",
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
                "plan",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="programmes.plan",
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="organisations.organisation",
                ),
            ),
            (
                "metric",
                models.CharField(
                    choices=[
                        ("mentors", "marraines ou mentors"),
                        ("interventions", "interventions en classe"),
                        ("internships", "stages"),
                        ("equipment", "ordinateurs"),
                    ],
                    max_length=20,
                    verbose_name="quoi",
                ),
            ),
            ("target", models.PositiveIntegerField(verbose_name="combien")),
            (
                "commune",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="territories.commune",
                ),
            ),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
            ("stated_at", models.DateTimeField()),
            (
                "stated_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("withdrawn_at", models.DateTimeField(null=True)),
            (
                "withdrawn_by",
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
        name="Wave",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="steering.charterversion"
                ),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
            ("signed", models.CharField(max_length=60, verbose_name="signée")),
            ("source", models.CharField(max_length=300, verbose_name="source")),
        ],
        options={
            "verbose_name": "vague de signatures",
            "constraints": [models.UniqueConstraint(fields=("version", "position"), name="wave_once")],
        },
    ),
    migrations.CreateModel(
        name="Signature",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "wave",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="steering.wave"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to="organisations.organisation",
                ),
            ),
            ("name", models.CharField(max_length=200, verbose_name="nom à la signature")),
            ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
        ],
        options={
            "verbose_name": "signature",
            "constraints": [
                models.UniqueConstraint(fields=("wave", "organisation"), name="signature_once"),
                models.UniqueConstraint(fields=("wave", "position"), name="signature_position_once"),
            ],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="pledge",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_pledgeevent" ("commune_id", "due_on", "id", "metric", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "stated_at", "stated_by_id", "target", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."commune_id", NEW."due_on", NEW."id", NEW."metric", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."public_id", NEW."stated_at", NEW."stated_by_id", NEW."target", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                hash="bc874a98c4a3d97406456cb12409c2d5f2ce9696",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_5ef33",
                table="steering_pledge",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="pledge",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."metric" IS DISTINCT FROM (NEW."metric") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."stated_at" IS DISTINCT FROM (NEW."stated_at") OR OLD."stated_by_id" IS DISTINCT FROM (NEW."stated_by_id") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                func='INSERT INTO "steering_pledgeevent" ("commune_id", "due_on", "id", "metric", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "stated_at", "stated_by_id", "target", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."commune_id", NEW."due_on", NEW."id", NEW."metric", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."public_id", NEW."stated_at", NEW."stated_by_id", NEW."target", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                hash="10538aa9176d5bb9ac2d29877e27141c7c8858aa",
                operation="UPDATE",
                pgid="pgtrigger_update_update_a3c21",
                table="steering_pledge",
                when="AFTER",
            ),
        ),
    ),
]
