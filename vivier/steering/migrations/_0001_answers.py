"""Answers, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Answer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "ask",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="steering.ask"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="answers",
                    to="organisations.organisation",
                ),
            ),
            (
                "pledge",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="answers",
                    to="steering.pledge",
                ),
            ),
            (
                "email",
                models.EmailField(blank=True, max_length=254, verbose_name="adresse à laquelle elle est partie"),
            ),
            (
                "state",
                models.CharField(
                    choices=[("sent", "sans réponse"), ("accepted", "oui"), ("declined", "non")],
                    default="sent",
                    max_length=10,
                    verbose_name="réponse",
                ),
            ),
            (
                "reason",
                models.CharField(
                    blank=True,
                    choices=[
                        ("nobody", "personne de disponible en ce moment"),
                        ("later", "plus tard : redemandez dans quelques mois"),
                        ("place", "pas à cet endroit"),
                        ("time", "pas à ces créneaux"),
                        ("other", "autre raison"),
                    ],
                    max_length=10,
                    verbose_name="motif",
                ),
            ),
            ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
            ("sent_at", models.DateTimeField()),
            ("answered_at", models.DateTimeField(null=True)),
            (
                "answered_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "réponse à une demande",
            "constraints": [
                models.UniqueConstraint(fields=("ask", "organisation"), name="answer_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answered_at", None), ("state", "sent")),
                        models.Q(models.Q(("state", "sent"), _negated=True), ("answered_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="answer_is_dated",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "declined"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="answer_no_has_reason",
                    violation_error_message="Un non dit pourquoi.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Contribution",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "answer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="steering.answer"
                ),
            ),
            ("first_name", models.CharField(max_length=100, verbose_name="prénom")),
            ("last_name", models.CharField(max_length=100, verbose_name="nom")),
            ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
            ("named_at", models.DateTimeField()),
            (
                "volunteer",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="contributions",
                    to="people.volunteer",
                ),
            ),
            ("joined_at", models.DateTimeField(null=True)),
            ("declined_at", models.DateTimeField(null=True)),
        ],
        options={
            "verbose_name": "personne proposée",
            "constraints": [
                models.UniqueConstraint(
                    fields=("answer", "email"),
                    name="contribution_once",
                    violation_error_message="Cette personne est déjà proposée.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("joined_at", None), ("declined_at", None), _connector="OR"),
                    name="contribution_joins_or_declines",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AnswerEvent",
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
                    to="steering.answer",
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
                "ask",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="steering.ask",
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
                "pledge",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="steering.pledge",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("sent", "sans réponse"), ("accepted", "oui"), ("declined", "non")],
                    default="sent",
                    max_length=10,
                    verbose_name="réponse",
                ),
            ),
            (
                "reason",
                models.CharField(
                    blank=True,
                    choices=[
                        ("nobody", "personne de disponible en ce moment"),
                        ("later", "plus tard : redemandez dans quelques mois"),
                        ("place", "pas à cet endroit"),
                        ("time", "pas à ces créneaux"),
                        ("other", "autre raison"),
                    ],
                    max_length=10,
                    verbose_name="motif",
                ),
            ),
            ("sent_at", models.DateTimeField()),
            ("answered_at", models.DateTimeField(null=True)),
            (
                "answered_by",
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
        model_name="answer",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."sent_at", NEW."state"); RETURN NULL;',
                hash="6cd09cd243a3a55fecb8399f8953a38f58fe6833",
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
                condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."ask_id" IS DISTINCT FROM (NEW."ask_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."pledge_id" IS DISTINCT FROM (NEW."pledge_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."sent_at", NEW."state"); RETURN NULL;',
                hash="d5f6fbbf9a02622aa18b872b2e946daa9b81954b",
                operation="UPDATE",
                pgid="pgtrigger_update_update_33135",
                table="steering_answer",
                when="AFTER",
            ),
        ),
    ),
]
