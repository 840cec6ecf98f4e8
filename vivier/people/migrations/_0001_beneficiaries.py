"""Beneficiaries, as 0001_merged makes them."""

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
        name="Beneficiary",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "controller",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="beneficiaries",
                    to="organisations.organisation",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="beneficiaries",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("pupil", "élève"),
                        ("student", "étudiante ou étudiant"),
                        ("job_seeker", "demandeuse ou demandeur d’emploi"),
                        ("employee", "salariée ou salarié"),
                        ("other", "autre situation"),
                    ],
                    default="pupil",
                    max_length=20,
                    verbose_name="situation",
                ),
            ),
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
            ("school_name", models.CharField(blank=True, max_length=200, verbose_name="établissement")),
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
                "qpv",
                models.CharField(
                    choices=[
                        ("yes", "en QPV"),
                        ("declared", "déclare vivre en QPV"),
                        ("no", "hors QPV"),
                        ("unknown", "non connu"),
                    ],
                    default="unknown",
                    max_length=10,
                    verbose_name="QPV",
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
                    verbose_name="goûts",
                ),
            ),
            ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
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
            "verbose_name": "bénéficiaire",
            "indexes": [models.Index(fields=["controller", "-created_at"], name="beneficiary_by_controller")],
        },
    ),
    migrations.CreateModel(
        name="BeneficiaryEvent",
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
                    to="people.beneficiary",
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
                "kind",
                models.CharField(
                    choices=[
                        ("pupil", "élève"),
                        ("student", "étudiante ou étudiant"),
                        ("job_seeker", "demandeuse ou demandeur d’emploi"),
                        ("employee", "salariée ou salarié"),
                        ("other", "autre situation"),
                    ],
                    default="pupil",
                    max_length=20,
                    verbose_name="situation",
                ),
            ),
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
                "qpv",
                models.CharField(
                    choices=[
                        ("yes", "en QPV"),
                        ("declared", "déclare vivre en QPV"),
                        ("no", "hors QPV"),
                        ("unknown", "non connu"),
                    ],
                    default="unknown",
                    max_length=10,
                    verbose_name="QPV",
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
                    verbose_name="goûts",
                ),
            ),
            ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
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
        name="BeneficiaryIdentity",
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
                "beneficiary",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="identity",
                    serialize=False,
                    to="people.beneficiary",
                ),
            ),
            ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
        ],
        options={
            "verbose_name": "identité de bénéficiaire",
            "indexes": [
                models.Index(fields=["sort_name"], name="beneficiary_identity_sort"),
                django.contrib.postgres.indexes.GinIndex(
                    django.contrib.postgres.indexes.OpClass(models.F("sort_name"), name="gin_trgm_ops"),
                    name="beneficiary_identity_search",
                ),
            ],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="beneficiary",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "people_beneficiaryevent" ("commune_id", "controller_id", "created_at", "created_by_id", "id", "interests", "kind", "languages", "link_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "qpv", "school_level", "user_id") VALUES (NEW."commune_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."interests", NEW."kind", NEW."languages", NEW."link_version", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."qpv", NEW."school_level", NEW."user_id"); RETURN NULL;',
                hash="3ecec0c35b29b310fa09f33f16aef92be0eabc2e",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_e291a",
                table="people_beneficiary",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="beneficiary",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition='WHEN (OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."controller_id" IS DISTINCT FROM (NEW."controller_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."link_version" IS DISTINCT FROM (NEW."link_version") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."qpv" IS DISTINCT FROM (NEW."qpv") OR OLD."school_level" IS DISTINCT FROM (NEW."school_level") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                func='INSERT INTO "people_beneficiaryevent" ("commune_id", "controller_id", "created_at", "created_by_id", "id", "interests", "kind", "languages", "link_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "qpv", "school_level", "user_id") VALUES (NEW."commune_id", NEW."controller_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."interests", NEW."kind", NEW."languages", NEW."link_version", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."qpv", NEW."school_level", NEW."user_id"); RETURN NULL;',
                hash="4ec4a59d4f3d91347f5ed704d310b475e12242e6",
                operation="UPDATE",
                pgid="pgtrigger_update_update_0ed28",
                table="people_beneficiary",
                when="AFTER",
            ),
        ),
    ),
]
