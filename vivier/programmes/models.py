"""Plan → axis → programme → site, and who takes part."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.people.models import choices_array
from vivier.people.vocabulary import Slot
from vivier.programmes.vocabulary import WORDS, Attachment, Audience, Words


class Plan(models.Model):
    """A territory's policy, as published."""

    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("nom court", max_length=80, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="plans")
    region = models.ForeignKey("territories.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: As the source words it ("mars 2019"): a partial date is stored and shown as such.
    adopted = models.CharField("adopté", max_length=60, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "plan"

    def __str__(self) -> str:
        return self.name


class Axis(models.Model):
    """One line of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="axes")
    name = models.CharField("nom", max_length=200)
    position = models.PositiveSmallIntegerField("rang", default=1)

    class Meta:
        verbose_name = "axe"
        verbose_name_plural = "axes"
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="axis_position_once")]

    def __str__(self) -> str:
        return f"{self.plan} : {self.name}"


@pghistory.track()
class Programme(models.Model):
    """What a structure runs (ELL'OWEB), season after season."""

    visibility = Visibility(controller="controller", permission=Permission.VIEW_AGGREGATES)

    controller = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="programmes")
    axis = models.ForeignKey(Axis, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    #: Whether the plan's holder agrees: until then no partner of the plan is written to.
    attachment = models.CharField("rattachement", max_length=10, choices=Attachment, blank=True)
    attachment_decided_at = models.DateTimeField(null=True)
    attachment_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    season = models.CharField("saison", max_length=40, blank=True)
    purpose = models.TextField("en deux phrases", blank=True)
    audience = models.CharField("public", max_length=20, choices=Audience, default=Audience.LYCEENNES)
    #: Every attendee of a session gets a marraine unless she opts out.
    offers_mentoring = models.BooleanField("une marraine pour chacune", default=True)
    #: By then each attendee should have a marraine with whom both said yes; None: no date was set.
    mentors_due_on = models.DateField("une marraine pour chacune avant le", null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(axis=None, attachment="") | (Q(axis__isnull=False) & ~Q(attachment="")),
                name="programme_attachment_is_to_an_axis",
                violation_error_message="Un rattachement va avec un axe : donnez les deux, ou aucun.",
            ),
            models.CheckConstraint(
                condition=Q(attachment__in=["accepted", "refused"], attachment_decided_at__isnull=False)
                | (~Q(attachment__in=["accepted", "refused"]) & Q(attachment_decided_at=None)),
                name="programme_attachment_is_dated",
                violation_error_message="Un rattachement accepté ou refusé dit quand il l’a été.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plan_id(self) -> int | None:
        """The plan whose holder accepted the programme; None: none, or not yet."""
        return self.axis.plan_id if self.attachment == Attachment.ACCEPTED else None

    @property
    def words(self) -> Words:
        """The French words that agree with the audience."""
        return WORDS[self.audience]


class Site(models.Model):
    """A city in which a programme is run."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sites")
    commune = models.ForeignKey("territories.Commune", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("rang", default=1)

    class Meta:
        verbose_name = "ville"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "commune"],
                name="site_once",
                violation_error_message="Cette ville est déjà dans le programme.",
            )
        ]


@pghistory.track()
class Enrolment(models.Model):
    """One beneficiary in one programme: what the matching needs to know of her there."""

    visibility = Visibility(
        controller="programme__controller",
        own=("beneficiary__user", "beneficiary__guardianships__guardian__user"),
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    beneficiary = models.ForeignKey("people.Beneficiary", on_delete=models.CASCADE, related_name="enrolments")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments")
    slots = choices_array(Slot, "créneaux")
    #: A marraine is a right: she is in the run unless she opts out.
    opted_out_at = models.DateTimeField(null=True)
    opted_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "participation"
        constraints = [models.UniqueConstraint(fields=["programme", "beneficiary"], name="enrolment_once")]
        indexes = [models.Index(fields=["programme", "site"], name="enrolment_by_site")]
