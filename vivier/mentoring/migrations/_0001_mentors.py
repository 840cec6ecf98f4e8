"""Mentors, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Mentor",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="mentors", to="programmes.programme"
                ),
            ),
            (
                "volunteer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="mentor_profiles",
                    to="people.volunteer",
                ),
            ),
            ("capacity", models.PositiveSmallIntegerField(default=1, verbose_name="filleules à la fois")),
            (
                "slots",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("mon_pm", "lundi après-midi"),
                            ("mon_eve", "lundi soir"),
                            ("tue_pm", "mardi après-midi"),
                            ("tue_eve", "mardi soir"),
                            ("wed_am", "mercredi matin"),
                            ("wed_pm", "mercredi après-midi"),
                            ("wed_eve", "mercredi soir"),
                            ("thu_pm", "jeudi après-midi"),
                            ("thu_eve", "jeudi soir"),
                            ("fri_pm", "vendredi après-midi"),
                            ("fri_eve", "vendredi soir"),
                            ("sat_am", "samedi matin"),
                            ("sat_pm", "samedi après-midi"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="créneaux",
                ),
            ),
            ("paused_at", models.DateTimeField(null=True)),
            (
                "paused_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
        ],
        options={
            "verbose_name": "marraine ou mentor",
            "constraints": [models.UniqueConstraint(fields=("programme", "volunteer"), name="mentor_once")],
        },
    ),
    migrations.CreateModel(
        name="MentorEvent",
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
                    to="mentoring.mentor",
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
                "volunteer",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.volunteer",
                ),
            ),
            ("capacity", models.PositiveSmallIntegerField(default=1, verbose_name="filleules à la fois")),
            (
                "slots",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("mon_pm", "lundi après-midi"),
                            ("mon_eve", "lundi soir"),
                            ("tue_pm", "mardi après-midi"),
                            ("tue_eve", "mardi soir"),
                            ("wed_am", "mercredi matin"),
                            ("wed_pm", "mercredi après-midi"),
                            ("wed_eve", "mercredi soir"),
                            ("thu_pm", "jeudi après-midi"),
                            ("thu_eve", "jeudi soir"),
                            ("fri_pm", "vendredi après-midi"),
                            ("fri_eve", "vendredi soir"),
                            ("sat_am", "samedi matin"),
                            ("sat_pm", "samedi après-midi"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="créneaux",
                ),
            ),
            ("paused_at", models.DateTimeField(null=True)),
            (
                "paused_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
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
        ],
        options={
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="Onboarding",
        fields=[
            (
                "volunteer",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="onboarding",
                    serialize=False,
                    to="people.volunteer",
                ),
            ),
            ("charter_signed_at", models.DateTimeField(null=True, verbose_name="charte signée le")),
            ("trained_at", models.DateTimeField(null=True, verbose_name="formation suivie le")),
            ("met_on", models.DateField(null=True, verbose_name="entretien le")),
            ("met_at", models.DateTimeField(null=True)),
            (
                "met_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "préparation de bénévole",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("met_at", None), ("met_on", None)),
                        models.Q(("met_at__isnull", False), ("met_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="onboarding_interview_is_recorded",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="OnboardingEvent",
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
                    to="mentoring.onboarding",
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
            (
                "volunteer",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    serialize=False,
                    to="people.volunteer",
                ),
            ),
            ("charter_signed_at", models.DateTimeField(null=True, verbose_name="charte signée le")),
            ("trained_at", models.DateTimeField(null=True, verbose_name="formation suivie le")),
            ("met_on", models.DateField(null=True, verbose_name="entretien le")),
            ("met_at", models.DateTimeField(null=True)),
            (
                "met_by",
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
        model_name="mentor",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "mentoring_mentorevent" ("capacity", "created_at", "created_by_id", "id", "paused_at", "paused_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "slots", "volunteer_id") VALUES (NEW."capacity", NEW."created_at", NEW."created_by_id", NEW."id", NEW."paused_at", NEW."paused_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."slots", NEW."volunteer_id"); RETURN NULL;',
                hash="366e10dc0d79a02f9eda7c3d7ac6d2239afbf605",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_cc33b",
                table="mentoring_mentor",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="mentor",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "mentoring_mentorevent" ("capacity", "created_at", "created_by_id", "id", "paused_at", "paused_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "slots", "volunteer_id") VALUES (NEW."capacity", NEW."created_at", NEW."created_by_id", NEW."id", NEW."paused_at", NEW."paused_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."slots", NEW."volunteer_id"); RETURN NULL;',
                hash="ee40c53531bc3ee38f5ca1fcdc7b53e1c527460b",
                operation="UPDATE",
                pgid="pgtrigger_update_update_561fd",
                table="mentoring_mentor",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="onboarding",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "mentoring_onboardingevent" ("charter_signed_at", "met_at", "met_by_id", "met_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trained_at", "volunteer_id") VALUES (NEW."charter_signed_at", NEW."met_at", NEW."met_by_id", NEW."met_on", _pgh_attach_context(), NOW(), \'insert\', NEW."volunteer_id", NEW."trained_at", NEW."volunteer_id"); RETURN NULL;',
                hash="1670215c5305255990a909b4928d159e61fb4591",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_b99dd",
                table="mentoring_onboarding",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="onboarding",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "mentoring_onboardingevent" ("charter_signed_at", "met_at", "met_by_id", "met_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trained_at", "volunteer_id") VALUES (NEW."charter_signed_at", NEW."met_at", NEW."met_by_id", NEW."met_on", _pgh_attach_context(), NOW(), \'update\', NEW."volunteer_id", NEW."trained_at", NEW."volunteer_id"); RETURN NULL;',
                hash="ce70bf831b8e7ad65cf208e4457c58c24a20621d",
                operation="UPDATE",
                pgid="pgtrigger_update_update_39b36",
                table="mentoring_onboarding",
                when="AFTER",
            ),
        ),
    ),
]
