"""A funder's report, built from records: what a grant paid for in its own cities, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.pdf import pdf
from vivier.common.tables import Output
from vivier.common.text import listed
from vivier.engines.disclosure.nested import Hidden, K, hide_small_groups
from vivier.portal.queries import CityRow, counts_by_city
from vivier.portal.stages import stages
from vivier.programmes.models import Programme
from vivier.steering.models import Grant

#: The stages that the report counts, each holding the next: reached, completed, with an accepted marraine.
COUNTED = ("inscrites", "presentes", "acceptees")
HIDDEN = "caché"
_CENT = Decimal("0.01")
_PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True)
class Count:
    """One number of the report and the list that it counts; None: hidden."""

    label: str
    value: int | None
    url: str

    @property
    def text(self) -> str:
        return HIDDEN if self.value is None else str(self.value)


@dataclass(frozen=True)
class Line:
    """One city (or their sum) and its numbers, in the order of COUNTED."""

    name: str
    counts: list[Count]


@dataclass(frozen=True)
class Reading:
    """One way to understand the number that the funder's sentence quotes."""

    words: str
    base: int
    target: int
    reached: int | None


@dataclass(frozen=True)
class Report:
    """Everything the report shows. `is_copy`: the funder's copy, small groups hidden."""

    grant: Grant
    is_copy: bool
    headings: list[str]
    lines: list[Line]
    total: Line
    budget: list
    planned: Decimal
    spent: Decimal
    costs: list[tuple[str, Decimal | None]]
    readings: list[Reading]

    @property
    def cities(self) -> str:
        return listed([line.name for line in self.lines])

    @property
    def gap(self) -> Decimal:
        return self.spent - self.planned

    @property
    def gap_percent(self) -> Decimal | None:
        return (100 * self.gap / self.planned).quantize(_CENT, ROUND_HALF_UP) if self.planned else None


def grant_or_none(actor: Actor, public_id) -> Grant | None:
    """Return a grant of a structure whose budget the actor reads, None where there is none."""
    grants = Grant.objects.visible_to(actor).filter(public_id=public_id)
    return grants.select_related("programme__controller", "programme__axis__plan", "funder").first()


def report_of(grant: Grant, *, is_copy: bool) -> Report:
    """Return the report of a grant: people of its cities only, each once; sums hold before anything is hidden."""
    programme = grant.programme
    scope = set(grant.sites.values_list("pk", flat=True))
    everywhere = counts_by_city(programme)
    rows = [row for row in everywhere if row.site_id in scope]
    numbers = [[row.counts[code] for code in COUNTED] for row in rows]
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    hidden = _hidden_of(everywhere, scope, _scopes(programme)) if is_copy else None
    people = reverse("portal:people", args=[programme.slug])
    table = stages(programme.words)
    labels = [table[code].label for code in COUNTED]
    lines = [
        _line(row.name, counts, labels, people, str(row.site_id), is_hidden=bool(hidden and n in hidden.rows))
        for n, (row, counts) in enumerate(zip(rows, numbers, strict=True))
    ]
    sites = ",".join(str(row.site_id) for row in rows)
    total = _line("Ensemble", totals, labels, people, sites, is_hidden=bool(hidden and hidden.total))
    budget = list(grant.lines.order_by("position", "pk"))
    spent = sum((line.spent or Decimal(0) for line in budget), Decimal(0))
    everyone = None if is_copy and _is_everyone_telling(everywhere, _scopes(programme)) else _present(everywhere)
    return Report(
        grant=grant,
        is_copy=is_copy,
        headings=labels,
        lines=lines,
        total=total,
        budget=budget,
        planned=sum((line.planned for line in budget), Decimal(0)),
        spent=spent,
        costs=_costs(labels, total, spent),
        readings=_readings(grant, everyone),
    )


def _scopes(programme: Programme) -> list[set[int]]:
    """Return the cities of each grant of the programme: whoever holds several reports may subtract them."""
    return [{site.pk for site in one.sites.all()} for one in programme.grants.prefetch_related("sites").order_by("pk")]


def _hidden_of(everywhere: Sequence[CityRow], scope: set[int], scopes: Sequence[set[int]]) -> Hidden:
    """Return what the copy for these cities hides, knowing the cities of the programme's other grants."""
    numbers = [[row.counts[code] for code in COUNTED] for row in everywhere if row.site_id in scope]
    return hide_small_groups(numbers, is_alone=not any(scope & other and scope != other for other in scopes))


def _is_everyone_telling(everywhere: Sequence[CityRow], scopes: Sequence[set[int]]) -> bool:
    """Whether the number of the whole programme, less what the copies show, would tell a group of 1 to 4 people."""
    rest = [row for row in everywhere if not any(row.site_id in scope for scope in scopes)]
    if any(_hidden_of(everywhere, scope, scopes).total for scope in scopes):
        return True
    return any(0 < _present(rows) < K for rows in (everywhere, rest))


def _present(rows: Sequence[CityRow]) -> int:
    return sum(row.counts["presentes"] for row in rows)


def _line(name: str, counts: Sequence[int], labels: list[str], people: str, city: str, *, is_hidden: bool) -> Line:
    return Line(
        name,
        [
            Count(label, None if is_hidden else count, f"{people}?etape={code}&ville={city}")
            for code, label, count in zip(COUNTED, labels, counts, strict=True)
        ],
    )


def _costs(labels: list[str], total: Line, spent: Decimal) -> list[tuple[str, Decimal | None]]:
    """Return what one result cost in the scope; None where it is hidden, or where there is none."""
    return [
        (label, (spent / count.value).quantize(_CENT, ROUND_HALF_UP) if count.value else None)
        for label, count in zip(labels, total.counts, strict=True)
    ]


def _readings(grant: Grant, reached: int | None) -> list[Reading]:
    """Return both readings of a quoted number; what was reached counts the whole programme, as the sentence does."""
    number = grant.quoted_number
    if not number:
        return []
    return [
        Reading(f"{number} est le point de départ", number, 2 * number, reached),
        Reading(f"{number} est le but", number // 2, number, reached),
    ]


def workbook(report: Report) -> list[Output]:
    """Return the sheets of the report."""
    grant = report.grant
    notes = [
        f"{grant.label}, {grant.funder.name}",
        f"Écrit le {clock.today():%d/%m/%Y} à partir des données du programme.",
    ]
    if report.is_copy:
        notes.append(
            "Copie pour le financeur : les groupes de 1 à 4 personnes, et ce qui les ferait deviner, sont cachés."
        )
    if settings.DEMO:
        notes.append("Données de démonstration : personnes et partenaires sont fictifs.")
    results = [[line.name, *(_cell(count) for count in line.counts)] for line in (*report.lines, report.total)]
    budget = [[line.label, line.planned, line.spent, None if line.spent is None else line.spent - line.planned]
              for line in report.budget]  # fmt: skip
    budget.append(["Ensemble", report.planned, report.spent, report.gap])
    costs = [[label, cost] for label, cost in report.costs]
    readings = [[one.words, one.base, one.target, one.reached] for one in report.readings]
    return [
        Output("Résultats", ["Ville", *report.headings], results, notes),
        Output("Budget", ["Poste", "Prévu en €", "Dépensé en €", "Écart en €"], budget, notes),
        Output("Coûts", ["Résultat", "Coût d’une personne en €"], costs, notes),
        Output("Objectif", ["Lecture", "Départ", "But", "Atteint"], readings, [*notes, grant.quotation]),
    ]


def _cell(count: Count) -> int | str:
    return HIDDEN if count.value is None else count.value


def paper(report: Report) -> bytes:
    """Return the report as PDF: the same tables as the workbook."""
    results, budget, costs, aim = workbook(report)
    grant = report.grant
    data = {
        "title": f"Rapport : {grant.label}",
        "lead": f"{grant.programme.name}, pour {report.cities} seulement. "
        f"Subvention de {_text(grant.amount)} €, {_text(report.spent)} € dépensés.",
        "notes": list(results.notes),
        "quotation": grant.quotation,
        "source": grant.source,
        **{
            name: [list(table.headings), *([_text(cell) for cell in row] for row in table.rows)]
            for name, table in (("results", results), ("budget", budget), ("costs", costs), ("aim", aim))
        },
    }
    return pdf(_PAPERS / "grant_report.typ", data)


def _text(value) -> str:
    """Return a cell of the workbook as a French text: money with two decimals, nothing where nothing is known."""
    if value is None:
        return "non connu"
    return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") if isinstance(value, Decimal) else str(value)
