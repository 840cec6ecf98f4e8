"""Writes of the room."""

from vivier.steering.operations.actions import announce_action, cancel_action, change_action, record_export
from vivier.steering.operations.asks import (
    Named,
    answer_no,
    answer_yes,
    ask_partners,
    close_ask,
    reopen_ask,
    send_again,
)
from vivier.steering.operations.charters import load_charter, record_pledge, withdraw_pledge
from vivier.steering.operations.grants import record_grant
from vivier.steering.operations.newcomers import (
    decline_to_join,
    finish_join_training,
    forget_silent,
    join_as_mentor,
)
from vivier.steering.operations.offers import Offer, answer_offer, take_offer_back
from vivier.steering.operations.receipts import confirm_receipt, undo_receipt

__all__ = [
    "Named",
    "Offer",
    "announce_action",
    "answer_no",
    "answer_offer",
    "answer_yes",
    "ask_partners",
    "cancel_action",
    "change_action",
    "close_ask",
    "confirm_receipt",
    "decline_to_join",
    "finish_join_training",
    "forget_silent",
    "join_as_mentor",
    "load_charter",
    "record_export",
    "record_grant",
    "record_pledge",
    "reopen_ask",
    "send_again",
    "take_offer_back",
    "undo_receipt",
    "withdraw_pledge",
]
