"""The anonymous questions before and after a session: what is asked, when, and what may be shown of it. No query.

Source: CNIL, délibération 2025-028 (JO 13/06/2025): optional, closed and wide answers, nothing that identifies.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "survey.toml"
#: What is counted for who skips a question.
UNSAID = "unsaid"
UNSAID_LABEL = "Ne souhaite pas répondre"
#: A number below this is not shown, nor what would tell it.
THRESHOLD = 5
#: The second survey is open this long after the session.
OPEN_AFTER = timedelta(days=14)


class Moment(StrEnum):
    """When a survey is answered; the codes of SurveyCount.Moment."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Question:
    """One closed question, in the words of who is told "tu" or "vous"; `answers`: code → words, the skip last."""

    code: str
    moments: frozenset[Moment]
    tu: str
    vous: str
    answers: Mapping[str, str]


@cache
def questions() -> tuple[Question, ...]:
    """Return every question, in order. Raises KeyError or ValueError when the table has a hole."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["question"]
    return tuple(
        Question(
            code=row["code"],
            moments=frozenset(Moment(one) for one in row["moments"]),
            tu=row["tu"],
            vous=row["vous"],
            answers={**dict(row["answers"]), UNSAID: UNSAID_LABEL},
        )
        for row in rows
    )


def asked(moment: Moment) -> tuple[Question, ...]:
    """Return the questions of one moment."""
    return tuple(question for question in questions() if moment in question.moments)


def moment_at(starts_at: datetime, ends_at: datetime, now: datetime) -> Moment | None:
    """Return which survey is open; None during the session, and once both are closed."""
    if now < starts_at:
        return Moment.BEFORE
    return Moment.AFTER if ends_at <= now < ends_at + OPEN_AFTER else None


def is_closed(moment: Moment, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether nobody can answer any more: until then nothing is shown, or one more answer would tell itself."""
    return now >= (starts_at if moment == Moment.BEFORE else ends_at + OPEN_AFTER)


def protected(counts: Mapping[str, int], threshold: int = THRESHOLD) -> dict[str, int | None] | None:
    """Return what may be shown of the answers to one question: a number, or None where it is kept back.

    Nothing (None) below the threshold in all. Small numbers are kept back, and with them the smallest others until
    those kept back are two at least and amount to the threshold: the total then tells none of them.
    """
    if sum(counts.values()) < threshold:
        return None
    hidden = {code for code, count in counts.items() if 0 < count < threshold}
    others = sorted((count, code) for code, count in counts.items() if code not in hidden and count > 0)
    while hidden and (len(hidden) < 2 or sum(counts[code] for code in hidden) < threshold):
        if not others:
            return None
        hidden.add(others.pop(0)[1])
    return {code: None if code in hidden else count for code, count in counts.items()}
