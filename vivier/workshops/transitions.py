"""The states of a registration as a table, and what an answer to an authorisation leads to. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from vivier.people.consent_rules import Outcome


class State(StrEnum):
    """Where a place stands; the codes of Registration.State."""

    WAITING = "waiting"
    AWAITING_CONSENT = "awaiting_consent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Transition(StrEnum):
    """What happens to a place."""

    REGISTER = "register"
    QUEUE = "queue"
    PROMOTE = "promote"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    EXPIRE = "expire"
    LEAVE = "leave"
    CANCEL_SESSION = "cancel_session"
    REOPEN = "reopen"


LABELS: Mapping[Transition, str] = {
    Transition.REGISTER: "inscription",
    Transition.QUEUE: "mise en liste d’attente",
    Transition.PROMOTE: "place libérée donnée",
    Transition.GRANT: "autorisation donnée",
    Transition.REFUSE: "autorisation refusée",
    Transition.WITHDRAW: "autorisation retirée",
    Transition.LAPSE: "autorisation à redonner",
    Transition.EXPIRE: "délai d’autorisation passé",
    Transition.LEAVE: "désistement",
    Transition.CANCEL_SESSION: "séance annulée",
    Transition.REOPEN: "place rouverte",
}

TRANSITIONS: Mapping[tuple[State | None, Transition], State] = {
    (None, Transition.REGISTER): State.AWAITING_CONSENT,
    (None, Transition.QUEUE): State.WAITING,
    (State.WAITING, Transition.PROMOTE): State.AWAITING_CONSENT,
    (State.WAITING, Transition.REFUSE): State.REFUSED,
    (State.WAITING, Transition.LEAVE): State.CANCELLED,
    (State.WAITING, Transition.CANCEL_SESSION): State.CANCELLED,
    (State.AWAITING_CONSENT, Transition.GRANT): State.CONFIRMED,
    (State.AWAITING_CONSENT, Transition.REFUSE): State.REFUSED,
    # The time to answer passed while somebody waits for the seat: she keeps a number in the line.
    (State.AWAITING_CONSENT, Transition.EXPIRE): State.WAITING,
    (State.AWAITING_CONSENT, Transition.LEAVE): State.CANCELLED,
    (State.AWAITING_CONSENT, Transition.CANCEL_SESSION): State.CANCELLED,
    (State.CONFIRMED, Transition.WITHDRAW): State.CANCELLED,
    # An authorisation ended, or she turned 18: she keeps her seat while she is asked again.
    (State.CONFIRMED, Transition.LAPSE): State.AWAITING_CONSENT,
    (State.CONFIRMED, Transition.LEAVE): State.CANCELLED,
    (State.CONFIRMED, Transition.CANCEL_SESSION): State.CANCELLED,
    (State.REFUSED, Transition.REOPEN): State.AWAITING_CONSENT,
    (State.CANCELLED, Transition.REOPEN): State.AWAITING_CONSENT,
    (State.REFUSED, Transition.QUEUE): State.WAITING,
    (State.CANCELLED, Transition.QUEUE): State.WAITING,
}

#: States that hold a seat.
HOLDS_SEAT = (State.AWAITING_CONSENT, State.CONFIRMED)
#: States of a sign-up that stands: a seat, or a number in the line.
STANDS = (*HOLDS_SEAT, State.WAITING)
#: However soon the session is, a guardian has this long to answer.
SHORTEST_ANSWER = timedelta(hours=24)


def target(state: str | None, transition: Transition) -> State | None:
    """Return the state to which a transition leads from `state`; None where it leads nowhere."""
    return TRANSITIONS.get((State(state) if state else None, transition))


def held_until(now: datetime, starts_at: datetime, days: int) -> datetime:
    """Return until when a seat taken now is held for missing authorisations.

    `days` from now; the last day before the session is left for who waits, unless that leaves less than a day.
    """
    latest = max(starts_at - SHORTEST_ANSWER, now + SHORTEST_ANSWER)
    return min(now + timedelta(days=days), latest, starts_at)


def after_answer(state: str, outcome: Outcome, last: str, has_seat: bool) -> tuple[Transition, ...]:
    """Return what a new standing of her authorisations does to a place.

    `last`: the transition that led to `state`; `has_seat`: a seat is free and nobody waits for it. A place lost by a no
    opens again when the no is lifted, as a number in the line where no seat is left; one that she left, or whose
    session was cancelled, does not.
    """
    if state == State.WAITING:
        return (Transition.REFUSE,) if outcome == Outcome.REFUSED else ()
    if state == State.AWAITING_CONSENT:
        return {Outcome.GRANTED: (Transition.GRANT,), Outcome.REFUSED: (Transition.REFUSE,)}.get(outcome, ())
    if state == State.CONFIRMED:
        return {Outcome.AWAITING: (Transition.LAPSE,), Outcome.REFUSED: (Transition.WITHDRAW,)}.get(outcome, ())
    was_lost_by_a_no = state == State.REFUSED or last == Transition.WITHDRAW
    if not was_lost_by_a_no or outcome == Outcome.REFUSED:
        return ()
    if not has_seat:
        return (Transition.QUEUE,)
    return (Transition.REOPEN, Transition.GRANT) if outcome == Outcome.GRANTED else (Transition.REOPEN,)
