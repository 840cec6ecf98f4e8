"""Writes about people, by topic. Every function is keyword-only and takes the actor as `by`."""

from vivier.people.operations.access import close_access, open_access
from vivier.people.operations.beneficiaries import (
    cancel_own_links,
    create_beneficiaries,
    create_beneficiary,
    follow_beneficiaries,
    lock,
    sign_up_beneficiary,
    update_beneficiary,
)
from vivier.people.operations.consents import (
    answer_as_account,
    answer_at_sign_up,
    answer_by_link,
    record_consent,
    record_paper,
)
from vivier.people.operations.guardians import (
    ask_guardian,
    cancel_links,
    claim_guardian,
    confirm_claim,
    dismiss_claim,
    name_guardian,
    remove_guardian,
    renew_links,
    send_own_link,
    update_guardian,
    vouch_for_guardian,
)
from vivier.people.operations.volunteers import (
    create_volunteer,
    create_volunteers,
    record_vetting,
    record_vettings,
    update_volunteer,
)

__all__ = [
    "answer_as_account",
    "answer_at_sign_up",
    "answer_by_link",
    "ask_guardian",
    "cancel_links",
    "cancel_own_links",
    "claim_guardian",
    "close_access",
    "confirm_claim",
    "create_beneficiaries",
    "create_beneficiary",
    "create_volunteer",
    "create_volunteers",
    "dismiss_claim",
    "follow_beneficiaries",
    "lock",
    "name_guardian",
    "open_access",
    "record_consent",
    "record_paper",
    "record_vetting",
    "record_vettings",
    "remove_guardian",
    "renew_links",
    "send_own_link",
    "sign_up_beneficiary",
    "update_beneficiary",
    "update_guardian",
    "update_volunteer",
    "vouch_for_guardian",
]
