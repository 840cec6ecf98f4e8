"""The closed lists of the room, and the French words that agree with a programme's audience."""

from dataclasses import dataclass

from django.db import models

from vivier.people.models import Beneficiary
from vivier.programmes.vocabulary import WORDS, Audience


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


class Side(models.TextChoices):
    """One of the two whom an invitation asks."""

    MENTEE = "mentee", "la personne accompagnée"
    MENTOR = "mentor", "la marraine ou le mentor"


class InvitationState(models.TextChoices):
    """Where the invitation to an accepted pair stands; only both yeses confirm it."""

    SENT = "sent", "deux réponses attendues"
    MENTEE_YES = "mentee_yes", "oui de la personne accompagnée, l’autre réponse est attendue"
    MENTOR_YES = "mentor_yes", "oui de la marraine ou du mentor, l’autre réponse est attendue"
    CONFIRMED = "confirmed", "confirmée des deux côtés"
    MENTEE_NO = "mentee_no", "déclinée par la personne accompagnée"
    MENTOR_NO = "mentor_no", "déclinée par la marraine ou le mentor"
    CANCELLED = "cancelled", "annulée"


class Reply(models.TextChoices):
    """What moves an invitation; `transitions.py` says from which state."""

    MENTEE_YES = "mentee_yes", "oui de la personne accompagnée"
    MENTEE_NO = "mentee_no", "non de la personne accompagnée"
    MENTOR_YES = "mentor_yes", "oui de la marraine ou du mentor"
    MENTOR_NO = "mentor_no", "non de la marraine ou du mentor"
    CANCEL = "cancel", "l’accompagnement s’arrête avant les réponses"

    @classmethod
    def of(cls, side: str, *, yes: bool) -> "Reply":
        return cls(f"{side}_{'yes' if yes else 'no'}")


class DeclineReason(models.TextChoices):
    """Why somebody who was invited says no: nothing about health or private life, and saying nothing is a choice."""

    NOT_NOW = "not_now", "pas en ce moment"
    SLOTS = "slots", "leurs horaires ne vont pas ensemble"
    TOO_FAR = "too_far", "trop loin en pratique"
    FIELD = "field", "un autre domaine irait mieux"
    KNOWN = "known", "un lien existe déjà : famille, école ou travail"
    #: The mentee alone may say it: no later run proposes anybody to her.
    UNWANTED = "unwanted", "pas d’accompagnement du tout"
    UNSAID = "unsaid", "sans dire pourquoi"

    @classmethod
    def for_side(cls, side: str) -> list[tuple[str, str]]:
        return [choice for choice in cls.choices if side == Side.MENTEE or choice[0] != cls.UNWANTED]


#: Every reason that the end of a pair may have.
REASONS = [*DeclineReason.choices, *RefusalReason.choices, *EndReason.choices]


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
    #: What a person reads of hers, in sentences that call nobody: the heading, one is found, one is proposed.
    mine: str
    found: str
    offered: str


_MARRAINE = MentorWords(
    "marraine",
    "marraines",
    "une marraine",
    "une marraine proposée",
    "filleule",
    "filleules",
    "servies",
    "Ma marraine",
    "Une marraine est trouvée",
    "Une marraine est proposée",
)
_BOTH = MentorWords(
    "marraine ou mentor",
    "marraines et mentors",
    "une marraine ou un mentor",
    "une proposition de marraine ou de mentor",
    "filleule ou filleul",
    "filleules et filleuls",
    "servies et servis",
    "Qui m’accompagne",
    "Une personne est trouvée pour l’accompagnement",
    "Une personne est proposée pour l’accompagnement",
)
#: Adults: neither godmother nor god-daughter; "mentor" has one form for women and men.
_MENTOR = MentorWords(
    "mentor",
    "mentors",
    "une ou un mentor",
    "une proposition de mentor",
    "mentorée",
    "mentorées",
    "servies",
    "Mon mentorat",
    "Une personne est trouvée pour le mentorat",
    "Une personne est proposée pour le mentorat",
)


def mentor_words(audience: str) -> MentorWords:
    """Return the nouns that agree with the audience of a programme."""
    if audience == Audience.WOMEN:
        return _MENTOR
    return _MARRAINE if WORDS[audience].has_marraine else _BOTH


def talks_of_school(audience: str, beneficiary: Beneficiary) -> bool:
    """Tell whether two people talk by the school year: not in a programme of adults, nor with an adult elsewhere."""
    if audience != Audience.EVERYONE:
        return audience != Audience.WOMEN
    return beneficiary.kind not in (Beneficiary.Kind.JOB_SEEKER, Beneficiary.Kind.EMPLOYEE)
