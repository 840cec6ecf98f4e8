"""One offer as who asked for it follows it: what was received, and what may still be confirmed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from vivier.common.actors import Actor
from vivier.steering.models import Contribution, Receipt
from vivier.steering.permissions import may_confirm
from vivier.steering.queries.asks import GivenRow
from vivier.steering.queries.progress import counted_receipts, held_sessions, with_received
from vivier.steering.vocabulary import METRICS, Metric, MetricRule, Proof
from vivier.workshops.models import Session

#: Sessions among which one says where a partner took part, the last ones.
MOST_SESSIONS = 60


@dataclass(frozen=True)
class OfferPage:
    """An offer, its receipts (each with `counts`: whether it is counted now), and what may still be noted."""

    contribution: Contribution
    receipts: list[Receipt]
    may_confirm: bool
    sessions: list[Session]

    @property
    def row(self) -> GivenRow:
        return GivenRow(self.contribution)

    @property
    def rule(self) -> MetricRule:
        return METRICS[self.contribution.answer.ask.metric]

    @property
    def is_by_session(self) -> bool:
        return self.rule.proof == Proof.SESSION

    @property
    def remaining(self) -> int:
        """How much of it is not noted yet, whether what is noted counts or not."""
        return self.contribution.quantity - sum(one.quantity for one in self.receipts if one.undone_at is None)

    @property
    def is_open(self) -> bool:
        """Whether something may still be noted."""
        return self.may_confirm and self.contribution.declined_at is None and self.remaining > 0


def ask_day(contribution: Contribution) -> date:
    """Return the local day on which what is offered was asked for: nothing counts before."""
    return timezone.localdate(contribution.answer.ask.created_at)


def offer_or_none(actor: Actor, public_id) -> OfferPage | None:
    """Return one offer to a structure for which the actor asks, None where there is none; three queries."""
    rows = Contribution.objects.visible_to(actor).filter(public_id=public_id)
    rows = with_received(rows.exclude(answer__ask__metric=Metric.MENTORS))
    rows = rows.select_related(
        "commune", "answer__organisation", "answer__pledge", "answer__ask__programme__controller"
    )
    contribution = rows.first()
    if contribution is None:
        return None
    counts = Exists(counted_receipts().filter(pk=OuterRef("pk")))
    receipts = contribution.receipts.select_related("session__site__commune", "confirmed_by").annotate(counts=counts)
    return OfferPage(
        contribution=contribution,
        receipts=list(receipts.order_by("received_on", "pk")),
        may_confirm=may_confirm(actor, contribution),
        sessions=list(sessions_for(contribution)) if contribution.answer.ask.metric == Metric.INTERVENTIONS else [],
    )


def sessions_for(contribution: Contribution) -> QuerySet[Session]:
    """Return the held sessions in which the partner may have taken part: since the ask, and not counted for another.

    That of this very offer stays: a second press finds what the first one noted.
    """
    answer = contribution.answer
    counted = Receipt.objects.filter(
        session=OuterRef("pk"), undone_at=None, contribution__answer__organisation=answer.organisation_id
    ).exclude(contribution=contribution)
    sessions = held_sessions().filter(~Exists(counted), programme=answer.ask.programme_id)
    sessions = sessions.filter(starts_at__date__gte=ask_day(contribution))
    return sessions.select_related("site__commune").order_by("-starts_at", "-pk")[:MOST_SESSIONS]
