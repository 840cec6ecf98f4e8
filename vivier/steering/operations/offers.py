"""What partners offer when they are not asked for marraines: lines of what, when and where, as the metric says."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.steering.models import Answer, Contribution
from vivier.steering.operations.asks import answered, open_answer
from vivier.steering.vocabulary import METRICS, AnswerState, Proof
from vivier.territories.models import Commune

#: A link may have been forwarded: whoever holds it writes few lines.
MOST_OFFERS = 40
#: Nobody promises a day beyond: a slip, or a date that no calendar can hold.
FURTHEST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Offer:
    """One line of an answer; what the metric does not ask for stays empty."""

    first_name: str = ""
    last_name: str = ""
    quantity: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    commune: Commune | None = None


@operation
def answer_offer(*, by: Actor, answer: Answer, offers: Sequence[Offer]) -> Answer:
    """Write down what a partner offers. Who holds the link may call it: the view has read it.

    The same line twice is once; more may be offered later. Nothing is counted for the pledge before the structure that
    asked says that it received it. Raises DomainError: closed, nothing or too much offered, a line that is not full.
    """
    answer = open_answer(answer)
    rule = METRICS[answer.ask.metric]
    if rule.proof == Proof.VOLUNTEER:
        raise DomainError("Nommez des personnes : chacune décide elle-même.")
    if not offers:
        raise DomainError("Proposez au moins une chose.")
    for one in offers:
        _check(rule.gives, one)
    held = list(answer.contributions.filter(declined_at=None))
    known = [_line(one) for one in held]
    new = []
    for one in offers:
        if asdict(one) not in [*known, *map(asdict, new)]:
            new.append(one)
    most = answer.ask.quantity * 3
    if sum(one.quantity for one in (*held, *new)) > most:
        raise DomainError(f"C’est trop : {rule.counted(most)} au plus pour cette demande.")
    if new and answer.contributions.count() + len(new) > MOST_OFFERS:
        raise DomainError(f"C’est trop : {MOST_OFFERS} propositions au plus pour cette demande.")
    Contribution.objects.bulk_create(Contribution(answer=answer, named_at=clock.now(), **vars(one)) for one in new)
    return answered(by, answer, AnswerState.ACCEPTED)


@operation
def take_offer_back(*, by: Actor, contribution: Contribution) -> Contribution:
    """Take an offer back, and erase whom it named; twice is once. Who holds the partner's link may call it.

    Raises DomainError: closed, or some of it was received.
    """
    answer = open_answer(contribution.answer)
    contribution = answer.contributions.select_for_update(of=("self",)).get(pk=contribution.pk)
    if METRICS[answer.ask.metric].proof == Proof.VOLUNTEER:
        raise DomainError("Une personne nommée décide elle-même : elle peut dire non par son lien.")
    if contribution.receipts.filter(undone_at=None).exists():
        raise DomainError("Une partie a déjà été reçue : écrivez à la structure pour changer le reste.")
    if contribution.declined_at is None:
        contribution.first_name, contribution.last_name, contribution.declined_at = "", "", clock.now()
        contribution.save(update_fields=["first_name", "last_name", "declined_at"])
    return contribution


def _check(gives: Sequence[str], offer: Offer) -> None:
    """Raise DomainError where a line lacks what its metric asks for, or its dates cannot be."""
    if not all(getattr(offer, column) for column in gives):
        raise DomainError("Il manque quelque chose sur une ligne : remplissez-la toute, ou videz-la.")
    if offer.quantity < 1:
        raise DomainError("Proposez au moins une chose.")
    if offer.starts_on and offer.starts_on < clock.today():
        raise DomainError("Cette date est déjà passée : proposez ce qui vient.")
    if any(day and day > clock.today() + FURTHEST for day in (offer.starts_on, offer.ends_on)):
        raise DomainError("Cette date est à plus de trois ans : proposez ce qui vient avant.")
    if offer.ends_on and offer.starts_on and offer.ends_on < offer.starts_on:
        raise DomainError("La fin est avant le début : vérifiez les dates.")


def _line(contribution: Contribution) -> dict:
    return {column: getattr(contribution, column) for column in Offer.__dataclass_fields__}
