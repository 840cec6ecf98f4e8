"""The structure that asked says what it received; a pledge advances by that and by nothing that its owner types."""

from datetime import date

from django.utils import timezone

from vivier.common import audit, clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.mentoring.operations.locks import take_turn
from vivier.steering.models import Contribution, Receipt
from vivier.steering.partial_dates import words
from vivier.steering.permissions import may_confirm
from vivier.steering.queries import ask_day, held_sessions
from vivier.steering.vocabulary import METRICS, Precision, Proof
from vivier.workshops.models import Session


@operation
def confirm_receipt(
    *,
    by: Actor,
    contribution: Contribution,
    quantity: int = 1,
    received_on: date | None = None,
    session: Session | None = None,
) -> Receipt:
    """Note what was received of an offer: a number and a day, or the session in which the partner took part.

    The same again is once. Raises NotAllowed: only the structure that asked, and no member of the partner;
    DomainError: taken back, more than was offered, a day before the ask, to come or before the period
    offered, a session that proves nothing.
    """
    take_turn(contribution.answer.ask.programme_id)
    contribution = _read(contribution.pk)
    ask = contribution.answer.ask
    _require_receiver(by, contribution)
    if contribution.declined_at is not None:
        raise DomainError("Le partenaire a repris cette proposition.")
    proof = METRICS[ask.metric].proof
    if proof == Proof.VOLUNTEER:
        raise DomainError("Une marraine compte quand elle est formée, rencontrée et vérifiée : rien n’est à noter ici.")
    if proof == Proof.SESSION:
        quantity, received_on = 1, _day_of(session, contribution)
    elif session is not None:
        raise DomainError("Une séance ne prouve pas cette proposition.")
    if received_on is None:
        raise DomainError("Dites quel jour.")
    live = list(contribution.receipts.filter(undone_at=None))
    for one in live:
        if (one.quantity, one.received_on, one.session_id) == (quantity, received_on, session and session.pk):
            return one
    _check_day(received_on, contribution)
    if any(one.received_on == received_on for one in live):
        raise DomainError("Une réception de ce jour est déjà notée : annulez-la pour la corriger.")
    if quantity < 1 or sum(one.quantity for one in live) + quantity > contribution.quantity:
        raise DomainError("C’est plus que ce qui a été proposé.")
    if session is not None and _is_counted(session, contribution):
        raise DomainError("Cette séance est déjà comptée pour ce partenaire.")
    receipt = Receipt.objects.create(
        contribution=contribution,
        quantity=quantity,
        received_on=received_on,
        session=session,
        confirmed_at=clock.now(),
        confirmed_by_id=by.user_id,
    )
    _record(by, "steering.confirm_receipt", contribution, quantity)
    return receipt


@operation
def undo_receipt(*, by: Actor, receipt: Receipt) -> Receipt:
    """Take back what was noted by mistake: it is no longer counted, and stays readable. Raises NotAllowed."""
    take_turn(receipt.contribution.answer.ask.programme_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    contribution = _read(receipt.contribution_id)
    _require_receiver(by, contribution)
    if receipt.undone_at is None:
        receipt.undone_at, receipt.undone_by_id = clock.now(), by.user_id
        receipt.save(update_fields=["undone_at", "undone_by"])
        _record(by, "steering.undo_receipt", contribution, receipt.quantity)
    return receipt


def _require_receiver(by: Actor, contribution: Contribution) -> None:
    if not may_confirm(by, contribution):
        raise NotAllowed("Seule la structure qui a demandé dit ce qu’elle a reçu, jamais celle qui s’est engagée.")


def _day_of(session: Session | None, contribution: Contribution) -> date:
    """Return the day of a session that proves an intervention. Raises DomainError: of another programme, not held."""
    if session is None:
        raise DomainError("Dites pendant quelle séance.")
    if session.programme_id != contribution.answer.ask.programme_id:
        raise DomainError("Cette séance n’est pas de ce programme.")
    if not held_sessions().filter(pk=session.pk).exists():
        raise DomainError("Cette séance n’a pas encore eu lieu, ou personne n’a noté les présences.")
    return timezone.localdate(session.starts_at)


def _check_day(day: date, contribution: Contribution) -> None:
    """Raise DomainError for a day before the ask or to come, or before the period that was offered begins."""
    if not ask_day(contribution) <= day <= clock.today():
        raise DomainError("Ce jour doit suivre la demande, et ne peut pas être à venir.")
    if contribution.ends_on and contribution.starts_on and day < contribution.starts_on:
        starts_on = words(contribution.starts_on, Precision.DAY)
        raise DomainError(f"La période proposée commence le {starts_on} : rien ne peut avoir commencé avant.")


def _is_counted(session: Session, contribution: Contribution) -> bool:
    same = Receipt.objects.filter(session=session, undone_at=None)
    return same.filter(contribution__answer__organisation=contribution.answer.organisation_id).exists()


def _read(pk: int) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",))
    return rows.select_related("answer__ask__programme", "answer__organisation").get(pk=pk)


def _record(by: Actor, action: str, contribution: Contribution, count: int) -> None:
    controller = contribution.answer.ask.programme.controller_id
    audit.record(by=by, action=action, controller_id=controller, about=audit.about(contribution), count=count)
