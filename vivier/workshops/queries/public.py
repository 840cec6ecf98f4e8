"""What whoever passes by may read of sessions: never a name, never a link of connection."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from vivier.common import clock
from vivier.common.text import plural
from vivier.territories.distances import distance_km
from vivier.territories.models import Commune
from vivier.workshops import words
from vivier.workshops.eligibility import ages_words, levels_words, person_obstacle, session_obstacle
from vivier.workshops.models import Group, Registration, Session
from vivier.workshops.transitions import HOLDS_SEAT, STANDS, State

#: Sessions on one page.
PAGE = 20
#: How many other sessions are offered to somebody who cannot have a place, and among how many they are looked for.
OTHERS, CONSIDERED = 3, 60
#: Stands for "online, or who knows where": after every place on earth, in km.
NOWHERE = 1e9


@dataclass(frozen=True)
class PublicSession:
    """A session as whoever passes by reads it. `distance`: whole km from the commune asked, None where unknown."""

    session: Session
    day: str
    hours: str
    when: str
    where: str
    city: str
    levels: str
    ages: str
    left: int
    waiting: int
    seats: str
    tone: str
    obstacle: str
    distance: int | None = None

    @property
    def is_open(self) -> bool:
        return not self.obstacle and self.left > 0

    @property
    def is_full(self) -> bool:
        """Tell whether a newcomer gets a number in the line instead of a seat."""
        return not self.obstacle and self.left == 0

    @property
    def is_online(self) -> bool:
        return self.session.mode == Session.Mode.ONLINE

    @property
    def place(self) -> str:
        """Where, and how far from the commune that was asked."""
        return f"{self.where}, à {self.distance} km" if self.distance else self.where


@dataclass(frozen=True)
class PublicList:
    """One page of the announced sessions; `nearest`: whole km to the nearest one on site, None where unknown."""

    page: Page
    sessions: list[PublicSession]
    nearest: int | None


def public_sessions(*, commune: Commune | None = None, number=None) -> PublicList:
    """Return one page of the announced coming sessions, by date; with a commune, nearest first and online after."""
    if commune is None or commune.latitude is None:
        page = Paginator(_announced().order_by("starts_at", "pk"), PAGE).get_page(number)
        return PublicList(page, _views(list(page), commune), None)
    keys = _nearest_first(_announced(), commune)
    page = Paginator(keys, PAGE).get_page(number)
    found = _announced().in_bulk([pk for _, _, pk in page])
    sessions = [found[pk] for _, _, pk in page if pk in found]
    return PublicList(page, _views(sessions, commune), round(keys[0][0]) if keys and keys[0][0] < NOWHERE else None)


def near(session: Session, birth_date: date | None = None, school_level: str = "") -> list[PublicSession]:
    """Return a few other sessions for somebody who cannot have a place in this one: open to her, near and soon."""
    others = _announced().exclude(pk=session.pk)
    here = session.site.commune if session.site else None
    if here is None or here.latitude is None:
        candidates = list(others.order_by("starts_at", "pk")[:CONSIDERED])
    else:
        keys = _nearest_first(others, here, step_km=30)[:CONSIDERED]
        found = others.in_bulk([pk for _, _, pk in keys])
        candidates = [found[pk] for _, _, pk in keys if pk in found]
    hers = [other for other in candidates if person_obstacle(other, birth_date, school_level) is None]
    return [view for view in _views(hers, here) if view.left > 0][:OTHERS]


def _nearest_first(sessions: QuerySet[Session], commune: Commune, step_km: float = 0) -> list[tuple]:
    """Return (km, start, key) of each session in order; km cut into steps let a sooner one win over a nearer one."""
    rows = sessions.values_list("pk", "starts_at", "mode", "site__commune__latitude", "site__commune__longitude")
    keys = []
    for pk, starts_at, mode, latitude, longitude in rows:
        km = NOWHERE
        if mode == Session.Mode.ON_SITE and latitude is not None:
            km = distance_km(commune.latitude, commune.longitude, latitude, longitude)
        keys.append((km // step_km if step_km and km < NOWHERE else km, starts_at, pk))
    return sorted(keys)


def session_page(session: Session) -> PublicSession:
    """Return one session as its public page shows it."""
    return _views([session], None)[0]


def _announced() -> QuerySet[Session]:
    return Session.objects.filter(is_public=True, state=Session.State.OPEN, starts_at__gt=clock.now()).select_related(
        "programme__controller", "site__commune"
    )


def _views(sessions: list[Session], commune: Commune | None) -> list[PublicSession]:
    rows = Registration.objects.filter(session__in=sessions, state__in=STANDS).order_by("session").values("session")
    counts = {
        row["session"]: (row["held"], row["waiting"])
        for row in rows.annotate(
            held=Count("pk", filter=Q(state__in=HOLDS_SEAT)), waiting=Count("pk", filter=Q(state=State.WAITING))
        )
    }
    groups = dict(
        Group.objects.filter(session__in=sessions, cancelled_at=None)
        .order_by("session")
        .values_list("session")
        .annotate(people=Sum("head_count"))
    )
    now = clock.now()
    views = []
    for session in sessions:
        held, waiting = counts.get(session.pk, (0, 0))
        views.append(_view(session, held + groups.get(session.pk, 0), waiting, commune, now))
    return views


def _view(session: Session, held: int, waiting: int, commune: Commune | None, now) -> PublicSession:
    # A free seat that somebody waits for is not free for a newcomer.
    left = 0 if waiting else max(session.capacity - held, 0)
    obstacle = session_obstacle(session, now)
    if obstacle:
        seats, tone = str(obstacle), "alert" if session.state == Session.State.CANCELLED else "info"
    elif left == 0:
        seats, tone = "complète, liste d’attente ouverte", "wait"
    elif left <= 3:
        seats, tone = plural(left, "dernière place", "dernières places"), "wait"
    else:
        seats, tone = f"{left} places libres", "ok"
    return PublicSession(
        session=session,
        day=words.day(session),
        hours=words.hours(session),
        when=words.when(session),
        where=words.where(session),
        city=words.city(session),
        levels=levels_words(session),
        ages=ages_words(session),
        left=left,
        waiting=waiting,
        seats=seats,
        tone=tone,
        obstacle=str(obstacle) if obstacle else "",
        distance=_distance(session, commune),
    )


def _distance(session: Session, commune: Commune | None) -> int | None:
    place = session.site.commune if session.site and session.mode == Session.Mode.ON_SITE else None
    if None in (place, commune) or None in (place.latitude, commune.latitude):
        return None
    return round(distance_km(commune.latitude, commune.longitude, place.latitude, place.longitude))
