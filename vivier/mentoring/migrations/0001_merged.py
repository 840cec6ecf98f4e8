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
    replaces = [
        ("mentoring", "0001_initial"),
        ("mentoring", "0002_end_by_consent"),
        ("mentoring", "0003_what_would_help"),
        ("mentoring", "0004_rules_of_scale"),
        ("mentoring", "0005_onboarding"),
        ("mentoring", "0006_invitations"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0001_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_merged"),
    ]

    operations = [
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
            name="Pair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairs", to="programmes.programme"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs",
                        to="mentoring.matchingrun",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="programmes.enrolment"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="mentoring.mentor"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposée"),
                            ("locked", "verrouillée"),
                            ("accepted", "acceptée"),
                            ("refused", "refusée"),
                            ("superseded", "remplacée"),
                            ("ended", "terminée"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("tier", models.PositiveIntegerField()),
                ("tier_rule", models.CharField(max_length=40, verbose_name="règle de priorité")),
                ("score", models.PositiveSmallIntegerField()),
                ("rank", models.PositiveIntegerField(verbose_name="rang de la marraine parmi les possibles")),
                ("candidate_count", models.PositiveIntegerField(verbose_name="marraines possibles")),
                ("mentor_price", models.BigIntegerField()),
                ("distance_km", models.FloatField(null=True)),
                (
                    "common_slots",
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
                        verbose_name="créneaux communs",
                    ),
                ),
                (
                    "common_interests",
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
                        verbose_name="goûts communs",
                    ),
                ),
                (
                    "unknown_rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("wish_rank", models.PositiveSmallIntegerField(null=True, verbose_name="rang du vœu")),
                ("is_extra", models.BooleanField(default=False, verbose_name="au-delà des places offertes")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_now", "pas en ce moment"),
                            ("slots", "leurs horaires ne vont pas ensemble"),
                            ("too_far", "trop loin en pratique"),
                            ("field", "un autre domaine irait mieux"),
                            ("known", "un lien existe déjà : famille, école ou travail"),
                            ("unwanted", "pas d’accompagnement du tout"),
                            ("unsaid", "sans dire pourquoi"),
                            ("too_far", "trop loin en pratique"),
                            ("slots", "leurs horaires ne vont pas ensemble"),
                            ("mentee_wish", "la personne accompagnée ne le souhaite pas"),
                            ("mentor_wish", "la personne proposée ne le souhaite pas"),
                            ("known", "un lien existe déjà : famille, école ou travail"),
                            ("protection", "un doute sur la protection"),
                            ("other", "une autre raison"),
                            ("completed", "terminé comme prévu"),
                            ("mentee_stopped", "la personne accompagnée arrête"),
                            ("mentor_stopped", "la marraine ou le mentor arrête"),
                            ("moved", "un déménagement"),
                            ("protection", "un doute sur la protection"),
                            ("other", "une autre raison"),
                            ("consent", "un accord a été refusé ou retiré"),
                        ],
                        max_length=20,
                        verbose_name="motif",
                    ),
                ),
                ("decision_note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
            ],
            options={
                "verbose_name": "accompagnement",
                "indexes": [
                    models.Index(fields=["programme", "state"], name="pair_by_state"),
                    models.Index(
                        condition=models.Q(("state__in", ["locked", "accepted"])),
                        fields=["mentor"],
                        name="pair_held_by_mentor",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "locked", "accepted"])),
                        fields=("enrolment",),
                        name="pair_one_live",
                        violation_error_message="Cette personne a déjà une proposition ou un accompagnement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "ended"]), _negated=True),
                            models.Q(("decision_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pair_refusal_has_reason",
                        violation_error_message="Un refus ou une fin dit pourquoi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "proposed"), ("decided_at__isnull", False), _connector="OR"),
                        name="pair_decision_is_dated",
                        violation_error_message="Une décision est datée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "pair",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="mentoring.pair"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "deux réponses attendues"),
                            ("mentee_yes", "oui de la personne accompagnée, l’autre réponse est attendue"),
                            ("mentor_yes", "oui de la marraine ou du mentor, l’autre réponse est attendue"),
                            ("confirmed", "confirmée des deux côtés"),
                            ("mentee_no", "déclinée par la personne accompagnée"),
                            ("mentor_no", "déclinée par la marraine ou le mentor"),
                            ("cancelled", "annulée"),
                        ],
                        default="sent",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True, verbose_name="dernière réponse le")),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handed_over_at", models.DateTimeField(null=True, verbose_name="mise en relation le")),
            ],
            options={
                "verbose_name": "invitation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at", None), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("replied_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_reply_is_dated",
                        violation_error_message="Une réponse est datée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed_over_at", None), ("state", "confirmed"), _connector="OR"),
                        name="invitation_hand_over_is_confirmed",
                        violation_error_message="Une mise en relation suit deux oui.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
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
                        to="mentoring.invitation",
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
                    "pair",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="mentoring.pair",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "deux réponses attendues"),
                            ("mentee_yes", "oui de la personne accompagnée, l’autre réponse est attendue"),
                            ("mentor_yes", "oui de la marraine ou du mentor, l’autre réponse est attendue"),
                            ("confirmed", "confirmée des deux côtés"),
                            ("mentee_no", "déclinée par la personne accompagnée"),
                            ("mentor_no", "déclinée par la marraine ou le mentor"),
                            ("cancelled", "annulée"),
                        ],
                        default="sent",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True, verbose_name="dernière réponse le")),
                (
                    "replied_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handed_over_at", models.DateTimeField(null=True, verbose_name="mise en relation le")),
            ],
            options={
                "abstract": False,
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
        migrations.CreateModel(
            name="PairAlternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alternatives", to="mentoring.pair"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="mentoring.mentor"
                    ),
                ),
                ("rank", models.PositiveIntegerField(verbose_name="rang parmi les possibles")),
                ("score", models.PositiveSmallIntegerField()),
                ("slack", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "autre marraine possible",
                "constraints": [models.UniqueConstraint(fields=("pair", "mentor"), name="alternative_once")],
            },
        ),
        migrations.CreateModel(
            name="PairEvent",
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
                        to="mentoring.pair",
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="mentoring.matchingrun",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.enrolment",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="mentoring.mentor",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposée"),
                            ("locked", "verrouillée"),
                            ("accepted", "acceptée"),
                            ("refused", "refusée"),
                            ("superseded", "remplacée"),
                            ("ended", "terminée"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("tier", models.PositiveIntegerField()),
                ("tier_rule", models.CharField(max_length=40, verbose_name="règle de priorité")),
                ("score", models.PositiveSmallIntegerField()),
                ("rank", models.PositiveIntegerField(verbose_name="rang de la marraine parmi les possibles")),
                ("candidate_count", models.PositiveIntegerField(verbose_name="marraines possibles")),
                ("mentor_price", models.BigIntegerField()),
                ("distance_km", models.FloatField(null=True)),
                (
                    "common_slots",
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
                        verbose_name="créneaux communs",
                    ),
                ),
                (
                    "common_interests",
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
                        verbose_name="goûts communs",
                    ),
                ),
                (
                    "unknown_rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("wish_rank", models.PositiveSmallIntegerField(null=True, verbose_name="rang du vœu")),
                ("is_extra", models.BooleanField(default=False, verbose_name="au-delà des places offertes")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_now", "pas en ce moment"),
                            ("slots", "leurs horaires ne vont pas ensemble"),
                            ("too_far", "trop loin en pratique"),
                            ("field", "un autre domaine irait mieux"),
                            ("known", "un lien existe déjà : famille, école ou travail"),
                            ("unwanted", "pas d’accompagnement du tout"),
                            ("unsaid", "sans dire pourquoi"),
                            ("too_far", "trop loin en pratique"),
                            ("slots", "leurs horaires ne vont pas ensemble"),
                            ("mentee_wish", "la personne accompagnée ne le souhaite pas"),
                            ("mentor_wish", "la personne proposée ne le souhaite pas"),
                            ("known", "un lien existe déjà : famille, école ou travail"),
                            ("protection", "un doute sur la protection"),
                            ("other", "une autre raison"),
                            ("completed", "terminé comme prévu"),
                            ("mentee_stopped", "la personne accompagnée arrête"),
                            ("mentor_stopped", "la marraine ou le mentor arrête"),
                            ("moved", "un déménagement"),
                            ("protection", "un doute sur la protection"),
                            ("other", "une autre raison"),
                            ("consent", "un accord a été refusé ou retiré"),
                        ],
                        max_length=20,
                        verbose_name="motif",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
        pgtrigger.migrations.AddTrigger(
            model_name="pair",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mentoring_pairevent" ("candidate_count", "common_interests", "common_slots", "decided_at", "decided_by_id", "decision_reason", "distance_km", "enrolment_id", "id", "is_extra", "mentor_id", "mentor_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "rank", "run_id", "score", "state", "tier", "tier_rule", "unknown_rules", "wish_rank") VALUES (NEW."candidate_count", NEW."common_interests", NEW."common_slots", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."distance_km", NEW."enrolment_id", NEW."id", NEW."is_extra", NEW."mentor_id", NEW."mentor_price", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."rank", NEW."run_id", NEW."score", NEW."state", NEW."tier", NEW."tier_rule", NEW."unknown_rules", NEW."wish_rank"); RETURN NULL;',
                    hash="6097706bc8a1c1ae606f6558c66eaaf1c94e4792",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8164e",
                    table="mentoring_pair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pair",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."candidate_count" IS DISTINCT FROM (NEW."candidate_count") OR OLD."common_interests" IS DISTINCT FROM (NEW."common_interests") OR OLD."common_slots" IS DISTINCT FROM (NEW."common_slots") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decision_reason" IS DISTINCT FROM (NEW."decision_reason") OR OLD."distance_km" IS DISTINCT FROM (NEW."distance_km") OR OLD."enrolment_id" IS DISTINCT FROM (NEW."enrolment_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_extra" IS DISTINCT FROM (NEW."is_extra") OR OLD."mentor_id" IS DISTINCT FROM (NEW."mentor_id") OR OLD."mentor_price" IS DISTINCT FROM (NEW."mentor_price") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."run_id" IS DISTINCT FROM (NEW."run_id") OR OLD."score" IS DISTINCT FROM (NEW."score") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tier" IS DISTINCT FROM (NEW."tier") OR OLD."tier_rule" IS DISTINCT FROM (NEW."tier_rule") OR OLD."unknown_rules" IS DISTINCT FROM (NEW."unknown_rules") OR OLD."wish_rank" IS DISTINCT FROM (NEW."wish_rank"))',
                    func='INSERT INTO "mentoring_pairevent" ("candidate_count", "common_interests", "common_slots", "decided_at", "decided_by_id", "decision_reason", "distance_km", "enrolment_id", "id", "is_extra", "mentor_id", "mentor_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "rank", "run_id", "score", "state", "tier", "tier_rule", "unknown_rules", "wish_rank") VALUES (NEW."candidate_count", NEW."common_interests", NEW."common_slots", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."distance_km", NEW."enrolment_id", NEW."id", NEW."is_extra", NEW."mentor_id", NEW."mentor_price", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."rank", NEW."run_id", NEW."score", NEW."state", NEW."tier", NEW."tier_rule", NEW."unknown_rules", NEW."wish_rank"); RETURN NULL;',
                    hash="0db7d2bdc65f704e47771ae3c351257f31f28688",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90d34",
                    table="mentoring_pair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "mentoring_invitationevent" ("answer_before", "handed_over_at", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replied_at", "replied_by_id", "sent_at", "sent_by_id", "state") VALUES (NEW."answer_before", NEW."handed_over_at", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."replied_at", NEW."replied_by_id", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;',
                    hash="e9d6b9cef07904a96b7336496c905559eb5f1303",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7741b",
                    table="mentoring_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "mentoring_invitationevent" ("answer_before", "handed_over_at", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replied_at", "replied_by_id", "sent_at", "sent_by_id", "state") VALUES (NEW."answer_before", NEW."handed_over_at", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."replied_at", NEW."replied_by_id", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;',
                    hash="a0170b28254c5b127938c6ef3a17295b2cc282e2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_00861",
                    table="mentoring_invitation",
                    when="AFTER",
                ),
            ),
        ),
    ]
    operations = [Together(operations)]
