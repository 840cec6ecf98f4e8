"""How a programme stands: who came, who has a marraine, who waits, by city. A handful of queries at any size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, CharField, Count, F, FilteredRelation, Q, Value, When

from vivier.common.text import listed, plural
from vivier.mentoring.models import MatchingRun
from vivier.mentoring.rights import attended, declines, refusing
from vivier.mentoring.transitions import LIVE
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import at_place
from vivier.programmes.models import Enrolment, Programme


@dataclass(frozen=True)
class CityCounts:
    """One city (`site_id` None: people whose city is not known).

    present = declined + served + waiting, and served = proposed + locked + accepted.
    """

    site_id: int | None
    name: str
    present: int = 0
    declined: int = 0
    proposed: int = 0
    locked: int = 0
    accepted: int = 0

    @property
    def served(self) -> int:
        return self.proposed + self.locked + self.accepted

    @property
    def waiting(self) -> int:
        return self.present - self.declined - self.served


@dataclass(frozen=True)
class ProgrammeSummary:
    """Counts by city, in the order of the programme, and their total (`name` "Ensemble")."""

    cities: tuple[CityCounts, ...]
    total: CityCounts = field(init=False)

    def __post_init__(self) -> None:
        names = ("present", "declined", "proposed", "locked", "accepted")
        sums = {name: sum(getattr(city, name) for city in self.cities) for name in names}
        object.__setattr__(self, "total", CityCounts(None, "Ensemble", **sums))


def programme_summary(programme: Programme, refusing_ids: Sequence[int] | None = None) -> ProgrammeSummary:
    """Return how a programme stands now; two queries, three more where somebody once said no.

    `refusing_ids`: what `rights.refusing` returns, where the caller knows it already (one query is left).
    """
    refused = refusing(programme) if refusing_ids is None else refusing_ids
    named: dict[int | None, str] = {}
    counts: dict[int | None, Counter] = {}
    for site, name, _, state, is_declined, number in sorted(_rows(programme, refused), key=_place):
        named[site] = name or "Ville non connue"
        city = counts.setdefault(site, Counter())
        city["present"] += number
        if is_declined or state:
            city["declined" if is_declined else state] += number
    return ProgrammeSummary(tuple(CityCounts(site, name, **counts[site]) for site, name in named.items()))


def _place(row: tuple) -> tuple:
    """Order the cities as the programme does; the people without a city come last."""
    site, _, rank, *_ = row
    return (site is None, rank, site)


def _rows(programme: Programme, refusing_ids: Sequence[int]):
    """Return (site, its name and rank, state of the live pair, whether she declines, how many) in one query.

    Every city of the programme has a line of 0, and one more for each kind of people who came there.
    """
    declined = Case(When(declines(refusing_ids), then=Value(True)), default=Value(False), output_field=BooleanField())
    columns = ("name", "rank", "state", "is_declined", "number")
    people = (
        Enrolment.objects.filter(attended(), programme=programme)
        .annotate(
            live=FilteredRelation("pairs", condition=Q(pairs__state__in=LIVE)),
            name=F("site__commune__name"),
            rank=F("site__position"),
            state=F("live__state"),
            is_declined=declined,
        )
        .values("site", "name", "rank", "state", "is_declined")
        .annotate(number=Count("pk"))
        .values_list("site", *columns)
    )
    nobody = programme.sites.annotate(
        name=F("commune__name"),
        rank=F("position"),
        state=Value(None, output_field=CharField()),
        is_declined=Value(False),
        number=Value(0),
    ).values_list("pk", *columns)
    return nobody.union(people, all=True)


def latest_run(programme: Programme) -> MatchingRun | None:
    """Return the last matching run of a programme, None where there is none."""
    return programme.matching_runs.select_related("policy", "run_by").order_by("-number").first()


def finding(programme: Programme, summary: ProgrammeSummary) -> str:
    """Return the heading: "138 lycéennes ont une marraine proposée. 12 attendent, surtout à Valence."."""
    words, mentor, total = programme.words, mentor_words(programme.audience), summary.total
    served = plural(total.served, words.one, words.many)
    verb = "a" if total.served < 2 else "ont"
    if not total.served:
        first = f"Aucune {words.one} n’a de {mentor.one}." if words.they == "elles" else f"{served} {verb} {mentor.a}."
    elif not total.accepted:
        first = f"{served} {verb} {mentor.a_proposed}."
    elif total.accepted == total.served:
        first = f"{served} {verb} {mentor.a}."
    else:
        accepted = plural(total.accepted, words.one, words.many)
        owning = "a sa" if total.accepted == 1 else "ont leur"
        first = f"{accepted} {owning} {mentor.one}, {total.served - total.accepted} une proposition."
    return f"{first} {waiting_words(summary)}"


def waiting_words(summary: ProgrammeSummary) -> str:
    """Return "12 attendent, surtout à Valence.", "1 attend, à Lyon." or "Personne n’attend."."""
    waiting = summary.total.waiting
    if not waiting:
        return "Personne n’attend."
    return f"{waiting} {'attend' if waiting == 1 else 'attendent'}{_where(summary.cities, waiting)}."


def _where(cities: Sequence[CityCounts], waiting: int) -> str:
    places = sorted((city for city in cities if city.waiting), key=lambda city: -city.waiting)
    if any(city.site_id is None for city in places) or len(cities) == 1:
        return ""
    if len(places) == 1:
        return f", {at_place(places[0].name)}"
    if places[0].waiting * 2 > waiting:
        return f", surtout {at_place(places[0].name)}"
    return f", {listed([at_place(city.name) for city in places])}" if len(places) <= 3 else ""
