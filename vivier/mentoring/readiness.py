"""Whether two people may be brought together: the verification of the one, the authorisations of the other.

Three doors, each stricter than the one before (docs/adr: a proposal is not a meeting):
a run proposes unless a verification says no; a person accepts only with a verification in force; names are exchanged
only when being accompanied is authorised too.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from vivier.common import clock
from vivier.mentoring.models import Mentor, Onboarding
from vivier.mentoring.vocabulary import ConsentState, VettingState
from vivier.people.models import Vetting


def vetting_state(outcome: str | None, expires_on: date | None, today: date) -> VettingState:
    """Return what a volunteer's last verification says today; `outcome` None: there is none. Pure."""
    if outcome is None:
        return VettingState.MISSING
    if outcome != Vetting.Outcome.OK:
        return VettingState.REFUSED
    return VettingState.IN_FORCE if expires_on >= today else VettingState.EXPIRED


def why_not_accept(*, vetting: VettingState, consent: ConsentState, paused: bool) -> str:
    """Return the sentence that says why a pair cannot be accepted, or "". Pure; authorisations may still be missing."""
    if consent == ConsentState.REFUSED:
        return "Une autorisation est refusée : un non l’emporte, cet accompagnement ne peut pas commencer."
    if vetting == VettingState.MISSING:
        return "Sa vérification est à faire : enregistrez-la sur sa fiche, puis acceptez."
    if vetting == VettingState.EXPIRED:
        return "Sa vérification est périmée : renouvelez-la sur sa fiche, puis acceptez."
    if vetting == VettingState.REFUSED:
        return "Sa vérification a été refusée : aucun accompagnement n’est possible."
    return "En pause : levez d’abord la pause sur sa fiche." if paused else ""


def why_not_invite(vetting: VettingState) -> str:
    """Return the sentence that says why nobody is invited yet, or "". Pure: a girl reads a verified name, or none."""
    if vetting == VettingState.IN_FORCE:
        return ""
    return "La vérification n’est plus en règle : renouvelez-la sur la fiche, puis invitez."


def ready(mentors: QuerySet[Mentor]) -> QuerySet[Mentor]:
    """Return the mentors who may enter a run: newcomers once they signed the charter, were trained and were met."""
    unfinished = Q(charter_signed_at=None) | Q(trained_at=None) | Q(met_on=None)
    return mentors.exclude(volunteer__in=Onboarding.objects.filter(unfinished).values("volunteer"))


def vetting_states(volunteer_ids: Iterable[int]) -> dict[int, VettingState]:
    """Return what the last verification of each volunteer says today; one query."""
    ids = list(volunteer_ids)
    latest = (
        Vetting.objects.filter(volunteer__in=ids)
        .order_by("volunteer", "-checked_on", "-pk")
        .distinct("volunteer")
        .values_list("volunteer", "outcome", "expires_on")
    )
    known = {volunteer: (outcome, expires_on) for volunteer, outcome, expires_on in latest}
    today = clock.today()
    return {pk: vetting_state(*known.get(pk, (None, None)), today) for pk in ids}


def with_vetting(mentors: QuerySet[Mentor]) -> QuerySet[Mentor]:
    """Return the mentors with `last_outcome` and `last_expiry` of their volunteer's last verification."""
    last = Vetting.objects.filter(volunteer=OuterRef("volunteer")).order_by("-checked_on", "-pk")
    return mentors.annotate(
        last_outcome=Subquery(last.values("outcome")[:1]), last_expiry=Subquery(last.values("expires_on")[:1])
    )
