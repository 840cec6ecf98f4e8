"""Writes of the room."""

from vivier.steering.operations.asks import (
    Named,
    answer_no,
    answer_yes,
    ask_partners,
    close_ask,
)
from vivier.steering.operations.charters import load_charter, record_pledge, withdraw_pledge
from vivier.steering.operations.grants import record_grant
from vivier.steering.operations.newcomers import (
    decline_to_join,
    finish_join_training,
    forget_silent,
    join_as_mentor,
)

__all__ = [
    "Named",
    "answer_no",
    "answer_yes",
    "ask_partners",
    "close_ask",
    "decline_to_join",
    "finish_join_training",
    "forget_silent",
    "join_as_mentor",
    "load_charter",
    "record_grant",
    "record_pledge",
    "withdraw_pledge",
]
