"""Enrolments, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Enrolment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="enrolments",
                    to="programmes.programme",
                ),
            ),
            (
                "beneficiary",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="people.beneficiary"
                ),
            ),
            (
                "site",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="enrolments",
                    to="programmes.site",
                ),
            ),
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
            ("opted_out_at", models.DateTimeField(null=True)),
            (
                "opted_out_by",
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
            "verbose_name": "participation",
            "indexes": [models.Index(fields=["programme", "site"], name="enrolment_by_site")],
            "constraints": [models.UniqueConstraint(fields=("programme", "beneficiary"), name="enrolment_once")],
        },
    ),
    migrations.CreateModel(
        name="EnrolmentEvent",
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
                    to="programmes.enrolment",
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
            ("opted_out_at", models.DateTimeField(null=True)),
            (
                "opted_out_by",
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
    pgtrigger.migrations.AddTrigger(
        model_name="enrolment",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "programmes_enrolmentevent" ("beneficiary_id", "created_at", "created_by_id", "id", "opted_out_at", "opted_out_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "site_id", "slots") VALUES (NEW."beneficiary_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."opted_out_at", NEW."opted_out_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."site_id", NEW."slots"); RETURN NULL;',
                hash="efa30aa9deda9ecfaeaca718c3fc1d33f01c84ab",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_21452",
                table="programmes_enrolment",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="enrolment",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "programmes_enrolmentevent" ("beneficiary_id", "created_at", "created_by_id", "id", "opted_out_at", "opted_out_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "site_id", "slots") VALUES (NEW."beneficiary_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."opted_out_at", NEW."opted_out_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."site_id", NEW."slots"); RETURN NULL;',
                hash="6aad8ddf361da3f1f0ff330243a2c24bf893dcd1",
                operation="UPDATE",
                pgid="pgtrigger_update_update_90b47",
                table="programmes_enrolment",
                when="AFTER",
            ),
        ),
    ),
]
