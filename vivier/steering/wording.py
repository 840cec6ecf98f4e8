"""The French sentences of the room. Pure: rows in, words out."""

from vivier.common.text import plural
from vivier.mentoring.wording import at_place, slot_words
from vivier.programmes.models import Programme
from vivier.programmes.vocabulary import Attachment
from vivier.steering.models import Ask
from vivier.steering.vocabulary import METRIC_WORDS, Metric


def counted(metric: str, number: int) -> str:
    """Return "10 marraines" or "1 stage"."""
    words = METRIC_WORDS[Metric(metric)]
    return plural(number, words.one, words.many)


def asked_words(ask: Ask) -> str:
    """Return "10 marraines à Valence, mercredi après-midi"."""
    place = f" {at_place(ask.site.commune.name)}" if ask.site else ""
    slots = f", {slot_words(ask.slots)}" if ask.slots else ""
    return f"{counted(ask.metric, ask.quantity)}{place}{slots}"


def why_nobody(programme: Programme) -> str:
    """Return why a programme may not write to partners; "": it may. Its axis, plan and holder are loaded."""
    if programme.axis is None:
        return "Ce programme ne fait partie d’aucun plan : choisissez-en un dans ses réglages."
    holder = programme.axis.plan.organisation.name
    if programme.attachment == Attachment.PROPOSED:
        return f"Le plan n’a pas encore accepté ce programme : {holder} doit répondre avant toute demande."
    if programme.attachment == Attachment.REFUSED:
        return f"{holder} n’a pas accepté ce programme dans son plan : ses partenaires ne peuvent pas être sollicités."
    return ""
