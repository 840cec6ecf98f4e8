"""Where a commune is, and whether a point lies in a priority neighbourhood."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from vivier.territories.distances import contains
from vivier.territories.models import Commune, Department, PriorityNeighbourhood, QpvCoverage

#: Degrees around a point within which communes tell which departments are concerned (about 20 km).
_AROUND = 0.2


@dataclass(frozen=True)
class Location:
    """A point in degrees. `approximate`: not the commune's own point, but that of its department (or region)."""

    latitude: float
    longitude: float
    approximate: bool


def location(commune: Commune) -> Location | None:
    """Return the commune's point, else that of the city it is part of, else its department's centroid (approximate).

    None when even the department has no centroid. Reads `parent` and `department`: select them beforehand in lists.
    """
    if commune.latitude is not None:
        return Location(commune.latitude, commune.longitude, approximate=False)
    if commune.parent_id and commune.parent.latitude is not None:
        return Location(commune.parent.latitude, commune.parent.longitude, approximate=False)
    department = commune.department
    if department.latitude is not None:
        return Location(department.latitude, department.longitude, approximate=True)
    return None


class QpvStatus(StrEnum):
    """Whether a point lies in a priority neighbourhood; unknown is an answer, and is never served as "no"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def qpv_status(latitude: float, longitude: float, *, department: Department | None = None) -> QpvStatus:
    """Tell whether a point in degrees lies in a priority neighbourhood.

    `no` needs every department around (or the given one) to have a complete coverage and an outline for each of its
    neighbourhoods; otherwise what is not `yes` is `unknown`.
    """
    near = PriorityNeighbourhood.objects.filter(
        south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
    )
    if any(contains(outline, latitude, longitude) for outline in near.values_list("outline", flat=True)):
        return QpvStatus.YES
    around = Q(
        communes__latitude__range=(latitude - _AROUND, latitude + _AROUND),
        communes__longitude__range=(longitude - _AROUND, longitude + _AROUND),
    )
    departments = dict(
        Department.objects.filter(Q(pk=department.pk) if department else around)
        .values_list("pk", "qpv_coverage")
        .distinct()
    )
    if not departments or set(departments.values()) != {QpvCoverage.COMPLETE}:
        return QpvStatus.UNKNOWN
    without_outline = PriorityNeighbourhood.objects.filter(
        outline__isnull=True, communes__department__in=list(departments)
    )
    return QpvStatus.UNKNOWN if without_outline.exists() else QpvStatus.NO
