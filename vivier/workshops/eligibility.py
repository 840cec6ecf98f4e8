"""Whether somebody may take a place: the session's state, her age that day, her class. Pure but for the models read."""

from datetime import date, datetime

from django.utils import timezone

from vivier.common.text import listed
from vivier.people.consent_rules import age_on
from vivier.people.vocabulary import SchoolLevel
from vivier.workshops.errors import NoPlace, NotForHer, SessionCancelled, SessionOver
from vivier.workshops.models import Session


def session_obstacle(session: Session, now: datetime) -> NoPlace | None:
    """Return why nobody can take a place any more, seats apart; None when one can."""
    if session.state == Session.State.CANCELLED:
        return SessionCancelled("Cette séance est annulée.")
    if session.starts_at <= now:
        day = timezone.localtime(session.starts_at)
        return SessionOver(
            f"Cette séance a eu lieu le {day:%d/%m/%Y}." if session.ends_at <= now else "La séance a commencé."
        )
    return None


def person_obstacle(session: Session, birth_date: date | None, school_level: str) -> NotForHer | None:
    """Return why this person cannot come; what is unknown never stands in her way."""
    if birth_date is not None:
        age = age_on(birth_date, timezone.localtime(session.starts_at).date())
        if session.minimum_age is not None and age < session.minimum_age:
            return NotForHer(f"Cette séance est prévue à partir de {session.minimum_age} ans.")
        if session.maximum_age is not None and age > session.maximum_age:
            return NotForHer(f"Cette séance est prévue jusqu’à {session.maximum_age} ans.")
    if session.levels and school_level and school_level not in session.levels:
        return NotForHer(f"Cette séance est prévue pour ces classes : {levels_words(session)}.")
    return None


def levels_words(session: Session) -> str:
    """Return "2de et 1re", in the order of school."""
    return listed([level.label for level in SchoolLevel if level in session.levels])


def ages_words(session: Session) -> str:
    """Return "de 14 à 18 ans", "à partir de 14 ans", "jusqu’à 18 ans" or ""."""
    low, high = session.minimum_age, session.maximum_age
    if low is not None and high is not None:
        return f"de {low} à {high} ans"
    if low is not None:
        return f"à partir de {low} ans"
    return f"jusqu’à {high} ans" if high is not None else ""
