"""Plans, as 0001_merged makes them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Plan",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200, verbose_name="nom")),
            ("slug", models.SlugField(max_length=80, unique=True, verbose_name="nom court")),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="plans",
                    to="organisations.organisation",
                ),
            ),
            (
                "region",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="territories.region",
                ),
            ),
            ("adopted", models.CharField(blank=True, max_length=60, verbose_name="adopté")),
            ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
        ],
        options={
            "verbose_name": "plan",
        },
    ),
    migrations.CreateModel(
        name="Axis",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="axes", to="programmes.plan"
                ),
            ),
            ("name", models.CharField(max_length=200, verbose_name="nom")),
            ("position", models.PositiveSmallIntegerField(default=1, verbose_name="rang")),
        ],
        options={
            "verbose_name": "axe",
            "verbose_name_plural": "axes",
            "constraints": [models.UniqueConstraint(fields=("plan", "position"), name="axis_position_once")],
        },
    ),
    migrations.CreateModel(
        name="Programme",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "controller",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="programmes",
                    to="organisations.organisation",
                ),
            ),
            (
                "axis",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="programmes",
                    to="programmes.axis",
                ),
            ),
            ("name", models.CharField(max_length=120, verbose_name="nom")),
            ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
            ("season", models.CharField(blank=True, max_length=40, verbose_name="saison")),
            ("purpose", models.TextField(blank=True, verbose_name="en deux phrases")),
            (
                "audience",
                models.CharField(
                    choices=[
                        ("lyceennes", "lycéennes"),
                        ("collegiennes", "collégiennes"),
                        ("pupils", "élèves, filles et garçons"),
                        ("students", "étudiantes"),
                        ("women", "femmes en reconversion ou en emploi"),
                        ("everyone", "tous publics"),
                    ],
                    default="lyceennes",
                    max_length=20,
                    verbose_name="public",
                ),
            ),
            ("offers_mentoring", models.BooleanField(default=True, verbose_name="une marraine pour chacune")),
            (
                "mentors_due_on",
                models.DateField(blank=True, null=True, verbose_name="une marraine pour chacune avant le"),
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
            "verbose_name": "programme",
        },
    ),
    migrations.CreateModel(
        name="Site",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="programmes.programme"
                ),
            ),
            (
                "commune",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territories.commune"
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=1, verbose_name="rang")),
        ],
        options={
            "verbose_name": "ville",
            "constraints": [
                models.UniqueConstraint(
                    fields=("programme", "commune"),
                    name="site_once",
                    violation_error_message="Cette ville est déjà dans le programme.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ProgrammeEvent",
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
                    to="programmes.programme",
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
                "controller",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="organisations.organisation",
                ),
            ),
            (
                "axis",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="programmes.axis",
                ),
            ),
            ("name", models.CharField(max_length=120, verbose_name="nom")),
            ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="adresse")),
            ("season", models.CharField(blank=True, max_length=40, verbose_name="saison")),
            ("purpose", models.TextField(blank=True, verbose_name="en deux phrases")),
            (
                "audience",
                models.CharField(
                    choices=[
                        ("lyceennes", "lycéennes"),
                        ("collegiennes", "collégiennes"),
                        ("pupils", "élèves, filles et garçons"),
                        ("students", "étudiantes"),
                        ("women", "femmes en reconversion ou en emploi"),
                        ("everyone", "tous publics"),
                    ],
                    default="lyceennes",
                    max_length=20,
                    verbose_name="public",
                ),
            ),
            ("offers_mentoring", models.BooleanField(default=True, verbose_name="une marraine pour chacune")),
            (
                "mentors_due_on",
                models.DateField(blank=True, null=True, verbose_name="une marraine pour chacune avant le"),
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
        model_name="programme",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "programmes_programmeevent" ("audience", "axis_id", "controller_id", "created_at", "created_by_id", "id", "mentors_due_on", "name", "offers_mentoring", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "season", "slug") VALUES (NEW."audience", NEW."axis_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."mentors_due_on", NEW."name", NEW."offers_mentoring", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."season", NEW."slug"); RETURN NULL;',
                hash="e8b0b73e4ffce2554a9b63bc01f3f07bdbffe089",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_56ab2",
                table="programmes_programme",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="programme",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "programmes_programmeevent" ("audience", "axis_id", "controller_id", "created_at", "created_by_id", "id", "mentors_due_on", "name", "offers_mentoring", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "season", "slug") VALUES (NEW."audience", NEW."axis_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."mentors_due_on", NEW."name", NEW."offers_mentoring", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."season", NEW."slug"); RETURN NULL;',
                hash="920a64bfe32bd2fe73132c628cf1dc966be8840e",
                operation="UPDATE",
                pgid="pgtrigger_update_update_af864",
                table="programmes_programme",
                when="AFTER",
            ),
        ),
    ),
]
