"""What came of pledges and asks, counted from records."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import CharField

from vivier.common import clock
from vivier.common.text import plural
from vivier.mentoring.models import Onboarding
from vivier.people.models import Vetting
from vivier.steering.models import Contribution, Pledge
from vivier.steering.vocabulary import METRIC_WORDS, Metric

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


def done_by_pledge(pledges: Iterable[Pledge]) -> dict[int, int]:
    """Pledge → how much of it is done: people verified and trained whom its structure named. One query.

    Whoever two structures named counts once in a plan, for the one that named her first.
    Only mentors have records that prove them today; the other metrics count none.
    """
    pledges = list(pledges)
    done = {pledge.pk: 0 for pledge in pledges}
    named = Contribution.objects.filter(
        answer__pledge__plan__in={pledge.plan_id for pledge in pledges}, answer__ask__metric=Metric.MENTORS
    )
    ready = with_step(named).filter(step=READY).order_by("joined_at", "pk")
    known = set()
    for pledge, plan, *who in ready.values_list("answer__pledge", "answer__pledge__plan", "volunteer", "email"):
        same = {(plan, one) for one in who}
        if not same & known:
            done[pledge] = done.get(pledge, 0) + 1
        known |= same
    return done


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
        if self.pledge.metric != Metric.MENTORS:
            return "non suivi ici", "info"
        if not self.remaining:
            return "tenu", "ok"
        if self.pledge.due_on and self.pledge.due_on < clock.today():
            return "échu", "alert"
        return "en cours", "wait"

    @property
    def counted(self) -> str:
        """Return "3 sur 10 marraines"; what no record counts is not said to be 0."""
        words = METRIC_WORDS[Metric(self.pledge.metric)]
        if self.pledge.metric != Metric.MENTORS:
            return f"{plural(self.pledge.target, words.one, words.many)} en tout"
        return f"{self.done} sur {plural(self.pledge.target, words.one, words.many)}"


def pledge_rows(pledges: QuerySet[Pledge]) -> list[PledgeRow]:
    """Return pledges with what came of them, those due first first; two queries."""
    rows = list(pledges.select_related("organisation__commune", "commune").order_by("due_on", "pk"))
    done = done_by_pledge(rows)
    return [PledgeRow(pledge, done[pledge.pk]) for pledge in rows]
