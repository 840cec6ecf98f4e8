"""The stages of a programme's funnel, as data: each number and the list it opens share one condition."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import BooleanField

from vivier.mentoring.models import Pair
from vivier.mentoring.rights import declines, refusing
from vivier.people.models import GuardianClaim
from vivier.people.vocabulary import QpvStatus
from vivier.programmes.models import Enrolment, Programme
from vivier.programmes.vocabulary import Words
from vivier.workshops.models import Registration


@dataclass(frozen=True)
class Stage:
    """One condition on an enrolment: its code in addresses, its words, and the facts it requires."""

    code: str
    label: str
    requires: Mapping[str, bool]

    def holds(self, facts: Mapping[str, bool]) -> bool:
        """Tell whether the facts of a row are those required."""
        return all(facts[name] == value for name, value in self.requires.items())


_HOLDS_A_PLACE = (Registration.State.AWAITING_CONSENT, Registration.State.CONFIRMED)


def with_facts(programme: Programme) -> QuerySet[Enrolment]:
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
        is_declined=_fact(declines(refusing(programme))),
        is_claimed=Exists(GuardianClaim.objects.filter(beneficiary=OuterRef("beneficiary"))),
        is_qpv_unknown=_fact(Q(beneficiary__qpv=QpvStatus.UNKNOWN)),
    )


def _fact(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


#: Every fact that `with_facts` knows.
FACTS = (
    "is_registered",
    "is_awaiting",
    "is_authorised",
    "is_present",
    "is_paired",
    "is_accepted",
    "is_declined",
    "is_claimed",
    "is_qpv_unknown",
)


def stages(words: Words) -> dict[str, Stage]:
    """Return the stages by code, in the order of the funnel, worded for an audience."""
    rows = (
        Stage("inscrites", words.registered.capitalize(), {"is_registered": True}),
        Stage("autorisees", words.authorised.capitalize(), {"is_authorised": True}),
        Stage("presentes", words.present.capitalize(), {"is_present": True}),
        Stage("avec-marraine", "Marraine proposée ou acceptée", {"is_paired": True}),
        Stage("acceptees", "Marraine acceptée", {"is_accepted": True}),
        Stage("proposees", "Proposition à valider", {"is_paired": True, "is_accepted": False}),
        Stage(
            "en-attente",
            "En attente d’une marraine",
            {"is_present": True, "is_paired": False, "is_declined": False},
        ),
        Stage("autorisation", "Autorisation à recueillir", {"is_awaiting": True}),
        Stage("responsable-a-confirmer", "Responsable à confirmer", {"is_claimed": True}),
        Stage("qpv-inconnu", "QPV non connu", {"is_qpv_unknown": True}),
        Stage("sans-marraine", "Ne souhaite pas de marraine, ou accord refusé", {"is_declined": True}),
    )
    return {stage.code: stage for stage in rows}


#: The bars of the funnel, in order; the other stages are lists that a task opens.
FUNNEL = ("inscrites", "autorisees", "presentes", "avec-marraine", "acceptees")
