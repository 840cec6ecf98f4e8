"""Answers to the surveys: counted, never kept one by one."""

from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.people.consent_rules import Outcome
from vivier.people.queries import open_purposes
from vivier.workshops import links, notices, survey
from vivier.workshops.models import Registration, Reminder, Session, SurveyCount
from vivier.workshops.operations.seats import lock_session
from vivier.workshops.transitions import State


class NoSurvey(DomainError):
    """There is nothing to answer now; the sentence says why."""


def open_survey(place: Registration) -> survey.Moment | None:
    """Return the survey that the holder of a place may answer now; None where there is none."""
    session = place.session
    moment = _moment(session)
    if session.state != Session.State.OPEN or place.state != State.CONFIRMED or moment is None:
        return None
    if moment == survey.Moment.AFTER and place.attended is False:
        return None
    return None if getattr(place, _FLAGS[moment]) else moment


_FLAGS = {survey.Moment.BEFORE: "answered_before", survey.Moment.AFTER: "answered_after"}


@operation
def answer_survey(*, by: Actor, token: str, answers: Mapping[str, str]) -> survey.Moment:
    """Add one to the count of each answer, once a place and moment; return the moment.

    What is kept of her is that she answered, without when. A question without a known answer counts as skipped.
    Raises links.PlaceLinkError, NoSurvey.
    """
    place = links.read(token)
    session = lock_session(place.session)
    place.refresh_from_db(fields=["state", "attended", *_FLAGS.values()])
    moment = open_survey(place)
    if moment is None:
        raise NoSurvey("Ce questionnaire n’est pas ouvert, ou les réponses ont déjà été données.")
    setattr(place, _FLAGS[moment], True)
    place.save(update_fields=[_FLAGS[moment]])
    for question in survey.asked(moment):
        said = answers.get(question.code, "")
        count, _ = SurveyCount.objects.get_or_create(
            session=session,
            moment=moment,
            question=question.code,
            answer=said if said in question.answers else survey.UNSAID,
        )
        SurveyCount.objects.filter(pk=count.pk).update(count=F("count") + 1)
    return moment


@operation
def ask_who_came(*, by: Actor, session: Session) -> int:
    """Write once to who was noted present and has not answered what the session changed; return how many.

    Only those whose data may still be used, while the survey is open. The mail and its row are one transaction.
    """
    session = lock_session(session)
    if session.state != Session.State.OPEN or _moment(session) != survey.Moment.AFTER:
        return 0
    asked = Reminder.objects.filter(registration=OuterRef("pk"), kind=Reminder.Kind.SURVEY)
    places = list(
        Registration.objects.filter(session=session, state=State.CONFIRMED, attended=True, answered_after=False)
        .exclude(Exists(asked))
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .prefetch_related("beneficiary__guardianships__guardian")
        .order_by("pk")
    )
    may_write = open_purposes([place.beneficiary_id for place in places], ["data"])
    places = [place for place in places if may_write[place.beneficiary_id] == Outcome.GRANTED]
    day = timezone.localtime(session.starts_at).date()
    Reminder.objects.bulk_create(
        [Reminder(registration=place, kind=Reminder.Kind.SURVEY, for_day=day) for place in places]
    )
    for place in places:
        notices.survey_opened(place)
    return len(places)


def ask_all_who_came(*, by: Actor) -> int:
    """Ask about every session that ended and whose survey is open, one transaction each; return how many people."""
    now = clock.now()
    over = Session.objects.filter(
        state=Session.State.OPEN, ends_at__lte=now, ends_at__gt=now - survey.OPEN_AFTER, registrations__attended=True
    )
    return sum(ask_who_came(by=by, session=session) for session in over.distinct().order_by("starts_at", "pk"))


def _moment(session: Session) -> survey.Moment | None:
    return survey.moment_at(session.starts_at, session.ends_at, clock.now())
