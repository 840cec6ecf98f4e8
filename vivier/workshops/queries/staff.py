"""The list of a programme's sessions, and who holds places: counted in SQL, one page at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from vivier.common import clock
from vivier.common.text import plural
from vivier.programmes.models import Programme
from vivier.workshops import words
from vivier.workshops.models import Group, Registration, Session
from vivier.workshops.transitions import HOLDS_SEAT, State

#: Sessions on one page.
PAGE = 25
#: Code in the address → words of the tab.
VIEWS = {"a-venir": "À venir", "passees": "Passées", "annulees": "Annulées"}


@dataclass(frozen=True)
class SessionRow:
    """One session with what it counts. `unmarked`: places of a past session of which nobody has said who came."""

    session: Session
    hours: str
    city: str
    held: int
    awaiting: int
    present: int
    unmarked: int
    waiting: int
    is_past: bool

    @property
    def left(self) -> int:
        return max(self.session.capacity - self.held, 0)


@dataclass(frozen=True)
class StaffList:
    """One page of the list: the finding as heading, the tabs with their counts, the rows."""

    heading: str
    advice: str
    view: str
    tabs: list[tuple[str, str, int]]
    page: Page
    rows: list[SessionRow]


def staff_list(programme: Programme, view: str, site: int | None, number) -> StaffList:
    """Return one page of the sessions of a programme: coming, past or cancelled, of one city or of all."""
    now = clock.now()
    view = view if view in VIEWS else "a-venir"
    sessions = Session.objects.filter(programme=programme)
    if site is not None:
        sessions = sessions.filter(site=site)
    conditions = _conditions(now)
    counts = sessions.aggregate(**{key: Count("pk", filter=condition) for key, condition in _as_names(conditions)})
    order = ("starts_at", "pk") if view == "a-venir" else ("-starts_at", "-pk")
    rows = with_groups(sessions.filter(conditions[view])).select_related("site__commune").order_by(*order)
    page = Paginator(rows, PAGE).get_page(number)
    heading, advice = _finding(sessions, now)
    return StaffList(
        heading=heading,
        advice=advice,
        view=view,
        tabs=[(code, label, counts[code.replace("-", "_")]) for code, label in VIEWS.items()],
        page=page,
        rows=_counted(list(page), now),
    )


def with_groups(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Add `in_groups` to each session: the seats that its groups hold."""
    groups = Group.objects.filter(session=OuterRef("pk"), cancelled_at=None).order_by().values("session")
    people = groups.annotate(people=Sum("head_count")).values("people")
    return sessions.annotate(in_groups=Coalesce(Subquery(people), 0))


def _conditions(now: datetime) -> dict[str, Q]:
    is_open = Q(state=Session.State.OPEN)
    return {
        "a-venir": is_open & Q(ends_at__gt=now),
        "passees": is_open & Q(ends_at__lte=now),
        "annulees": Q(state=Session.State.CANCELLED),
    }


def _as_names(conditions: dict[str, Q]):
    return [(code.replace("-", "_"), condition) for code, condition in conditions.items()]


def _finding(sessions: QuerySet[Session], now: datetime) -> tuple[str, str]:
    """Return what the coming sessions amount to, and what to do about it."""
    coming = sessions.filter(_conditions(now)["a-venir"])
    seats = with_groups(coming).aggregate(sessions=Count("pk"), seats=Sum("capacity"), grouped=Sum("in_groups"))
    if not seats["sessions"]:
        return "Aucune séance n’est prévue.", "Créez la prochaine : son adresse et son code QR sont prêts aussitôt."
    held = Registration.objects.filter(session__in=coming, state__in=HOLDS_SEAT).aggregate(
        all=Count("pk"), awaiting=Count("pk", filter=Q(state=State.AWAITING_CONSENT))
    )
    left = max(seats["seats"] - held["all"] - seats["grouped"], 0)
    heading = (
        f"{plural(seats['sessions'], 'séance à venir', 'séances à venir')}, "
        f"{plural(left, 'place libre', 'places libres')} sur {seats['seats']}."
    )
    if held["awaiting"]:
        waiting = plural(held["awaiting"], "place attend une autorisation", "places attendent une autorisation")
        return heading, f"{waiting} : passé le délai, elles vont à qui attend."
    return heading, "Toutes les autorisations reçues sont en ordre." if held[
        "all"
    ] else "Personne n’est encore inscrit."


def _counted(sessions: list[Session], now: datetime) -> list[SessionRow]:
    """Add to each session what it counts; one query for the whole page."""
    held = Q(state__in=HOLDS_SEAT)
    counts = {
        row["session"]: row
        for row in Registration.objects.filter(session__in=sessions)
        .values("session")
        .annotate(
            held=Count("pk", filter=held),
            awaiting=Count("pk", filter=Q(state=State.AWAITING_CONSENT)),
            present=Count("pk", filter=Q(attended=True)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            unmarked=Count("pk", filter=held & Q(attended=None)),
        )
        .order_by("session")
    }
    nothing = {"held": 0, "awaiting": 0, "present": 0, "unmarked": 0, "waiting": 0}
    rows = []
    for session in sessions:
        row = counts.get(session.pk, nothing)
        rows.append(
            SessionRow(
                session=session,
                hours=words.hours(session),
                city=words.city(session),
                held=row["held"] + session.in_groups,
                awaiting=row["awaiting"],
                present=row["present"],
                unmarked=row["unmarked"],
                waiting=row["waiting"],
                is_past=session.ends_at <= now,
            )
        )
    return rows


def held_places(session: Session) -> QuerySet[Registration]:
    """Return every place of a session with its person, in the order of names."""
    return (
        Registration.objects.filter(session=session)
        .select_related("beneficiary__identity")
        .order_by("beneficiary__identity__sort_name", "pk")
    )
