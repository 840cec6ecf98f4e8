"""Writes about sessions and places, by topic. Every function is keyword-only and takes the actor as `by`."""

from vivier.workshops.operations.attendance import mark_attendance
from vivier.workshops.operations.bulk import register_many
from vivier.workshops.operations.groups import add_group, cancel_group, count_group
from vivier.workshops.operations.presence import say_present, say_present_by_link
from vivier.workshops.operations.registrations import (
    follow_consents,
    follow_time,
    follow_time_for_all,
    leave,
    leave_by_link,
    register,
)
from vivier.workshops.operations.reminders import remind, remind_all
from vivier.workshops.operations.roster import register_class
from vivier.workshops.operations.seats import lock_session
from vivier.workshops.operations.sessions import cancel_session, create_session, update_session
from vivier.workshops.operations.sign_up import (
    answer_step,
    assist_sign_up,
    confirm_sign_up,
    forget_drafts,
    forget_my_draft,
)
from vivier.workshops.operations.surveys import answer_survey, ask_all_who_came, ask_who_came
from vivier.workshops.operations.waiting import pass_deadline, pass_deadlines, promote

__all__ = [
    "add_group",
    "answer_step",
    "answer_survey",
    "ask_all_who_came",
    "ask_who_came",
    "assist_sign_up",
    "cancel_group",
    "cancel_session",
    "confirm_sign_up",
    "count_group",
    "create_session",
    "follow_consents",
    "follow_time",
    "follow_time_for_all",
    "forget_drafts",
    "forget_my_draft",
    "leave",
    "leave_by_link",
    "lock_session",
    "mark_attendance",
    "pass_deadline",
    "pass_deadlines",
    "promote",
    "register",
    "register_class",
    "register_many",
    "remind",
    "remind_all",
    "say_present",
    "say_present_by_link",
    "update_session",
]
