"""What every decision and every answer does to a row: the state of the table, who, when; and what it brings along."""

from collections.abc import Iterable

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.mentoring import links, notices
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.transitions import OPEN, REPLIES, TRANSITIONS
from vivier.mentoring.vocabulary import Decision, Reply, Side
from vivier.programmes.models import Enrolment


def move(by: Actor, pair: Pair, decision: Decision, *, reason: str = "", note: str = "") -> Pair:
    """Apply a decision that the table allows; an end cancels the invitation that is still open."""
    pair.state = TRANSITIONS[pair.state, decision]
    pair.decided_at, pair.decided_by_id = clock.now(), by.user_id
    pair.decision_reason, pair.decision_note = reason, note[:200]
    pair.save(update_fields=["state", "decided_at", "decided_by", "decision_reason", "decision_note"])
    if decision == Decision.END:
        cancel_open(by, [pair.pk])
    return pair


def reply_to(by: Actor, invitation: Invitation, reply: Reply) -> Invitation:
    """Apply a reply that the table allows."""
    invitation.state = REPLIES[invitation.state, reply]
    invitation.replied_at, invitation.replied_by_id = clock.now(), by.user_id
    invitation.save(update_fields=["state", "replied_at", "replied_by"])
    return invitation


def cancel_open(by: Actor, pair_ids: Iterable[int]) -> None:
    """Cancel the invitations to these pairs that wait for an answer, and tell both sides."""
    waiting = Invitation.objects.filter(pair__in=list(pair_ids), state__in=OPEN).order_by("pk")
    for invitation in links.with_sides(waiting.select_for_update(of=("self",))):
        reply_to(by, invitation, Reply.CANCEL)
        for side in Side:
            notices.stopped(invitation, side)


def leave_out(by: Actor, enrolment: Enrolment) -> Enrolment:
    """Note that she wants no marraine; the first time counts."""
    if enrolment.opted_out_at is None:
        enrolment.opted_out_at, enrolment.opted_out_by_id = clock.now(), by.user_id
        enrolment.save(update_fields=["opted_out_at", "opted_out_by"])
    return enrolment
