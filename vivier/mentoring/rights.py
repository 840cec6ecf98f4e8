"""Who has a right to a marraine: whoever came to a session of the programme, unless she opts out or a no is on file."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

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
    """Return what the answers on file say about being accompanied, by beneficiary; two queries."""
    ids = list(beneficiary_ids)
    answers, guardians = defaultdict(list), defaultdict(list)
    links = _with_last_answer(Guardianship.objects.filter(beneficiary__in=ids), guardian=OuterRef("guardian"))
    for row in links.order_by("pk").values("beneficiary", "guardian", "answer", "until"):
        guardians[row["beneficiary"]].append(row["guardian"])
        if row["answer"]:
            answers[row["beneficiary"]].append(_answer(row["guardian"], row))
    today = clock.today()
    people = Beneficiary.objects.filter(pk__in=ids).annotate(beneficiary=F("pk"), birth=F("identity__birth_date"))
    states = {}
    for row in _with_last_answer(people, guardian=None).values("beneficiary", "birth", "answer", "until"):
        pk = row["beneficiary"]
        heard = [*answers[pk], *([_answer(None, row)] if row["answer"] else [])]
        states[pk] = _STATES[state(Purpose.MENTORING, row["birth"], today, heard, guardians[pk]).outcome]
    return states


def _with_last_answer(rows: QuerySet, *, guardian) -> QuerySet:
    """Return rows that have a `beneficiary` with the last answer of a guardian (None: of the person herself)."""
    whose = {"guardian__isnull": True} if guardian is None else {"guardian": guardian}
    last = Consent.objects.filter(beneficiary=OuterRef("beneficiary"), purpose=Purpose.MENTORING, **whose).order_by(
        "-answered_at", "-pk"
    )
    return rows.annotate(answer=Subquery(last.values("answer")[:1]), until=Subquery(last.values("expires_on")[:1]))


def _answer(guardian: int | None, row: dict) -> Answer:
    return Answer(guardian, row["answer"] == Consent.Answer.YES, row["until"])


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
