"""The French sentences of the room. Pure: rows in, words out."""

from datetime import date

from vivier.common.templatetags.components import number
from vivier.common.text import plural
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import at_place, slot_words
from vivier.programmes.models import Programme
from vivier.programmes.vocabulary import Attachment
from vivier.steering.models import Ask, Contribution
from vivier.steering.partial_dates import words
from vivier.steering.vocabulary import METRICS, Precision, Proof


def counted(metric: str, number: int) -> str:
    """Return "10 marraines" or "1 stage"."""
    return METRICS[metric].counted(number)


def asked_words(ask: Ask) -> str:
    """Return "10 marraines à Valence, mercredi après-midi", or "10 mentors" for a programme of adults."""
    place = f" {at_place(ask.site.commune.name)}" if ask.site else ""
    slots = f", {slot_words(ask.slots)}" if ask.slots else ""
    people = mentor_words(ask.programme.audience)
    is_for_people = METRICS[ask.metric].proof == Proof.VOLUNTEER
    what = plural(ask.quantity, people.one, people.many) if is_for_people else counted(ask.metric, ask.quantity)
    return f"{what}{place}{slots}"


def mentor_does(programme: Programme) -> str:
    """Return what is asked of somebody: "Une marraine parle de son métier à une lycéenne et répond à ses questions"."""
    served = programme.words
    whom = f"une {served.one}" if served.has_marraine else "une personne accompagnée"
    who = mentor_words(programme.audience).a
    return f"{who[:1].upper()}{who[1:]} parle de son métier à {whom} et répond à ses questions"


def offered_words(contribution: Contribution) -> str:
    """Return "3 stages à Valence, du 2 juin 2027 au 30 juin 2027": what a partner offers, without anybody's name."""
    rule = METRICS[contribution.answer.ask.metric]
    start, end = (day and words(day, Precision.DAY) for day in (contribution.starts_on, contribution.ends_on))
    place = f" {at_place(contribution.commune.name)}" if contribution.commune else ""
    when = f", du {start} au {end}" if end else f", le {start}" if start else ""
    return f"{rule.counted(contribution.quantity)}{place}{when}"


def register_heading(count: int, since: date | None, until: date | None) -> str:
    """Return "3 actions de partenaires à partir du 1er mars 2027.": how many, and of which days if not of all."""
    first, last = (day and words(day, Precision.DAY) for day in (since, until))
    days = f" du {first} au {last}" if first and last else f" à partir du {first}" if first else ""
    days = days or (f" jusqu’au {last}" if last else "")
    return f"{number(count)} {'action' if count < 2 else 'actions'} de partenaires{days}."


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
