"""One register of what all partners of a plan do: sessions, what is offered, what they announce. Nobody is named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.engines.disclosure.nested import K, reveals
from vivier.organisations.models import Organisation
from vivier.programmes.models import Plan, Programme
from vivier.programmes.vocabulary import Attachment
from vivier.steering import partial_dates
from vivier.steering.models import Contribution, PartnerAction, Pledge, Signature
from vivier.steering.queries.progress import with_received
from vivier.steering.vocabulary import METRICS, ActionKind, Metric, Precision
from vivier.steering.wording import counted
from vivier.workshops import words
from vivier.workshops.models import Group, Registration, Session

#: Lines on one page.
PAGE = 40
_KINDS = {
    Metric.INTERVENTIONS: ActionKind.INTERVENTION,
    Metric.INTERNSHIPS: ActionKind.INTERNSHIP,
    Metric.EQUIPMENT: ActionKind.EQUIPMENT,
}
_RANKS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


@dataclass(frozen=True)
class Wanted:
    """What of the register is asked for; empty: everything. `department`: its code."""

    kind: str = ""
    department: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class RegisterRow:
    """One action. `on`, `precision`: its date as far as it is known. `came`: "" where nobody counts or may know."""

    key: str
    on: date
    last: date
    precision: str
    kind: str
    title: str
    who: Organisation
    place: str
    state: tuple[str, str]
    came: str = ""
    url: str = ""
    is_public: bool = False
    session: Session | None = None
    action: PartnerAction | None = None

    @property
    def kind_words(self) -> str:
        return ActionKind(self.kind).label

    @property
    def when(self) -> str:
        return partial_dates.words(self.on, self.precision)

    @property
    def month(self) -> str:
        """The heading under which it stands."""
        if self.precision == Precision.YEAR:
            return f"{self.on.year}, mois à préciser"
        return partial_dates.words(self.on, Precision.MONTH)


@dataclass(frozen=True)
class Register:
    """One page of the register, by month."""

    page: Page
    months: list[tuple[str, list[RegisterRow]]]


def plans_of(organisations: Iterable[int]) -> QuerySet[Plan]:
    """Return the plans of which one of these structures is a partner: it signed, pledged, holds it or runs a programme.

    organisations: primary keys.
    """
    own = list(organisations)
    signed = Signature.objects.filter(organisation__in=own).values("wave__version__charter__plan")
    pledged = Pledge.objects.filter(organisation__in=own, withdrawn_at=None).values("plan")
    run = Programme.objects.filter(controller__in=own, attachment=Attachment.ACCEPTED).values("axis__plan")
    is_partner = Q(organisation__in=own) | Q(pk__in=signed) | Q(pk__in=pledged) | Q(pk__in=run)
    return Plan.objects.filter(is_partner).select_related("organisation", "region").order_by("name", "pk")


def partners_among(plan: Plan, organisations: Iterable[int]) -> QuerySet[Organisation]:
    """Return those of these structures (primary keys) that are partners of a plan, by name; one query for each."""
    partners = [pk for pk in organisations if plans_of([pk]).filter(pk=plan.pk).exists()]
    return Organisation.objects.filter(pk__in=partners).order_by("name", "pk")


def own_structures(actor: Actor) -> frozenset[int]:
    """Return the structures in whose name somebody reads the register."""
    return actor.controllers(Permission.ANSWER_ASKS) | actor.controllers(Permission.MANAGE_PLANS)


def register_page(plan: Plan, own: Iterable[int], wanted: Wanted, number) -> Register:
    """Return one page of the register, the oldest first, grouped by month; five queries whatever their number.

    own: the structures of who reads: their sessions are all shown, with every count.
    """
    own = frozenset(own)
    page = Paginator(_keys(plan, own, wanted), PAGE).get_page(number)
    months: dict[str, list[RegisterRow]] = {}
    for row in _read(list(page), own):
        months.setdefault(row.month, []).append(row)
    return Register(page, list(months.items()))


def register_rows(plan: Plan, own: Iterable[int], wanted: Wanted, most: int | None = None) -> Iterator[RegisterRow]:
    """Yield the rows of the register in order, `most` at most; four queries for a thousand."""
    own = frozenset(own)
    keys = list(_keys(plan, own, wanted)[:most])
    for start in range(0, len(keys), 1000):
        yield from _read(keys[start : start + 1000], own)


def public_rows(plan: Plan, wanted: Wanted, most: int) -> Iterator[RegisterRow]:
    """Yield what is announced publicly: sessions and actions that say so; four queries for a thousand."""
    keys = list(_keys(plan, frozenset(), wanted, is_public=True)[:most])
    yield from _read(keys, frozenset())


def _keys(plan: Plan, own: frozenset[int], wanted: Wanted, *, is_public: bool = False) -> QuerySet:
    """Return (source, primary key) of what is wanted, in order: a union of which one page is read."""
    seen = Q(is_public=True) | Q(programme__controller__in=own)
    sessions = Session.objects.filter(seen, programme__axis__plan=plan, programme__attachment=Attachment.ACCEPTED)
    sessions = sessions.annotate(on=TruncDate("starts_at"), last=TruncDate("starts_at"))
    actions = PartnerAction.objects.filter(plan=plan, **({"is_public": True} if is_public else {}))
    actions = actions.annotate(on=F("starts_on"), last=F("ends_on"))
    sources = [
        (1, sessions if wanted.kind in ("", ActionKind.WORKSHOP) else sessions.none(), "site__commune", Value(2)),
        (2, actions.filter(kind=wanted.kind) if wanted.kind else actions, "commune", _rank()),
    ]
    if not is_public:
        metrics = [metric for metric, kind in _KINDS.items() if wanted.kind in ("", kind)]
        offers = Contribution.objects.filter(
            answer__pledge__plan=plan, answer__ask__metric__in=metrics, declined_at=None, starts_on__isnull=False
        )
        offers = offers.annotate(on=F("starts_on"), last=Coalesce("ends_on", "starts_on", output_field=DateField()))
        sources.append((3, offers, "commune", Value(2)))
    found = [
        _within(rows, wanted, place)
        .annotate(source=Value(source, IntegerField()), rank=rank, key=F("pk"))
        .order_by()
        .values_list("source", "key", "on", "rank")
        for source, rows, place, rank in sources
    ]
    return found[0].union(*found[1:], all=True).order_by("on", "rank", "source", "key")


def _rank() -> Case:
    whens = [When(precision=code, then=Value(rank)) for rank, code in enumerate(_RANKS)]
    return Case(*whens, output_field=IntegerField())


def _within(rows: QuerySet, wanted: Wanted, place: str) -> QuerySet:
    if wanted.since:
        rows = rows.filter(last__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(on__lte=wanted.until)
    return rows.filter(**{f"{place}__department__code": wanted.department}) if wanted.department else rows


def _read(keys: list[tuple], own: frozenset[int]) -> list[RegisterRow]:
    """Return the rows of these keys, in their order; three queries."""
    by_source: dict[int, list[int]] = {1: [], 2: [], 3: []}
    for source, key, *_ in keys:
        by_source[source].append(key)
    read = {
        **{(1, one.pk): _session_row(one, own) for one in _sessions(by_source[1])},
        **{(2, one.pk): _action_row(one, own) for one in _actions(by_source[2])},
        **{(3, one.pk): _offer_row(one) for one in _offers(by_source[3])},
    }
    return [read[source, key] for source, key, *_ in keys if (source, key) in read]


def _sessions(keys: list[int]) -> QuerySet[Session]:
    came = Registration.objects.filter(session=OuterRef("pk"), attended=True).order_by().values("session")
    groups = Group.objects.filter(session=OuterRef("pk"), cancelled_at=None).order_by().values("session")
    rows = Session.objects.filter(pk__in=keys).select_related("programme__controller", "site__commune")
    return rows.annotate(
        came=Coalesce(Subquery(came.annotate(all=Count("pk")).values("all")), 0)
        + Coalesce(Subquery(groups.annotate(all=Sum("attended_count")).values("all")), 0)
    )


def _actions(keys: list[int]) -> QuerySet[PartnerAction]:
    return PartnerAction.objects.filter(pk__in=keys).select_related("organisation", "commune")


def _offers(keys: list[int]) -> QuerySet[Contribution]:
    rows = with_received(Contribution.objects.filter(pk__in=keys))
    return rows.select_related("answer__organisation", "answer__ask", "commune")


def _session_row(session: Session, own: frozenset[int]) -> RegisterRow:
    controller = session.programme.controller
    day = timezone.localdate(session.starts_at)
    return RegisterRow(
        key=session.code,
        on=day,
        last=day,
        precision=Precision.DAY,
        kind=ActionKind.WORKSHOP,
        title=session.title,
        who=controller,
        place=words.city(session),
        state=_session_state(session),
        came=_told(session.came, is_own=controller.pk in own),
        is_public=session.is_public,
        session=session,
    )


def _session_state(session: Session) -> tuple[str, str]:
    if session.state == Session.State.CANCELLED:
        return "annulée", "info"
    if session.ends_at > clock.now():
        return "prévue", "wait"
    return ("tenue", "ok") if session.came else ("passée", "info")


def _told(number: int, *, is_own: bool) -> str:
    """Return how many people came; to another structure, a group of 1 to 4 is "moins de 5"."""
    if not is_own and reveals([number]):
        return f"moins de {K}"
    return str(number) if number else ""


def _action_row(action: PartnerAction, own: frozenset[int]) -> RegisterRow:
    if action.cancelled_at:
        state = ("annulée", "info")
    else:
        state = ("passée", "info") if action.ends_on < clock.today() else ("annoncée", "wait")
    return RegisterRow(
        key=action.public_id.hex,
        on=action.starts_on,
        last=action.ends_on,
        precision=action.precision,
        kind=action.kind,
        title=action.title,
        who=action.organisation,
        place=action.commune.name if action.commune else "",
        state=state,
        url=action.url,
        is_public=action.is_public,
        action=action if action.organisation_id in own else None,
    )


def _offer_row(contribution: Contribution) -> RegisterRow:
    """Return an offer without whom it names; how much of it was received stays between the two structures."""
    metric = contribution.answer.ask.metric
    rule = METRICS[metric]
    if contribution.received:
        is_whole = contribution.received >= contribution.quantity
        state = (rule.done[contribution.quantity > 1], "ok") if is_whole else ("en cours", "wait")
    else:
        state = (rule.agreed(contribution.quantity, "proposé"), "wait")
    return RegisterRow(
        key=contribution.public_id.hex,
        on=contribution.starts_on,
        last=contribution.ends_on or contribution.starts_on,
        precision=Precision.DAY,
        kind=_KINDS[metric],
        title=counted(metric, contribution.quantity),
        who=contribution.answer.organisation,
        place=contribution.commune.name if contribution.commune else "",
        state=state,
    )
