"""Guardians, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import vivier.common.clock
import vivier.common.fields

OPERATIONS = [
    migrations.CreateModel(
        name="Guardian",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "controller",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="guardians",
                    to="organisations.organisation",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="guardians",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
            ("last_name", models.CharField(blank=True, max_length=100, verbose_name="nom")),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
        ],
        options={
            "verbose_name": "responsable légal",
        },
    ),
    migrations.CreateModel(
        name="GuardianClaim",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "beneficiary",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="guardian_claims",
                    to="people.beneficiary",
                ),
            ),
            ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
            ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
        ],
        options={
            "verbose_name": "responsable à confirmer",
            "constraints": [
                models.UniqueConstraint(fields=("beneficiary", "first_name", "email", "phone"), name="claim_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="Guardianship",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "beneficiary",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="guardianships",
                    to="people.beneficiary",
                ),
            ),
            (
                "guardian",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="guardianships", to="people.guardian"
                ),
            ),
            (
                "origin",
                models.CharField(
                    choices=[
                        ("sign_up", "indiqué à l’inscription"),
                        ("staff", "saisi par l’équipe"),
                        ("file", "fichier importé"),
                    ],
                    default="staff",
                    max_length=10,
                    verbose_name="origine",
                ),
            ),
            ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
            ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
            ("asked_at", models.DateTimeField(null=True)),
            (
                "asked_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "responsabilité légale",
            "constraints": [models.UniqueConstraint(fields=("beneficiary", "guardian"), name="guardianship_once")],
        },
    ),
    migrations.CreateModel(
        name="GuardianshipEvent",
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
                    to="people.guardianship",
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
            (
                "beneficiary",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.beneficiary",
                ),
            ),
            (
                "guardian",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.guardian",
                ),
            ),
            (
                "origin",
                models.CharField(
                    choices=[
                        ("sign_up", "indiqué à l’inscription"),
                        ("staff", "saisi par l’équipe"),
                        ("file", "fichier importé"),
                    ],
                    default="staff",
                    max_length=10,
                    verbose_name="origine",
                ),
            ),
            ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
            ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
            ("asked_at", models.DateTimeField(null=True)),
            (
                "asked_by",
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
    pgtrigger.migrations.AddTrigger(
        model_name="guardianship",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "people_guardianshipevent" ("asked_at", "asked_by_id", "beneficiary_id", "created_at", "guardian_id", "id", "link_version", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."beneficiary_id", NEW."created_at", NEW."guardian_id", NEW."id", NEW."link_version", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                hash="d1af956b59e79c17dd8d60dfdd0a5165fcc43daa",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_5782f",
                table="people_guardianship",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="guardianship",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "people_guardianshipevent" ("asked_at", "asked_by_id", "beneficiary_id", "created_at", "guardian_id", "id", "link_version", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."beneficiary_id", NEW."created_at", NEW."guardian_id", NEW."id", NEW."link_version", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                hash="f65b34cb37c52ca5a49ccff033b8fb656d0cbebf",
                operation="UPDATE",
                pgid="pgtrigger_update_update_d23a2",
                table="people_guardianship",
                when="AFTER",
            ),
        ),
    ),
]
