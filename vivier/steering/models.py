"""Charters and those who signed them, pledges, asks, and what came of them."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.people.models import choices_array
from vivier.people.vocabulary import Slot
from vivier.steering.vocabulary import ActionKind, AnswerState, DeclineReason, Metric, Precision


class Charter(models.Model):
    """A text that structures sign; `adopted` as its source words it, since only the month may be known."""

    plan = models.ForeignKey("programmes.Plan", on_delete=models.PROTECT, related_name="charters")
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("adresse", max_length=80, unique=True)

    class Meta:
        verbose_name = "charte"

    def __str__(self) -> str:
        return self.name


class CharterVersion(models.Model):
    """One version of a charter's text."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    adopted = models.CharField("adoptée", max_length=60)
    summary = models.TextField("ce à quoi on s’engage", blank=True)
    source = models.CharField("source", max_length=300)

    class Meta:
        verbose_name = "version de charte"
        constraints = [models.UniqueConstraint(fields=["charter", "number"], name="charter_version_once")]


class Wave(models.Model):
    """Structures that signed together."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="waves")
    position = models.PositiveSmallIntegerField("rang")
    signed = models.CharField("signée", max_length=60)
    source = models.CharField("source", max_length=300)

    class Meta:
        verbose_name = "vague de signatures"
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="wave_once")]


class Signature(models.Model):
    """One structure's signature, under the name it had that day."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField("nom à la signature", max_length=200)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "signature"
        constraints = [
            models.UniqueConstraint(fields=["wave", "organisation"], name="signature_once"),
            models.UniqueConstraint(fields=["wave", "position"], name="signature_position_once"),
        ]


@pghistory.track(exclude=["wording", "source"])
class Pledge(models.Model):
    """What a structure promised, in its own words; what came of it is counted from records, never typed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("programmes.Plan", on_delete=models.PROTECT, related_name="pledges")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="pledges")
    metric = models.CharField("quoi", max_length=20, choices=Metric)
    target = models.PositiveIntegerField("combien")
    commune = models.ForeignKey(
        "territories.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    wording = models.CharField("dans ses mots", max_length=300)
    source = models.CharField("source", max_length=300)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "engagement"
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gte=1),
                name="pledge_promises_something",
                violation_error_message="Un engagement promet au moins une chose.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False), name="pledge_withdrawal_is_dated"
            ),
        ]


@pghistory.track(exclude=["message"])
class Ask(models.Model):
    """What a programme lacks, asked of partners."""

    visibility = Visibility(controller="programme__controller", permission=Permission.ASK_PARTNERS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="asks")
    metric = models.CharField("quoi", max_length=20, choices=Metric)
    site = models.ForeignKey("programmes.Site", null=True, on_delete=models.PROTECT, related_name="asks")
    quantity = models.PositiveIntegerField("combien")
    slots = choices_array(Slot, "créneaux")
    message = models.CharField("message", max_length=500, blank=True)
    answer_before = models.DateField("réponse souhaitée avant le")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="ask_wants_something",
                violation_error_message="Demandez au moins une chose.",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_at__isnull=False), name="ask_closing_is_dated"
            ),
        ]


@pghistory.track(exclude=["email", "note"])
class Answer(models.Model):
    """An ask as one partner received it, and what the partner said."""

    visibility = Visibility(controller="ask__programme__controller", permission=Permission.ASK_PARTNERS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="answers")
    #: The pledge that the ask calls in, where there is one.
    pledge = models.ForeignKey(Pledge, null=True, on_delete=models.PROTECT, related_name="answers")
    email = models.EmailField("adresse à laquelle elle est partie", blank=True)
    state = models.CharField("réponse", max_length=10, choices=AnswerState, default=AnswerState.SENT)
    reason = models.CharField("motif", max_length=10, choices=DeclineReason, blank=True)
    note = models.CharField("précision", max_length=200, blank=True)
    sent_at = models.DateTimeField()
    #: The last time the mail went out again.
    resent_at = models.DateTimeField(null=True)
    resent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse à une demande"
        constraints = [
            models.UniqueConstraint(fields=["ask", "organisation"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(state="sent", answered_at=None) | (~Q(state="sent") & Q(answered_at__isnull=False)),
                name="answer_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="answer_no_has_reason",
                violation_error_message="Un non dit pourquoi.",
            ),
        ]


class Contribution(models.Model):
    """One thing given in answer: somebody whom a partner named and the volunteer she became, or what it offers.

    What each metric fills and which record proves it is said by vocabulary.METRICS.
    """

    visibility = Visibility(controller="answer__ask__programme__controller", permission=Permission.ASK_PARTNERS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="contributions")
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    quantity = models.PositiveIntegerField("combien", default=1)
    starts_on = models.DateField("à partir du", null=True)
    ends_on = models.DateField("jusqu’au", null=True)
    commune = models.ForeignKey("territories.Commune", null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    volunteer = models.ForeignKey(
        "people.Volunteer", null=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    joined_at = models.DateTimeField(null=True)
    #: She said no, or the partner took its offer back.
    declined_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "email"],
                condition=~Q(email=""),
                name="contribution_once",
                violation_error_message="Cette personne est déjà proposée.",
            ),
            models.CheckConstraint(
                condition=Q(joined_at=None) | Q(declined_at=None), name="contribution_joins_or_declines"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="contribution_is_something",
                violation_error_message="Proposez au moins une chose.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="contribution_ends_after_it_starts",
                violation_error_message="La fin est avant le début : vérifiez les dates.",
            ),
        ]

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def short_name(self) -> str:
        """First name and initial: enough for whoever named her, on a page that a link opens."""
        return f"{self.first_name} {self.last_name[:1]}.".strip() if self.last_name else self.first_name


@pghistory.track()
class Receipt(models.Model):
    """What the structure that asked says it received of an offer; the partner that promised it cannot write here."""

    visibility = Visibility(
        controller="contribution__answer__ask__programme__controller", permission=Permission.ASK_PARTNERS
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="receipts")
    quantity = models.PositiveIntegerField("combien", default=1)
    received_on = models.DateField("le")
    #: The session in which the partner took part: it counts while it is held and somebody came.
    session = models.ForeignKey("workshops.Session", null=True, on_delete=models.PROTECT, related_name="receipts")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "réception"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "received_on"],
                condition=Q(undone_at=None),
                name="receipt_once_a_day",
                violation_error_message="Une réception de ce jour est déjà notée : annulez-la pour la corriger.",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="receipt_is_something"),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="receipt_undoing_is_dated"
            ),
        ]


@pghistory.track(exclude=["title", "url"])
class PartnerAction(models.Model):
    """What a structure of a plan announces in the register of all partners; it proves no pledge."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("programmes.Plan", on_delete=models.PROTECT, related_name="partner_actions")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="partner_actions"
    )
    title = models.CharField("titre", max_length=120)
    kind = models.CharField("nature", max_length=20, choices=ActionKind)
    #: The first and the last day of what is known: a day, a month or a year, as `precision` says.
    starts_on = models.DateField("quand")
    ends_on = models.DateField("dernier jour possible")
    precision = models.CharField("date connue", max_length=10, choices=Precision)
    #: None: online, or everywhere.
    commune = models.ForeignKey("territories.Commune", null=True, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField("annoncée publiquement", default=False)
    url = models.URLField("lien", max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "action d’un partenaire"
        indexes = [models.Index(fields=["plan", "starts_on"], name="partner_action_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_by=None) | Q(cancelled_at__isnull=False),
                name="partner_action_cancellation_is_dated",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="partner_action_days_in_order"),
        ]


@pghistory.track(exclude=["label", "quotation", "source"])
class Grant(models.Model):
    """Money given to a programme for some of its cities; `quotation` is the aim in its funder's own words."""

    visibility = Visibility(controller="programme__controller", permission=Permission.ASK_PARTNERS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="grants")
    funder = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="grants_given")
    label = models.CharField("intitulé", max_length=200)
    amount = models.DecimalField("montant en euros", max_digits=12, decimal_places=2)
    #: The only cities that this money may count.
    sites = models.ManyToManyField("programmes.Site", related_name="grants", verbose_name="villes")
    quotation = models.CharField("objectif, dans les mots du financeur", max_length=300, blank=True)
    #: A number of people in the quotation that may be read as where one starts from or as where one goes.
    quoted_number = models.PositiveIntegerField("nombre cité", null=True)
    source = models.CharField("source", max_length=300)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "subvention"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="grant_is_money",
                violation_error_message="Une subvention a un montant.",
            )
        ]


class GrantLine(models.Model):
    """One line of a grant's budget: what was planned and what was spent, in euros; None: not spent yet."""

    visibility = Visibility(controller="grant__programme__controller", permission=Permission.ASK_PARTNERS)

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="lines")
    label = models.CharField("poste", max_length=120)
    planned = models.DecimalField("prévu", max_digits=12, decimal_places=2)
    spent = models.DecimalField("dépensé", max_digits=12, decimal_places=2, null=True)
    position = models.PositiveSmallIntegerField("rang")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "poste de budget"
        constraints = [
            models.UniqueConstraint(fields=["grant", "position"], name="grant_line_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(spent=None) | Q(spent__gte=0)),
                name="grant_line_is_not_negative",
                violation_error_message="Un montant est positif ou nul.",
            ),
        ]
