"""What whoever passes by may read of sessions: never a name, never a link of connection."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from vivier.common import clock
from vivier.common.text import plural
from vivier.territories.distances import distance_km
from vivier.territories.models import Commune
from vivier.workshops import words
from vivier.workshops.eligibility import ages_words, levels_words, person_obstacle, session_obstacle
from vivier.workshops.models import Registration, Session
from vivier.workshops.transitions import HOLDS_SEAT

#: How many other sessions are offered to somebody who cannot have a place.
OTHERS = 3


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
    seats: str
    tone: str
    obstacle: str
    distance: int | None = None

    @property
    def is_open(self) -> bool:
        return not self.obstacle and self.left > 0

    @property
    def is_online(self) -> bool:
        return self.session.mode == Session.Mode.ONLINE

    @property
    def place(self) -> str:
        """Where, and how far from the commune that was asked."""
        return f"{self.where}, à {self.distance} km" if self.distance else self.where


def public_sessions(*, commune: Commune | None = None) -> list[PublicSession]:
    """Return the announced coming sessions, by date; with a commune, the nearest first and those online after."""
    sessions = list(_announced().order_by("starts_at", "pk"))
    views = _views(sessions, commune)
    if commune is None or commune.latitude is None:
        return views
    return sorted(
        views, key=lambda view: (view.distance is None, view.distance or 0, view.session.starts_at, view.session.pk)
    )


def near(session: Session, birth_date: date | None = None, school_level: str = "") -> list[PublicSession]:
    """Return a few other sessions for somebody who cannot have a place in this one: open to her, near and soon."""
    others = [
        other
        for other in _announced().exclude(pk=session.pk).order_by("starts_at", "pk")
        if person_obstacle(other, birth_date, school_level) is None
    ]
    here = session.site.commune if session.site else None
    views = [view for view in _views(others, here) if view.left > 0]
    views.sort(key=lambda view: (view.distance is None, (view.distance or 0) // 30, view.session.starts_at))
    return views[:OTHERS]


def session_page(session: Session) -> PublicSession:
    """Return one session as its public page shows it."""
    return _views([session], None)[0]


def _announced() -> QuerySet[Session]:
    return Session.objects.filter(is_public=True, state=Session.State.OPEN, starts_at__gt=clock.now()).select_related(
        "programme__controller", "site__commune"
    )


def _views(sessions: list[Session], commune: Commune | None) -> list[PublicSession]:
    held = dict(
        Registration.objects.filter(session__in=sessions, state__in=HOLDS_SEAT)
        .order_by("session")
        .values_list("session")
        .annotate(held=Count("pk"))
    )
    now = clock.now()
    return [_view(session, max(session.capacity - held.get(session.pk, 0), 0), commune, now) for session in sessions]


def _view(session: Session, left: int, commune: Commune | None, now) -> PublicSession:
    obstacle = session_obstacle(session, now)
    if obstacle:
        seats, tone = str(obstacle), "alert" if session.state == Session.State.CANCELLED else "info"
    elif left == 0:
        seats, tone = "complète", "alert"
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
