"""Marraines, matching rules, matching runs and pairs."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.mentoring.transitions import HELD, LIVE
from vivier.mentoring.vocabulary import REASONS, InvitationState, PairState
from vivier.people.models import choices_array
from vivier.people.vocabulary import Interest, Slot


def _numbers(label: str) -> ArrayField:
    return ArrayField(models.PositiveIntegerField(), default=list, verbose_name=label)


@pghistory.track()
class Mentor(models.Model):
    """What a volunteer offers in one programme. `capacity` counts the girls she accompanies at once; 0 is a value."""

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


@pghistory.track()
class Onboarding(models.Model):
    """What a newcomer does before she enters a run: charter, short training, interview; her verification comes last.

    Volunteers whom a structure brought by a file have none: it answers for them as before.
    """

    visibility = Visibility(controller="volunteer__controller", own=("volunteer__user",))

    volunteer = models.OneToOneField(
        "people.Volunteer", on_delete=models.CASCADE, primary_key=True, related_name="onboarding"
    )
    charter_signed_at = models.DateTimeField("charte signée le", null=True)
    trained_at = models.DateTimeField("formation suivie le", null=True)
    met_on = models.DateField("entretien le", null=True)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "préparation de bénévole"
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on=None, met_at=None) | Q(met_on__isnull=False, met_at__isnull=False),
                name="onboarding_interview_is_recorded",
            )
        ]

    @property
    def missing(self) -> list[str]:
        """The steps not done yet, in order, in words."""
        steps = (
            ("la charte", self.charter_signed_at),
            ("la formation courte", self.trained_at),
            ("l’entretien", self.met_on),
        )
        return [step for step, done in steps if not done]


class Wish(models.Model):
    """A marraine whom a mentee asked to have. The oldest of hers is her first wish; a wish passes no rule."""

    visibility = Visibility(controller="enrolment__programme__controller", permission=Permission.RUN_MATCHING)

    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="wishes")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="wished_by")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "vœu"
        verbose_name_plural = "vœux"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "mentor"],
                name="wish_once",
                violation_error_message="Ce vœu est déjà noté.",
            )
        ]


class MatchingPolicy(models.Model):
    """One version of a programme's rules, never changed: a change is a new version. Weights are relative integers."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="matching_policies")
    version = models.PositiveIntegerField()
    #: The engine's own rules from which this version departs (Policy.id): what is not a column here comes from them.
    base = models.CharField("règles de départ", max_length=40)
    radius_km = models.PositiveSmallIntegerField("rayon en km", default=30)
    require_common_slot = models.BooleanField("un créneau commun au moins", default=True)
    require_common_language = models.BooleanField("une langue commune au moins", default=True)
    weight_distance = models.PositiveSmallIntegerField("poids de la proximité", default=50)
    weight_slots = models.PositiveSmallIntegerField("poids des créneaux communs", default=20)
    weight_interests = models.PositiveSmallIntegerField("poids des goûts communs", default=30)
    first_qpv = models.BooleanField("servir d’abord les QPV", default=True)
    first_rural = models.BooleanField("servir d’abord les communes rurales", default=True)
    score = models.CharField(
        "score", max_length=10, choices=[("concave", "équilibré"), ("linear", "total simple")], default="concave"
    )
    hold_floor = models.BooleanField("relever le moins bon accord avant tout", default=False)
    #: Points that a proposal not yet decided counts for more in the next run, of the 10 000 of the best score.
    stickiness = models.PositiveSmallIntegerField("stabilité des propositions", default=0)
    #: 1: never more than each offers. More: where seats are short, whoever offers one may be proposed so many.
    group_size = models.PositiveSmallIntegerField("filleules par marraine, au besoin", default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "règles d’appariement"
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(radius_km__range=(1, 1000)),
                name="policy_radius_in_range",
                violation_error_message="Le rayon va de 1 à 1 000 km.",
            ),
            models.CheckConstraint(
                condition=~Q(weight_distance=0, weight_slots=0, weight_interests=0),
                name="policy_weighs_something",
                violation_error_message="Un critère au moins doit compter.",
            ),
            models.CheckConstraint(
                condition=Q(stickiness__range=(0, 10_000)),
                name="policy_stickiness_in_range",
                violation_error_message="La stabilité va de 0 à 10 000 points.",
            ),
            models.CheckConstraint(
                condition=Q(group_size__range=(1, 6)),
                name="policy_group_in_range",
                violation_error_message="Un groupe va de 1 à 6 personnes.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="policy_never_changes", operation=pgtrigger.Update)]


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
    #: The total reached (primal) and the bound that proves it (dual): equal where the run is certified.
    objective = models.BigIntegerField()
    bound = models.BigIntegerField()
    is_certified = models.BooleanField("preuve d’optimalité")
    #: The distinct tiers, the first served first; mentees and pairs made in each, in the same order.
    tiers = _numbers("rangs de priorité")
    tier_mentee_counts = _numbers("personnes par rang")
    tier_matched_counts = _numbers("personnes servies par rang")
    #: Facts about which the data say nothing for somebody, and for how many: a rule that needs it refused none of them.
    unknown_facts = ArrayField(models.CharField(max_length=40), default=list, verbose_name="données manquantes")
    unknown_counts = _numbers("personnes par donnée manquante")
    #: What would serve more: wider radii in km, how many each would serve in all; cities (keys of sites), how many
    #: more new mentors there would serve at most.
    wider_km = _numbers("rayons plus larges")
    wider_counts = _numbers("personnes servies par rayon")
    lacking_sites = _numbers("villes où une place de plus servirait")
    lacking_counts = _numbers("personnes à servir par ville")
    seconds = models.FloatField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "appariement"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="run_number_once"),
            models.CheckConstraint(
                condition=Q(is_certified=False) | Q(objective=models.F("bound")),
                name="run_proof_meets_total",
                violation_error_message="Un appariement prouvé atteint sa borne.",
            ),
            models.CheckConstraint(
                condition=Q(tiers__len=models.F("tier_mentee_counts__len"))
                & Q(tiers__len=models.F("tier_matched_counts__len"))
                & Q(unknown_facts__len=models.F("unknown_counts__len"))
                & Q(wider_km__len=models.F("wider_counts__len"))
                & Q(lacking_sites__len=models.F("lacking_counts__len")),
                name="run_counts_in_parallel",
            ),
        ]

    @property
    def unmatched_count(self) -> int:
        """Mentees of the run whom it could not serve."""
        return self.mentee_count - self.matched_count


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


@pghistory.track(exclude=["decision_note"])
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

    State = PairState
    LIVE = LIVE
    HELD = HELD

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="pairs")
    run = models.ForeignKey(MatchingRun, null=True, on_delete=models.PROTECT, related_name="pairs")
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="pairs")
    state = models.CharField("état", max_length=12, choices=PairState, default=PairState.PROPOSED)
    #: Why this pair, as computed when it was proposed.
    tier = models.PositiveIntegerField()
    tier_rule = models.CharField("règle de priorité", max_length=40)
    score = models.PositiveSmallIntegerField()
    rank = models.PositiveIntegerField("rang de la marraine parmi les possibles")
    candidate_count = models.PositiveIntegerField("marraines possibles")
    mentor_price = models.BigIntegerField()
    distance_km = models.FloatField(null=True)
    common_slots = choices_array(Slot, "créneaux communs")
    common_interests = choices_array(Interest, "goûts communs")
    unknown_rules = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    wish_rank = models.PositiveSmallIntegerField("rang du vœu", null=True)
    #: On a seat beyond those that the marraine offers, which the rules let a run propose where seats are short.
    is_extra = models.BooleanField("au-delà des places offertes", default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision_reason = models.CharField("motif", max_length=20, blank=True, choices=REASONS)
    decision_note = models.CharField("précision", max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "accompagnement"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=["proposed", "locked", "accepted"]),
                name="pair_one_live",
                violation_error_message="Cette personne a déjà une proposition ou un accompagnement.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "ended"]) | ~Q(decision_reason=""),
                name="pair_refusal_has_reason",
                violation_error_message="Un refus ou une fin dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False),
                name="pair_decision_is_dated",
                violation_error_message="Une décision est datée.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state"], name="pair_by_state"),
            models.Index(fields=["mentor"], condition=Q(state__in=["locked", "accepted"]), name="pair_held_by_mentor"),
        ]


@pghistory.track()
class Invitation(models.Model):
    """The question put to both people of an accepted pair. Its reason, where somebody says no, is that of the pair."""

    visibility = Visibility(controller="pair__programme__controller", permission=Permission.RUN_MATCHING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="invitation")
    state = models.CharField("état", max_length=12, choices=InvitationState, default=InvitationState.SENT)
    #: After that day the silence shows in the coordinator's tasks; it decides nothing.
    answer_before = models.DateField("réponse attendue avant le")
    #: The last time that the invitation went out.
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField("dernière réponse le", null=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: When both were written to with their first meeting: once, as soon as they may know each other.
    handed_over_at = models.DateTimeField("mise en relation le", null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", replied_at=None) | (~Q(state="sent") & Q(replied_at__isnull=False)),
                name="invitation_reply_is_dated",
                violation_error_message="Une réponse est datée.",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at=None) | Q(state="confirmed"),
                name="invitation_hand_over_is_confirmed",
                violation_error_message="Une mise en relation suit deux oui.",
            ),
        ]


class PairAlternative(models.Model):
    """Another mentor whom the mentee of a pair could have met, as the run weighed it."""

    visibility = Visibility(controller="pair__programme__controller", permission=Permission.RUN_MATCHING)

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="alternatives")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField("rang parmi les possibles")
    score = models.PositiveSmallIntegerField()
    #: By how many points this pair would have to rise to enter an optimal run; 0: it could as well have been chosen.
    slack = models.BigIntegerField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "autre marraine possible"
        constraints = [models.UniqueConstraint(fields=["pair", "mentor"], name="alternative_once")]


class Waiting(models.Model):
    """One mentee whom a run could not serve, and why."""

    visibility = Visibility(controller="run__programme__controller", own=("enrolment__beneficiary__user",))

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="waiting")
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="waitings")
    tier = models.PositiveIntegerField()
    tier_rule = models.CharField("règle de priorité", max_length=40)
    reason = models.CharField("raison", max_length=40)
    eligible_count = models.PositiveIntegerField("marraines possibles")
    #: Seats that these marraines offer, and how many of them serve somebody of an earlier tier.
    seat_count = models.PositiveIntegerField("places", default=0)
    seats_taken_earlier = models.PositiveIntegerField("places prises par des rangs prioritaires", default=0)
    #: How many marraines each rule set aside (a mentor counts under the first rule that refuses her).
    refused_by_distance = models.PositiveIntegerField(default=0)
    refused_by_slots = models.PositiveIntegerField(default=0)
    refused_by_language = models.PositiveIntegerField(default=0)
    refused_by_vetting = models.PositiveIntegerField(default=0)
    refused_by_choice = models.PositiveIntegerField(default=0)
    refused_by_employer = models.PositiveIntegerField(default=0)
    #: The nearest mentor with room whom only the distance keeps away.
    nearest_km = models.FloatField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "attente"
        constraints = [models.UniqueConstraint(fields=["run", "enrolment"], name="waiting_once")]
