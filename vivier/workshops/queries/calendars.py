"""What the calendars hold."""

from datetime import timedelta

from django.db.models import QuerySet

from vivier.common import clock
from vivier.people.models import Beneficiary
from vivier.programmes.models import Programme
from vivier.workshops.models import Registration, Session

#: Sessions older than this are left out of the calendars.
PAST = timedelta(days=90)


def announced_calendar(programme: Programme) -> QuerySet[Session]:
    """Return the announced sessions of a programme, those cancelled included: a calendar must strike them out."""
    sessions = Session.objects.filter(programme=programme, is_public=True, ends_at__gt=clock.now() - PAST)
    return sessions.select_related("programme__controller", "site__commune").order_by("starts_at", "pk")


def own_places(beneficiary: Beneficiary) -> QuerySet[Registration]:
    """Return the places of a person, whatever their state, with what a calendar says of them."""
    places = Registration.objects.filter(beneficiary=beneficiary, session__ends_at__gt=clock.now() - PAST)
    return places.select_related("session__programme__controller", "session__site__commune").order_by(
        "session__starts_at", "pk"
    )
