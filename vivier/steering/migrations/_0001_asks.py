"""Asks, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Ask",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="programmes.programme"
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
            (
                "site",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="asks",
                    to="programmes.site",
                ),
            ),
            ("quantity", models.PositiveIntegerField(verbose_name="combien")),
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
            ("message", models.CharField(blank=True, max_length=500, verbose_name="message")),
            ("answer_before", models.DateField(verbose_name="réponse souhaitée avant le")),
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
            ("closed_at", models.DateTimeField(null=True)),
            (
                "closed_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "demande",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("quantity__gte", 1)),
                    name="ask_wants_something",
                    violation_error_message="Demandez au moins une chose.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("closed_by", None), ("closed_at__isnull", False), _connector="OR"),
                    name="ask_closing_is_dated",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AskEvent",
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
                    to="steering.ask",
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
            (
                "site",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="programmes.site",
                ),
            ),
            ("quantity", models.PositiveIntegerField(verbose_name="combien")),
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
            ("answer_before", models.DateField(verbose_name="réponse souhaitée avant le")),
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
            ("closed_at", models.DateTimeField(null=True)),
            (
                "closed_by",
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
        model_name="ask",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "steering_askevent" ("answer_before", "closed_at", "closed_by_id", "created_at", "created_by_id", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quantity", "site_id", "slots") VALUES (NEW."answer_before", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."metric", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quantity", NEW."site_id", NEW."slots"); RETURN NULL;',
                hash="e6b862037a002e4c609cd5fd51c1e479d2ebe07a",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_09940",
                table="steering_ask",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="ask",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."answer_before" IS DISTINCT FROM (NEW."answer_before") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."metric" IS DISTINCT FROM (NEW."metric") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."slots" IS DISTINCT FROM (NEW."slots"))',
                func='INSERT INTO "steering_askevent" ("answer_before", "closed_at", "closed_by_id", "created_at", "created_by_id", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quantity", "site_id", "slots") VALUES (NEW."answer_before", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."metric", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quantity", NEW."site_id", NEW."slots"); RETURN NULL;',
                hash="1150dffaace01f137b6493f99f8f94ee4d6475c9",
                operation="UPDATE",
                pgid="pgtrigger_update_update_ce8aa",
                table="steering_ask",
                when="AFTER",
            ),
        ),
    ),
]
