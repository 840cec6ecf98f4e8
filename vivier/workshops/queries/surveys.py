"""What may be shown of the surveys of a session: closed ones, and no small number."""

from dataclasses import dataclass

from vivier.common import clock
from vivier.workshops import survey
from vivier.workshops.models import Session, SurveyCount


@dataclass(frozen=True)
class SurveyRow:
    """One answer, in words, with its counts before and after; "" where it was not asked, "–" where it is kept back."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class SurveyTable:
    """One question with its answers."""

    question: str
    rows: list[SurveyRow]


def survey_tables(session: Session) -> list[SurveyTable]:
    """Return the questions for which something may be shown; one query."""
    now, counts = clock.now(), {}
    for row in SurveyCount.objects.filter(session=session):
        counts[row.moment, row.question, row.answer] = row.count
    tables = []
    for question in survey.questions():
        shown = {
            moment: survey.protected({code: counts.get((moment, question.code, code), 0) for code in question.answers})
            for moment in survey.Moment
            if moment in question.moments and survey.is_closed(moment, session.starts_at, session.ends_at, now)
        }
        if any(found is not None for found in shown.values()):
            rows = [
                SurveyRow(label, *(_cell(shown, moment, code) for moment in survey.Moment))
                for code, label in question.answers.items()
            ]
            tables.append(SurveyTable(question.vous, rows))
    return tables


def _cell(shown: dict, moment: survey.Moment, code: str) -> str:
    if moment not in shown:
        return ""
    return "–" if shown[moment] is None or shown[moment][code] is None else str(shown[moment][code])
