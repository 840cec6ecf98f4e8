"""The closed lists of the room, and the French words that agree with a programme's audience."""

from dataclasses import dataclass

from django.db import models

from vivier.programmes.vocabulary import Audience


class PairState(models.TextChoices):
    """Where an accompaniment stands."""

    PROPOSED = "proposed", "proposée"
    LOCKED = "locked", "verrouillée"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"
    SUPERSEDED = "superseded", "remplacée"
    ENDED = "ended", "terminée"


class Decision(models.TextChoices):
    """What a person may decide about a pair; `transitions.py` says from which state."""

    ACCEPT = "accept", "Accepter"
    REFUSE = "refuse", "Refuser"
    LOCK = "lock", "Verrouiller"
    UNLOCK = "unlock", "Déverrouiller"
    END = "end", "Mettre fin"
    LIFT = "lift", "Lever le refus"


class RefusalReason(models.TextChoices):
    """Why a person sets a proposed pair aside."""

    TOO_FAR = "too_far", "trop loin en pratique"
    SLOTS = "slots", "leurs horaires ne vont pas ensemble"
    MENTEE_WISH = "mentee_wish", "la personne accompagnée ne le souhaite pas"
    MENTOR_WISH = "mentor_wish", "la personne proposée ne le souhaite pas"
    KNOWN = "known", "un lien existe déjà : famille, école ou travail"
    PROTECTION = "protection", "un doute sur la protection"
    OTHER = "other", "une autre raison"


class EndReason(models.TextChoices):
    """Why an accepted pair ends."""

    COMPLETED = "completed", "terminé comme prévu"
    MENTEE_STOPPED = "mentee_stopped", "la personne accompagnée arrête"
    MENTOR_STOPPED = "mentor_stopped", "la marraine ou le mentor arrête"
    MOVED = "moved", "un déménagement"
    PROTECTION = "protection", "un doute sur la protection"
    OTHER = "other", "une autre raison"
    #: Never chosen: an answer of the person or of a guardian does it.
    CONSENT = "consent", "un accord a été refusé ou retiré"

    @classmethod
    def to_choose(cls) -> list[tuple[str, str]]:
        return [choice for choice in cls.choices if choice[0] != cls.CONSENT]


class VettingState(models.TextChoices):
    """What the last verification of a volunteer says today."""

    MISSING = "missing", "vérification à faire"
    IN_FORCE = "in_force", "vérifiée"
    EXPIRED = "expired", "vérification périmée"
    REFUSED = "refused", "vérification refusée"


class ConsentState(models.TextChoices):
    """What the authorisations of a beneficiary say about being accompanied."""

    GRANTED = "granted", "autorisation donnée"
    MISSING = "missing", "autorisation à recueillir"
    REFUSED = "refused", "autorisation refusée"


@dataclass(frozen=True)
class MentorWords:
    """Nouns for one audience: both genders are written out where both may be meant."""

    one: str
    many: str
    a: str
    a_proposed: str
    mentee: str
    mentees: str
    #: Said of the people who have a pair.
    served: str


_MARRAINE = MentorWords(
    "marraine",
    "marraines",
    "une marraine",
    "une marraine proposée",
    "filleule",
    "filleules",
    "servies",
)
_BOTH = MentorWords(
    "marraine ou mentor",
    "marraines et mentors",
    "une marraine ou un mentor",
    "une proposition de marraine ou de mentor",
    "filleule ou filleul",
    "filleules et filleuls",
    "servies et servis",
)


def mentor_words(audience: str) -> MentorWords:
    """Return the nouns that agree with the audience of a programme."""
    return _BOTH if audience in (Audience.PUPILS, Audience.EVERYONE) else _MARRAINE
