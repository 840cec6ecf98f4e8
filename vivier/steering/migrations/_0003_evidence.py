"""Evidence, as 0003_evidence_and_register makes them."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="PartnerAction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="partner_actions",
                    to="programmes.plan",
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="partner_actions",
                    to="organisations.organisation",
                ),
            ),
            ("title", models.CharField(max_length=120, verbose_name="titre")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("workshop", "atelier"),
                        ("intervention", "intervention en classe"),
                        ("visit", "visite d’entreprise"),
                        ("internship", "stage"),
                        ("equipment", "ordinateurs"),
                        ("training", "formation"),
                        ("event", "événement"),
                        ("other", "autre action"),
                    ],
                    max_length=20,
                    verbose_name="nature",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="quand")),
            ("ends_on", models.DateField(verbose_name="dernier jour possible")),
            (
                "precision",
                models.CharField(
                    choices=[("day", "le jour"), ("month", "le mois"), ("year", "l’année")],
                    max_length=10,
                    verbose_name="date connue",
                ),
            ),
            (
                "commune",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="territories.commune",
                ),
            ),
            ("is_public", models.BooleanField(default=False, verbose_name="annoncée publiquement")),
            ("url", models.URLField(blank=True, max_length=300, verbose_name="lien")),
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
            ("cancelled_at", models.DateTimeField(null=True)),
            (
                "cancelled_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "action d’un partenaire",
            "indexes": [models.Index(fields=["plan", "starts_on"], name="partner_action_by_date")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("cancelled_by", None), ("cancelled_at__isnull", False), _connector="OR"),
                    name="partner_action_cancellation_is_dated",
                ),
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="partner_action_days_in_order"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PartnerActionEvent",
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
                    to="steering.partneraction",
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
                "kind",
                models.CharField(
                    choices=[
                        ("workshop", "atelier"),
                        ("intervention", "intervention en classe"),
                        ("visit", "visite d’entreprise"),
                        ("internship", "stage"),
                        ("equipment", "ordinateurs"),
                        ("training", "formation"),
                        ("event", "événement"),
                        ("other", "autre action"),
                    ],
                    max_length=20,
                    verbose_name="nature",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="quand")),
            ("ends_on", models.DateField(verbose_name="dernier jour possible")),
            (
                "precision",
                models.CharField(
                    choices=[("day", "le jour"), ("month", "le mois"), ("year", "l’année")],
                    max_length=10,
                    verbose_name="date connue",
                ),
            ),
            (
                "commune",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="territories.commune",
                ),
            ),
            ("is_public", models.BooleanField(default=False, verbose_name="annoncée publiquement")),
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
            ("cancelled_at", models.DateTimeField(null=True)),
            (
                "cancelled_by",
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
        name="Receipt",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "contribution",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="steering.contribution"
                ),
            ),
            ("quantity", models.PositiveIntegerField(default=1, verbose_name="combien")),
            ("received_on", models.DateField(verbose_name="le")),
            (
                "session",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="receipts",
                    to="workshops.session",
                ),
            ),
            ("confirmed_at", models.DateTimeField()),
            (
                "confirmed_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("undone_at", models.DateTimeField(null=True)),
            (
                "undone_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "réception",
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("undone_at", None)),
                    fields=("contribution", "received_on"),
                    name="receipt_once_a_day",
                    violation_error_message="Une réception de ce jour est déjà notée : annulez-la pour la corriger.",
                ),
                models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="receipt_is_something"),
                models.CheckConstraint(
                    condition=models.Q(("undone_by", None), ("undone_at__isnull", False), _connector="OR"),
                    name="receipt_undoing_is_dated",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReceiptEvent",
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
                    to="steering.receipt",
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
                "contribution",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="steering.contribution",
                ),
            ),
            ("quantity", models.PositiveIntegerField(default=1, verbose_name="combien")),
            ("received_on", models.DateField(verbose_name="le")),
            (
                "session",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="workshops.session",
                ),
            ),
            ("confirmed_at", models.DateTimeField()),
            (
                "confirmed_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("undone_at", models.DateTimeField(null=True)),
            (
                "undone_by",
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
        model_name="partneraction",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_partneractionevent" ("cancelled_at", "cancelled_by_id", "commune_id", "created_at", "created_by_id", "ends_on", "id", "is_public", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "precision", "public_id", "starts_on") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."commune_id", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."is_public", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."precision", NEW."public_id", NEW."starts_on"); RETURN NULL;',
                hash="db1ef9e5ed4977edbc7f7b7b47570f1e84abd4a3",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_82e9a",
                table="steering_partneraction",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="partneraction",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."precision" IS DISTINCT FROM (NEW."precision") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                func='INSERT INTO "steering_partneractionevent" ("cancelled_at", "cancelled_by_id", "commune_id", "created_at", "created_by_id", "ends_on", "id", "is_public", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "precision", "public_id", "starts_on") VALUES (NEW."cancelled_at", NEW."cancelled_by_id", NEW."commune_id", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."is_public", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."precision", NEW."public_id", NEW."starts_on"); RETURN NULL;',
                hash="ce18945618dbff01e1b563724beb9f4ca39eab3e",
                operation="UPDATE",
                pgid="pgtrigger_update_update_c1589",
                table="steering_partneraction",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="receipt",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_receiptevent" ("confirmed_at", "confirmed_by_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "quantity", "received_on", "session_id", "undone_at", "undone_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."quantity", NEW."received_on", NEW."session_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;',
                hash="f2938449236703e75216699cc97697ea67ca71a7",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_e5383",
                table="steering_receipt",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="receipt",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "steering_receiptevent" ("confirmed_at", "confirmed_by_id", "contribution_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "quantity", "received_on", "session_id", "undone_at", "undone_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."contribution_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."quantity", NEW."received_on", NEW."session_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;',
                hash="f79e749c08f3d65f06dc6d514e78f95e19f24c65",
                operation="UPDATE",
                pgid="pgtrigger_update_update_fdefd",
                table="steering_receipt",
                when="AFTER",
            ),
        ),
    ),
]
