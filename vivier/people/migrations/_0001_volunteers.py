"""Volunteers, as 0001_merged makes them."""

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
        name="Volunteer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "controller",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="volunteers",
                    to="organisations.organisation",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="volunteers",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("occupation", models.CharField(blank=True, max_length=150, verbose_name="métier")),
            ("employer", models.CharField(blank=True, max_length=150, verbose_name="entreprise ou structure")),
            (
                "commune",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="territories.commune",
                ),
            ),
            (
                "languages",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("fr", "français"),
                            ("en", "anglais"),
                            ("ar", "arabe"),
                            ("es", "espagnol"),
                            ("pt", "portugais"),
                            ("tr", "turc"),
                            ("it", "italien"),
                            ("de", "allemand"),
                            ("ru", "russe"),
                            ("uk", "ukrainien"),
                            ("zh", "chinois"),
                            ("fsl", "langue des signes française"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="langues",
                ),
            ),
            (
                "interests",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("code", "programmation"),
                            ("web", "web"),
                            ("design", "graphisme et design"),
                            ("games", "jeux vidéo"),
                            ("data", "données"),
                            ("ai", "intelligence artificielle"),
                            ("security", "cybersécurité"),
                            ("network", "réseaux et fibre"),
                            ("robotics", "robotique et objets connectés"),
                            ("project", "conduite de projet"),
                            ("support", "aide aux utilisatrices et utilisateurs"),
                            ("health", "numérique et santé"),
                            ("environment", "numérique et environnement"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="domaines",
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
            "verbose_name": "bénévole",
        },
    ),
    migrations.CreateModel(
        name="Vetting",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "volunteer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="vettings", to="people.volunteer"
                ),
            ),
            (
                "outcome",
                models.CharField(
                    choices=[("ok", "vérifiée"), ("not_ok", "refusée")], max_length=10, verbose_name="résultat"
                ),
            ),
            (
                "basis",
                models.CharField(
                    choices=[
                        ("individual", "vérification individuelle"),
                        ("file", "attestée pour tout un fichier"),
                    ],
                    max_length=12,
                    verbose_name="fondement",
                ),
            ),
            ("checked_on", models.DateField(verbose_name="vérifiée le")),
            ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
            ("recorded_at", models.DateTimeField()),
            (
                "recorded_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "vérification",
            "indexes": [models.Index(fields=["volunteer", "-checked_on"], name="vetting_latest")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("expires_on__gte", models.F("checked_on"))),
                    name="vetting_ends_after_it_begins",
                    violation_error_message="La fin de validité précède la date de vérification.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="VolunteerIdentity",
        fields=[
            ("first_name", models.CharField(max_length=100, verbose_name="prénom")),
            ("last_name", models.CharField(max_length=100, verbose_name="nom")),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
            (
                "sort_name",
                models.GeneratedField(
                    db_persist=True,
                    expression=vivier.common.fields.SortText(
                        django.db.models.functions.text.Concat(
                            models.F("last_name"),
                            models.Value(" "),
                            models.F("first_name"),
                            output_field=models.TextField(),
                        )
                    ),
                    output_field=models.TextField(),
                ),
            ),
            (
                "volunteer",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="identity",
                    serialize=False,
                    to="people.volunteer",
                ),
            ),
        ],
        options={
            "verbose_name": "identité de bénévole",
            "indexes": [models.Index(fields=["sort_name"], name="volunteer_identity_sort")],
        },
    ),
    migrations.CreateModel(
        name="VettingEvent",
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
                    to="people.vetting",
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
                "volunteer",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.volunteer",
                ),
            ),
            (
                "outcome",
                models.CharField(
                    choices=[("ok", "vérifiée"), ("not_ok", "refusée")], max_length=10, verbose_name="résultat"
                ),
            ),
            (
                "basis",
                models.CharField(
                    choices=[
                        ("individual", "vérification individuelle"),
                        ("file", "attestée pour tout un fichier"),
                    ],
                    max_length=12,
                    verbose_name="fondement",
                ),
            ),
            ("checked_on", models.DateField(verbose_name="vérifiée le")),
            ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
            ("recorded_at", models.DateTimeField()),
            (
                "recorded_by",
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
        name="VolunteerEvent",
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
                    to="people.volunteer",
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
                "user",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "commune",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="territories.commune",
                ),
            ),
            (
                "languages",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("fr", "français"),
                            ("en", "anglais"),
                            ("ar", "arabe"),
                            ("es", "espagnol"),
                            ("pt", "portugais"),
                            ("tr", "turc"),
                            ("it", "italien"),
                            ("de", "allemand"),
                            ("ru", "russe"),
                            ("uk", "ukrainien"),
                            ("zh", "chinois"),
                            ("fsl", "langue des signes française"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="langues",
                ),
            ),
            (
                "interests",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("code", "programmation"),
                            ("web", "web"),
                            ("design", "graphisme et design"),
                            ("games", "jeux vidéo"),
                            ("data", "données"),
                            ("ai", "intelligence artificielle"),
                            ("security", "cybersécurité"),
                            ("network", "réseaux et fibre"),
                            ("robotics", "robotique et objets connectés"),
                            ("project", "conduite de projet"),
                            ("support", "aide aux utilisatrices et utilisateurs"),
                            ("health", "numérique et santé"),
                            ("environment", "numérique et environnement"),
                        ],
                        max_length=20,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="domaines",
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
        model_name="volunteer",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "people_volunteerevent" ("commune_id", "controller_id", "created_at", "created_by_id", "id", "interests", "languages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."commune_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."interests", NEW."languages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;',
                hash="3617d3ad6b3b41fd28e3d7892965c9dc65684684",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_fdd77",
                table="people_volunteer",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="volunteer",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."controller_id" IS DISTINCT FROM (NEW."controller_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                func='INSERT INTO "people_volunteerevent" ("commune_id", "controller_id", "created_at", "created_by_id", "id", "interests", "languages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."commune_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."interests", NEW."languages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;',
                hash="0b28d7cafec1ce7b4725324e82f2f0cd5ea43ae2",
                operation="UPDATE",
                pgid="pgtrigger_update_update_3d98d",
                table="people_volunteer",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="vetting",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "people_vettingevent" ("basis", "checked_on", "expires_on", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "volunteer_id") VALUES (NEW."basis", NEW."checked_on", NEW."expires_on", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."volunteer_id"); RETURN NULL;',
                hash="9e55d481856b327eea096ccbd3491ca64ff04823",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_9223b",
                table="people_vetting",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="vetting",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "people_vettingevent" ("basis", "checked_on", "expires_on", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "volunteer_id") VALUES (NEW."basis", NEW."checked_on", NEW."expires_on", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."volunteer_id"); RETURN NULL;',
                hash="5e5726639fbde850c139872ef597b2db15ac2067",
                operation="UPDATE",
                pgid="pgtrigger_update_update_a3a87",
                table="people_vetting",
                when="AFTER",
            ),
        ),
    ),
]
