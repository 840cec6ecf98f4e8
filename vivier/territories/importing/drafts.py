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


_DEPARTMENT = tuple(column.name for column in fields(DepartmentDraft) if column.name != "region")
_LINKS = frozenset({"department", "parent", "employment_area", "labour_pool"})
_COMMUNE = tuple(column.name for column in fields(CommuneDraft) if column.name not in _LINKS)


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


def _columns(draft: type, *left_out: str) -> list[str]:
    """Return the columns that a draft shares with its table, in its order."""
    return [column.name for column in fields(draft) if column.name not in left_out]


def _codes(model) -> dict[int | None, str | None]:
    """Return the code behind each key, and None behind None."""
    return {None: None, **dict(model.objects.values_list("pk", "code"))}


def load() -> Drafts:
    """Return the drafts of what the database holds now.

    Codes are put in place of keys here rather than by joins: right after a first import PostgreSQL knows nothing yet of
    the new rows, and joins them row by row.
    """
    regions, departments, communes = _codes(Region), _codes(Department), _codes(Commune)
    areas, pools = _codes(EmploymentArea), _codes(LabourPool)
    drafts = Drafts(
        regions={
            code: RegionDraft(*values) for code, *values in Region.objects.values_list("code", *_columns(RegionDraft))
        },
        departments={
            code: DepartmentDraft(region=regions[region], **dict(zip(_DEPARTMENT, values, strict=True)))
            for code, region, *values in Department.objects.values_list("code", "region_id", *_DEPARTMENT)
        },
        employment_areas=dict(EmploymentArea.objects.values_list("code", "name")),
        labour_pools=dict(LabourPool.objects.values_list("code", "name")),
        communes={
            code: CommuneDraft(
                department=departments[department],
                parent=communes[parent],
                employment_area=areas[area],
                labour_pool=pools[pool],
                **dict(zip(_COMMUNE, values, strict=True)),
            )
            for code, department, parent, area, pool, *values in Commune.objects.values_list(
                "code", "department_id", "parent_id", "employment_area_id", "labour_pool_id", *_COMMUNE
            ).iterator()
        },
        postal_codes={
            (communes[commune], code): label
            for commune, code, label in PostalCode.objects.values_list("commune_id", "code", "label").iterator()
        },
    )
    for commune, code, name in CommuneAlias.objects.order_by("pk").values_list("commune_id", "code", "name"):
        if code:
            drafts.add_former(communes[commune], code, name)
        else:
            drafts.localities[communes[commune], search_key(name)] = name
    for row in PriorityNeighbourhood.objects.order_by("pk").prefetch_related("communes"):
        columns = {name: getattr(row, name) for name in _columns(NeighbourhoodDraft, "communes")}
        inside = frozenset(commune.code for commune in row.communes.all())
        drafts.neighbourhoods[row.code] = NeighbourhoodDraft(communes=inside, **columns)
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
