"""Sessions, as 0001_merged makes them."""

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
        name="Session",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "code",
                models.CharField(
                    default=vivier.workshops.models.session_code, editable=False, max_length=12, unique=True
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="programmes.programme"
                ),
            ),
            (
                "site",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="sessions",
                    to="programmes.site",
                ),
            ),
            ("title", models.CharField(max_length=150, verbose_name="titre")),
            ("description", models.TextField(blank=True, verbose_name="ce qu’on y fait")),
            (
                "mode",
                models.CharField(
                    choices=[("on_site", "sur place"), ("online", "en ligne")],
                    default="on_site",
                    max_length=10,
                    verbose_name="forme",
                ),
            ),
            ("place", models.CharField(blank=True, max_length=250, verbose_name="lieu et adresse")),
            ("online_url", models.URLField(blank=True, verbose_name="lien de connexion")),
            ("host", models.CharField(blank=True, max_length=150, verbose_name="adulte qui accueille")),
            ("host_checked_on", models.DateField(blank=True, null=True, verbose_name="vérification faite le")),
            ("starts_at", models.DateTimeField(verbose_name="début")),
            ("ends_at", models.DateTimeField(verbose_name="fin")),
            ("capacity", models.PositiveIntegerField(verbose_name="places")),
            (
                "promotion",
                models.CharField(
                    choices=[("automatic", "d’elle-même, dans l’ordre"), ("manual", "quand l’équipe le décide")],
                    default="automatic",
                    max_length=10,
                    verbose_name="une place libérée est donnée",
                ),
            ),
            ("answer_days", models.PositiveSmallIntegerField(default=7, verbose_name="jours pour répondre")),
            (
                "levels",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
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
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="classes attendues",
                ),
            ),
            ("minimum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge minimum")),
            ("maximum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge maximum")),
            ("is_public", models.BooleanField(default=True, verbose_name="annoncée publiquement")),
            (
                "state",
                models.CharField(
                    choices=[("open", "ouverte"), ("cancelled", "annulée")],
                    default="open",
                    max_length=10,
                    verbose_name="état",
                ),
            ),
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
            ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="motif de l’annulation")),
        ],
        options={
            "verbose_name": "séance",
            "indexes": [models.Index(fields=["programme", "starts_at"], name="session_by_date")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                    name="session_ends_after_it_starts",
                    violation_error_message="La séance finit avant d’avoir commencé : vérifiez les heures.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("maximum_age", None),
                        ("minimum_age", None),
                        ("maximum_age__gte", models.F("minimum_age")),
                        _connector="OR",
                    ),
                    name="session_ages_in_order",
                    violation_error_message="L’âge maximum est plus petit que l’âge minimum.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("cancelled_at", None), ("state", "open")),
                        models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                        _connector="OR",
                    ),
                    name="session_cancellation_is_dated",
                    violation_error_message="Une séance annulée dit quand elle l’a été.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Group",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="workshops.session"
                ),
            ),
            ("label", models.CharField(max_length=150, verbose_name="classe ou groupe")),
            (
                "contact_email",
                models.EmailField(blank=True, max_length=254, verbose_name="adresse de l’adulte qui accompagne"),
            ),
            ("head_count", models.PositiveIntegerField(verbose_name="nombre attendu")),
            ("attended_count", models.PositiveIntegerField(null=True, verbose_name="nombre venu")),
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
            "verbose_name": "groupe",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("head_count__gte", 1)),
                    name="group_is_somebody",
                    violation_error_message="Un groupe compte au moins une personne.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="SessionEvent",
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
                    to="workshops.session",
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
            ("code", models.CharField(default=vivier.workshops.models.session_code, editable=False, max_length=12)),
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
                "site",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="programmes.site",
                ),
            ),
            ("title", models.CharField(max_length=150, verbose_name="titre")),
            ("description", models.TextField(blank=True, verbose_name="ce qu’on y fait")),
            (
                "mode",
                models.CharField(
                    choices=[("on_site", "sur place"), ("online", "en ligne")],
                    default="on_site",
                    max_length=10,
                    verbose_name="forme",
                ),
            ),
            ("place", models.CharField(blank=True, max_length=250, verbose_name="lieu et adresse")),
            ("online_url", models.URLField(blank=True, verbose_name="lien de connexion")),
            ("host_checked_on", models.DateField(blank=True, null=True, verbose_name="vérification faite le")),
            ("starts_at", models.DateTimeField(verbose_name="début")),
            ("ends_at", models.DateTimeField(verbose_name="fin")),
            ("capacity", models.PositiveIntegerField(verbose_name="places")),
            (
                "promotion",
                models.CharField(
                    choices=[("automatic", "d’elle-même, dans l’ordre"), ("manual", "quand l’équipe le décide")],
                    default="automatic",
                    max_length=10,
                    verbose_name="une place libérée est donnée",
                ),
            ),
            ("answer_days", models.PositiveSmallIntegerField(default=7, verbose_name="jours pour répondre")),
            (
                "levels",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
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
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="classes attendues",
                ),
            ),
            ("minimum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge minimum")),
            ("maximum_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge maximum")),
            ("is_public", models.BooleanField(default=True, verbose_name="annoncée publiquement")),
            (
                "state",
                models.CharField(
                    choices=[("open", "ouverte"), ("cancelled", "annulée")],
                    default="open",
                    max_length=10,
                    verbose_name="état",
                ),
            ),
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
            ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="motif de l’annulation")),
        ],
        options={
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="SurveyCount",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="survey_counts",
                    to="workshops.session",
                ),
            ),
            (
                "moment",
                models.CharField(
                    choices=[("before", "avant"), ("after", "après")], max_length=10, verbose_name="moment"
                ),
            ),
            ("question", models.CharField(max_length=30, verbose_name="question")),
            ("answer", models.CharField(max_length=20, verbose_name="réponse")),
            ("count", models.PositiveIntegerField(default=0, verbose_name="nombre")),
        ],
        options={
            "verbose_name": "réponses au questionnaire",
            "constraints": [
                models.UniqueConstraint(fields=("session", "moment", "question", "answer"), name="survey_count_once")
            ],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="session",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "workshops_sessionevent" ("answer_days", "cancel_reason", "cancelled_at", "cancelled_by_id", "capacity", "code", "created_at", "created_by_id", "description", "ends_at", "host_checked_on", "id", "is_public", "levels", "maximum_age", "minimum_age", "mode", "online_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "programme_id", "promotion", "site_id", "starts_at", "state", "title") VALUES (NEW."answer_days", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."capacity", NEW."code", NEW."created_at", NEW."created_by_id", NEW."description", NEW."ends_at", NEW."host_checked_on", NEW."id", NEW."is_public", NEW."levels", NEW."maximum_age", NEW."minimum_age", NEW."mode", NEW."online_url", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."programme_id", NEW."promotion", NEW."site_id", NEW."starts_at", NEW."state", NEW."title"); RETURN NULL;',
                hash="6e031abf1b009e7f052be7f4f13a7be938fb2228",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_8c224",
                table="workshops_session",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="session",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."answer_days" IS DISTINCT FROM (NEW."answer_days") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."host_checked_on" IS DISTINCT FROM (NEW."host_checked_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."levels" IS DISTINCT FROM (NEW."levels") OR OLD."maximum_age" IS DISTINCT FROM (NEW."maximum_age") OR OLD."minimum_age" IS DISTINCT FROM (NEW."minimum_age") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."online_url" IS DISTINCT FROM (NEW."online_url") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."promotion" IS DISTINCT FROM (NEW."promotion") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                func='INSERT INTO "workshops_sessionevent" ("answer_days", "cancel_reason", "cancelled_at", "cancelled_by_id", "capacity", "code", "created_at", "created_by_id", "description", "ends_at", "host_checked_on", "id", "is_public", "levels", "maximum_age", "minimum_age", "mode", "online_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "programme_id", "promotion", "site_id", "starts_at", "state", "title") VALUES (NEW."answer_days", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."capacity", NEW."code", NEW."created_at", NEW."created_by_id", NEW."description", NEW."ends_at", NEW."host_checked_on", NEW."id", NEW."is_public", NEW."levels", NEW."maximum_age", NEW."minimum_age", NEW."mode", NEW."online_url", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."programme_id", NEW."promotion", NEW."site_id", NEW."starts_at", NEW."state", NEW."title"); RETURN NULL;',
                hash="1eab92963508335855d09128c274ba5ed5030960",
                operation="UPDATE",
                pgid="pgtrigger_update_update_d07c8",
                table="workshops_session",
                when="AFTER",
            ),
        ),
    ),
]
