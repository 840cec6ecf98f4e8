"""The stages of a programme's funnel, as data: each number and the list it opens share one condition."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from vivier.mentoring.models import Pair
from vivier.programmes.models import Enrolment, Programme
from vivier.programmes.vocabulary import Words
from vivier.workshops.models import Registration


@dataclass(frozen=True)
class Stage:
    """One condition on an enrolment: its code in addresses, its words, and the lookup that counts it."""

    code: str
    label: str
    condition: Q


_HOLDS_A_PLACE = (Registration.State.AWAITING_CONSENT, Registration.State.CONFIRMED)


def staged(programme: Programme) -> QuerySet[Enrolment]:
    """Return the enrolments of a programme with the facts on which the stages are decided."""
    registrations = Registration.objects.filter(beneficiary=OuterRef("beneficiary"), session__programme=programme)
    pairs = Pair.objects.filter(enrolment=OuterRef("pk"), state__in=Pair.LIVE)
    return Enrolment.objects.filter(programme=programme).alias(
        is_registered=Exists(registrations.filter(state__in=_HOLDS_A_PLACE)),
        is_awaiting=Exists(registrations.filter(state=Registration.State.AWAITING_CONSENT)),
        is_authorised=Exists(registrations.filter(state=Registration.State.CONFIRMED)),
        is_present=Exists(registrations.filter(attended=True)),
        is_paired=Exists(pairs),
        is_accepted=Exists(pairs.filter(state=Pair.State.ACCEPTED)),
        is_proposed=Exists(pairs.exclude(state=Pair.State.ACCEPTED)),
    )


def stages(words: Words) -> dict[str, Stage]:
    """Return the stages by code, in the order of the funnel, worded for an audience."""
    rows = (
        Stage("inscrites", words.registered.capitalize(), Q(is_registered=True)),
        Stage("autorisees", words.authorised.capitalize(), Q(is_authorised=True)),
        Stage("presentes", words.present.capitalize(), Q(is_present=True)),
        Stage("avec-marraine", "Marraine proposée ou acceptée", Q(is_paired=True)),
        Stage("acceptees", "Marraine acceptée", Q(is_accepted=True)),
        Stage("proposees", "Proposition à valider", Q(is_proposed=True)),
        Stage("en-attente", "En attente d’une marraine", Q(is_present=True, is_paired=False, opted_out_at=None)),
        Stage("autorisation", "Autorisation à recueillir", Q(is_awaiting=True)),
        Stage("qpv-inconnu", "QPV non connu", Q(beneficiary__qpv="unknown")),
        Stage("sans-marraine", "Ne souhaite pas de marraine", Q(opted_out_at__isnull=False)),
    )
    return {stage.code: stage for stage in rows}


#: The bars of the funnel, in order; the other stages are lists that a task opens.
FUNNEL = ("inscrites", "autorisees", "presentes", "avec-marraine", "acceptees")
