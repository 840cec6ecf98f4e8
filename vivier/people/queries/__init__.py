"""Reads about people, by topic."""

from vivier.people.queries.consents import (
    AnswerView,
    PurposeView,
    latest_answers,
    open_purposes,
    purposes_for,
    reader_of,
    says_tu,
    standings,
)
from vivier.people.queries.persons import GuardianView, PersonPage, person_page

__all__ = [
    "AnswerView",
    "GuardianView",
    "PersonPage",
    "PurposeView",
    "latest_answers",
    "open_purposes",
    "person_page",
    "purposes_for",
    "reader_of",
    "says_tu",
    "standings",
]
