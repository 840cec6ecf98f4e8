"""Tables that belong to no room: the audit journal, the counters of the rate limits, the mails that left."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act that changes no tracked row yet must be answerable: an export, a sign-in, a change of rights."""

    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    controller_id = models.BigIntegerField(null=True, help_text="organisation concernée, sans contrainte vers le haut")
    about = models.CharField(max_length=120, blank=True, help_text="modèle et clé, jamais un nom")
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "trace"
        indexes = [models.Index(fields=["controller_id", "-at"], name="audit_by_controller")]


class RateCount(models.Model):
    """How often one device did one thing in one window of time."""

    device = models.CharField(max_length=64)
    action = models.CharField(max_length=40)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "compteur"
        constraints = [
            models.UniqueConstraint(fields=["device", "action", "window"], name="rate_count_once_per_window"),
        ]


class HandedOver(models.Model):
    """A mail that the mail server took: its job, begun again, does not send it twice (see delivery)."""

    job = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "courriel remis"
