"""The tables as the first migrations left them, in one step (docs/adr/0021)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from vivier.common.together import Together


class Migration(migrations.Migration):
    replaces = [("steering", "0001_initial"), ("steering", "0002_grants")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_merged"),
        ("territories", "0001_initial"),
    ]

    operations = [
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
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="programmes.plan"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="organisations.organisation",
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
                ("target", models.PositiveIntegerField(verbose_name="combien")),
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
                ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                ("wording", models.CharField(max_length=300, verbose_name="dans ses mots")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("stated_at", models.DateTimeField()),
                (
                    "stated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("target__gte", 1)),
                        name="pledge_promises_something",
                        violation_error_message="Un engagement promet au moins une chose.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_by", None), ("withdrawn_at__isnull", False), _connector="OR"),
                        name="pledge_withdrawal_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="steering.ask"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="steering.pledge",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse à laquelle elle est partie"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "sans réponse"), ("accepted", "oui"), ("declined", "non")],
                        default="sent",
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "personne de disponible en ce moment"),
                            ("later", "plus tard : redemandez dans quelques mois"),
                            ("place", "pas à cet endroit"),
                            ("time", "pas à ces créneaux"),
                            ("other", "autre raison"),
                        ],
                        max_length=10,
                        verbose_name="motif",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une demande",
                "constraints": [
                    models.UniqueConstraint(fields=("ask", "organisation"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answer_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_no_has_reason",
                        violation_error_message="Un non dit pourquoi.",
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
        migrations.CreateModel(
            name="Charter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charters", to="programmes.plan"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
            ],
            options={
                "verbose_name": "charte",
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="steering.charter"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("adopted", models.CharField(max_length=60, verbose_name="adoptée")),
                ("summary", models.TextField(blank=True, verbose_name="ce à quoi on s’engage")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "version de charte",
                "constraints": [models.UniqueConstraint(fields=("charter", "number"), name="charter_version_once")],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="steering.answer"
                    ),
                ),
                ("first_name", models.CharField(max_length=100, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=100, verbose_name="nom")),
                ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                ("named_at", models.DateTimeField()),
                (
                    "volunteer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to="people.volunteer",
                    ),
                ),
                ("joined_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "personne proposée",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "email"),
                        name="contribution_once",
                        violation_error_message="Cette personne est déjà proposée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("joined_at", None), ("declined_at", None), _connector="OR"),
                        name="contribution_joins_or_declines",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="programmes.programme"
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants_given",
                        to="organisations.organisation",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="intitulé")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant en euros")),
                (
                    "quotation",
                    models.CharField(blank=True, max_length=300, verbose_name="objectif, dans les mots du financeur"),
                ),
                ("quoted_number", models.PositiveIntegerField(null=True, verbose_name="nombre cité")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
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
                ("sites", models.ManyToManyField(related_name="grants", to="programmes.site", verbose_name="villes")),
            ],
            options={
                "verbose_name": "subvention",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="grant_is_money",
                        violation_error_message="Une subvention a un montant.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantEvent",
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
                        to="steering.grant",
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
                    "funder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant en euros")),
                ("quoted_number", models.PositiveIntegerField(null=True, verbose_name="nombre cité")),
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
            name="GrantLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="steering.grant"
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="poste")),
                ("planned", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="prévu")),
                ("spent", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="dépensé")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
            ],
            options={
                "verbose_name": "poste de budget",
                "constraints": [
                    models.UniqueConstraint(fields=("grant", "position"), name="grant_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned__gte", 0), models.Q(("spent", None), ("spent__gte", 0), _connector="OR")
                        ),
                        name="grant_line_is_not_negative",
                        violation_error_message="Un montant est positif ou nul.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerEvent",
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
                        to="steering.answer",
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
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="steering.ask",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="steering.pledge",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "sans réponse"), ("accepted", "oui"), ("declined", "non")],
                        default="sent",
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "personne de disponible en ce moment"),
                            ("later", "plus tard : redemandez dans quelques mois"),
                            ("place", "pas à cet endroit"),
                            ("time", "pas à ces créneaux"),
                            ("other", "autre raison"),
                        ],
                        max_length=10,
                        verbose_name="motif",
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PledgeEvent",
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
                        to="steering.pledge",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.plan",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
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
                ("target", models.PositiveIntegerField(verbose_name="combien")),
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
                ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                ("stated_at", models.DateTimeField()),
                (
                    "stated_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_by",
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
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="steering.charterversion"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("signed", models.CharField(max_length=60, verbose_name="signée")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "vague de signatures",
                "constraints": [models.UniqueConstraint(fields=("version", "position"), name="wave_once")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="steering.wave"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="organisations.organisation",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom à la signature")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
            ],
            options={
                "verbose_name": "signature",
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "organisation"), name="signature_once"),
                    models.UniqueConstraint(fields=("wave", "position"), name="signature_position_once"),
                ],
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
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "steering_grantevent" ("amount", "created_at", "created_by_id", "funder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quoted_number") VALUES (NEW."amount", NEW."created_at", NEW."created_by_id", NEW."funder_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quoted_number"); RETURN NULL;',
                    hash="d4699d7d62535e2d5051e0ec85d3e7de4983b678",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8ba3c",
                    table="steering_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."funder_id" IS DISTINCT FROM (NEW."funder_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."quoted_number" IS DISTINCT FROM (NEW."quoted_number"))',
                    func='INSERT INTO "steering_grantevent" ("amount", "created_at", "created_by_id", "funder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "quoted_number") VALUES (NEW."amount", NEW."created_at", NEW."created_by_id", NEW."funder_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."quoted_number"); RETURN NULL;',
                    hash="ec2f2bf5b18401a53d9735a0b49a6e3152d1d233",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3512d",
                    table="steering_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "steering_pledgeevent" ("commune_id", "due_on", "id", "metric", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "stated_at", "stated_by_id", "target", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."commune_id", NEW."due_on", NEW."id", NEW."metric", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."public_id", NEW."stated_at", NEW."stated_by_id", NEW."target", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="bc874a98c4a3d97406456cb12409c2d5f2ce9696",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5ef33",
                    table="steering_pledge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."metric" IS DISTINCT FROM (NEW."metric") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."stated_at" IS DISTINCT FROM (NEW."stated_at") OR OLD."stated_by_id" IS DISTINCT FROM (NEW."stated_by_id") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                    func='INSERT INTO "steering_pledgeevent" ("commune_id", "due_on", "id", "metric", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "stated_at", "stated_by_id", "target", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."commune_id", NEW."due_on", NEW."id", NEW."metric", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."public_id", NEW."stated_at", NEW."stated_by_id", NEW."target", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="10538aa9176d5bb9ac2d29877e27141c7c8858aa",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a3c21",
                    table="steering_pledge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."sent_at", NEW."state"); RETURN NULL;',
                    hash="6cd09cd243a3a55fecb8399f8953a38f58fe6833",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_97120",
                    table="steering_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."ask_id" IS DISTINCT FROM (NEW."ask_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."pledge_id" IS DISTINCT FROM (NEW."pledge_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func='INSERT INTO "steering_answerevent" ("answered_at", "answered_by_id", "ask_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "public_id", "reason", "sent_at", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."ask_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pledge_id", NEW."public_id", NEW."reason", NEW."sent_at", NEW."state"); RETURN NULL;',
                    hash="d5f6fbbf9a02622aa18b872b2e946daa9b81954b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33135",
                    table="steering_answer",
                    when="AFTER",
                ),
            ),
        ),
    ]
    operations = [Together(operations)]
