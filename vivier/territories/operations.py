"""Writes on the referentials of places: the facts that the project ships, and what an operator declares of QPV.

The official files are written by `vivier.territories.importing`.
"""

import csv
from datetime import date
from pathlib import Path

from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.territories.models import (
    Commune,
    CommuneAlias,
    Department,
    EmploymentArea,
    LabourPool,
    PostalCode,
    QpvCoverage,
    Region,
)

_DATA = Path(__file__).with_name("data")


def _table(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _point(row: dict[str, str]) -> dict[str, float]:
    return {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}


def _by_code(model) -> dict:
    return {row.code: row for row in model.objects.all()}


def _create_missing(model, rows: list) -> dict:
    """Create the rows whose code is unknown, touch no other, and return all rows of the model by code."""
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(row for row in rows if row.code not in known)
    return _by_code(model)


@operation
def load_shipped_frame(*, by: Actor) -> None:
    """Create the regions and departments that are missing, with their centroids. Safe to repeat."""
    regions = _create_missing(
        Region, [Region(code=row["code"], name=row["name"], **_point(row)) for row in _table("regions.csv")]
    )
    _create_missing(
        Department,
        [
            Department(code=row["code"], name=row["name"], region=regions[row["region"]], **_point(row))
            for row in _table("departments.csv")
        ],
    )


@operation
def load_shipped(*, by: Actor) -> None:
    """Create what the demonstration needs and is missing; what is there, imported since, keeps its values."""
    load_shipped_frame(by=by)
    rows = _table("communes.csv")
    areas = _create_missing(EmploymentArea, _named_once(EmploymentArea, rows, "employment_area"))
    pools = _create_missing(LabourPool, _named_once(LabourPool, rows, "labour_pool"))
    departments = _by_code(Department)
    before = set(Commune.objects.values_list("code", flat=True))
    communes: dict[str, Commune] = {}
    for cities in (True, False):
        communes = _create_missing(
            Commune,
            [
                Commune(
                    code=row["code"],
                    name=row["name"],
                    department=departments[row["department"]],
                    parent=communes.get(row["parent"]),
                    employment_area=areas[row["employment_area"]],
                    labour_pool=pools[row["labour_pool"]],
                    population=int(row["population"]),
                    density_class=row["density_class"],
                    **_point(row),
                )
                for row in rows
                if cities is not bool(row["parent"])
            ],
        )
    added = [row for row in rows if row["code"] not in before]
    PostalCode.objects.bulk_create(
        [PostalCode(commune=communes[row["code"]], code=code) for row in added for code in row["postal_codes"].split()],
        ignore_conflicts=True,
    )
    former = [(row, text.strip().partition(" ")) for row in added for text in row["former_communes"].split("|") if text]
    CommuneAlias.objects.bulk_create(
        [CommuneAlias(commune=communes[row["code"]], code=code, name=name) for row, (code, _, name) in former],
        ignore_conflicts=True,
    )


def _named_once(model, rows: list[dict[str, str]], column: str) -> list:
    names = {row[column]: row[f"{column}_name"] for row in rows if row[column]}
    return [model(code=code, name=name) for code, name in names.items()]


@operation
def declare_qpv_coverage(*, by: Actor, department: Department, coverage: QpvCoverage, source: str, on: date) -> None:
    """State how much of a department's priority neighbourhoods is known here, from which source, checked on which day.

    Raises NotAllowed unless the operator of the machine acts, DomainError when a complete coverage names no source.
    """
    if not by.is_system:
        raise NotAllowed("Seul l’exploitant de la plateforme déclare la couverture des QPV.")
    if coverage == QpvCoverage.COMPLETE and not source.strip():
        raise DomainError("Indiquez la source qui permet d’affirmer que tous les QPV du département sont connus.")
    department.qpv_coverage = coverage
    department.qpv_coverage_source = source.strip()
    department.qpv_coverage_on = on
    department.save(update_fields=["qpv_coverage", "qpv_coverage_source", "qpv_coverage_on"])
