"""What came of pledges and asks, counted from records."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import CharField

from vivier.common import clock
from vivier.mentoring.models import Onboarding
from vivier.people.models import Vetting
from vivier.steering.models import Contribution, Pledge
from vivier.steering.vocabulary import METRIC_WORDS, Metric

#: Where somebody whom a partner named stands; each later step holds the earlier ones.
NAMED, DECLINED, JOINED, READY = "named", "declined", "joined", "ready"
STEP_WORDS = {
    NAMED: ("sans réponse", "wait"),
    DECLINED: ("a dit non", "info"),
    JOINED: ("se prépare", "wait"),
    READY: ("vérifiée et formée", "ok"),
}


def with_step(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return contributions with `step`: named, declined, joined, or ready once trained, met and verified."""
    volunteer = OuterRef("volunteer")
    unfinished = Onboarding.objects.filter(
        Q(charter_signed_at=None) | Q(trained_at=None) | Q(met_on=None), volunteer=volunteer
    )
    verified = Vetting.objects.filter(volunteer=volunteer, outcome=Vetting.Outcome.OK)
    return contributions.annotate(
        step=Case(
            When(declined_at__isnull=False, then=Value(DECLINED)),
            When(volunteer=None, then=Value(NAMED)),
            When(Exists(verified) & ~Exists(unfinished), then=Value(READY)),
            default=Value(JOINED),
            output_field=CharField(),
        )
    )


def done_by_pledge(pledges: Iterable[Pledge]) -> dict[int, int]:
    """Pledge → how much of it is done: distinct volunteers verified and trained whom its structure named. One query.

    Only mentors have records that prove them today; the other metrics count none.
    """
    ids = [pledge.pk for pledge in pledges]
    ready = with_step(Contribution.objects.filter(answer__pledge__in=ids, answer__ask__metric=Metric.MENTORS))
    counts = (
        ready.filter(step=READY)
        .values("answer__pledge")
        .annotate(number=Count("volunteer", distinct=True))
        .values_list("answer__pledge", "number")
    )
    return {**dict.fromkeys(ids, 0), **dict(counts)}


@dataclass(frozen=True)
class PledgeRow:
    """A pledge and what came of it."""

    pledge: Pledge
    done: int

    @property
    def promised(self) -> int:
        """Mentors promised; 0 for a pledge of something else."""
        return self.pledge.target if self.pledge.metric == Metric.MENTORS else 0

    @property
    def given(self) -> int:
        """Mentors given; 0 for a pledge of something else."""
        return self.done if self.pledge.metric == Metric.MENTORS else 0

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
        words = METRIC_WORDS[Metric(self.pledge.metric)]
        return f"{self.done} sur {self.pledge.target} {words.one if self.pledge.target < 2 else words.many}"


def pledge_rows(pledges: QuerySet[Pledge]) -> list[PledgeRow]:
    """Return pledges with what came of them, those due first first; two queries."""
    rows = list(pledges.select_related("organisation__commune", "commune").order_by("due_on", "pk"))
    done = done_by_pledge(rows)
    return [PledgeRow(pledge, done[pledge.pk]) for pledge in rows]
