"""Reads about sessions, by topic."""

from vivier.workshops.queries.attendance import AttendancePage, attendance_page
from vivier.workshops.queries.calendars import announced_calendar, own_places
from vivier.workshops.queries.public import PublicList, PublicSession, near, public_sessions, session_page
from vivier.workshops.queries.staff import SessionRow, StaffList, held_places, staff_list
from vivier.workshops.queries.surveys import survey_tables

__all__ = [
    "AttendancePage",
    "PublicList",
    "PublicSession",
    "SessionRow",
    "StaffList",
    "announced_calendar",
    "attendance_page",
    "held_places",
    "near",
    "own_places",
    "public_sessions",
    "session_page",
    "staff_list",
    "survey_tables",
]
