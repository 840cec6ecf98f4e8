"""Writes of the room. Each takes its turn on the programme's row (see `locks`)."""

from vivier.mentoring.operations.exports import command_for, export_file, export_results, files_of
from vivier.mentoring.operations.invitations import (
    InvitedMany,
    hand_over_all,
    invite,
    invite_many,
    note_reply,
    remind,
    say_no,
    say_yes,
)
from vivier.mentoring.operations.mentors import change_offer, pause, resume
from vivier.mentoring.operations.onboarding import finish_training, record_interview, verify, welcome
from vivier.mentoring.operations.pairs import (
    AcceptedMany,
    accept,
    accept_many,
    end,
    lift_refusal,
    lock,
    opt_in,
    opt_out,
    refuse,
    unlock,
)
from vivier.mentoring.operations.policies import change_rules
from vivier.mentoring.operations.runs import FILES, run_matching
from vivier.mentoring.operations.wishes import MOST_WISHES, add_wish, remove_wish

__all__ = [
    "FILES",
    "MOST_WISHES",
    "AcceptedMany",
    "InvitedMany",
    "accept",
    "accept_many",
    "add_wish",
    "change_offer",
    "change_rules",
    "command_for",
    "end",
    "export_file",
    "export_results",
    "files_of",
    "finish_training",
    "hand_over_all",
    "invite",
    "invite_many",
    "lift_refusal",
    "lock",
    "note_reply",
    "opt_in",
    "opt_out",
    "pause",
    "record_interview",
    "refuse",
    "remind",
    "remove_wish",
    "resume",
    "run_matching",
    "say_no",
    "say_yes",
    "unlock",
    "verify",
    "welcome",
]
