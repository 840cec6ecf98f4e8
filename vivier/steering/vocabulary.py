"""The closed lists of the room: what is promised, how an ask ends, why one declines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models


class Metric(models.TextChoices):
    """What a pledge counts, and what an ask asks for."""

    MENTORS = "mentors", "marraines ou mentors"
    INTERVENTIONS = "interventions", "interventions en classe"
    INTERNSHIPS = "internships", "stages"
    EQUIPMENT = "equipment", "ordinateurs"


@dataclass(frozen=True)
class MetricWords:
    """How a metric is counted in a sentence, and what counts as done."""

    one: str
    many: str
    done: str


METRIC_WORDS: Mapping[str, MetricWords] = MappingProxyType(
    {
        Metric.MENTORS: MetricWords("marraine", "marraines", "vérifiée et formée"),
        Metric.INTERVENTIONS: MetricWords("intervention", "interventions", "faite"),
        Metric.INTERNSHIPS: MetricWords("stage", "stages", "commencé"),
        Metric.EQUIPMENT: MetricWords("ordinateur", "ordinateurs", "remis"),
    }
)


class AnswerState(models.TextChoices):
    """Where an ask to one partner stands."""

    SENT = "sent", "sans réponse"
    ACCEPTED = "accepted", "oui"
    DECLINED = "declined", "non"


class DeclineReason(models.TextChoices):
    """Why a partner, or somebody whom it named, says no."""

    NOBODY = "nobody", "personne de disponible en ce moment"
    LATER = "later", "plus tard : redemandez dans quelques mois"
    PLACE = "place", "pas à cet endroit"
    TIME = "time", "pas à ces créneaux"
    OTHER = "other", "autre raison"
