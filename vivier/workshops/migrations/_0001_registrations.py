"""Registrations, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import vivier.common.clock
import vivier.workshops.models

OPERATIONS = [
    migrations.CreateModel(
        name="Registration",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="registrations",
                    to="workshops.session",
                ),
            ),
            (
                "beneficiary",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="registrations",
                    to="people.beneficiary",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "en liste d’attente"),
                        ("awaiting_consent", "en attente d’autorisation"),
                        ("confirmed", "confirmée"),
                        ("refused", "autorisation refusée"),
                        ("cancelled", "annulée"),
                    ],
                    max_length=20,
                    verbose_name="état",
                ),
            ),
            ("waiting_number", models.PositiveIntegerField(null=True, verbose_name="numéro d’attente")),
            ("held_until", models.DateTimeField(null=True, verbose_name="à autoriser avant")),
            (
                "source",
                models.CharField(
                    choices=[
                        ("self", "inscription en ligne"),
                        ("assisted", "inscription accompagnée"),
                        ("staff", "saisie par l’équipe"),
                        ("file", "fichier importé"),
                    ],
                    max_length=10,
                    verbose_name="origine",
                ),
            ),
            ("registered_at", models.DateTimeField()),
            (
                "registered_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse donnée à l’inscription")),
            ("assistant", models.CharField(blank=True, max_length=100, verbose_name="accompagnée par")),
            ("answered_before", models.BooleanField(default=False, verbose_name="questionnaire d’avant rempli")),
            ("answered_after", models.BooleanField(default=False, verbose_name="questionnaire d’après rempli")),
            ("attended", models.BooleanField(null=True, verbose_name="présente")),
            ("attendance_at", models.DateTimeField(null=True)),
            (
                "attendance_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "inscription",
            "indexes": [models.Index(fields=["session", "state"], name="registration_by_state")],
            "constraints": [
                models.UniqueConstraint(
                    fields=("session", "beneficiary"),
                    name="registration_once",
                    violation_error_message="Cette personne est déjà inscrite à cette séance.",
                ),
                models.UniqueConstraint(fields=("session", "waiting_number"), name="waiting_number_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "waiting"), ("waiting_number__isnull", False)),
                        models.Q(models.Q(("state", "waiting"), _negated=True), ("waiting_number", None)),
                        _connector="OR",
                    ),
                    name="waiting_is_numbered",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("attendance_at", None), ("attended", None)),
                        models.Q(("attendance_at__isnull", False), ("attended__isnull", False)),
                        _connector="OR",
                    ),
                    name="attendance_is_dated",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RegistrationEvent",
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
                    to="workshops.registration",
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
                "session",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="workshops.session",
                ),
            ),
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
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "en liste d’attente"),
                        ("awaiting_consent", "en attente d’autorisation"),
                        ("confirmed", "confirmée"),
                        ("refused", "autorisation refusée"),
                        ("cancelled", "annulée"),
                    ],
                    max_length=20,
                    verbose_name="état",
                ),
            ),
            ("waiting_number", models.PositiveIntegerField(null=True, verbose_name="numéro d’attente")),
            ("held_until", models.DateTimeField(null=True, verbose_name="à autoriser avant")),
            (
                "source",
                models.CharField(
                    choices=[
                        ("self", "inscription en ligne"),
                        ("assisted", "inscription accompagnée"),
                        ("staff", "saisie par l’équipe"),
                        ("file", "fichier importé"),
                    ],
                    max_length=10,
                    verbose_name="origine",
                ),
            ),
            ("registered_at", models.DateTimeField()),
            (
                "registered_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("attended", models.BooleanField(null=True, verbose_name="présente")),
            ("attendance_at", models.DateTimeField(null=True)),
            (
                "attendance_by",
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
        name="SignUpDraft",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("key_hash", models.CharField(max_length=64, unique=True)),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="workshops.session"
                ),
            ),
            ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
            ("last_name", models.CharField(blank=True, max_length=100, verbose_name="nom")),
            ("birth_date", models.DateField(null=True, verbose_name="date de naissance")),
            (
                "school_level",
                models.CharField(
                    blank=True,
                    choices=[
                        ("6e", "6e"),
                        ("5e", "5e"),
                        ("4e", "4e"),
                        ("3e", "3e"),
                        ("2de", "2de"),
                        ("1re", "1re"),
                        ("terminale", "terminale"),
                        ("cap", "CAP"),
                        ("higher", "études supérieures"),
                        ("none", "hors de l’école"),
                    ],
                    max_length=12,
                    verbose_name="classe",
                ),
            ),
            (
                "commune",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="territories.commune",
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
            ("without_contact", models.BooleanField(default=False, verbose_name="sans adresse ni téléphone")),
            (
                "guardian_first_name",
                models.CharField(blank=True, max_length=100, verbose_name="prénom du responsable"),
            ),
            (
                "guardian_email",
                models.EmailField(blank=True, max_length=254, verbose_name="adresse du responsable"),
            ),
            (
                "guardian_phone",
                models.CharField(blank=True, max_length=30, verbose_name="téléphone du responsable"),
            ),
            ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
            ("expires_at", models.DateTimeField()),
            ("finished_at", models.DateTimeField(null=True)),
            ("ending", models.CharField(blank=True, max_length=20, verbose_name="fin")),
        ],
        options={
            "verbose_name": "brouillon d’inscription",
        },
    ),
    migrations.CreateModel(
        name="RegistrationChange",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "registration",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="workshops.registration"
                ),
            ),
            ("transition", models.CharField(max_length=20, verbose_name="étape")),
            (
                "before",
                models.CharField(
                    blank=True,
                    choices=[
                        ("waiting", "en liste d’attente"),
                        ("awaiting_consent", "en attente d’autorisation"),
                        ("confirmed", "confirmée"),
                        ("refused", "autorisation refusée"),
                        ("cancelled", "annulée"),
                    ],
                    max_length=20,
                    verbose_name="avant",
                ),
            ),
            (
                "after",
                models.CharField(
                    choices=[
                        ("waiting", "en liste d’attente"),
                        ("awaiting_consent", "en attente d’autorisation"),
                        ("confirmed", "confirmée"),
                        ("refused", "autorisation refusée"),
                        ("cancelled", "annulée"),
                    ],
                    max_length=20,
                    verbose_name="après",
                ),
            ),
            ("at", models.DateTimeField()),
            (
                "by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "étape d’inscription",
            "indexes": [models.Index(fields=["registration", "-at"], name="registration_change_latest")],
        },
    ),
    migrations.CreateModel(
        name="Reminder",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "registration",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="reminders",
                    to="workshops.registration",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[("week", "une semaine avant"), ("eve", "la veille")],
                    max_length=10,
                    verbose_name="rappel",
                ),
            ),
            ("for_day", models.DateField(verbose_name="pour le")),
        ],
        options={
            "verbose_name": "rappel",
            "constraints": [models.UniqueConstraint(fields=("registration", "kind", "for_day"), name="reminder_once")],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="registration",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "workshops_registrationevent" ("attendance_at", "attendance_by_id", "attended", "beneficiary_id", "held_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registered_at", "registered_by_id", "session_id", "source", "state", "waiting_number") VALUES (NEW."attendance_at", NEW."attendance_by_id", NEW."attended", NEW."beneficiary_id", NEW."held_until", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."registered_at", NEW."registered_by_id", NEW."session_id", NEW."source", NEW."state", NEW."waiting_number"); RETURN NULL;',
                hash="6aaba5fa6125000a0ac90be4d45f2ffa0df988b4",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_a4358",
                table="workshops_registration",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="registration",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."attendance_at" IS DISTINCT FROM (NEW."attendance_at") OR OLD."attendance_by_id" IS DISTINCT FROM (NEW."attendance_by_id") OR OLD."attended" IS DISTINCT FROM (NEW."attended") OR OLD."beneficiary_id" IS DISTINCT FROM (NEW."beneficiary_id") OR OLD."held_until" IS DISTINCT FROM (NEW."held_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."registered_at" IS DISTINCT FROM (NEW."registered_at") OR OLD."registered_by_id" IS DISTINCT FROM (NEW."registered_by_id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."waiting_number" IS DISTINCT FROM (NEW."waiting_number"))',
                func='INSERT INTO "workshops_registrationevent" ("attendance_at", "attendance_by_id", "attended", "beneficiary_id", "held_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registered_at", "registered_by_id", "session_id", "source", "state", "waiting_number") VALUES (NEW."attendance_at", NEW."attendance_by_id", NEW."attended", NEW."beneficiary_id", NEW."held_until", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."registered_at", NEW."registered_by_id", NEW."session_id", NEW."source", NEW."state", NEW."waiting_number"); RETURN NULL;',
                hash="fd11842c94e16e845cc8d7a796133851f83cb22d",
                operation="UPDATE",
                pgid="pgtrigger_update_update_5d33f",
                table="workshops_registration",
                when="AFTER",
            ),
        ),
    ),
]
