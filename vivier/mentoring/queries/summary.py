"""How a programme stands: who came, who has a marraine, who waits, by city. A handful of queries at any size."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, FilteredRelation, Q, Value, When

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
    """Return how a programme stands now; three queries, three more where somebody once said no.

    `refusing_ids`: what `rights.refusing` returns, where the caller knows it already (two queries are left).
    """
    refused = refusing(programme) if refusing_ids is None else refusing_ids
    counts: dict[int | None, dict[str, int]] = {}
    for row in _rows(programme, refused):
        city = counts.setdefault(row["site"], {})
        kind = "declined" if row["is_declined"] else row["live__state"]
        for name in ("present", *filter(None, [kind])):
            city[name] = city.get(name, 0) + row["number"]
    sites = programme.sites.order_by("position", "pk").values_list("pk", "commune__name")
    named = [*sites, *([(None, "Ville non connue")] if None in counts else [])]
    return ProgrammeSummary(tuple(CityCounts(pk, name, **counts.get(pk, {})) for pk, name in named))


def _rows(programme: Programme, refusing_ids: Sequence[int]):
    return (
        Enrolment.objects.filter(attended(), programme=programme)
        .annotate(
            live=FilteredRelation("pairs", condition=Q(pairs__state__in=LIVE)),
            is_declined=Case(
                When(declines(refusing_ids), then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
        )
        .values("site", "live__state", "is_declined")
        .annotate(number=Count("pk"))
        .order_by("site", "live__state", "is_declined")
    )


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
