"""Who was expected and who came."""

from dataclasses import dataclass

from django.utils import timezone

from vivier.common import clock
from vivier.common.text import plural
from vivier.workshops.models import Registration, Session
from vivier.workshops.queries.staff import held_places
from vivier.workshops.transitions import HOLDS_SEAT, State
from vivier.workshops.words import counted


@dataclass(frozen=True)
class AttendancePage:
    """The list of one session, in the order of names, with its finding and what to beware of."""

    session: Session
    places: list[Registration]
    heading: str
    warning: str
    present: int
    absent: int
    unsaid: int

    @property
    def expected(self) -> int:
        return len(self.places)


def attendance_page(session: Session) -> AttendancePage:
    """Return the attendance list: places held, and those marked before they were given up."""
    places = [place for place in held_places(session) if place.state in HOLDS_SEAT or place.attended is not None]
    present = sum(place.attended is True for place in places)
    absent = sum(place.attended is False for place in places)
    return AttendancePage(
        session=session,
        places=places,
        heading=_heading(session, present, len(places)),
        warning=_warning(session, places),
        present=present,
        absent=absent,
        unsaid=len(places) - present - absent,
    )


def _heading(session: Session, present: int, expected: int) -> str:
    if not expected:
        return "Personne n’est inscrit à cette séance."
    programme = session.programme
    return f"{counted(programme, present, 'présent')} sur {counted(programme, expected, 'attendu')}"


def _warning(session: Session, places: list[Registration]) -> str:
    if session.state == Session.State.CANCELLED:
        return "Cette séance est annulée."
    if timezone.localtime(session.starts_at).date() > clock.today():
        return "Cette séance n’a pas encore eu lieu : ne notez que ce qui s’est passé."
    awaiting = sum(place.state == State.AWAITING_CONSENT for place in places)
    if awaiting:
        who = plural(awaiting, "personne attend", "personnes attendent")
        return f"{who} encore une autorisation : sans elle, pas de participation."
    return ""
