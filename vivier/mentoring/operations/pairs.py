"""Decisions about pairs: each one is made by a person, under the programme's lock, and kept in history."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.operations.invitations import hand_over_due
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.operations.moves import cancel_open, leave_out, move
from vivier.mentoring.permissions import require_matching, require_people
from vivier.mentoring.readiness import vetting_states, why_not_accept
from vivier.mentoring.rights import consent_states
from vivier.mentoring.transitions import HELD, TRANSITIONS, target_of
from vivier.mentoring.vocabulary import (
    ConsentState,
    Decision,
    EndReason,
    PairState,
    RefusalReason,
    VettingState,
)
from vivier.people.models import Beneficiary
from vivier.programmes.models import Enrolment, Programme


@operation
def accept(*, by: Actor, pair: Pair) -> Pair:
    """Accept a proposed or locked pair. Raises NotAllowed, or DomainError: not verified, a no, pause, full."""
    pair, settled = _open(by, pair, Decision.ACCEPT)
    if settled:
        return pair
    _refuse_unless_acceptable(pair, *_standing([pair]))
    return move(by, pair, Decision.ACCEPT)


@dataclass(frozen=True)
class AcceptedMany:
    """What became of a list of proposals: how many were accepted, and how many not, by the sentence that says why."""

    accepted: int
    left: dict[str, int]


@operation
def accept_many(*, by: Actor, programme: Programme, public_ids: Iterable[UUID]) -> AcceptedMany:
    """Accept those of the proposals that can be; the others stay as they are. Raises NotAllowed."""
    require_matching(by, programme.controller_id)
    take_turn(programme.pk)
    wanted = _with_people().filter(programme=programme, public_id__in=list(public_ids), state=PairState.PROPOSED)
    pairs = list(wanted.order_by("pk"))
    standing = _standing(pairs)
    accepted, left = 0, Counter()
    for pair in pairs:
        try:
            _refuse_unless_acceptable(pair, *standing)
        except DomainError as reason:
            left[str(reason)] += 1
        else:
            move(by, pair, Decision.ACCEPT)
            accepted += 1
    return AcceptedMany(accepted, dict(left))


@operation
def refuse(*, by: Actor, pair: Pair, reason: str, note: str = "") -> Pair:
    """Refuse a proposed or locked pair: no later run proposes it again. Raises NotAllowed, DomainError."""
    if reason not in RefusalReason.values:
        raise DomainError("Dites pourquoi vous refusez : choisissez un motif dans la liste.")
    pair, settled = _open(by, pair, Decision.REFUSE)
    return pair if settled else move(by, pair, Decision.REFUSE, reason=reason, note=note)


@operation
def lock(*, by: Actor, pair: Pair) -> Pair:
    """Keep a proposed pair out of the next runs without accepting it yet. Raises NotAllowed, DomainError."""
    pair, settled = _open(by, pair, Decision.LOCK)
    if settled:
        return pair
    _refuse_unless_seat(pair)
    return move(by, pair, Decision.LOCK)


@operation
def unlock(*, by: Actor, pair: Pair) -> Pair:
    """Give a locked pair back to the next run. Raises NotAllowed, DomainError."""
    pair, settled = _open(by, pair, Decision.UNLOCK)
    return pair if settled else move(by, pair, Decision.UNLOCK)


@operation
def end(*, by: Actor, pair: Pair, reason: str, wants_another: bool, note: str = "") -> Pair:
    """End an accepted pair. The mentee returns to the next run, without this mentor, unless she wants no other.

    Raises NotAllowed, DomainError.
    """
    if reason not in dict(EndReason.to_choose()):
        raise DomainError("Dites pourquoi l’accompagnement se termine : choisissez un motif dans la liste.")
    pair, settled = _open(by, pair, Decision.END)
    if settled:
        return pair
    pair = move(by, pair, Decision.END, reason=reason, note=note)
    if not wants_another:
        leave_out(by, pair.enrolment)
    return pair


@operation
def lift_refusal(*, by: Actor, pair: Pair) -> Pair:
    """Take a refusal back: the next run may propose the two again. Raises NotAllowed, DomainError."""
    pair, settled = _open(by, pair, Decision.LIFT)
    return pair if settled else move(by, pair, Decision.LIFT)


@operation
def opt_out(*, by: Actor, enrolment: Enrolment) -> Enrolment:
    """Leave a mentee who wants no marraine out of the next runs; what was only proposed to her falls.

    Raises NotAllowed, or DomainError when a pair is accepted: it has to be ended first.
    """
    require_people(by, enrolment.programme.controller_id)
    take_turn(enrolment.programme_id)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("programme").get(pk=enrolment.pk)
    live = Pair.objects.filter(enrolment=enrolment, state__in=Pair.LIVE)
    if live.filter(state=PairState.ACCEPTED).exists():
        raise DomainError("Un accompagnement est en cours : mettez-y d’abord fin.")
    live.update(state=PairState.SUPERSEDED, decided_at=clock.now(), decided_by_id=by.user_id)
    return leave_out(by, enrolment)


@operation
def opt_in(*, by: Actor, enrolment: Enrolment) -> Enrolment:
    """Put a mentee who had opted out back in the next runs. Raises NotAllowed."""
    require_people(by, enrolment.programme.controller_id)
    take_turn(enrolment.programme_id)
    enrolment.opted_out_at, enrolment.opted_out_by_id = None, None
    enrolment.save(update_fields=["opted_out_at", "opted_out_by"])
    return enrolment


def follow_consents(by: Actor, beneficiary: Beneficiary) -> None:
    """Follow an answer about being accompanied: a no ends what it forbids, a yes opens what waited for it only.

    After a no the accepted pair stops, a proposed or locked one falls; the same two may be proposed again once the no
    is lifted. Runs in the operation that recorded the answer, the beneficiary's row being locked.
    """
    live = Pair.objects.filter(enrolment__beneficiary=beneficiary, state__in=Pair.LIVE)
    if not live.exists():
        return
    standing = consent_states([beneficiary.pk])[beneficiary.pk]
    if standing == ConsentState.MISSING:
        return
    for programme in live.order_by("programme").values_list("programme", flat=True).distinct():
        take_turn(programme)
    if standing == ConsentState.GRANTED:
        hand_over_due(Invitation.objects.filter(pair__in=live))
        return
    done = {"decided_at": clock.now(), "decided_by_id": by.user_id, "decision_reason": EndReason.CONSENT}
    accepted = list(live.filter(state=PairState.ACCEPTED).values_list("pk", flat=True))
    live.filter(pk__in=accepted).update(state=PairState.ENDED, **done)
    live.update(state=PairState.SUPERSEDED, **done)
    cancel_open(by, accepted)


def _with_people():
    return Pair.objects.select_for_update(of=("self",)).select_related("programme", "mentor__volunteer", "enrolment")


def _open(by: Actor, pair: Pair, decision: Decision) -> tuple[Pair, bool]:
    """Return the pair as it is now, locked, and whether it already is where the decision leads.

    Pressing twice, or two people deciding the same, is no error; deciding what can no longer be decided is.
    """
    take_turn(pair.programme_id)
    pair = _with_people().get(pk=pair.pk)
    require_matching(by, pair.programme.controller_id)
    if (pair.state, decision) in TRANSITIONS:
        return pair, False
    if pair.state in target_of(decision):
        return pair, True
    raise DomainError(
        f"Cette proposition est maintenant {pair.get_state_display()} : rechargez la page avant de décider."
    )


_Vettings = dict[int, VettingState]
_Consents = dict[int, ConsentState]


def _standing(pairs: list[Pair]) -> tuple[_Vettings, _Consents]:
    """Return how the volunteers are verified and the beneficiaries authorised, by key; four queries for all pairs."""
    volunteers = {pair.mentor.volunteer_id for pair in pairs}
    return vetting_states(volunteers), consent_states({pair.enrolment.beneficiary_id for pair in pairs})


def _refuse_unless_acceptable(pair: Pair, vettings: _Vettings, consents: _Consents) -> None:
    reason = why_not_accept(
        vetting=vettings[pair.mentor.volunteer_id],
        consent=consents[pair.enrolment.beneficiary_id],
        paused=pair.mentor.paused_at is not None,
    )
    if reason:
        raise DomainError(reason)
    _refuse_unless_seat(pair)


def _refuse_unless_seat(pair: Pair) -> None:
    held = Pair.objects.filter(mentor=pair.mentor_id, state__in=HELD).exclude(pk=pair.pk).count()
    if held >= pair.mentor.capacity:
        raise DomainError(
            "Plus de place libre : augmentez le nombre de filleules sur sa fiche, ou relancez l’appariement."
        )
