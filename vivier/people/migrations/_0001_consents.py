"""Consents, as 0001_merged makes them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Consent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "beneficiary",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="people.beneficiary"
                ),
            ),
            (
                "purpose",
                models.CharField(
                    choices=[
                        ("data", "traitement des données"),
                        ("activity", "participation aux séances"),
                        ("mentoring", "accompagnement par une marraine ou un mentor"),
                        ("image", "image"),
                    ],
                    max_length=12,
                    verbose_name="finalité",
                ),
            ),
            (
                "guardian",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="consents",
                    to="people.guardian",
                ),
            ),
            (
                "answer",
                models.CharField(
                    choices=[("yes", "oui"), ("no", "non"), ("withdrawn", "retirée")],
                    max_length=10,
                    verbose_name="réponse",
                ),
            ),
            (
                "channel",
                models.CharField(
                    choices=[
                        ("sign_up", "à l’inscription"),
                        ("link", "lien signé"),
                        ("account", "compte"),
                        ("paper", "formulaire papier"),
                        ("file", "fichier importé"),
                    ],
                    max_length=10,
                    verbose_name="moyen",
                ),
            ),
            ("wording", models.CharField(max_length=20, verbose_name="version du texte lu")),
            ("proof", models.CharField(blank=True, max_length=200, verbose_name="preuve")),
            ("answered_at", models.DateTimeField()),
            (
                "answered_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("expires_on", models.DateField(null=True)),
        ],
        options={
            "verbose_name": "autorisation",
            "indexes": [models.Index(fields=["beneficiary", "purpose", "-answered_at"], name="consent_latest")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("channel", "paper"), _negated=True),
                        ("answered_by__isnull", False),
                        _connector="OR",
                    ),
                    name="consent_paper_has_recorder",
                    violation_error_message="Une autorisation sur papier dit qui l’a saisie.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ConsentEvent",
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
                    to="people.consent",
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
                "purpose",
                models.CharField(
                    choices=[
                        ("data", "traitement des données"),
                        ("activity", "participation aux séances"),
                        ("mentoring", "accompagnement par une marraine ou un mentor"),
                        ("image", "image"),
                    ],
                    max_length=12,
                    verbose_name="finalité",
                ),
            ),
            (
                "guardian",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.guardian",
                ),
            ),
            (
                "answer",
                models.CharField(
                    choices=[("yes", "oui"), ("no", "non"), ("withdrawn", "retirée")],
                    max_length=10,
                    verbose_name="réponse",
                ),
            ),
            (
                "channel",
                models.CharField(
                    choices=[
                        ("sign_up", "à l’inscription"),
                        ("link", "lien signé"),
                        ("account", "compte"),
                        ("paper", "formulaire papier"),
                        ("file", "fichier importé"),
                    ],
                    max_length=10,
                    verbose_name="moyen",
                ),
            ),
            ("wording", models.CharField(max_length=20, verbose_name="version du texte lu")),
            ("answered_at", models.DateTimeField()),
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
            ("expires_on", models.DateField(null=True)),
        ],
        options={
            "abstract": False,
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="consent",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "people_consentevent" ("answer", "answered_at", "answered_by_id", "beneficiary_id", "channel", "expires_on", "guardian_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "wording") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."beneficiary_id", NEW."channel", NEW."expires_on", NEW."guardian_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."wording"); RETURN NULL;',
                hash="a04c9c9dfe95ee8eaf6696342007e6a4a7b202b4",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_91c75",
                table="people_consent",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="consent",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."beneficiary_id" IS DISTINCT FROM (NEW."beneficiary_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."guardian_id" IS DISTINCT FROM (NEW."guardian_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."wording" IS DISTINCT FROM (NEW."wording"))',
                func='INSERT INTO "people_consentevent" ("answer", "answered_at", "answered_by_id", "beneficiary_id", "channel", "expires_on", "guardian_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "wording") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."beneficiary_id", NEW."channel", NEW."expires_on", NEW."guardian_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."wording"); RETURN NULL;',
                hash="336507fc52e8505c4599fb9f9b7214a2e9c2d92c",
                operation="UPDATE",
                pgid="pgtrigger_update_update_8387f",
                table="people_consent",
                when="AFTER",
            ),
        ),
    ),
]
