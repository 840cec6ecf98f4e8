"""The loop of the demonstration, step by step: what has been done, and the page on which the next step is taken.

Links that mails carry are shown here, since nobody reads the demonstration's mails; nowhere else are they.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from vivier.common.text import plural
from vivier.demo import story
from vivier.mentoring.models import Mentor, Onboarding
from vivier.mentoring.queries import programme_summary
from vivier.people.models import Vetting
from vivier.programmes.models import Programme, Site
from vivier.steering import links, queries
from vivier.steering.models import Answer, Contribution, Pledge
from vivier.steering.vocabulary import AnswerState, Metric


@dataclass(frozen=True)
class Step:
    """One step: who takes it, what it is, where, and whether it is done."""

    who: str
    what: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class Loop:
    """Where the loop stands."""

    served: int
    waiting: int
    pledge: str
    steps: list[Step]

    @property
    def heading(self) -> str:
        served = plural(self.served, "lycéenne a", "lycéennes ont")
        waiting = plural(self.waiting, "attend", "attendent") if self.waiting else "aucune n’attend"
        return f"{served} une marraine, {waiting}."

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)


def _told(programme: Programme, site: Site) -> tuple[Answer | None, Contribution | None]:
    """Return the answer and the person that the page follows: of the last ask in which something may still happen.

    Who said no, and asks closed before anybody said yes, lead nowhere.
    """
    people = Contribution.objects.filter(
        Q(volunteer__isnull=False) | Q(joined_at=None, answer__ask__closed_at=None), declined_at=None
    )
    answers = Answer.objects.filter(ask__programme=programme, ask__site=site, ask__metric=Metric.MENTORS).exclude(
        state=AnswerState.DECLINED
    )
    is_named = Exists(people.filter(answer=OuterRef("pk")))
    answers = answers.filter(Q(ask__closed_at=None) | is_named)
    answer = answers.order_by("-ask__created_at", "-ask", is_named.desc(), "pk").first()
    return answer, people.filter(answer=answer).order_by("pk").first() if answer else None


def loop_now() -> Loop | None:
    """Return where the loop stands, None where the demonstration was not built."""
    programme = Programme.objects.filter(slug=story.SLUG).first()
    if programme is None:
        return None
    total = programme_summary(programme).total
    valence = programme.sites.get(commune__name="Valence")
    answer, contribution = _told(programme, valence)
    volunteer = contribution.volunteer if contribution else None
    mentor = Mentor.objects.filter(programme=programme, volunteer=volunteer).first() if volunteer else None
    onboarding = Onboarding.objects.filter(volunteer=volunteer).first() if volunteer else None
    is_verified = bool(volunteer) and Vetting.objects.filter(volunteer=volunteer, outcome=Vetting.Outcome.OK).exists()
    is_met = bool(onboarding and onboarding.met_on) and is_verified
    pledges = queries.pledge_rows(Pledge.objects.filter(pk=answer.pledge_id)) if answer else []
    new_ask = f"{reverse('steering:new_ask', args=[programme.slug])}?ville={valence.pk}"
    steps = [
        Step(
            "Camille, coordinatrice", "demande des marraines à qui en a promis près de Valence", new_ask, bool(answer)
        ),
        Step(
            "le partenaire",
            "ouvre le lien de son message et nomme quelqu’un",
            links.answer_address(answer) if answer else "",
            contribution is not None,
        ),
        Step(
            "la personne nommée",
            "ouvre le sien sur son téléphone, dit oui et suit la courte formation",
            links.join_address(contribution) if contribution else "",
            bool(onboarding and onboarding.trained_at),
        ),
        Step(
            "Camille",
            "note l’entretien, puis la vérification",
            reverse("mentoring:mentor", args=[mentor.public_id]) if mentor else "",
            is_met,
        ),
        Step(
            "Camille",
            "relance l’appariement : une de plus est servie",
            reverse("mentoring:runs", args=[programme.slug]),
            bool(mentor) and mentor.pairs.exists(),
        ),
        Step(
            "tout le monde",
            "lit l’engagement qui a avancé, sur la page de la charte",
            reverse("steering:charter", args=["changeons-les-codes"]),
            False,
        ),
    ]
    return Loop(total.served, total.waiting, pledges[0].counted if pledges else "", steps)
