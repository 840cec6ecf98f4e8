"""What came of pledges and asks, counted from records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce
from django.utils import timezone

from vivier.common import clock
from vivier.mentoring.models import Onboarding
from vivier.people.models import Vetting
from vivier.steering.models import Contribution, Pledge, Receipt
from vivier.steering.vocabulary import METRICS, Metric, MetricRule
from vivier.workshops.models import Group, Registration, Session

#: Where somebody whom a partner named stands; each later step holds the earlier ones.
NAMED, DECLINED, JOINED, READY, GONE = "named", "declined", "joined", "ready", "gone"
STEP_WORDS = {
    NAMED: ("sans réponse", "wait"),
    DECLINED: ("a dit non", "info"),
    JOINED: ("se prépare", "wait"),
    READY: ("vérifiée et formée", "ok"),
    GONE: ("n’est plus inscrite", "info"),
}


def with_step(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return contributions with `step`: named, declined, joined, ready once trained, met and verified, or gone.

    The last verification counts, and a no undoes a yes. One that ended stays: what was given was given, and who
    accompanies is another question (mentoring.readiness).
    """
    volunteer = OuterRef("volunteer")
    unfinished = Onboarding.objects.filter(
        Q(charter_signed_at=None) | Q(trained_at=None) | Q(met_on=None), volunteer=volunteer
    )
    last = Vetting.objects.filter(volunteer=volunteer).order_by("-checked_on", "-pk").values("outcome")[:1]
    return contributions.annotate(
        last_outcome=Subquery(last),
        step=Case(
            When(declined_at__isnull=False, then=Value(DECLINED)),
            When(volunteer=None, joined_at=None, then=Value(NAMED)),
            When(volunteer=None, then=Value(GONE)),
            When(Q(last_outcome=Vetting.Outcome.OK) & ~Exists(unfinished), then=Value(READY)),
            default=Value(JOINED),
            output_field=CharField(),
        ),
    )


def is_ready(contribution: Contribution) -> bool:
    """Whether a named person is trained, met and verified; one query."""
    return with_step(Contribution.objects.filter(pk=contribution.pk)).filter(step=READY).exists()


def held_sessions() -> QuerySet[Session]:
    """Return sessions that are over, not cancelled, and in which somebody came."""
    came = Registration.objects.filter(session=OuterRef("pk"), attended=True)
    groups = Group.objects.filter(session=OuterRef("pk"), cancelled_at=None, attended_count__gt=0)
    over = Session.objects.filter(state=Session.State.OPEN, ends_at__lte=clock.now())
    return over.filter(Exists(came) | Exists(groups))


def counted_receipts() -> QuerySet[Receipt]:
    """Return the receipts that count: not undone, and where a session proves them, it was held."""
    held = Exists(held_sessions().filter(pk=OuterRef("session")))
    return Receipt.objects.filter(Q(session=None) | held, undone_at=None)


def with_received(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return contributions with `received`: how much of each was received, as the structure that asked says."""
    total = counted_receipts().filter(contribution=OuterRef("pk")).order_by().values("contribution")
    return contributions.annotate(received=Coalesce(Subquery(total.annotate(all=Sum("quantity")).values("all")), 0))


@dataclass(frozen=True)
class Evidence:
    """One record that makes a pledge advance: how much, when, and the contribution that it came of."""

    pledge_id: int
    contribution_id: int
    quantity: int
    on: date
    session_id: int | None = None


def evidence_of(pledges: Iterable[Pledge]) -> list[Evidence]:
    """Return every record that counts for pledges, each once, oldest first; two queries.

    Somebody whom two structures named counts once in a plan, for the one that named her first. A session counts once
    for a structure, however many of its people took part.
    """
    pledges = list(pledges)
    wanted, plans = {one.pk for one in pledges}, {one.plan_id for one in pledges}
    found = [*_volunteers(plans), *_receipts(plans)]
    return sorted((one for one in found if one.pledge_id in wanted), key=lambda one: (one.on, one.contribution_id))


def _volunteers(plans: set[int]) -> Iterator[Evidence]:
    named = Contribution.objects.filter(answer__pledge__plan__in=plans, answer__ask__metric=Metric.MENTORS)
    ready = with_step(named).filter(step=READY).order_by("joined_at", "pk")
    known = set()
    columns = ("answer__pledge", "pk", "joined_at", "answer__pledge__plan", "volunteer", "email")
    for pledge, contribution, joined_at, plan, *who in ready.values_list(*columns):
        same = {(plan, one) for one in who}
        if not same & known:
            yield Evidence(pledge, contribution, 1, timezone.localdate(joined_at))
        known |= same


def _receipts(plans: set[int]) -> Iterator[Evidence]:
    rows = counted_receipts().filter(contribution__answer__pledge__plan__in=plans).order_by("received_on", "pk")
    known = set()
    columns = ("contribution__answer__pledge", "contribution", "quantity", "received_on", "session")
    for *row, organisation in rows.values_list(*columns, "contribution__answer__organisation"):
        one = Evidence(*row)
        same = (organisation, one.session_id)
        if one.session_id is None or same not in known:
            yield one
        known.add(same)


def done_by_pledge(pledges: Iterable[Pledge]) -> dict[int, int]:
    """Pledge → how much of it is done, as its records say; two queries."""
    pledges = list(pledges)
    done = {pledge.pk: 0 for pledge in pledges}
    for one in evidence_of(pledges):
        done[one.pledge_id] += one.quantity
    return done


@dataclass(frozen=True)
class PledgeRow:
    """A pledge and what came of it."""

    pledge: Pledge
    done: int

    @property
    def rule(self) -> MetricRule:
        return METRICS[self.pledge.metric]

    @property
    def remaining(self) -> int:
        return max(0, self.pledge.target - self.done)

    @property
    def state(self) -> tuple[str, str]:
        """Its state in a word, and the tone of it: a pledge past its date and not kept has lapsed."""
        if self.pledge.withdrawn_at:
            return "retiré", "info"
        if not self.remaining:
            return "tenu", "ok"
        if self.pledge.due_on and self.pledge.due_on < clock.today():
            return "échu", "alert"
        return "en cours", "wait"

    @property
    def counted(self) -> str:
        """Return "3 sur 10 marraines"."""
        return f"{self.done} sur {self.rule.counted(self.pledge.target)}"


def pledge_rows(pledges: QuerySet[Pledge]) -> list[PledgeRow]:
    """Return pledges with what came of them, those due first first; three queries."""
    rows = list(pledges.select_related("organisation__commune", "commune").order_by("due_on", "pk"))
    done = done_by_pledge(rows)
    return [PledgeRow(pledge, done[pledge.pk]) for pledge in rows]
