"""What a programme lacks, and who promised it near there."""

from collections import Counter
from dataclasses import dataclass

from vivier.mentoring.queries import waiting_now
from vivier.mentoring.wording import distance_words
from vivier.organisations.models import Organisation
from vivier.people.vocabulary import Slot
from vivier.programmes.models import Programme, Site
from vivier.steering.models import Answer, Pledge
from vivier.steering.queries.progress import PledgeRow, done_by_pledge
from vivier.steering.vocabulary import AnswerState
from vivier.territories.distances import distance_km
from vivier.territories.locations import location

#: Beyond it a partner is not near: nobody comes that far for an hour with a pupil.
NEAR_KM = 60


@dataclass(frozen=True)
class Gap:
    """What is missing in one city: how many people wait there, and the slots most of them have."""

    site: Site | None
    waiting: int
    slots: list[str]


def gap_of(programme: Programme, site: Site | None) -> Gap:
    """Return who waits in a city (None: anywhere); one query. Slots: those of a third of them at least."""
    waiting = waiting_now(programme)
    if site is not None:
        waiting = waiting.filter(site=site)
    rows = list(waiting.values_list("slots", flat=True))
    counts = Counter(slot for slots in rows for slot in slots)
    common = [slot for slot in Slot.values if rows and counts[slot] * 3 >= len(rows)]
    return Gap(site, len(rows), common)


@dataclass(frozen=True)
class Partner:
    """A structure that may be asked. `km`: to the city, None where either is not known. `obstacle`: why not now."""

    organisation: Organisation
    row: PledgeRow
    km: float | None
    obstacle: str
    #: Its last answer for that city when it was a no: one reads it before asking again.
    refusal: Answer | None

    @property
    def is_near(self) -> bool:
        return self.km is None or self.km <= NEAR_KM

    @property
    def distance(self) -> str:
        return distance_words(self.km)

    @property
    def is_proposed(self) -> bool:
        """Whether its box is ticked at first."""
        return self.is_near and self.refusal is None


def partners_for(programme: Programme, metric: str, site: Site | None) -> list[Partner]:
    """Return other structures with something left to keep of that kind in the programme's plan, the nearest first.

    One line a structure, with its pledge that is due first; at most four queries.
    """
    if programme.plan_id is None:
        return []
    pledges = Pledge.objects.filter(plan=programme.plan_id, metric=metric, withdrawn_at=None)
    pledges = pledges.exclude(organisation=programme.controller_id).order_by("due_on", "pk")
    pledges = pledges.select_related(
        "organisation__commune__department", "organisation__commune__parent", "commune__department", "commune__parent"
    )
    done = done_by_pledge(pledges)
    last = Answer.objects.filter(ask__programme=programme, ask__metric=metric, ask__site=site).select_related("ask")
    answers = {one.organisation_id: one for one in last.order_by("pk")}
    found: dict[int, Partner] = {}
    for pledge in pledges:
        row = PledgeRow(pledge, done[pledge.pk])
        if row.remaining and pledge.organisation_id not in found:
            partner = pledge.organisation
            answer = answers.get(partner.pk)
            refusal = answer if answer and answer.state == AnswerState.DECLINED else None
            found[partner.pk] = Partner(partner, row, _km(pledge, site), _obstacle(partner, answer), refusal)
    return sorted(found.values(), key=lambda one: (one.km is None, one.km or 0, one.organisation.name))


def _obstacle(partner: Organisation, answer: Answer | None) -> str:
    """Return why a structure cannot be asked now, given its last answer for that city; "": it can."""
    if answer and answer.state == AnswerState.SENT and answer.ask.closed_at is None:
        return "n’a pas encore répondu"
    return "" if partner.email else "aucune adresse où lui écrire"


def _km(pledge: Pledge, site: Site | None) -> float | None:
    """Return how far the pledge's place (else its structure's) is from the city."""
    commune = pledge.commune or pledge.organisation.commune
    here, there = (location(site.commune) if site else None), (location(commune) if commune else None)
    if here is None or there is None:
        return None
    return distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
