"""The stages of a programme's funnel, as data: each number and the list it opens share one condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import BooleanField

from vivier.common import clock
from vivier.mentoring.models import Pair
from vivier.mentoring.rights import declines, refusing
from vivier.mentoring.transitions import DECLINED, OPEN
from vivier.mentoring.vocabulary import InvitationState
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


#: Who has a right to a marraine (as vivier.mentoring.rights.with_right), and who has nobody now.
_ENTITLED = {"is_present": True, "is_declined": False}
_ALONE = {"is_paired": False}
_HOLDS_A_PLACE = (Registration.State.AWAITING_CONSENT, Registration.State.CONFIRMED)


def with_facts(programme: Programme) -> QuerySet[Enrolment]:
    """Return the enrolments of a programme with the facts on which the stages are decided."""
    registrations = Registration.objects.filter(beneficiary=OuterRef("beneficiary"), session__programme=programme)
    pairs = Pair.objects.filter(enrolment=OuterRef("pk"), state__in=Pair.LIVE)
    accepted = pairs.filter(state=Pair.State.ACCEPTED)
    silent = Q(invitation__state__in=OPEN, invitation__answer_before__lt=clock.today())
    a_week_ago = clock.now() - timedelta(days=7)
    declined = Pair.objects.filter(enrolment=OuterRef("pk"), invitation__state__in=DECLINED, decided_at__gte=a_week_ago)
    return Enrolment.objects.filter(programme=programme).alias(
        is_registered=Exists(registrations.filter(state__in=_HOLDS_A_PLACE)),
        is_awaiting=Exists(registrations.filter(state=Registration.State.AWAITING_CONSENT)),
        is_authorised=Exists(registrations.filter(state=Registration.State.CONFIRMED)),
        is_present=Exists(registrations.filter(attended=True)),
        is_paired=Exists(pairs),
        is_accepted=Exists(accepted),
        is_uninvited=Exists(accepted.filter(invitation=None)),
        is_silent=Exists(accepted.filter(silent)),
        is_confirmed=Exists(accepted.filter(confirmed_by(programme.mentors_due_on))),
        is_turned_down=Exists(declined),
        is_declined=_fact(declines(refusing(programme))),
        is_claimed=Exists(GuardianClaim.objects.filter(beneficiary=OuterRef("beneficiary"))),
        is_qpv_unknown=_fact(Q(beneficiary__qpv=QpvStatus.UNKNOWN)),
    )


def confirmed_by(day: date | None) -> Q:
    """Return the condition on a pair that both had said yes by the end of that day; None: that they have."""
    both = Q(invitation__state=InvitationState.CONFIRMED)
    return both & Q(invitation__replied_at__date__lte=day) if day else both


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
    "is_uninvited",
    "is_silent",
    "is_confirmed",
    "is_turned_down",
    "is_declined",
    "is_claimed",
    "is_qpv_unknown",
)


def stages(words: Words) -> dict[str, Stage]:
    """Return the stages by code, in the order of the funnel, worded for an audience."""
    if words.has_marraine:
        of_one, proposed, accepted = "d’une marraine", "Marraine proposée ou acceptée", "Marraine acceptée"
        without = "Ne souhaite pas de marraine, ou accord refusé"
    else:
        of_one, proposed, accepted = (
            "d’un accompagnement",
            "Accompagnement proposé ou accepté",
            "Accompagnement accepté",
        )
        without = "Ne souhaite pas d’accompagnement, ou accord refusé"
    rows = (
        Stage("inscrites", words.registered.capitalize(), {"is_registered": True}),
        Stage("autorisees", words.authorised.capitalize(), {"is_authorised": True}),
        Stage("presentes", words.present.capitalize(), {"is_present": True}),
        Stage("avec-marraine", proposed, {"is_paired": True}),
        Stage("acceptees", accepted, {"is_accepted": True}),
        Stage("proposees", "Proposition à valider", {"is_paired": True, "is_accepted": False}),
        Stage(
            "en-attente",
            f"En attente {of_one}",
            {"is_present": True, "is_paired": False, "is_declined": False},
        ),
        Stage("ont-droit", f"Ont droit à {of_one.removeprefix('d’')}", _ENTITLED),
        Stage("confirmees", "Deux oui, à la date prévue", {**_ENTITLED, "is_confirmed": True}),
        Stage("a-inviter", "Acceptée, invitations à envoyer", {"is_uninvited": True}),
        Stage("sans-reponse", "Invitation restée sans réponse", {"is_silent": True}),
        Stage("declinees", "Invitation déclinée depuis moins d’une semaine", {"is_turned_down": True, **_ALONE}),
        Stage("autorisation", "Autorisation à recueillir", {"is_awaiting": True}),
        Stage("responsable-a-confirmer", "Responsable à confirmer", {"is_claimed": True}),
        Stage("qpv-inconnu", "QPV non connu", {"is_qpv_unknown": True}),
        Stage("sans-marraine", without, {"is_declined": True}),
    )
    return {stage.code: stage for stage in rows}


#: The bars of the funnel, in order; the other stages are lists that a task opens.
FUNNEL = ("inscrites", "autorisees", "presentes", "avec-marraine", "acceptees")
