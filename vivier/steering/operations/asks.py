"""From what is missing to who gives it: ask partners, take their answers, write to whom they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vivier.common import audit, clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.mentoring.operations.locks import take_turn
from vivier.organisations.models import Organisation
from vivier.programmes.models import Programme, Site
from vivier.steering import notices
from vivier.steering.models import Answer, Ask, Contribution, Pledge
from vivier.steering.operations.newcomers import SILENCE_KEPT, refusal_mark
from vivier.steering.queries import done_by_pledge, names_somebody
from vivier.steering.vocabulary import METRICS, AnswerState, DeclineReason, Proof
from vivier.steering.wording import why_nobody

#: More partners than one ask reasonably goes to at once: a slip, or a mailing list.
MOST_PARTNERS = 30
#: A link may have been forwarded: whoever holds it writes to few people a day.
MOST_NAMED_A_DAY = 20
#: A partner gets the same mail once a day at most.
RESEND_AFTER = timedelta(days=1)
#: How long a partner is given to answer, unless the ask says otherwise.
ANSWER_TIME = timedelta(days=14)


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
    Raises NotAllowed, or DomainError: no plan's holder accepted the programme, nobody to ask, itself, somebody cannot
    be written to, the same ask is already open, a city of another programme.
    """
    if not by.may(Permission.ASK_PARTNERS, programme.controller_id):
        raise NotAllowed("Vous ne pouvez pas écrire aux partenaires au nom de cette structure.")
    programme = _in_turn(programme)
    if site is not None and site.programme_id != programme.pk:
        raise DomainError("Cette ville n’est pas dans ce programme.")
    _refuse_partners(programme, partners)
    if answer_before < clock.today():
        raise DomainError("La date de réponse est déjà passée : choisissez-en une autre.")
    _refuse_twice(programme, metric, site, partners)
    if names_somebody(programme.enrolments, message):
        raise DomainError("Votre message nomme une personne accompagnée : retirez son nom.")
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


def _in_turn(programme: Programme) -> Programme:
    """Return the programme, locked. Raises DomainError: no plan whose holder accepted it, so no partner to write to."""
    take_turn(programme.pk)
    programme = Programme.objects.select_related("axis__plan__organisation", "controller").get(pk=programme.pk)
    if programme.plan_id is None:
        raise DomainError(why_nobody(programme))
    return programme


def _refuse_partners(programme: Programme, partners: Sequence[Organisation]) -> None:
    """Raise DomainError where there are none or too many, or one is the programme's own or cannot be written to."""
    if not partners:
        raise DomainError("Choisissez au moins un partenaire.")
    if any(one.pk == programme.controller_id for one in partners):
        raise DomainError("Une structure ne se demande rien à elle-même : cela ne prouverait rien.")
    if len(partners) > MOST_PARTNERS:
        raise DomainError(f"{MOST_PARTNERS} partenaires au plus par demande.")
    unreachable = sorted(one.name for one in partners if not one.email)
    if unreachable:
        raise DomainError(f"Aucune adresse pour {unreachable[0]} : notez-en une, ou retirez ce partenaire.")


def _refuse_twice(programme: Programme, metric: str, site: Site | None, partners: Sequence[Organisation]) -> None:
    """Raise DomainError where one of these partners has the same ask open and has not answered it."""
    asked = Answer.objects.filter(
        ask__programme=programme, ask__metric=metric, ask__site=site, ask__closed_at=None, state=AnswerState.SENT
    )
    if waiting := asked.filter(organisation__in=partners).select_related("organisation").first():
        raise DomainError(f"{waiting.organisation.name} n’a pas encore répondu à la même demande.")


def _refuse_of_another_plan(programme: Programme, answers: Iterable[Answer]) -> None:
    """Raise DomainError where a partner was asked as one of another plan: this plan's holder cannot say yes for it."""
    if any(one.pledge is not None and one.pledge.plan_id != programme.plan_id for one in answers):
        raise DomainError("Cette demande date d’un autre plan : le programme n’en fait plus partie.")


def _pledges_called(programme: Programme, metric: str, partners: Sequence[Organisation]) -> dict[int, Pledge]:
    """Organisation → the pledge of that kind that is due first among those not kept yet, else among all."""
    open_pledges = Pledge.objects.filter(
        plan=programme.plan_id, metric=metric, organisation__in=partners, withdrawn_at=None
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
    take_turn(ask.programme_id)
    ask = Ask.objects.select_for_update(of=("self",)).select_related("programme").get(pk=ask.pk)
    if ask.closed_at is None:
        ask.closed_at, ask.closed_by_id = clock.now(), by.user_id
        ask.save(update_fields=["closed_at", "closed_by"])
    return ask


@operation
def reopen_ask(*, by: Actor, ask: Ask) -> Ask:
    """Open a closed ask again: its links take answers as before, and nobody is written to; twice is once.

    A day for answering that is past becomes one in two weeks. Raises NotAllowed, or DomainError: the plan's holder no
    longer accepts the programme, it went to another plan, a partner who has not answered has the same ask open.
    """
    if not by.may(Permission.ASK_PARTNERS, ask.programme.controller_id):
        raise NotAllowed("Vous ne pouvez pas rouvrir cette demande.")
    programme = _in_turn(ask.programme)
    ask = Ask.objects.select_for_update(of=("self",)).select_related("programme").get(pk=ask.pk)
    if ask.closed_at is None:
        return ask
    answers = list(ask.answers.select_related("organisation", "pledge"))
    _refuse_of_another_plan(programme, answers)
    silent = [one.organisation for one in answers if one.state == AnswerState.SENT]
    _refuse_twice(programme, ask.metric, ask.site, silent)
    ask.closed_at, ask.closed_by_id = None, None
    if ask.answer_before < clock.today():
        ask.answer_before = clock.today() + ANSWER_TIME
    ask.save(update_fields=["closed_at", "closed_by", "answer_before"])
    audit.record(by=by, action="steering.reopen", controller_id=programme.controller_id, about=audit.about(ask))
    return ask


@operation
def send_again(*, by: Actor, answer: Answer) -> Answer:
    """Write to a partner again, at its present address; the earlier links go on opening the same page.

    Raises NotAllowed, or DomainError: closed, declined, no address, its pledge taken back or of another plan, a mail
    went out in the last 24 hours.
    """
    if not by.may(Permission.ASK_PARTNERS, answer.ask.programme.controller_id):
        raise NotAllowed("Vous ne pouvez pas écrire aux partenaires au nom de cette structure.")
    programme = _in_turn(answer.ask.programme)
    answer, now = open_answer(answer), clock.now()
    partner = answer.organisation
    _refuse_of_another_plan(programme, [answer])
    if answer.pledge is not None and answer.pledge.withdrawn_at is not None:
        raise DomainError(f"{partner.name} a retiré son engagement : il n’y a plus rien à lui rappeler.")
    if answer.state == AnswerState.DECLINED:
        raise DomainError(f"{partner.name} a dit non : faites une nouvelle demande plus tard.")
    if now - (answer.resent_at or answer.sent_at) < RESEND_AFTER:
        raise DomainError(f"Un message est parti à {partner.name} il y a moins d’un jour : laissez-lui le temps.")
    if not partner.email:
        raise DomainError(f"Aucune adresse pour {partner.name} : notez-en une d’abord.")
    answer.email, answer.resent_at, answer.resent_by_id = partner.email, now, by.user_id
    answer.save(update_fields=["email", "resent_at", "resent_by"])
    notices.asked(answer)
    audit.record(by=by, action="steering.send_again", controller_id=programme.controller_id, about=audit.about(answer))
    return answer


@operation
def answer_yes(*, by: Actor, answer: Answer, people: Sequence[Named]) -> Answer:
    """Name people: each is written to once. Who holds the link may call it: the view has read it.

    Naming somebody twice is once; more may be named later. Whoever has a link of this programme still to answer gets
    no second mail, and whoever said no is not written to again. Raises DomainError: closed, not for people,
    nobody named, too many.
    """
    answer = open_answer(answer)
    if METRICS[answer.ask.metric].proof != Proof.VOLUNTEER:
        raise DomainError("Cette demande n’est pas une demande de marraines.")
    if not people:
        raise DomainError("Nommez au moins une personne, avec son adresse.")
    ask, now = answer.ask, clock.now()
    known, today = set(), 0
    for one in answer.contributions.all():
        known.add(one.email.lower())
        today += one.named_at > now - timedelta(days=1)
    new = {one.email.lower(): one for one in people}
    new = {email: one for email, one in new.items() if not {email, refusal_mark(ask.programme_id, email)} & known}
    if len(known) + len(new) > ask.quantity * 3:
        raise DomainError(f"C’est trop : {ask.quantity * 3} personnes au plus pour cette demande.")
    if new and today + len(new) > MOST_NAMED_A_DAY:
        raise DomainError(f"C’est trop : {MOST_NAMED_A_DAY} personnes au plus par jour. Nommez les autres demain.")
    for email, one in new.items():
        _name(answer, email, one)
    return answered(by, answer, AnswerState.ACCEPTED)


def _name(answer: Answer, email: str, one: Named) -> None:
    """Write somebody down, and to her unless she said no before or has a link to answer already."""
    now, mark = clock.now(), refusal_mark(answer.ask.programme_id, email)
    told = Contribution.objects.filter(answer__ask__programme=answer.ask.programme_id)
    if told.filter(email=mark).exists():
        Contribution.objects.create(answer=answer, email=mark, named_at=now, declined_at=now)
        return
    waiting = told.filter(
        email=email, joined_at=None, declined_at=None, answer__ask__closed_at=None, named_at__gt=now - SILENCE_KEPT
    )
    is_waiting = waiting.exists()
    contribution = Contribution.objects.create(
        answer=answer, first_name=one.first_name, last_name=one.last_name, email=email, named_at=now
    )
    if not is_waiting:
        notices.named(contribution)


@operation
def answer_no(*, by: Actor, answer: Answer, reason: str, note: str = "") -> Answer:
    """Decline, and say why. Raises DomainError: closed, no reason, people already named."""
    answer = open_answer(answer)
    if reason not in DeclineReason.values:
        raise DomainError("Dites pourquoi : choisissez un motif.")
    held = answer.contributions.all()
    if METRICS[answer.ask.metric].proof != Proof.VOLUNTEER:
        held = held.filter(declined_at=None)  # what was taken back is no longer offered
    if held.exists():
        raise DomainError("Vous avez déjà proposé quelqu’un ou quelque chose : ce oui ne peut plus devenir un non.")
    return answered(by, answer, AnswerState.DECLINED, reason=reason, note=note[:200])


def open_answer(answer: Answer) -> Answer:
    """Return an answer, locked after the turn of its programme. Raises DomainError: its ask is closed."""
    rows = Answer.objects.select_for_update(of=("self",)).select_related(
        "organisation", "pledge", "ask__site__commune", "ask__programme__controller"
    )
    take_turn(answer.ask.programme_id)
    answer = rows.get(pk=answer.pk)
    if answer.ask.closed_at is not None:
        raise DomainError("Cette demande est close : merci, il n’y a plus rien à faire.")
    return answer


def answered(by: Actor, answer: Answer, state: str, *, reason: str = "", note: str = "") -> Answer:
    """Write what the partner said, and when."""
    answer.state, answer.reason, answer.note = state, reason, note
    answer.answered_at, answer.answered_by_id = clock.now(), by.user_id
    answer.save(update_fields=["state", "reason", "note", "answered_at", "answered_by"])
    return answer
