"""Marraines, matching runs and pairs."""

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.people.models import choices_array
from vivier.people.vocabulary import Interest, Slot


@pghistory.track()
class Mentor(models.Model):
    """What a volunteer offers in one programme. `capacity` counts the girls she accompanies at once."""

    visibility = Visibility(controller="programme__controller", own=("volunteer__user",))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="mentors")
    volunteer = models.ForeignKey("people.Volunteer", on_delete=models.CASCADE, related_name="mentor_profiles")
    capacity = models.PositiveSmallIntegerField("filleules à la fois", default=1)
    slots = choices_array(Slot, "créneaux")
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "marraine ou mentor"
        constraints = [models.UniqueConstraint(fields=["programme", "volunteer"], name="mentor_once")]


class MatchingPolicy(models.Model):
    """One version of a programme's rules: never changed once a run used it. Weights are relative integers."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="matching_policies")
    version = models.PositiveIntegerField()
    radius_km = models.PositiveSmallIntegerField("rayon en km", default=30)
    require_common_slot = models.BooleanField("un créneau commun au moins", default=True)
    require_vetting = models.BooleanField("vérification en cours de validité", default=True)
    weight_distance = models.PositiveSmallIntegerField("poids de la proximité", default=50)
    weight_slots = models.PositiveSmallIntegerField("poids des créneaux communs", default=20)
    weight_interests = models.PositiveSmallIntegerField("poids des goûts communs", default=30)
    first_qpv = models.BooleanField("servir d’abord les QPV", default=True)
    first_rural = models.BooleanField("servir d’abord les communes rurales", default=True)
    score = models.CharField(
        "score", max_length=10, choices=[("concave", "équilibré"), ("linear", "total simple")], default="concave"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "règles d’appariement"
        constraints = [models.UniqueConstraint(fields=["programme", "version"], name="policy_version_once")]


class MatchingRun(models.Model):
    """One run of the engine: what it was given, what it proved."""

    visibility = Visibility(controller="programme__controller", permission=Permission.RUN_MATCHING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="matching_runs")
    number = models.PositiveIntegerField()
    policy = models.ForeignKey(MatchingPolicy, on_delete=models.PROTECT, related_name="runs")
    run_at = models.DateTimeField()
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    mentee_count = models.PositiveIntegerField()
    mentor_count = models.PositiveIntegerField()
    pair_count = models.PositiveIntegerField()
    kept_count = models.PositiveIntegerField("paires gardées hors du calcul")
    matched_count = models.PositiveIntegerField()
    objective = models.BigIntegerField()
    is_certified = models.BooleanField("preuve d’optimalité")
    seconds = models.FloatField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "appariement"
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="run_number_once")]


class RunFile(models.Model):
    """A file of the engine as it was read or written, gzipped: `vivier match` on them gives the same bytes."""

    visibility = Visibility(controller="run__programme__controller", permission=Permission.RUN_MATCHING)

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=30)
    content = models.BinaryField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier d’appariement"
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="run_file_once")]


@pghistory.track()
class Pair(models.Model):
    """One mentee and one mentor: proposed by a run, decided by a person."""

    visibility = Visibility(
        controller="programme__controller",
        own=(
            "enrolment__beneficiary__user",
            "enrolment__beneficiary__guardianships__guardian__user",
            "mentor__volunteer__user",
        ),
    )

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposée"
        LOCKED = "locked", "verrouillée"
        ACCEPTED = "accepted", "acceptée"
        REFUSED = "refused", "refusée"
        SUPERSEDED = "superseded", "remplacée"
        ENDED = "ended", "terminée"

    LIVE = (State.PROPOSED, State.LOCKED, State.ACCEPTED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="pairs")
    run = models.ForeignKey(MatchingRun, null=True, on_delete=models.PROTECT, related_name="pairs")
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="pairs")
    state = models.CharField("état", max_length=12, choices=State, default=State.PROPOSED)
    tier = models.PositiveSmallIntegerField()
    #: Why this pair, as computed when it was proposed.
    score = models.PositiveSmallIntegerField()
    rank = models.PositiveIntegerField("rang de la marraine parmi les possibles")
    candidate_count = models.PositiveIntegerField("marraines possibles")
    mentor_price = models.BigIntegerField()
    distance_km = models.FloatField(null=True)
    common_slots = choices_array(Slot, "créneaux communs")
    common_interests = choices_array(Interest, "goûts communs")
    unknown_rules = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision_reason = models.CharField("motif", max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "accompagnement"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=["proposed", "locked", "accepted"]),
                name="pair_one_live",
                violation_error_message="Elle a déjà une marraine proposée ou acceptée.",
            )
        ]
        indexes = [models.Index(fields=["programme", "state"], name="pair_by_state")]


class Waiting(models.Model):
    """One mentee whom a run could not serve, and why."""

    visibility = Visibility(controller="run__programme__controller", own=("enrolment__beneficiary__user",))

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="waiting")
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="waitings")
    tier = models.PositiveSmallIntegerField()
    reason = models.CharField("raison", max_length=40)
    eligible_count = models.PositiveIntegerField()
    #: How many marraines each rule set aside (a mentor counts under the first rule that refuses her).
    refused_by_distance = models.PositiveIntegerField(default=0)
    refused_by_slots = models.PositiveIntegerField(default=0)
    refused_by_language = models.PositiveIntegerField(default=0)
    refused_by_vetting = models.PositiveIntegerField(default=0)
    refused_by_choice = models.PositiveIntegerField(default=0)
    nearest_km = models.FloatField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "attente"
        constraints = [models.UniqueConstraint(fields=["run", "enrolment"], name="waiting_once")]
