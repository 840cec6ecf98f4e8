"""The differences between the drafts and the database, written in bulk. Nothing is ever deleted here."""

from collections.abc import Callable, Iterable
from dataclasses import fields

from django.db import connection

from vivier.territories.importing.drafts import (
    CommuneDraft,
    DepartmentDraft,
    Drafts,
    NeighbourhoodDraft,
    RegionDraft,
)
from vivier.territories.importing.reports import Report
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

_BATCH = 2_000


def _changed(drafts: Drafts, table: str, report: Report) -> list:
    """Return the keys of a table that are new or differ from what is stored, and count them in the report."""
    stored, rows = drafts.stored[table], getattr(drafts, table)
    new = [key for key in rows if key not in stored]
    differ = [key for key, row in rows.items() if key in stored and row != stored[key]]
    report.created[table] += len(new)
    report.updated[table] += len(differ)
    report.unchanged[table] += len(rows) - len(new) - len(differ)
    return new + differ


def count_changes(drafts: Drafts, report: Report) -> dict[str, list]:
    """Count in the report what `write` would do, and return the keys to write by table."""
    return {table: _changed(drafts, table, report) for table in drafts.stored}


def _ids(model) -> dict[str, int]:
    return dict(model.objects.values_list("code", "pk"))


def _upsert(model, rows: Iterable, columns: Iterable[str], keys: tuple[str, ...] = ("code",)) -> None:
    model.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=list(keys), update_fields=list(columns)
    )


def _columns(draft: type, *left_out: str) -> list[str]:
    return [column.name for column in fields(draft) if column.name not in left_out]


def write(drafts: Drafts, changes: dict[str, list]) -> None:
    """Write the changed keys of every table; the caller holds the transaction."""
    _upsert(
        Region,
        [Region(code=code, **_values(drafts.regions[code], RegionDraft)) for code in changes["regions"]],
        _columns(RegionDraft),
    )
    regions = _ids(Region)
    _upsert(
        Department,
        [
            Department(code=code, region_id=regions[draft.region], **_values(draft, DepartmentDraft, "region"))
            for code, draft in ((code, drafts.departments[code]) for code in changes["departments"])
        ],
        _columns(DepartmentDraft),
    )
    for model, table in ((EmploymentArea, "employment_areas"), (LabourPool, "labour_pools")):
        names = getattr(drafts, table)
        _upsert(model, [model(code=code, name=names[code]) for code in changes[table]], ["name"])
    _write_communes(drafts, changes["communes"])
    communes = _ids(Commune)
    _upsert(
        PostalCode,
        [
            PostalCode(commune_id=communes[key[0]], code=key[1], label=drafts.postal_codes[key])
            for key in changes["postal_codes"]
        ],
        ["label"],
        ("commune", "code"),
    )
    _write_aliases(drafts, changes, communes)
    _write_neighbourhoods(drafts, changes["neighbourhoods"], communes)
    _analyse()


def _analyse() -> None:
    """Let PostgreSQL look at the new rows now: without that, the first searches would be planned for empty tables."""
    tables = (Commune, PostalCode, CommuneAlias, PriorityNeighbourhood, PriorityNeighbourhood.communes.through)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables))


def _values(draft, kind: type, *left_out: str) -> dict:
    return {name: getattr(draft, name) for name in _columns(kind, *left_out)}


def _write_communes(drafts: Drafts, codes: list[str]) -> None:
    """Write whole communes before those that are part of one, because these point at them."""
    departments, areas, pools = _ids(Department), _ids(EmploymentArea), _ids(LabourPool)
    links = ("department", "parent", "employment_area", "labour_pool")

    def build(chosen: Callable[[CommuneDraft], bool], communes: dict[str, int]) -> Iterable[Commune]:
        for code in codes:
            draft = drafts.communes[code]
            if chosen(draft):
                yield Commune(
                    code=code,
                    department_id=departments[draft.department],
                    parent_id=communes[draft.parent] if draft.parent else None,
                    employment_area_id=areas[draft.employment_area] if draft.employment_area else None,
                    labour_pool_id=pools[draft.labour_pool] if draft.labour_pool else None,
                    **_values(draft, CommuneDraft, *links),
                )

    columns = _columns(CommuneDraft)
    _upsert(Commune, build(lambda draft: draft.parent is None, {}), columns)
    if any(drafts.communes[code].parent for code in codes):
        _upsert(Commune, build(lambda draft: draft.parent is not None, _ids(Commune)), columns)


def _write_aliases(drafts: Drafts, changes: dict[str, list], communes: dict[str, int]) -> None:
    """Create the new names; a former code whose name was unknown gets it in place."""
    stored = drafts.stored["former"]
    for commune, code in changes["former"]:
        if (commune, code) in stored:
            CommuneAlias.objects.filter(commune_id=communes[commune], code=code, name=stored[commune, code]).update(
                name=drafts.former[commune, code]
            )
    new = [
        CommuneAlias(commune_id=communes[key[0]], code=key[1], name=drafts.former[key])
        for key in changes["former"]
        if key not in stored
    ]
    new += [CommuneAlias(commune_id=communes[key[0]], name=drafts.localities[key]) for key in changes["localities"]]
    CommuneAlias.objects.bulk_create(new, batch_size=_BATCH)


def _write_neighbourhoods(drafts: Drafts, codes: list[str], communes: dict[str, int]) -> None:
    if not codes:
        return
    columns = _columns(NeighbourhoodDraft, "communes")
    _upsert(
        PriorityNeighbourhood,
        [
            PriorityNeighbourhood(code=code, **_values(drafts.neighbourhoods[code], NeighbourhoodDraft, "communes"))
            for code in codes
        ],
        columns,
    )
    ids = _ids(PriorityNeighbourhood)
    link = PriorityNeighbourhood.communes.through
    link.objects.bulk_create(
        [
            link(priorityneighbourhood_id=ids[code], commune_id=communes[commune])
            for code in codes
            for commune in sorted(drafts.neighbourhoods[code].communes)
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
