"""Files that people send, and what she said of their headings."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet


class PeopleFile(models.Model):
    """A file as it was uploaded, before and after it was imported; its bytes are erased once it has served."""

    visibility = Visibility(controller="programme__controller", permission=Permission.IMPORT_PEOPLE)

    class Kind(models.TextChoices):
        REGISTRANTS = "registrants", "inscrites et inscrits"
        MENTORS = "mentors", "marraines et mentors"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="people_files")
    kind = models.CharField("contenu", max_length=12, choices=Kind)
    name = models.CharField("nom du fichier", max_length=255)
    content = models.BinaryField()
    #: The sheet she chose; "" for the one that fits best, "*" for all of them.
    sheet = models.CharField("feuille choisie", max_length=255, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    #: She attests presence (registrants) or vetting (mentors) for the whole file, as of a day.
    attested_on = models.DateField("attesté au", null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier de personnes"

    @property
    def forgotten_at(self) -> datetime:
        """The moment from which the file, unless it is imported, is erased."""
        return self.uploaded_at + timedelta(days=settings.PEOPLE_FILES_KEPT_DAYS)


class HeadingChoice(models.Model):
    """What a structure means by a heading; remembered for its next files."""

    visibility = Visibility(controller="controller", permission=Permission.IMPORT_PEOPLE)

    controller = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=PeopleFile.Kind)
    heading = models.CharField("intitulé, plié", max_length=200)
    field = models.CharField("champ, ou vide pour ignorer", max_length=40, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "intitulé reconnu"
        constraints = [models.UniqueConstraint(fields=["controller", "kind", "heading"], name="heading_choice_once")]
