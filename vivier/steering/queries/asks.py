"""Asks as their programme reads them: what each partner said, and what came of it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from vivier.common.actors import Actor
from vivier.common.text import plural
from vivier.mentoring.models import Mentor
from vivier.programmes.models import Programme
from vivier.steering.models import Answer, Ask, Contribution
from vivier.steering.queries.progress import JOINED, NAMED, READY, STEP_WORDS, with_received, with_step
from vivier.steering.vocabulary import METRICS, AnswerState, Metric, MetricRule, Proof
from vivier.steering.wording import asked_words, offered_words

_ANSWER_TONES = {AnswerState.SENT: "wait", AnswerState.ACCEPTED: "ok", AnswerState.DECLINED: "info"}


@dataclass(frozen=True)
class GivenRow:
    """What one contribution is: somebody whom a partner named, or what it offers; `url`: where it is followed."""

    contribution: Contribution
    mentor: Mentor | None = None

    @property
    def is_person(self) -> bool:
        return self.contribution.answer.ask.metric == Metric.MENTORS

    @property
    def name(self) -> str:
        if self.is_person:
            return self.contribution.full_name or "nom effacé"
        who = f"{self.contribution.full_name}, " if self.contribution.full_name else ""
        return f"{who}{offered_words(self.contribution)}"

    @property
    def told(self) -> str:
        """What a page that a link opens says of it: a first name and an initial at most."""
        who = self.contribution.short_name
        if self.is_person:
            return who or "nom effacé"
        return ", ".join(filter(None, [who, offered_words(self.contribution)]))

    @property
    def may_be_taken_back(self) -> bool:
        return not self.is_person and not self.contribution.declined_at and not self.contribution.received

    @property
    def url(self) -> str:
        """The page on which who asked follows it; "" where there is none."""
        if not self.is_person:
            return reverse("steering:offer", args=[self.contribution.public_id])
        return reverse("mentoring:mentor", args=[self.mentor.public_id]) if self.mentor else ""

    @property
    def state(self) -> tuple[str, str]:
        """Its state in a word, and the tone of it."""
        one = self.contribution
        if self.is_person:
            return STEP_WORDS[one.step]
        if one.declined_at:
            return "repris par le partenaire", "info"
        if not one.received:
            return "à confirmer", "wait"
        rule = METRICS[one.answer.ask.metric]
        return rule.counted_done(one.received), "ok" if one.received >= one.quantity else "wait"


@dataclass(frozen=True)
class AnswerRow:
    """What one partner said, and whom it named or what it offers."""

    answer: Answer
    given: list[GivenRow]

    @property
    def tone(self) -> str:
        return _ANSWER_TONES[self.answer.state]

    @property
    def wanted(self) -> str:
        return asked_words(self.answer.ask)

    @property
    def may_be_sent_again(self) -> bool:
        """Whether another mail makes sense: the operation still says when the last one is too near."""
        return self.answer.ask.closed_at is None and self.answer.state != AnswerState.DECLINED


@dataclass(frozen=True)
class AskRow:
    """An ask and where it stands: how much was offered, and how much was given."""

    ask: Ask
    answers: list[AnswerRow]

    @property
    def rule(self) -> MetricRule:
        return METRICS[self.ask.metric]

    @property
    def is_for_people(self) -> bool:
        return self.rule.proof == Proof.VOLUNTEER

    @property
    def _given(self) -> list[Contribution]:
        return [one.contribution for row in self.answers for one in row.given]

    def at(self, *steps: str) -> int:
        """How many people are at these steps; one whom two partners named is one."""
        found = [one for one in self._given if one.step in steps]
        return len({one.volunteer_id or f"named {one.pk}" for one in found})

    @property
    def ready(self) -> int:
        """How many marraines are ready, or how much was received."""
        return self.at(READY) if self.is_for_people else sum(one.received for one in self._given)

    @property
    def joined(self) -> int:
        """How many people said yes, or how much is offered."""
        if self.is_for_people:
            return self.at(READY, JOINED)
        return sum(one.quantity for one in self._given if not one.declined_at)

    @property
    def wanted(self) -> str:
        return asked_words(self.ask)

    @property
    def heading(self) -> str:
        """What the ask has given so far, in one sentence."""
        if said := self._people_heading() if self.is_for_people else self._things_heading():
            return said
        states = Counter(row.answer.state for row in self.answers)
        silent = plural(states[AnswerState.SENT], "partenaire n’a", "partenaires n’ont") + " pas encore répondu."
        if states[AnswerState.SENT] == len(self.answers):
            return silent
        said = plural(len(self.answers) - states[AnswerState.SENT], "partenaire a", "partenaires ont") + " répondu"
        nothing = "personne ne s’est inscrit" if self.is_for_people else "rien n’est proposé"
        return f"{said}, {nothing}." + (f" {silent}" if states[AnswerState.SENT] else "")

    def _people_heading(self) -> str:
        if self.joined:
            yes = plural(self.joined, "personne a dit oui", "personnes ont dit oui")
            return f"{yes} sur {plural(self.ask.quantity, 'demandée', 'demandées')}."
        if named := self.at(NAMED):
            return f"{plural(named, 'personne nommée n’a', 'personnes nommées n’ont')} pas encore répondu."
        return ""

    def _things_heading(self) -> str:
        asked = f"sur {self.ask.quantity} {self.rule.agreed(self.ask.quantity, 'demandé')}."
        if self.ready:
            return f"{self.rule.counted_done(self.ready)} {asked}"
        if self.joined:
            return f"{self.rule.counted(self.joined)} {self.rule.agreed(self.joined, 'proposé')} {asked}"
        return ""

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
    answers = Answer.objects.select_related("organisation", "pledge").order_by("organisation__name", "pk")
    answers = answers.prefetch_related(Prefetch("contributions", queryset=contributions_read()))
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
    found = answer.contributions.all()
    return AnswerRow(answer, [GivenRow(one, mentors.get((ask.programme_id, one.volunteer_id))) for one in found])


def contributions_read(answer: Answer | None = None) -> QuerySet[Contribution]:
    """Return contributions (of one answer) in order, with how far each is and how much of it was received."""
    rows = Contribution.objects.filter(answer=answer) if answer else Contribution.objects.all()
    rows = with_received(with_step(rows))
    return rows.select_related("commune", "answer__ask").order_by("pk")
