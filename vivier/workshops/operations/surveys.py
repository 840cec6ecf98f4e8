"""Answers to the surveys: counted, never kept one by one."""

from collections.abc import Mapping

from django.db.models import F

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.workshops import links, survey
from vivier.workshops.models import Registration, Session, SurveyCount
from vivier.workshops.operations.seats import lock_session
from vivier.workshops.transitions import State


class NoSurvey(DomainError):
    """There is nothing to answer now; the sentence says why."""


def open_survey(place: Registration) -> survey.Moment | None:
    """Return the survey that the holder of a place may answer now; None where there is none."""
    session = place.session
    moment = survey.moment_at(session.starts_at, session.ends_at, clock.now())
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
