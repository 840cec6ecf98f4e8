"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

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
from vivier.common.together import Together


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_links_and_proof"),
        ("people", "0003_file_answers_without_recorder"),
        ("people", "0004_guardian_claims"),
    ]

    initial = True

    dependencies = [
        ("common", "0001_sort_text"),
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("territories", "0001_initial"),
    ]

    operations = [
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
            name="Guardian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guardians",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guardians",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=100, verbose_name="nom")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
            ],
            options={
                "verbose_name": "responsable légal",
            },
        ),
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
        migrations.CreateModel(
            name="GuardianClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "beneficiary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardian_claims",
                        to="people.beneficiary",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
            ],
            options={
                "verbose_name": "responsable à confirmer",
                "constraints": [
                    models.UniqueConstraint(fields=("beneficiary", "first_name", "email", "phone"), name="claim_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "beneficiary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardianships",
                        to="people.beneficiary",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardianships", to="people.guardian"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("sign_up", "indiqué à l’inscription"),
                            ("staff", "saisi par l’équipe"),
                            ("file", "fichier importé"),
                        ],
                        default="staff",
                        max_length=10,
                        verbose_name="origine",
                    ),
                ),
                ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
                ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "responsabilité légale",
                "constraints": [models.UniqueConstraint(fields=("beneficiary", "guardian"), name="guardianship_once")],
            },
        ),
        migrations.CreateModel(
            name="GuardianshipEvent",
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
                        to="people.guardianship",
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
                    "guardian",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.guardian",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("sign_up", "indiqué à l’inscription"),
                            ("staff", "saisi par l’équipe"),
                            ("file", "fichier importé"),
                        ],
                        default="staff",
                        max_length=10,
                        verbose_name="origine",
                    ),
                ),
                ("created_at", models.DateTimeField(default=vivier.common.clock.now)),
                ("link_version", models.PositiveSmallIntegerField(default=1, verbose_name="version des liens")),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
        pgtrigger.migrations.AddTrigger(
            model_name="guardianship",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_guardianshipevent" ("asked_at", "asked_by_id", "beneficiary_id", "created_at", "guardian_id", "id", "link_version", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."beneficiary_id", NEW."created_at", NEW."guardian_id", NEW."id", NEW."link_version", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="d1af956b59e79c17dd8d60dfdd0a5165fcc43daa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5782f",
                    table="people_guardianship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianship",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_guardianshipevent" ("asked_at", "asked_by_id", "beneficiary_id", "created_at", "guardian_id", "id", "link_version", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."beneficiary_id", NEW."created_at", NEW."guardian_id", NEW."id", NEW."link_version", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="f65b34cb37c52ca5a49ccff033b8fb656d0cbebf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d23a2",
                    table="people_guardianship",
                    when="AFTER",
                ),
            ),
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
    operations = [Together(operations)]
