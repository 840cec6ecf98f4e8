"""From a pair that the coordinator accepted to two people who both said yes, and their first meeting."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.mentoring import links, notices
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.operations.moves import leave_out, move, reply_to
from vivier.mentoring.permissions import require_matching
from vivier.mentoring.readiness import vetting_states, why_not_invite
from vivier.mentoring.rights import consent_states
from vivier.mentoring.transitions import OPEN, REPLIES, awaits, is_said
from vivier.mentoring.vocabulary import (
    ConsentState,
    Decision,
    DeclineReason,
    InvitationState,
    PairState,
    Reply,
    Side,
    VettingState,
)
from vivier.programmes.models import Programme


@operation
def invite(*, by: Actor, pair: Pair) -> Invitation:
    """Ask both people of an accepted pair; twice is once. Raises NotAllowed, DomainError: not accepted, unverified."""
    require_matching(by, pair.programme.controller_id)
    take_turn(pair.programme_id)
    pair = Pair.objects.select_related("programme", "mentor", "enrolment").get(pk=pair.pk)
    if found := _of(pair):
        return found
    if pair.state != PairState.ACCEPTED:
        raise DomainError("Acceptez d’abord la proposition : l’invitation part ensuite.")
    _refuse_unless_invitable(pair, vetting_states([pair.mentor.volunteer_id]))
    return _invite(by, pair)


@dataclass(frozen=True)
class InvitedMany:
    """What became of the accepted pairs without invitation: how many were sent, how many not, by why."""

    sent: int
    left: dict[str, int]


@operation
def invite_many(*, by: Actor, programme: Programme) -> InvitedMany:
    """Ask the people of every accepted pair that has no invitation yet. Raises NotAllowed."""
    require_matching(by, programme.controller_id)
    take_turn(programme.pk)
    waiting = Pair.objects.filter(programme=programme, state=PairState.ACCEPTED, invitation=None)
    pairs = list(waiting.select_related("programme", "mentor", "enrolment").order_by("pk"))
    vettings = vetting_states({pair.mentor.volunteer_id for pair in pairs})
    sent, left = 0, Counter()
    for pair in pairs:
        try:
            _refuse_unless_invitable(pair, vettings)
        except DomainError as reason:
            left[str(reason)] += 1
        else:
            _invite(by, pair)
            sent += 1
    return InvitedMany(sent, dict(left))


@operation
def remind(*, by: Actor, invitation: Invitation) -> Invitation:
    """Write again to whoever did not answer, with a new date. Raises NotAllowed, DomainError; once a day at most."""
    require_matching(by, invitation.pair.programme.controller_id)
    invitation = _locked(invitation)
    if invitation.state not in OPEN:
        raise DomainError("Il n’y a plus de réponse à attendre : rechargez la page.")
    if timezone.localtime(invitation.sent_at).date() >= clock.today():
        raise DomainError("Un message est déjà parti aujourd’hui : attendez demain pour relancer.")
    invitation.sent_at, invitation.sent_by_id, invitation.answer_before = clock.now(), by.user_id, _deadline()
    invitation.save(update_fields=["sent_at", "sent_by", "answer_before"])
    for side in Side:
        if awaits(invitation.state, side):
            notices.invited(invitation, side)
    return invitation


@operation
def say_yes(*, by: Actor, invitation: Invitation, side: str) -> Invitation:
    """Note that one side says yes. Who holds her link may call it: the view has read it. Pressing twice is once.

    Raises DomainError when the invitation is over.
    """
    invitation, settled = _open(invitation, Reply.of(side, yes=True))
    if settled:
        return invitation
    reply_to(by, invitation, Reply.of(side, yes=True))
    if invitation.state == InvitationState.CONFIRMED:
        hand_over_due(Invitation.objects.filter(pk=invitation.pk))
        invitation.refresh_from_db(fields=["handed_over_at"])
    return invitation


@operation
def say_no(*, by: Actor, invitation: Invitation, side: str, reason: str) -> Invitation:
    """Note that one side says no: the pair ends, its seat is free, no run proposes these two again, the other is told.

    Who holds her link may call it: the view has read it. Raises DomainError: no reason, or the invitation is over.
    """
    if reason not in dict(DeclineReason.for_side(side)):
        raise DomainError("Choisissez un motif dans la liste : « sans dire pourquoi » en est un.")
    invitation, settled = _open(invitation, Reply.of(side, yes=False))
    if settled:
        return invitation
    reply_to(by, invitation, Reply.of(side, yes=False))
    move(by, invitation.pair, Decision.END, reason=reason)
    if reason == DeclineReason.UNWANTED:
        leave_out(by, invitation.pair.enrolment)
    notices.stopped(invitation, Side.MENTOR if side == Side.MENTEE else Side.MENTEE)
    return invitation


@operation
def note_reply(*, by: Actor, invitation: Invitation, side: str, yes: bool, reason: str = "") -> Invitation:
    """Note an answer that was given by voice or on paper to the structure. Raises NotAllowed, DomainError."""
    require_matching(by, invitation.pair.programme.controller_id)
    if side not in Side.values:
        raise DomainError("Dites de qui vient la réponse.")
    if yes:
        return say_yes(by=by, invitation=invitation, side=side)
    return say_no(by=by, invitation=invitation, side=side, reason=reason)


@operation
def hand_over_all(*, by: Actor) -> int:
    """Hand over what became possible without an act of this room (a file verified her). Only the system calls it."""
    waiting = Invitation.objects.filter(state=InvitationState.CONFIRMED, handed_over_at=None)
    for programme in waiting.order_by("pair__programme").values_list("pair__programme", flat=True).distinct():
        take_turn(programme)
    return hand_over_due(waiting)


def hand_over_due(invitations: QuerySet[Invitation]) -> int:
    """Write to both sides of the confirmed pairs whose people may know each other now; return how many pairs.

    Once a pair: the row is locked and dated. The caller holds the turn of the programmes.
    """
    due = invitations.filter(
        state=InvitationState.CONFIRMED, handed_over_at=None, pair__state=PairState.ACCEPTED
    ).select_for_update(of=("self",))
    found = list(links.with_sides(due).order_by("pk"))
    consents = consent_states({one.pair.enrolment.beneficiary_id for one in found})
    vettings = vetting_states({one.pair.mentor.volunteer_id for one in found})
    count = 0
    for invitation in found:
        pair = invitation.pair
        if consents[pair.enrolment.beneficiary_id] != ConsentState.GRANTED:
            continue
        if vettings[pair.mentor.volunteer_id] != VettingState.IN_FORCE:
            continue
        invitation.handed_over_at = clock.now()
        invitation.save(update_fields=["handed_over_at"])
        for side in Side:
            notices.handed_over(invitation, side)
        count += 1
    return count


def _deadline():
    return clock.today() + timedelta(days=settings.INVITATION_DAYS)


def _of(pair: Pair) -> Invitation | None:
    return Invitation.objects.filter(pair=pair).first()


def _refuse_unless_invitable(pair: Pair, vettings: dict[int, VettingState]) -> None:
    if reason := why_not_invite(vettings[pair.mentor.volunteer_id]):
        raise DomainError(reason)


def _invite(by: Actor, pair: Pair) -> Invitation:
    made = Invitation.objects.create(pair=pair, answer_before=_deadline(), sent_at=clock.now(), sent_by_id=by.user_id)
    invitation = links.with_sides(Invitation.objects.filter(pk=made.pk)).get()
    for side in Side:
        notices.invited(invitation, side)
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    """Return the invitation as it is now, its programme's turn taken and both rows locked."""
    take_turn(invitation.pair.programme_id)
    rows = Invitation.objects.select_for_update(of=("self", "pair"))
    return links.with_sides(rows).get(pk=invitation.pk)


def _open(invitation: Invitation, reply: Reply) -> tuple[Invitation, bool]:
    """Return the invitation, locked, and whether it holds that reply already."""
    invitation = _locked(invitation)
    if (invitation.state, reply) in REPLIES:
        return invitation, False
    if is_said(invitation.state, reply):
        return invitation, True
    if invitation.state == InvitationState.CONFIRMED:
        raise DomainError("Deux oui sont déjà donnés : pour arrêter, dites-le à la structure.")
    raise DomainError("Cet accompagnement ne se fera pas : il n’y a plus de réponse à donner.")
