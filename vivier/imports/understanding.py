"""Everything that is understood of one file, for the preview, the command line and the import itself. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.tables import Row, Sheet, read_sheets
from vivier.imports.cities import Cities
from vivier.imports.duplicates import merged
from vivier.imports.entries import Entry, Registrant
from vivier.imports.fields import LACKS, REGISTRANTS, Lack
from vivier.imports.grid import Grid, build_grid
from vivier.imports.issues import Issue, IssueGroup, Severity, grouped
from vivier.imports.mentors import read_mentors
from vivier.imports.places import Place, PlaceIndex, PlaceText, place_index
from vivier.imports.plans import Planned, plan_mentors, plan_registrants
from vivier.imports.registrants import read_registrants
from vivier.imports.shared import place_texts
from vivier.imports.values import Wrong, plain_text
from vivier.programmes.models import Programme


@dataclass(frozen=True)
class Understanding:
    """One file, understood. `refusal`: the sentence that says why it holds nothing to import, or "".

    `entries`: each person once, and none from a line that is wrong. `added_cities`: communes that become cities of the
    programme, which has none yet.
    """

    kind: str
    refusal: str = ""
    grid: Grid | None = None
    entries: tuple[Entry, ...] = ()
    issues: tuple[Issue, ...] = ()
    planned: Planned = field(default_factory=Planned)
    places: Mapping[int, Place] = field(default_factory=dict)
    added_cities: tuple[Place, ...] = ()

    @cached_property
    def errors(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)

    @cached_property
    def notices(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity is Severity.NOTICE)

    @cached_property
    def error_groups(self) -> list[IssueGroup]:
        return grouped(self.errors)

    @cached_property
    def notice_groups(self) -> list[IssueGroup]:
        return grouped(self.notices)

    @property
    def lines_in_error(self) -> int:
        return len({spot for issue in self.errors for spot in issue.spots})

    @property
    def line_count(self) -> int:
        return len(self.grid.lines) if self.grid else 0

    @property
    def lacks_names(self) -> bool:
        return self.grid is not None and self.grid.lacks_names

    @property
    def is_ready(self) -> bool:
        """Tell whether it may be imported: somebody in it, and nothing wrong."""
        return not self.refusal and not self.lacks_names and not self.errors and bool(self.entries)

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """What no column says, with what follows."""
        if self.grid is None:
            return ()
        return tuple(lack for lack in LACKS[self.kind] if not lack.fields & self.grid.fields)

    @cached_property
    def partial_lacks(self) -> tuple[tuple[Lack, int], ...]:
        """What a column says of some people only, with how many it leaves out."""
        if self.grid is None:
            return ()
        counts = [
            (lack, sum(not getattr(entry, lack.told) for entry in self.entries))
            for lack in LACKS[self.kind]
            if lack.fields & self.grid.fields
        ]
        return tuple((lack, count) for lack, count in counts if count)

    @cached_property
    def unread_columns(self) -> tuple[str, ...]:
        """Return the headings that nobody explained."""
        return tuple(column.heading for column in self.grid.columns if column.field is None) if self.grid else ()

    @cached_property
    def lacks_days(self) -> bool:
        """Tell whether somebody's session has no day: a day must be given, or she joins no session."""
        return self.kind == REGISTRANTS and any(
            visit.day is None and visit.attended is not False for entry in self.entries for visit in entry.visits
        )

    @cached_property
    def lacks_presence(self) -> bool:
        """Tell whether the file leaves open whether somebody came."""
        return self.kind == REGISTRANTS and any(
            visit.attended is None and (visit.day is None or visit.day <= clock.today())
            for entry in self.entries
            for visit in entry.visits
        )

    @cached_property
    def lacks_vetting(self) -> int:
        """Return how many volunteers the file does not say to be verified on a day, leaving out a plain no."""
        if self.kind == REGISTRANTS:
            return 0
        return sum(entry.vetted_on is None and entry.vetted is not False for entry in self.entries)

    @property
    def leaves_open(self) -> bool:
        """Tell whether there is something to state for the whole file."""
        return bool(self.lacks_days or self.lacks_presence or self.lacks_vetting)


def refusal_of(content: bytes, *, kind: str, choices: Mapping[str, str]) -> str:
    """Return why a file holds nobody, or "": a quick look, before its lines are understood."""
    try:
        build_grid(read_sheets(bytes(content)), kind, choices)
    except DomainError as refusal:
        return str(refusal)
    return ""


def understand(
    content: bytes, *, kind: str, programme: Programme, choices: Mapping[str, str], sheet: str = ""
) -> Understanding:
    """Return what a file says, for a programme. `choices`: what she said of headings; `sheet`: the one she chose."""
    try:
        sheets = read_sheets(bytes(content))
        grid = build_grid(sheets, kind, choices, sheet)
    except DomainError as refusal:
        return Understanding(kind, refusal=str(refusal))
    if grid.lacks_names:
        return Understanding(kind, grid=grid, issues=grid.notices)
    today = clock.today()
    index, cities = _places(programme, grid)
    if kind == REGISTRANTS:
        read, plan = read_registrants(grid, index, cities, today), plan_registrants
    else:
        read, plan = read_mentors(grid, index, today), plan_mentors
    entries, repeats = merged(read.people, {pk: place.label for pk, place in index.places.items()})
    planned = plan(programme, entries)
    issues = (*grid.notices, *read.issues, *repeats, *planned.issues)
    if not entries and not any(issue.severity is Severity.ERROR for issue in issues):
        return Understanding(
            kind, grid=grid, issues=issues, refusal="Personne n’est lisible dans ce fichier ; vérifiez les lignes."
        )
    return Understanding(
        kind=kind,
        grid=grid,
        entries=tuple(entries),
        issues=issues,
        planned=planned,
        places=index.places,
        added_cities=_added(entries, cities),
    )


def first_rows(content: bytes, sheet: str, count: int) -> tuple[Row, ...]:
    """Return the first lines of a sheet as they stand, for a file whose headings say nothing."""
    try:
        sheets = read_sheets(bytes(content))
    except DomainError:
        return ()
    chosen = next((one for one in sheets if one.name == sheet), next(iter(sheets), Sheet("", ())))
    return chosen.rows[:count]


def _places(programme: Programme, grid: Grid) -> tuple[PlaceIndex, Cities]:
    """Return the communes that the file may mean and the programme's cities."""
    sites = list(programme.sites.order_by("position", "pk").values_list("commune__code", "commune__department__code"))
    texts = place_texts(grid) | _city_texts(grid) | {PlaceText(insee=code) for code, _ in sites}
    index = place_index(texts, {department for _, department in sites}, {code for code, _ in sites})
    own = [found.place for code, _ in sites if (found := index.find(PlaceText(insee=code))).place]
    return index, Cities(own, index, may_add=not own)


def _city_texts(grid: Grid) -> set[PlaceText]:
    """Return the texts by which the lines name the city of a session."""
    columns = [column for column in grid.columns if column.field == "site"]
    found = {aside.text for aside in grid.asides} | {line.spot.sheet for line in grid.lines}
    for column in columns:
        for line in grid.lines:
            try:
                found.add(plain_text(line.cell(column)))
            except Wrong:
                continue
    return {PlaceText(name=text) for text in found if text}


def _added(entries: Sequence[Entry], cities: Cities) -> tuple[Place, ...]:
    """Return the communes that would become cities of a programme without any."""
    if cities.places:
        return ()
    wanted = dict.fromkeys(entry.city for entry in entries if isinstance(entry, Registrant) and entry.city)
    return tuple(cities.index.places[pk] for pk in wanted)
