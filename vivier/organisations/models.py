"""Structures and the people who act in their name."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet


class Organisation(models.Model):
    """A structure: association, company, school or public body."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", "association"
        COMPANY = "company", "entreprise"
        SCHOOL = "school", "établissement scolaire"
        PUBLIC_BODY = "public_body", "structure publique"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("nom court", max_length=80, unique=True)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    uai = models.CharField("UAI", max_length=8, blank=True)
    email = models.EmailField("adresse de contact", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    commune = models.ForeignKey(
        "territories.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "structure"
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="organisation_siret_once"),
            models.UniqueConstraint(fields=["uai"], condition=~Q(uai=""), name="organisation_uai_once"),
            models.CheckConstraint(
                condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"), name="organisation_siret_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member does for her structure; all of them need a second factor."""

    COORDINATOR = "coordinator", "coordinatrice ou coordinateur"
    SAFEGUARDING_REFERENT = "safeguarding_referent", "référente ou référent protection"
    PLAN_OFFICER = "plan_officer", "chargée ou chargé de plan"
    ANALYST = "analyst", "analyste"
    ADMINISTRATOR = "administrator", "administratrice ou administrateur"


@pghistory.track()
class Membership(models.Model):
    """One role of one user in one structure, from a day to a day."""

    visibility = Visibility(controller="organisation", permission=Permission.MANAGE_MEMBERS, own=("user",))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("rôle", max_length=30, choices=Role)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(revoked_at=None),
                name="membership_once",
                violation_error_message="Cette personne a déjà ce rôle.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False),
                name="membership_revocation_is_dated",
                violation_error_message="Un rôle retiré porte la date de son retrait.",
            ),
        ]
