"""Reminders: a week before the session and on its eve, once each."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.operations import operation
from vivier.workshops import notices, survey
from vivier.workshops.models import GroupReminder, Registration, Reminder, Session
from vivier.workshops.operations.groups import coming_groups
from vivier.workshops.operations.seats import lock_session
from vivier.workshops.operations.surveys import open_survey
from vivier.workshops.transitions import HOLDS_SEAT

Kind = Reminder.Kind
#: Kind → days before the session: the first on which it is sent, and the last for a worker that was down.
DAYS = {Kind.WEEK: (7, 3), Kind.EVE: (1, 1)}


@operation
def remind(*, by: Actor, session: Session, kind: Reminder.Kind) -> int:
    """Remind who has a seat in a session, and the adult of each group, once for its present day; return how many.

    Who signed up since the day of the reminder has just read where and when: she is not written to. Done twice, or
    killed in between, nobody is told twice nor forgotten: the mail and its row are one transaction.
    """
    session = lock_session(session)
    now, day = clock.now(), timezone.localtime(session.starts_at).date()
    if session.state != Session.State.OPEN or session.starts_at <= now or kind not in _due(day):
        return 0
    due_since = clock.at(day - timedelta(days=DAYS[kind][0]), 0)
    # One row must say both: `exclude` over the relation would join two, and lose the eve of a day put off.
    told = Reminder.objects.filter(registration=OuterRef("pk"), kind=kind, for_day=day)
    places = list(
        Registration.objects.filter(session=session, state__in=HOLDS_SEAT, registered_at__lt=due_since)
        .exclude(Exists(told))
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .prefetch_related("beneficiary__guardianships__guardian")
        .order_by("pk")
    )
    Reminder.objects.bulk_create([Reminder(registration=place, kind=kind, for_day=day) for place in places])
    for place in places:
        notices.reminder(place, asks=kind == Kind.WEEK and open_survey(place) == survey.Moment.BEFORE)
    return len(places) + _remind_groups(session, kind, day, due_since)


def _remind_groups(session: Session, kind: Reminder.Kind, day: date, due_since: datetime) -> int:
    told = GroupReminder.objects.filter(group=OuterRef("pk"), kind=kind, for_day=day)
    groups = list(
        coming_groups(session).filter(created_at__lt=due_since).exclude(contact_email="").exclude(Exists(told))
    )
    GroupReminder.objects.bulk_create([GroupReminder(group=group, kind=kind, for_day=day) for group in groups])
    for group in groups:
        notices.group_told(group, "reminded")
    return len(groups)


def remind_all(*, by: Actor) -> int:
    """Send every reminder that is due, one transaction a session; return how many."""
    end = clock.at(clock.today() + timedelta(days=8), 0)
    coming = Session.objects.filter(state=Session.State.OPEN, starts_at__gt=clock.now(), starts_at__lt=end)
    return sum(
        remind(by=by, session=session, kind=kind)
        for session in coming.order_by("starts_at", "pk")
        for kind in _due(timezone.localtime(session.starts_at).date())
    )


def _due(day: date) -> list[Reminder.Kind]:
    left = (day - clock.today()).days
    return [kind for kind, (first, last) in DAYS.items() if last <= left <= first]
