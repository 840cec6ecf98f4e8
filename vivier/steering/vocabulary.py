"""The closed lists of the room: what is promised, how an ask ends, why one declines."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.db import models

from vivier.common.text import plural


class Metric(models.TextChoices):
    """What a pledge counts, and what an ask asks for."""

    MENTORS = "mentors", "marraines ou mentors"
    INTERVENTIONS = "interventions", "interventions en classe"
    INTERNSHIPS = "internships", "stages"
    EQUIPMENT = "equipment", "ordinateurs"


class Proof(StrEnum):
    """Which record shows that something promised was given."""

    #: Somebody whom the partner named was trained, met and verified.
    VOLUNTEER = "volunteer"
    #: A session was held with the partner, and somebody came.
    SESSION = "session"
    #: The structure that asked says what it received, and when.
    RECEIPT = "receipt"


@dataclass(frozen=True)
class MetricRule:
    """One metric: its French words, what a partner gives in answer, and which record proves it.

    gives: the columns of a contribution that each line of an answer fills. has_slots: whether one says when it suits.
    """

    one: str
    many: str
    is_feminine: bool
    done: tuple[str, str]
    gives: tuple[str, ...]
    proof: Proof
    has_slots: bool = False

    def counted(self, number: int) -> str:
        """Return "10 marraines" or "1 stage"."""
        return plural(number, self.one, self.many)

    def agreed(self, number: int, stem: str) -> str:
        """Return a participle that agrees: "demandé" → "demandées", "promis" → "promis"."""
        word = f"{stem}e" if self.is_feminine else stem
        return word if number < 2 or word.endswith("s") else f"{word}s"

    def counted_done(self, number: int) -> str:
        """Return "1 stage commencé" or "2 interventions faites"."""
        return f"{self.counted(number)} {self.done[number > 1]}"


_PERSON = ("first_name", "last_name")
METRICS: Mapping[str, MetricRule] = MappingProxyType(
    {
        Metric.MENTORS: MetricRule(
            "marraine", "marraines", True, ("vérifiée et formée", "vérifiées et formées"),
            gives=(*_PERSON, "email"), proof=Proof.VOLUNTEER, has_slots=True,
        ),
        Metric.INTERVENTIONS: MetricRule(
            "intervention", "interventions", True, ("faite", "faites"),
            gives=(*_PERSON, "starts_on"), proof=Proof.SESSION, has_slots=True,
        ),
        Metric.INTERNSHIPS: MetricRule(
            "stage", "stages", False, ("commencé", "commencés"),
            gives=("quantity", "starts_on", "ends_on", "commune"), proof=Proof.RECEIPT,
        ),
        Metric.EQUIPMENT: MetricRule(
            "ordinateur", "ordinateurs", False, ("remis", "remis"),
            gives=("quantity", "starts_on"), proof=Proof.RECEIPT,
        ),
    }
)  # fmt: skip


class ActionKind(models.TextChoices):
    """What a partner does, in the register of all partners."""

    WORKSHOP = "workshop", "atelier"
    INTERVENTION = "intervention", "intervention en classe"
    VISIT = "visit", "visite d’entreprise"
    INTERNSHIP = "internship", "stage"
    EQUIPMENT = "equipment", "ordinateurs"
    TRAINING = "training", "formation"
    EVENT = "event", "événement"
    OTHER = "other", "autre action"


class Precision(models.TextChoices):
    """How much of a date is known; what is not known is not shown."""

    DAY = "day", "le jour"
    MONTH = "month", "le mois"
    YEAR = "year", "l’année"


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
