"""The states of a registration as a table, and what an answer to an authorisation leads to. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from vivier.people.consent_rules import Outcome


class State(StrEnum):
    """Where a place stands; the codes of Registration.State."""

    AWAITING_CONSENT = "awaiting_consent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Transition(StrEnum):
    """What happens to a place."""

    REGISTER = "register"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    LEAVE = "leave"
    CANCEL_SESSION = "cancel_session"
    REOPEN = "reopen"


LABELS: Mapping[Transition, str] = {
    Transition.REGISTER: "inscription",
    Transition.GRANT: "autorisation donnée",
    Transition.REFUSE: "autorisation refusée",
    Transition.WITHDRAW: "autorisation retirée",
    Transition.LAPSE: "autorisation à redonner",
    Transition.LEAVE: "désistement",
    Transition.CANCEL_SESSION: "séance annulée",
    Transition.REOPEN: "place rouverte",
}

TRANSITIONS: Mapping[tuple[State | None, Transition], State] = {
    (None, Transition.REGISTER): State.AWAITING_CONSENT,
    (State.AWAITING_CONSENT, Transition.GRANT): State.CONFIRMED,
    (State.AWAITING_CONSENT, Transition.REFUSE): State.REFUSED,
    (State.AWAITING_CONSENT, Transition.LEAVE): State.CANCELLED,
    (State.AWAITING_CONSENT, Transition.CANCEL_SESSION): State.CANCELLED,
    (State.CONFIRMED, Transition.WITHDRAW): State.CANCELLED,
    # An authorisation ended, or she turned 18: she keeps her seat while she is asked again.
    (State.CONFIRMED, Transition.LAPSE): State.AWAITING_CONSENT,
    (State.CONFIRMED, Transition.LEAVE): State.CANCELLED,
    (State.CONFIRMED, Transition.CANCEL_SESSION): State.CANCELLED,
    (State.REFUSED, Transition.REOPEN): State.AWAITING_CONSENT,
    (State.CANCELLED, Transition.REOPEN): State.AWAITING_CONSENT,
}

#: States that hold a seat.
HOLDS_SEAT = (State.AWAITING_CONSENT, State.CONFIRMED)


def target(state: str | None, transition: Transition) -> State | None:
    """Return the state to which a transition leads from `state`; None where it leads nowhere."""
    return TRANSITIONS.get((State(state) if state else None, transition))


def after_answer(state: str, outcome: Outcome, last: str, has_seat: bool) -> tuple[Transition, ...]:
    """Return what a new standing of her authorisations does to a place.

    `last`: the transition that led to `state`. A place lost by a no opens again when the no is lifted and a seat is
    free; one that she left, or whose session was cancelled, does not.
    """
    if state == State.AWAITING_CONSENT:
        return {Outcome.GRANTED: (Transition.GRANT,), Outcome.REFUSED: (Transition.REFUSE,)}.get(outcome, ())
    if state == State.CONFIRMED:
        return {Outcome.AWAITING: (Transition.LAPSE,), Outcome.REFUSED: (Transition.WITHDRAW,)}.get(outcome, ())
    was_lost_by_a_no = state == State.REFUSED or last == Transition.WITHDRAW
    if not was_lost_by_a_no or outcome == Outcome.REFUSED or not has_seat:
        return ()
    return (Transition.REOPEN, Transition.GRANT) if outcome == Outcome.GRANTED else (Transition.REOPEN,)
