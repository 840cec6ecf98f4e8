"""The states of a pair, and of the invitation to it, as tables: what leads from which state to which. Pure."""

from collections.abc import Mapping

from vivier.mentoring.vocabulary import Decision, InvitationState, PairState, Reply

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


#: Invitations that wait for somebody.
OPEN = (InvitationState.SENT, InvitationState.MENTEE_YES, InvitationState.MENTOR_YES)
#: Invitations to which somebody said no.
DECLINED = (InvitationState.MENTEE_NO, InvitationState.MENTOR_NO)

REPLIES: Mapping[tuple[InvitationState, Reply], InvitationState] = {
    (InvitationState.SENT, Reply.MENTEE_YES): InvitationState.MENTEE_YES,
    (InvitationState.SENT, Reply.MENTOR_YES): InvitationState.MENTOR_YES,
    (InvitationState.MENTEE_YES, Reply.MENTOR_YES): InvitationState.CONFIRMED,
    (InvitationState.MENTOR_YES, Reply.MENTEE_YES): InvitationState.CONFIRMED,
    # Whoever said yes may still say no, until the other has said yes too.
    **{(state, Reply.MENTEE_NO): InvitationState.MENTEE_NO for state in OPEN},
    **{(state, Reply.MENTOR_NO): InvitationState.MENTOR_NO for state in OPEN},
    **{(state, Reply.CANCEL): InvitationState.CANCELLED for state in OPEN},
}

_SAID: Mapping[Reply, tuple[InvitationState, ...]] = {
    Reply.MENTEE_YES: (InvitationState.MENTEE_YES, InvitationState.CONFIRMED),
    Reply.MENTOR_YES: (InvitationState.MENTOR_YES, InvitationState.CONFIRMED),
    Reply.MENTEE_NO: (InvitationState.MENTEE_NO,),
    Reply.MENTOR_NO: (InvitationState.MENTOR_NO,),
}


def is_said(state: str, reply: str) -> bool:
    """Tell whether that reply is what the state already holds: pressing twice is once."""
    return state in _SAID.get(Reply(reply), ())


def awaits(state: str, side: str) -> bool:
    """Tell whether the invitation waits for that side's first answer."""
    return state in OPEN and not is_said(state, Reply.of(side, yes=True))
