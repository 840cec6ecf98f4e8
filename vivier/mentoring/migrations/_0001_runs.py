"""Runs, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="MatchingPolicy",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="matching_policies",
                    to="programmes.programme",
                ),
            ),
            ("version", models.PositiveIntegerField()),
            ("base", models.CharField(max_length=40, verbose_name="règles de départ")),
            ("radius_km", models.PositiveSmallIntegerField(default=30, verbose_name="rayon en km")),
            ("require_common_slot", models.BooleanField(default=True, verbose_name="un créneau commun au moins")),
            (
                "require_common_language",
                models.BooleanField(default=True, verbose_name="une langue commune au moins"),
            ),
            ("weight_distance", models.PositiveSmallIntegerField(default=50, verbose_name="poids de la proximité")),
            (
                "weight_slots",
                models.PositiveSmallIntegerField(default=20, verbose_name="poids des créneaux communs"),
            ),
            (
                "weight_interests",
                models.PositiveSmallIntegerField(default=30, verbose_name="poids des goûts communs"),
            ),
            ("first_qpv", models.BooleanField(default=True, verbose_name="servir d’abord les QPV")),
            ("first_rural", models.BooleanField(default=True, verbose_name="servir d’abord les communes rurales")),
            (
                "score",
                models.CharField(
                    choices=[("concave", "équilibré"), ("linear", "total simple")],
                    default="concave",
                    max_length=10,
                    verbose_name="score",
                ),
            ),
            (
                "hold_floor",
                models.BooleanField(default=False, verbose_name="relever le moins bon accord avant tout"),
            ),
            ("stickiness", models.PositiveSmallIntegerField(default=0, verbose_name="stabilité des propositions")),
            (
                "group_size",
                models.PositiveSmallIntegerField(default=1, verbose_name="filleules par marraine, au besoin"),
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
            "verbose_name": "règles d’appariement",
            "constraints": [
                models.UniqueConstraint(fields=("programme", "version"), name="policy_version_once"),
                models.CheckConstraint(
                    condition=models.Q(("radius_km__range", (1, 1000))),
                    name="policy_radius_in_range",
                    violation_error_message="Le rayon va de 1 à 1 000 km.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("weight_distance", 0), ("weight_interests", 0), ("weight_slots", 0), _negated=True
                    ),
                    name="policy_weighs_something",
                    violation_error_message="Un critère au moins doit compter.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("stickiness__range", (0, 10000))),
                    name="policy_stickiness_in_range",
                    violation_error_message="La stabilité va de 0 à 10 000 points.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("group_size__range", (1, 6))),
                    name="policy_group_in_range",
                    violation_error_message="Un groupe va de 1 à 6 personnes.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MatchingRun",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="matching_runs",
                    to="programmes.programme",
                ),
            ),
            ("number", models.PositiveIntegerField()),
            (
                "policy",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="mentoring.matchingpolicy"
                ),
            ),
            ("run_at", models.DateTimeField()),
            (
                "run_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("mentee_count", models.PositiveIntegerField()),
            ("mentor_count", models.PositiveIntegerField()),
            ("pair_count", models.PositiveIntegerField()),
            ("kept_count", models.PositiveIntegerField(verbose_name="paires gardées hors du calcul")),
            ("matched_count", models.PositiveIntegerField()),
            ("objective", models.BigIntegerField()),
            ("bound", models.BigIntegerField()),
            ("is_certified", models.BooleanField(verbose_name="preuve d’optimalité")),
            (
                "tiers",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="rangs de priorité",
                ),
            ),
            (
                "tier_mentee_counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="personnes par rang",
                ),
            ),
            (
                "tier_matched_counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="personnes servies par rang",
                ),
            ),
            (
                "unknown_facts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=40),
                    default=list,
                    size=None,
                    verbose_name="données manquantes",
                ),
            ),
            (
                "unknown_counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="personnes par donnée manquante",
                ),
            ),
            (
                "wider_km",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="rayons plus larges",
                ),
            ),
            (
                "wider_counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="personnes servies par rayon",
                ),
            ),
            (
                "lacking_sites",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="villes où une place de plus servirait",
                ),
            ),
            (
                "lacking_counts",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    default=list,
                    size=None,
                    verbose_name="personnes à servir par ville",
                ),
            ),
            ("seconds", models.FloatField()),
        ],
        options={
            "verbose_name": "appariement",
            "constraints": [
                models.UniqueConstraint(fields=("programme", "number"), name="run_number_once"),
                models.CheckConstraint(
                    condition=models.Q(("is_certified", False), ("objective", models.F("bound")), _connector="OR"),
                    name="run_proof_meets_total",
                    violation_error_message="Un appariement prouvé atteint sa borne.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("tiers__len", models.F("tier_mentee_counts__len")),
                        ("tiers__len", models.F("tier_matched_counts__len")),
                        ("unknown_facts__len", models.F("unknown_counts__len")),
                        ("wider_km__len", models.F("wider_counts__len")),
                        ("lacking_sites__len", models.F("lacking_counts__len")),
                    ),
                    name="run_counts_in_parallel",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RunFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "run",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="files", to="mentoring.matchingrun"
                ),
            ),
            ("name", models.CharField(max_length=30)),
            ("content", models.BinaryField()),
        ],
        options={
            "verbose_name": "fichier d’appariement",
            "constraints": [models.UniqueConstraint(fields=("run", "name"), name="run_file_once")],
        },
    ),
    migrations.CreateModel(
        name="Waiting",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "run",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="waiting", to="mentoring.matchingrun"
                ),
            ),
            (
                "enrolment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="waitings", to="programmes.enrolment"
                ),
            ),
            ("tier", models.PositiveIntegerField()),
            ("tier_rule", models.CharField(max_length=40, verbose_name="règle de priorité")),
            ("reason", models.CharField(max_length=40, verbose_name="raison")),
            ("eligible_count", models.PositiveIntegerField(verbose_name="marraines possibles")),
            ("seat_count", models.PositiveIntegerField(default=0, verbose_name="places")),
            (
                "seats_taken_earlier",
                models.PositiveIntegerField(default=0, verbose_name="places prises par des rangs prioritaires"),
            ),
            ("refused_by_distance", models.PositiveIntegerField(default=0)),
            ("refused_by_slots", models.PositiveIntegerField(default=0)),
            ("refused_by_language", models.PositiveIntegerField(default=0)),
            ("refused_by_vetting", models.PositiveIntegerField(default=0)),
            ("refused_by_choice", models.PositiveIntegerField(default=0)),
            ("refused_by_employer", models.PositiveIntegerField(default=0)),
            ("nearest_km", models.FloatField(null=True)),
        ],
        options={
            "verbose_name": "attente",
            "constraints": [models.UniqueConstraint(fields=("run", "enrolment"), name="waiting_once")],
        },
    ),
    migrations.CreateModel(
        name="Wish",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "enrolment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="programmes.enrolment"
                ),
            ),
            (
                "mentor",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="wished_by", to="mentoring.mentor"
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
            "verbose_name": "vœu",
            "verbose_name_plural": "vœux",
            "constraints": [
                models.UniqueConstraint(
                    fields=("enrolment", "mentor"),
                    name="wish_once",
                    violation_error_message="Ce vœu est déjà noté.",
                )
            ],
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="matchingpolicy",
        trigger=pgtrigger.compiler.Trigger(
            name="policy_never_changes",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                hash="f9c09143de50c9e90adbbc6e541d29f933183614",
                operation="UPDATE",
                pgid="pgtrigger_policy_never_changes_4a1cf",
                table="mentoring_matchingpolicy",
                when="BEFORE",
            ),
        ),
    ),
]
