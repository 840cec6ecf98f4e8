"""Who has a right to a marraine: whoever came to a session of the programme, unless she opts out or a no is on file."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from vivier.common import clock
from vivier.mentoring.vocabulary import ConsentState
from vivier.people.consent_rules import Answer, Outcome, state
from vivier.people.models import Beneficiary, Consent, Guardianship
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
    """Return what the answers on file say about being accompanied, by beneficiary; three queries."""
    ids = list(beneficiary_ids)
    answers, guardians = defaultdict(list), defaultdict(list)
    last = (
        Consent.objects.filter(beneficiary__in=ids, purpose=Purpose.MENTORING)
        .order_by("beneficiary", "guardian", "-answered_at", "-pk")
        .distinct("beneficiary", "guardian")
        .values_list("beneficiary", "guardian", "answer", "expires_on")
    )
    for beneficiary, guardian, answer, expires_on in last:
        answers[beneficiary].append(Answer(guardian, answer == Consent.Answer.YES, expires_on))
    links = Guardianship.objects.filter(beneficiary__in=ids).order_by("pk").values_list("beneficiary", "guardian")
    for beneficiary, guardian in links:
        guardians[beneficiary].append(guardian)
    births = dict(Beneficiary.objects.filter(pk__in=ids).values_list("pk", "identity__birth_date"))
    today = clock.today()
    return {
        pk: _STATES[state(Purpose.MENTORING, birth, today, answers[pk], guardians[pk]).outcome]
        for pk, birth in births.items()
    }


def refusing(programme: Programme) -> list[int]:
    """Return the beneficiaries of a programme for whom somebody entitled said no to being accompanied.

    Few people ever say no: only those who once did are weighed, so that the cost does not grow with the programme.
    """
    once_no = (
        Consent.objects.filter(
            purpose=Purpose.MENTORING,
            answer__in=[Consent.Answer.NO, Consent.Answer.WITHDRAWN],
            beneficiary__enrolments__programme=programme,
        )
        .order_by("beneficiary")
        .values_list("beneficiary", flat=True)
        .distinct()
    )
    doubtful = list(once_no)
    if not doubtful:
        return []
    return sorted(pk for pk, found in consent_states(doubtful).items() if found == ConsentState.REFUSED)


def declines(programme: Programme) -> Q:
    """Return the condition on an enrolment that she opted out, or that a no is on file."""
    return Q(opted_out_at__isnull=False) | Q(beneficiary__in=refusing(programme))


def with_right(enrolments: QuerySet[Enrolment], programme: Programme) -> QuerySet[Enrolment]:
    """Return, among enrolments of a programme, those who came and neither opted out nor were refused."""
    return enrolments.filter(attended()).exclude(declines(programme))
