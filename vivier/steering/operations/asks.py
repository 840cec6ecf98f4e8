"""From what is missing to who gives it: ask partners, take their answers, welcome whom they name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.mentoring.operations import finish_training, welcome
from vivier.organisations.models import Organisation
from vivier.people.models import Volunteer
from vivier.people.operations import create_volunteer
from vivier.people.records import NewVolunteer
from vivier.programmes.models import Programme, Site
from vivier.steering import links, notices
from vivier.steering.models import Answer, Ask, Contribution, Pledge
from vivier.steering.queries import done_by_pledge
from vivier.steering.vocabulary import AnswerState, DeclineReason, Metric

#: Names and addresses of people who never answered are erased after this long.
SILENCE_KEPT = timedelta(days=links.MAX_AGE_DAYS)
#: More partners than one ask reasonably goes to at once: a slip, or a mailing list.
MOST_PARTNERS = 30


@dataclass(frozen=True)
class Named:
    """Somebody whom a partner proposes."""

    first_name: str
    last_name: str
    email: str


@operation
def ask_partners(
    *,
    by: Actor,
    programme: Programme,
    metric: str,
    quantity: int,
    partners: Sequence[Organisation],
    answer_before: date,
    site: Site | None = None,
    slots: Sequence[str] = (),
    message: str = "",
) -> Ask:
    """Ask partners for what is missing: a row and a mail each, all or none.

    A partner's pledge of that kind which is due first, not kept yet, in this plan, is the one that the ask calls in.
    Raises NotAllowed, or DomainError: nobody to ask, somebody cannot be written to, the same ask is already open,
    a city of another programme.
    """
    if not by.may(Permission.ASK_PARTNERS, programme.controller_id):
        raise NotAllowed("Vous ne pouvez pas écrire aux partenaires au nom de cette structure.")
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if site is not None and site.programme_id != programme.pk:
        raise DomainError("Cette ville n’est pas dans ce programme.")
    if not partners:
        raise DomainError("Choisissez au moins un partenaire.")
    if len(partners) > MOST_PARTNERS:
        raise DomainError(f"{MOST_PARTNERS} partenaires au plus par demande.")
    if answer_before < clock.today():
        raise DomainError("La date de réponse est déjà passée : choisissez-en une autre.")
    unreachable = sorted(one.name for one in partners if not one.email)
    if unreachable:
        raise DomainError(f"Aucune adresse pour {unreachable[0]} : notez-en une, ou retirez ce partenaire.")
    asked = Answer.objects.filter(
        ask__programme=programme, ask__metric=metric, ask__site=site, ask__closed_at=None, state=AnswerState.SENT
    )
    if waiting := asked.filter(organisation__in=partners).select_related("organisation").first():
        raise DomainError(f"{waiting.organisation.name} n’a pas encore répondu à la même demande.")
    now = clock.now()
    ask = Ask.objects.create(
        programme=programme,
        metric=metric,
        site=site,
        quantity=quantity,
        slots=sorted(slots),
        message=message,
        answer_before=answer_before,
        created_at=now,
        created_by_id=by.user_id,
    )
    pledges = _pledges_called(programme, metric, partners)
    for partner in partners:
        answer = Answer.objects.create(
            ask=ask, organisation=partner, pledge=pledges.get(partner.pk), email=partner.email, sent_at=now
        )
        notices.asked(answer)
    return ask


def _pledges_called(programme: Programme, metric: str, partners: Sequence[Organisation]) -> dict[int, Pledge]:
    """Organisation → the pledge of that kind that is due first among those not kept yet, else among all."""
    if programme.axis_id is None:
        return {}
    open_pledges = Pledge.objects.filter(
        plan=programme.axis.plan_id, metric=metric, organisation__in=partners, withdrawn_at=None
    )
    pledges = list(open_pledges.order_by("due_on", "pk"))
    done = done_by_pledge(pledges)
    pledges.sort(key=lambda pledge: done[pledge.pk] >= pledge.target)
    return {pledge.organisation_id: pledge for pledge in reversed(pledges)}


@operation
def close_ask(*, by: Actor, ask: Ask) -> Ask:
    """Close an ask: its links say so, nobody is named any more. Raises NotAllowed."""
    if not by.may(Permission.ASK_PARTNERS, ask.programme.controller_id):
        raise NotAllowed("Vous ne pouvez pas fermer cette demande.")
    ask = Ask.objects.select_for_update(of=("self",)).select_related("programme").get(pk=ask.pk)
    if ask.closed_at is None:
        ask.closed_at, ask.closed_by_id = clock.now(), by.user_id
        ask.save(update_fields=["closed_at", "closed_by"])
    return ask


@operation
def answer_yes(*, by: Actor, answer: Answer, people: Sequence[Named]) -> Answer:
    """Name people: each is written to once. Who holds the link may call it: the view has read it.

    Naming somebody twice is once; more may be named later. Raises DomainError: closed, nobody named, too many.
    """
    answer = _open(answer)
    if not people:
        raise DomainError("Nommez au moins une personne, avec son adresse.")
    now, known = clock.now(), {one.email.lower() for one in answer.contributions.all()}
    new = {one.email.lower(): one for one in people if one.email.lower() not in known}
    if len(known) + len(new) > answer.ask.quantity * 3:
        raise DomainError(f"C’est trop : {answer.ask.quantity * 3} personnes au plus pour cette demande.")
    for email, one in new.items():
        contribution = Contribution.objects.create(
            answer=answer, first_name=one.first_name, last_name=one.last_name, email=email, named_at=now
        )
        notices.named(contribution)
    return _answered(by, answer, AnswerState.ACCEPTED)


@operation
def answer_no(*, by: Actor, answer: Answer, reason: str, note: str = "") -> Answer:
    """Decline, and say why. Raises DomainError: closed, no reason, people already named."""
    answer = _open(answer)
    if reason not in DeclineReason.values:
        raise DomainError("Dites pourquoi : choisissez un motif.")
    if answer.contributions.exists():
        raise DomainError("Vous avez déjà proposé quelqu’un : ce oui ne peut plus devenir un non.")
    return _answered(by, answer, AnswerState.DECLINED, reason=reason, note=note[:200])


def _open(answer: Answer) -> Answer:
    rows = Answer.objects.select_for_update(of=("self",)).select_related(
        "organisation", "pledge", "ask__site__commune", "ask__programme__controller"
    )
    answer = rows.get(pk=answer.pk)
    if answer.ask.closed_at is not None:
        raise DomainError("Cette demande est close : merci, il n’y a plus rien à faire.")
    return answer


def _answered(by: Actor, answer: Answer, state: str, *, reason: str = "", note: str = "") -> Answer:
    answer.state, answer.reason, answer.note = state, reason, note
    answer.answered_at, answer.answered_by_id = clock.now(), by.user_id
    answer.save(update_fields=["state", "reason", "note", "answered_at", "answered_by"])
    return answer


@operation
def join_as_mentor(
    *, by: Actor, contribution: Contribution, person: NewVolunteer, capacity: int, slots: Sequence[str]
) -> Contribution:
    """Turn a named person who says yes into a volunteer of the programme; twice is once.

    Her address stays the one that the partner gave: it is the one that the link proves.
    Raises DomainError when the ask is closed or is not for mentors.
    """
    contribution = _locked(contribution)
    if contribution.volunteer_id is not None:
        return contribution
    ask = contribution.answer.ask
    if ask.metric != Metric.MENTORS:
        raise DomainError("Cette demande n’est pas une demande de marraines.")
    if ask.closed_at is not None:
        raise DomainError("Cette demande est close : merci d’avoir répondu.")
    controller = ask.programme.controller
    volunteer = (
        Volunteer.objects.filter(controller=controller, identity__email__iexact=contribution.email)
        .order_by("pk")
        .first()
    )
    if volunteer is None:
        volunteer = create_volunteer(by=SYSTEM, controller=controller, person=person)
    welcome(by=SYSTEM, programme=ask.programme, volunteer=volunteer, capacity=capacity, slots=slots)
    contribution.volunteer, contribution.joined_at, contribution.declined_at = volunteer, clock.now(), None
    contribution.save(update_fields=["volunteer", "joined_at", "declined_at"])
    notices.joined(contribution)
    return contribution


@operation
def decline_to_join(*, by: Actor, contribution: Contribution) -> Contribution:
    """Note that a named person says no, and erase who she is: a count remains. Raises DomainError once she joined."""
    contribution = _locked(contribution)
    if contribution.joined_at is not None:
        raise DomainError("Vous avez déjà dit oui : écrivez à la structure pour changer d’avis.")
    if contribution.declined_at is None:
        _erase(contribution)
        contribution.declined_at = clock.now()
        contribution.save()
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
    """Erase who was named and never answered; return how many. Only the system calls it."""
    silent = Contribution.objects.select_for_update(of=("self",)).filter(
        joined_at=None, declined_at=None, named_at__lt=clock.now() - SILENCE_KEPT
    )
    count = 0
    for contribution in silent:
        _erase(contribution)
        contribution.declined_at = clock.now()
        contribution.save()
        count += 1
    return count


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related(
        "answer__organisation", "answer__pledge", "answer__ask__site__commune",
        "answer__ask__programme__controller", "volunteer",
    )  # fmt: skip
    return rows.get(pk=contribution.pk)


def _erase(contribution: Contribution) -> None:
    """Leave nothing that tells who it was; the made-up address keeps the constraint of one line a person."""
    contribution.first_name = contribution.last_name = ""
    contribution.email = f"{contribution.public_id.hex}@efface.invalid"
