"""Pairs, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
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
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="mentoring.mentor"),
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
]
