"""The referentials in memory: loaded from the database, changed by the files, compared when they are written."""

from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date

from vivier.territories.models import (
    Commune,
    CommuneAlias,
    Department,
    EmploymentArea,
    LabourPool,
    PostalCode,
    PriorityNeighbourhood,
    Region,
)
from vivier.territories.text import search_key

#: A commune merged into one that was merged in turn; longer chains would be a loop.
_LONGEST_CHAIN = 6


@dataclass(slots=True)
class RegionDraft:
    """A region by its code."""

    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True)
class DepartmentDraft:
    """A department by its code; `region` is a code."""

    name: str
    region: str
    latitude: float | None = None
    longitude: float | None = None
    qpv_coverage: str = "unknown"
    qpv_coverage_source: str = ""
    qpv_coverage_on: date | None = None


@dataclass(slots=True)
class CommuneDraft:
    """A commune by its code; `department`, `parent`, `employment_area` and `labour_pool` are codes."""

    name: str
    department: str
    parent: str | None = None
    employment_area: str | None = None
    labour_pool: str | None = None
    population: int | None = None
    density_class: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_current: bool = True


@dataclass(slots=True)
class NeighbourhoodDraft:
    """A priority neighbourhood by its code; `communes` are codes."""

    name: str = ""
    communes: frozenset[str] = frozenset()
    outline: dict | None = None
    latitude: float | None = None
    longitude: float | None = None
    south: float | None = None
    west: float | None = None
    north: float | None = None
    east: float | None = None


@dataclass
class Drafts:
    """Every referential, by code. `stored` holds a copy of what the database had, to write only differences."""

    regions: dict[str, RegionDraft] = field(default_factory=dict)
    departments: dict[str, DepartmentDraft] = field(default_factory=dict)
    employment_areas: dict[str, str] = field(default_factory=dict)
    labour_pools: dict[str, str] = field(default_factory=dict)
    communes: dict[str, CommuneDraft] = field(default_factory=dict)
    neighbourhoods: dict[str, NeighbourhoodDraft] = field(default_factory=dict)
    #: (commune, postal code) → label
    postal_codes: dict[tuple[str, str], str] = field(default_factory=dict)
    #: (commune, former code) → name, and the names without a code: (commune, search key) → name
    former: dict[tuple[str, str], str] = field(default_factory=dict)
    localities: dict[tuple[str, str], str] = field(default_factory=dict)
    #: former code → present commune, and (commune, search key) of every former name
    successors: dict[str, str] = field(default_factory=dict)
    former_names: set[tuple[str, str]] = field(default_factory=set)
    stored: dict[str, dict] = field(default_factory=dict)

    def present(self, code: str) -> str | None:
        """Return the code of the present commune for a present or former code; None when unknown."""
        for _ in range(_LONGEST_CHAIN):
            commune = self.communes.get(code)
            if commune is not None and commune.is_current:
                return code
            code = self.successors.get(code) or (commune.parent if commune else None)
            if code is None:
                return None
        return None

    def add_former(self, commune: str, code: str, name: str) -> None:
        """Remember a former commune; a known name is never replaced by none."""
        if name or (commune, code) not in self.former:
            self.former[commune, code] = name
            self.former_names.add((commune, search_key(name)))
        self.successors[code] = commune

    def add_locality(self, commune: str, name: str) -> None:
        """Remember another name of a place in a commune, unless the commune or one of its former ones bears it."""
        key = search_key(name)
        if key and key != search_key(self.communes[commune].name) and (commune, key) not in self.former_names:
            self.localities.setdefault((commune, key), name)


def _columns(draft: type, **paths: str) -> list[str]:
    """Return the columns that fill a draft, in its order; `paths` say where to find a code."""
    return [paths.get(column.name, column.name) for column in fields(draft)]


def _load(model, draft: type, **paths: str) -> dict:
    return {row[0]: draft(*row[1:]) for row in model.objects.values_list("code", *_columns(draft, **paths)).iterator()}


def load() -> Drafts:
    """Return the drafts of what the database holds now."""
    drafts = Drafts(
        regions=_load(Region, RegionDraft),
        departments=_load(Department, DepartmentDraft, region="region__code"),
        employment_areas=dict(EmploymentArea.objects.values_list("code", "name")),
        labour_pools=dict(LabourPool.objects.values_list("code", "name")),
        communes=_load(
            Commune,
            CommuneDraft,
            department="department__code",
            parent="parent__code",
            employment_area="employment_area__code",
            labour_pool="labour_pool__code",
        ),
        postal_codes={
            (commune, code): label
            for commune, code, label in PostalCode.objects.values_list("commune__code", "code", "label").iterator()
        },
    )
    for commune, code, name in CommuneAlias.objects.order_by("pk").values_list("commune__code", "code", "name"):
        if code:
            drafts.add_former(commune, code, name)
        else:
            drafts.localities[commune, search_key(name)] = name
    for row in PriorityNeighbourhood.objects.order_by("pk").prefetch_related("communes"):
        columns = {name: getattr(row, name) for name in _columns(NeighbourhoodDraft) if name != "communes"}
        communes = frozenset(commune.code for commune in row.communes.all())
        drafts.neighbourhoods[row.code] = NeighbourhoodDraft(communes=communes, **columns)
    drafts.stored = {
        name: {key: copy(row) for key, row in getattr(drafts, name).items()}
        for name in (
            "regions",
            "departments",
            "employment_areas",
            "labour_pools",
            "communes",
            "neighbourhoods",
            "postal_codes",
            "former",
            "localities",
        )
    }
    return drafts
