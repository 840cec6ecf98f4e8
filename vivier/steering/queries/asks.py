"""Asks as their programme reads them, and a structure's own engagement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.mentoring.models import Mentor
from vivier.organisations.models import Organisation
from vivier.programmes.models import Programme
from vivier.steering.models import Answer, Ask, Charter, Contribution, Pledge, Signature
from vivier.steering.queries.progress import JOINED, NAMED, READY, STEP_WORDS, PledgeRow, pledge_rows, with_step
from vivier.steering.vocabulary import AnswerState
from vivier.steering.wording import asked_words

_ANSWER_TONES = {AnswerState.SENT: "wait", AnswerState.ACCEPTED: "ok", AnswerState.DECLINED: "info"}


@dataclass(frozen=True)
class PersonRow:
    """Somebody whom a partner named: how far she is, and her page once she joined."""

    contribution: Contribution
    mentor: Mentor | None

    @property
    def name(self) -> str:
        return self.contribution.full_name or "nom effacé"

    @property
    def state(self) -> tuple[str, str]:
        return STEP_WORDS[self.contribution.step]


@dataclass(frozen=True)
class AnswerRow:
    """What one partner said, and whom it named."""

    answer: Answer
    people: list[PersonRow]

    @property
    def tone(self) -> str:
        return _ANSWER_TONES[self.answer.state]


@dataclass(frozen=True)
class AskRow:
    """An ask and where it stands: how many were named, joined, and are ready."""

    ask: Ask
    answers: list[AnswerRow]

    def at(self, *steps: str) -> int:
        """How many people are at these steps; one whom two partners named is one."""
        found = [one.contribution for row in self.answers for one in row.people if one.contribution.step in steps]
        return len({one.volunteer_id or f"named {one.pk}" for one in found})

    @property
    def ready(self) -> int:
        return self.at(READY)

    @property
    def joined(self) -> int:
        return self.at(READY, JOINED)

    @property
    def wanted(self) -> str:
        return asked_words(self.ask)

    @property
    def heading(self) -> str:
        """What the ask has given so far, in one sentence."""
        if self.joined:
            yes = plural(self.joined, "personne a dit oui", "personnes ont dit oui")
            return f"{yes} sur {plural(self.ask.quantity, 'demandée', 'demandées')}."
        if named := self.at(NAMED):
            return f"{plural(named, 'personne nommée n’a', 'personnes nommées n’ont')} pas encore répondu."
        states = Counter(row.answer.state for row in self.answers)
        silent = plural(states[AnswerState.SENT], "partenaire n’a", "partenaires n’ont") + " pas encore répondu."
        if states[AnswerState.SENT] == len(self.answers):
            return silent
        said = plural(len(self.answers) - states[AnswerState.SENT], "partenaire a", "partenaires ont") + " répondu"
        return f"{said}, personne ne s’est inscrit." + (f" {silent}" if states[AnswerState.SENT] else "")

    @property
    def state(self) -> tuple[str, str]:
        if self.ask.closed_at:
            return "close", "info"
        return ("obtenue", "ok") if self.ready >= self.ask.quantity else ("en cours", "wait")


def asks_of(programme: Programme) -> list[AskRow]:
    """Return the asks of a programme, the last first; four queries."""
    return _rows(Ask.objects.filter(programme=programme).order_by("-created_at", "-pk")[:50])


def ask_or_none(actor: Actor, public_id) -> AskRow | None:
    """Return an ask of a structure where the actor asks partners, None where there is none."""
    rows = _rows(Ask.objects.visible_to(actor).filter(public_id=public_id))
    return rows[0] if rows else None


def _rows(asks) -> list[AskRow]:
    people = with_step(Contribution.objects.order_by("pk"))
    answers = Answer.objects.select_related("organisation", "pledge").order_by("organisation__name", "pk")
    answers = answers.prefetch_related(Prefetch("contributions", queryset=people))
    found = list(
        asks.select_related("programme__controller", "site__commune", "created_by").prefetch_related(
            Prefetch("answers", queryset=answers)
        )
    )
    volunteers = [
        one.volunteer_id for ask in found for answer in ask.answers.all() for one in answer.contributions.all()
    ]
    mentors = {
        (mentor.programme_id, mentor.volunteer_id): mentor
        for mentor in Mentor.objects.filter(volunteer__in=[pk for pk in volunteers if pk])
    }
    return [AskRow(ask, [_answer_row(ask, answer, mentors) for answer in ask.answers.all()]) for ask in found]


def _answer_row(ask: Ask, answer: Answer, mentors: dict) -> AnswerRow:
    people = [PersonRow(one, mentors.get((ask.programme_id, one.volunteer_id))) for one in answer.contributions.all()]
    return AnswerRow(answer, people)


@dataclass(frozen=True)
class Engagement:
    """What a structure signed, promised, was asked and gave."""

    organisation: Organisation
    signatures: list[Signature]
    pledges: list[PledgeRow]
    to_answer: list[Answer]
    answered: list[AnswerRow]

    @property
    def heading(self) -> str:
        if self.to_answer:
            return plural(len(self.to_answer), "demande attend votre réponse.", "demandes attendent votre réponse.")
        rows = [row for row in self.pledges if row.promised and not row.pledge.withdrawn_at]
        if not rows:
            return "Aucune marraine promise pour l’instant."
        done, target = (sum(getattr(row, name) for row in rows) for name in ("given", "promised"))
        return f"{plural(done, 'marraine donnée', 'marraines données')}, sur {plural(target, 'promise', 'promises')}."


def engaged_organisations(actor: Actor) -> Sequence[Organisation]:
    """Return the structures for which the actor answers asks, by name."""
    return Organisation.objects.filter(pk__in=actor.controllers(Permission.ANSWER_ASKS)).order_by("name", "pk")


def engagement_of(organisation: Organisation) -> Engagement:
    """Return everything the page "Mon engagement" shows; names are those that the structure itself gave."""
    answers = Answer.objects.filter(organisation=organisation).select_related(
        "ask__programme__controller", "ask__site__commune", "pledge", "organisation"
    )
    answers = answers.prefetch_related(
        Prefetch("contributions", queryset=with_step(Contribution.objects.order_by("pk")))
    )
    rows = list(answers.order_by("ask__closed_at", "-sent_at", "-pk")[:100])
    is_open = [row for row in rows if row.state == AnswerState.SENT and row.ask.closed_at is None]
    return Engagement(
        organisation=organisation,
        signatures=list(
            Signature.objects.filter(organisation=organisation).select_related("wave__version__charter").order_by("pk")
        ),
        pledges=pledge_rows(Pledge.objects.filter(organisation=organisation)),
        to_answer=is_open,
        answered=[
            AnswerRow(row, [PersonRow(one, None) for one in row.contributions.all()])
            for row in rows
            if row.state != AnswerState.SENT
        ],
    )


@dataclass(frozen=True)
class SignatoryRow:
    """One signature, and the numbered pledges of its structure in the charter's plan."""

    signature: Signature
    pledges: list[PledgeRow]

    @property
    def today(self) -> str:
        """The structure's present name, where it is another one."""
        name = self.signature.organisation.name
        return name if name != self.signature.name else ""


@dataclass(frozen=True)
class CharterPage:
    """A charter, who signed it and when, and the pledges of partners who did not sign."""

    charter: Charter
    waves: list[tuple]
    others: list[PledgeRow]
    signatories: int


def charter_page(slug: str) -> CharterPage | None:
    """Return the public page of a charter, None where there is none; five queries."""
    charter = Charter.objects.filter(slug=slug).select_related("plan").first()
    if charter is None:
        return None
    signatures = list(
        Signature.objects.filter(wave__version__charter=charter)
        .select_related("wave__version", "organisation")
        .order_by("wave__version__number", "wave__position", "position")
    )
    pledges = pledge_rows(Pledge.objects.filter(plan=charter.plan, withdrawn_at=None))
    by_organisation: dict[int, list[PledgeRow]] = {}
    for row in pledges:
        by_organisation.setdefault(row.pledge.organisation_id, []).append(row)
    waves: dict[int, tuple] = {}
    for one in signatures:
        _, rows = waves.setdefault(one.wave_id, (one.wave, []))
        rows.append(SignatoryRow(one, by_organisation.get(one.organisation_id, [])))
    signed = {one.organisation_id for one in signatures}
    return CharterPage(
        charter=charter,
        waves=list(waves.values()),
        others=[row for row in pledges if row.pledge.organisation_id not in signed],
        signatories=len(signatures),
    )
