"""Who waits, and why: those a run could not serve, and those who need a new run."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from vivier.common.text import folded
from vivier.mentoring.models import MatchingRun, Pair
from vivier.mentoring.policies import priority_words
from vivier.mentoring.queries.pairs import PairFilter
from vivier.mentoring.rights import refusing, with_right
from vivier.mentoring.transitions import LIVE
from vivier.mentoring.vocabulary import MentorWords, PairState, mentor_words
from vivier.mentoring.wording import waiting_reason
from vivier.programmes.models import Enrolment, Programme


@dataclass(frozen=True)
class WaitingRow:
    """One person who waits; `is_first` marks the tier served first."""

    enrolment: Enrolment
    reason: str
    priority: str
    is_first: bool

    @property
    def city(self) -> str:
        site = self.enrolment.site
        return site.commune.name if site else "ville non connue"


def waiting_now(programme: Programme, refusing_ids: Sequence[int] | None = None) -> QuerySet[Enrolment]:
    """Return the enrolments that have a right to a marraine and no pair now."""
    refused = refusing(programme) if refusing_ids is None else refusing_ids
    live = Pair.objects.filter(enrolment=OuterRef("pk"), state__in=LIVE)
    return with_right(Enrolment.objects.filter(programme=programme), refused).exclude(Exists(live))


def waiting_of(run: MatchingRun, *, is_latest: bool, refusing_ids: Sequence[int] | None = None) -> QuerySet[Enrolment]:
    """Return who waits: now for the last run, when it was made for an earlier one."""
    if is_latest:
        return waiting_now(run.programme, refusing_ids)
    return Enrolment.objects.filter(programme_id=run.programme_id, waitings__run=run)


def narrowed(enrolments: QuerySet[Enrolment], wanted: PairFilter) -> QuerySet[Enrolment]:
    """Return the enrolments that a filter keeps (its state means nothing here)."""
    if wanted.city == "sans":
        enrolments = enrolments.filter(site=None)
    elif wanted.city.isdecimal():
        enrolments = enrolments.filter(site=int(wanted.city))
    if search := folded(wanted.search[:80]):
        enrolments = enrolments.filter(beneficiary__identity__sort_name__contains=search)
    return enrolments


def in_order(enrolments: QuerySet[Enrolment], run: MatchingRun) -> QuerySet[Enrolment]:
    """Return the enrolments, first the tier served first, then by city and name; `told` is what the run said."""
    return enrolments.annotate(told=FilteredRelation("waitings", condition=Q(waitings__run=run))).order_by(
        F("told__tier").asc(nulls_last=True),
        F("site__position").asc(nulls_last=True),
        "beneficiary__identity__sort_name",
        "pk",
    )


def read_waiting(enrolments: QuerySet[Enrolment], run: MatchingRun) -> list[Enrolment]:
    """Return the enrolments in order, as `waiting_rows` reads them."""
    refused = Pair.objects.filter(enrolment=OuterRef("pk"), state=PairState.REFUSED, run=run)
    return list(
        in_order(enrolments, run)
        .annotate(was_refused=Exists(refused))
        .select_related("site__commune", "beneficiary__identity", "beneficiary__commune", "told")
    )


def waiting_rows(enrolments: list[Enrolment], run: MatchingRun) -> list[WaitingRow]:
    """Return the lines of enrolments read by `read_waiting`."""
    words = mentor_words(run.programme.audience)
    return [_row(enrolment, run, words) for enrolment in enrolments]


def _row(enrolment: Enrolment, run: MatchingRun, words: MentorWords) -> WaitingRow:
    # select_related sets nothing where the run said nothing of her.
    told = getattr(enrolment, "told", None)
    if told is not None:
        return WaitingRow(
            enrolment,
            waiting_reason(told, words=words, radius_km=run.policy.radius_km),
            priority_words(told.tier_rule),
            told.tier == 0,
        )
    since = "Sa proposition a été refusée depuis" if enrolment.was_refused else "Pas dans cet appariement"
    return WaitingRow(enrolment, f"{since} : un nouvel appariement lui cherchera {words.a}.", "", False)
