"""Where somebody stands in the line."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vivier.workshops.models import Registration
from vivier.workshops.transitions import State


def rank_of(registration: Registration) -> int:
    """Return how far she is in the line, the first being 1; 0 for who does not wait."""
    if registration.state != State.WAITING:
        return 0
    line = Registration.objects.filter(session=registration.session_id, state=State.WAITING)
    return line.filter(waiting_number__lte=registration.waiting_number).count()


def with_rank(places: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add `rank` to each place, as rank_of gives it, in the same query."""
    before = Registration.objects.filter(
        session=OuterRef("session"), state=State.WAITING, waiting_number__lte=OuterRef("waiting_number")
    )
    counted = before.order_by().values("session").annotate(ahead=Count("pk")).values("ahead")
    return places.annotate(rank=Coalesce(Subquery(counted), 0))
