"""Who has a right to a marraine: whoever came to a session of the programme, unless she opts out or a no is on file."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from vivier.mentoring.vocabulary import ConsentState
from vivier.people.consent_rules import Outcome
from vivier.people.models import Consent
from vivier.people.queries import standings
from vivier.people.vocabulary import Purpose
from vivier.programmes.models import Enrolment, Programme
from vivier.workshops.models import Registration

_STATES = {
    Outcome.GRANTED: ConsentState.GRANTED,
    Outcome.AWAITING: ConsentState.MISSING,
    Outcome.REFUSED: ConsentState.REFUSED,
}


def attended() -> Exists:
    """Return the condition on an enrolment that its beneficiary came to a session of its programme."""
    return Exists(
        Registration.objects.filter(
            attended=True, beneficiary=OuterRef("beneficiary"), session__programme=OuterRef("programme")
        )
    )


def consent_states(beneficiary_ids: Iterable[int]) -> dict[int, ConsentState]:
    """Return what the answers on file say about being accompanied, by beneficiary; two queries, none for nobody."""
    ids = list(beneficiary_ids)
    return _states(ids) if ids else {}


def _states(beneficiary_ids: list[int] | QuerySet) -> dict[int, ConsentState]:
    found = standings(beneficiary_ids, [Purpose.MENTORING])
    return {pk: _STATES[standing[Purpose.MENTORING].outcome] for pk, standing in found.items()}


def once_refused(programme: Programme) -> QuerySet:
    """Return the keys of the beneficiaries of a programme for whom somebody once said no to being accompanied.

    Few people ever do: only they need to be weighed, so that the cost does not grow with the programme.
    """
    return (
        Consent.objects.filter(
            purpose=Purpose.MENTORING,
            answer__in=[Consent.Answer.NO, Consent.Answer.WITHDRAWN],
            beneficiary__enrolments__programme=programme,
        )
        .order_by()
        .values_list("beneficiary", flat=True)
        .distinct()
    )


def refusing(programme: Programme) -> list[int]:
    """Return the beneficiaries of a programme for whom somebody entitled says no to being accompanied; two queries."""
    found = _states(once_refused(programme))
    return sorted(pk for pk, state in found.items() if state == ConsentState.REFUSED)


def declines(refusing_ids: Iterable[int]) -> Q:
    """Return the condition on an enrolment that she opted out, or is one of those (see `refusing`)."""
    return Q(opted_out_at__isnull=False) | Q(beneficiary__in=list(refusing_ids))


def with_right(enrolments: QuerySet[Enrolment], refusing_ids: Iterable[int]) -> QuerySet[Enrolment]:
    """Return, among enrolments, those who came and neither opted out nor are refused (see `refusing`)."""
    return enrolments.filter(attended()).exclude(declines(refusing_ids))
