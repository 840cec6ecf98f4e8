"""What somebody whom a partner named says: yes, no, or nothing."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.mentoring.operations import finish_training, welcome
from vivier.mentoring.operations.locks import take_turn
from vivier.organisations.models import Organisation
from vivier.people.models import Volunteer
from vivier.people.operations import create_volunteer
from vivier.people.records import NewVolunteer
from vivier.steering import links, notices
from vivier.steering.models import Contribution
from vivier.steering.vocabulary import Metric

#: Names and addresses of people who never answered are erased after this long.
SILENCE_KEPT = timedelta(days=links.MAX_AGE_DAYS)
_ERASED = "@efface.invalid"


def refusal_mark(programme_id: int, email: str) -> str:
    """Return what stands for the address of somebody who said no: it recognises her and cannot be read back."""
    digest = salted_hmac("vivier.steering.refusal", f"{programme_id} {email.lower()}", algorithm="sha256").hexdigest()
    return f"{digest[:40]}{_ERASED}"


@operation
def join_as_mentor(
    *, by: Actor, contribution: Contribution, person: NewVolunteer, capacity: int, slots: Sequence[str]
) -> Contribution:
    """Turn a named person who says yes into a volunteer of the programme; twice is once.

    Her address stays the one that the partner gave: it is the one that the link proves. Her yes holds for every
    partner that named her in this programme. Raises DomainError: closed, not for mentors, erased since.
    """
    contribution = _locked(contribution)
    if contribution.volunteer_id is not None:
        return contribution
    ask = contribution.answer.ask
    if contribution.joined_at is not None:
        raise DomainError("Vous n’êtes plus inscrite : ce lien ne sert plus. Écrivez à la structure pour revenir.")
    if ask.metric != Metric.MENTORS:
        raise DomainError("Cette demande n’est pas une demande de marraines.")
    if ask.closed_at is not None:
        raise DomainError("Cette demande est close : merci d’avoir répondu.")
    if contribution.email.endswith(_ERASED):
        raise DomainError("Votre nom et votre adresse ont été effacés : ce lien ne sert plus.")
    controller = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=ask.programme.controller_id)
    volunteer = (
        Volunteer.objects.filter(controller=controller, identity__email__iexact=contribution.email)
        .order_by("pk")
        .first()
    )
    if volunteer is None:
        volunteer = create_volunteer(by=SYSTEM, controller=controller, person=person)
    welcome(by=SYSTEM, programme=ask.programme, volunteer=volunteer, capacity=capacity, slots=slots)
    now = clock.now()
    _alike(contribution).update(volunteer=volunteer, joined_at=now)
    contribution.volunteer, contribution.joined_at = volunteer, now
    contribution.save(update_fields=["volunteer", "joined_at"])
    notices.joined(contribution)
    return contribution


@operation
def decline_to_join(*, by: Actor, contribution: Contribution) -> Contribution:
    """Note that a named person says no, and erase who she is, whoever named her in this programme.

    A count remains, and a mark by which nobody writes to her again. Raises DomainError once she joined.
    """
    contribution = _locked(contribution)
    if contribution.joined_at is not None:
        raise DomainError("Vous avez déjà dit oui : écrivez à la structure pour changer d’avis.")
    if contribution.declined_at is None:
        mark = refusal_mark(contribution.answer.ask.programme_id, contribution.email)
        for one in [contribution, *_alike(contribution)]:
            one.first_name, one.last_name, one.email, one.declined_at = "", "", mark, clock.now()
            one.save(update_fields=["first_name", "last_name", "email", "declined_at"])
    return contribution


@operation
def finish_join_training(*, by: Actor, contribution: Contribution) -> None:
    """Note that the person of a link followed the short training. Raises DomainError before she said yes."""
    contribution = _locked(contribution)
    if contribution.volunteer is None:
        raise DomainError("Dites d’abord oui : la formation vient ensuite.")
    finish_training(by=SYSTEM, volunteer=contribution.volunteer)


@operation
def forget_silent(*, by: Actor) -> int:
    """Erase who was named and never answered, was erased as a volunteer, or was to intervene long ago.

    Return how many. Raises NotAllowed.
    """
    if not by.is_system:
        raise NotAllowed("Seul le système efface les silences.")
    mentors = Q(answer__ask__metric=Metric.MENTORS)
    silent = mentors & Q(joined_at=None, declined_at=None, named_at__lt=clock.now() - SILENCE_KEPT)
    gone = Q(joined_at__isnull=False, volunteer=None)
    people = Contribution.objects.select_for_update(of=("self",)).filter(silent | gone).exclude(email__endswith=_ERASED)
    people = list(people.order_by("pk"))
    for one in people:
        one.first_name, one.last_name, one.email = "", "", f"{one.public_id.hex}{_ERASED}"
        if one.joined_at is None:
            one.declined_at = clock.now()
        one.save(update_fields=["first_name", "last_name", "email", "declined_at"])
    past = Contribution.objects.filter(~mentors, ~Q(last_name=""), starts_on__lt=clock.today() - SILENCE_KEPT)
    return len(people) + past.update(first_name="", last_name="")


def _locked(contribution: Contribution) -> Contribution:
    """Return the row, locked after the turn of its programme: who acts on others of the same address waits."""
    take_turn(contribution.answer.ask.programme_id)
    rows = Contribution.objects.select_for_update(of=("self",)).select_related(
        "answer__organisation", "answer__pledge", "answer__ask__site__commune",
        "answer__ask__programme__controller", "volunteer",
    )  # fmt: skip
    return rows.get(pk=contribution.pk)


def _alike(contribution: Contribution):
    """Return the other rows of the same address, of the same programme, that nobody answered."""
    same = Contribution.objects.filter(
        answer__ask__programme=contribution.answer.ask.programme_id, email=contribution.email
    )
    return same.filter(joined_at=None, declined_at=None).exclude(pk=contribution.pk)
