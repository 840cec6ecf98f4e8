"""Reads of the room, as small read models."""

from vivier.mentoring.queries.homes import OwnMentor, mentor_homes, own_mentors
from vivier.mentoring.queries.invitations import invitation_card, invitation_page
from vivier.mentoring.queries.mentors import MentorFilter, mentor_page, mentors_page
from vivier.mentoring.queries.pairs import PairFilter, pair_page
from vivier.mentoring.queries.runs import run_or_none, run_page, runs_page
from vivier.mentoring.queries.summary import (
    CityCounts,
    ProgrammeSummary,
    finding,
    latest_run,
    programme_summary,
    waiting_words,
)
from vivier.mentoring.queries.waiting import waiting_now
from vivier.mentoring.queries.wishes import wishes_page

__all__ = [
    "CityCounts",
    "MentorFilter",
    "OwnMentor",
    "PairFilter",
    "ProgrammeSummary",
    "finding",
    "invitation_card",
    "invitation_page",
    "latest_run",
    "mentor_homes",
    "mentor_page",
    "mentors_page",
    "own_mentors",
    "pair_page",
    "programme_summary",
    "run_or_none",
    "run_page",
    "runs_page",
    "waiting_now",
    "waiting_words",
    "wishes_page",
]
