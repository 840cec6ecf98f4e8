"""The states of a pair as a table: which decision leads from which state to which. Pure."""

from collections.abc import Mapping

from vivier.mentoring.vocabulary import Decision, PairState

TRANSITIONS: Mapping[tuple[PairState, Decision], PairState] = {
    (PairState.PROPOSED, Decision.ACCEPT): PairState.ACCEPTED,
    (PairState.PROPOSED, Decision.REFUSE): PairState.REFUSED,
    (PairState.PROPOSED, Decision.LOCK): PairState.LOCKED,
    (PairState.LOCKED, Decision.ACCEPT): PairState.ACCEPTED,
    (PairState.LOCKED, Decision.REFUSE): PairState.REFUSED,
    (PairState.LOCKED, Decision.UNLOCK): PairState.PROPOSED,
    (PairState.ACCEPTED, Decision.END): PairState.ENDED,
    # A refusal made by mistake can be lifted: the pair itself stays in the past, the next run may propose it again.
    (PairState.REFUSED, Decision.LIFT): PairState.SUPERSEDED,
}

#: Pairs that hold a seat of the mentor and stay out of the next run.
HELD = (PairState.ACCEPTED, PairState.LOCKED)
#: Pairs that a mentee has now; the database allows one each.
LIVE = (PairState.PROPOSED, *HELD)


def decisions_from(state: str) -> tuple[Decision, ...]:
    """Return what may be decided about a pair in that state, in the order of the table."""
    return tuple(decision for (origin, decision) in TRANSITIONS if origin == state)


def target_of(decision: str) -> frozenset[PairState]:
    """Return the states to which a decision leads, from wherever."""
    return frozenset(state for (_, made), state in TRANSITIONS.items() if made == decision)
