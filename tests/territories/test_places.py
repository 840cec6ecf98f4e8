"""The shipped places, where they are, and whether a point is in a priority neighbourhood."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.territories.official_files import square
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import DomainError, NotAllowed
from vivier.territories import operations
from vivier.territories.distances import distance_km
from vivier.territories.locations import QpvStatus, location, qpv_status
from vivier.territories.models import (
    Commune,
    DensityClass,
    Department,
    PostalCode,
    PriorityNeighbourhood,
    QpvCoverage,
    Region,
)

pytestmark = pytest.mark.django_db
CITIES = {"38185", "26362", "69123", "42218", "63113"}


def test_all_departments_and_regions_are_shipped_with_their_centroid(shipped):
    assert Department.objects.filter(latitude__isnull=False).count() == 109
    assert Region.objects.filter(latitude__isnull=False).count() == 26


def test_communes_around_each_city_are_within_12_km(shipped):
    rows = Commune.objects.exclude(name="Romans-sur-Isère").values_list("code", "latitude", "longitude")
    cities = {code: point for code, *point in rows if code in CITIES}
    near = dict.fromkeys(CITIES, 0)
    for code, *point in rows:
        city, kilometres = min(
            ((city, distance_km(*point, *place)) for city, place in cities.items()), key=lambda found: found[1]
        )
        assert kilometres <= 12, code
        near[city] += code != city
    assert min(near.values()) >= 8


def test_no_two_cities_of_the_demonstration_share_a_30_km_circle(shipped):
    rows = list(Commune.objects.values_list("code", "latitude", "longitude"))
    group = {"07": "Valence", "26": "Valence", "38": "Grenoble", "42": "Saint-Étienne", "69": "Lyon", "63": "Clermont"}
    assert all(distance_km(*a[1:], *b[1:]) > 30 for a in rows for b in rows if group[a[0][:2]] != group[b[0][:2]])


def test_shipping_twice_adds_nothing_and_keeps_what_was_imported_since(shipped):
    Commune.objects.filter(code="26362").update(population=70_000)
    before = Commune.objects.count(), PostalCode.objects.count()
    operations.load_shipped(by=SYSTEM)
    assert (Commune.objects.count(), PostalCode.objects.count()) == before
    assert Commune.objects.get(code="26362").population == 70_000


def test_an_arrondissement_is_part_of_its_city(shipped):
    third = Commune.objects.get(code="69383")
    assert third.parent.name == "Lyon" and third.is_current


@pytest.mark.parametrize(
    ("density", "rural"),
    [(DensityClass.RURAL_TOWN, True), (DensityClass.SMALL_TOWN, False), (None, None)],
)
def test_rural_follows_the_density_class(density, rural):
    assert Commune(density_class=density).is_rural is rural


def test_location_falls_back_and_says_so(shipped):
    lyon, third = Commune.objects.get(code="69123"), Commune.objects.get(code="69383")
    assert location(lyon) == location(lyon) and not location(lyon).approximate
    third.latitude = third.longitude = None
    assert (location(third).latitude, location(third).approximate) == (lyon.latitude, False)
    lyon.latitude = lyon.longitude = None
    assert location(lyon).approximate and location(lyon).latitude == lyon.department.latitude
    lyon.department.latitude = None
    assert location(lyon) is None


@pytest.mark.parametrize("point", [{"latitude": 91, "longitude": 0}, {"latitude": 45, "longitude": None}])
def test_the_database_refuses_a_point_off_the_earth(shipped, point):
    with pytest.raises(IntegrityError, match="commune_point_on_earth"), transaction.atomic():
        Commune.objects.filter(code="26362").update(**point)


# --- Priority neighbourhoods ----------------------------------------------------------------------------------


def add_neighbourhood(outline=True) -> PriorityNeighbourhood:
    shape = {"type": "Polygon", "coordinates": [square(44.93, 4.91, 0.005), square(44.932, 4.912, 0.001)]}
    box = {"south": 44.93, "west": 4.91, "north": 44.935, "east": 4.915, "outline": shape}
    row = PriorityNeighbourhood.objects.create(code="QN02607M", name="Les Hauts de Valence", **(box if outline else {}))
    row.communes.add(Commune.objects.get(code="26362"))
    return row


def declare(code: str, coverage=QpvCoverage.COMPLETE) -> None:
    operations.declare_qpv_coverage(
        by=SYSTEM, department=Department.objects.get(code=code), coverage=coverage, source="ANCT", on=date(2026, 1, 1)
    )


INSIDE, IN_THE_HOLE, ELSEWHERE = (44.934, 4.914), (44.9325, 4.9125), (44.90, 4.90)


def test_a_point_in_the_outline_is_in_whatever_the_coverage(shipped):
    add_neighbourhood()
    assert qpv_status(*INSIDE) == QpvStatus.YES


@pytest.mark.parametrize("point", [IN_THE_HOLE, ELSEWHERE])
def test_no_needs_a_complete_coverage(shipped, point):
    add_neighbourhood()
    drome = Department.objects.get(code="26")
    assert qpv_status(*point, department=drome) == QpvStatus.UNKNOWN
    declare("26", QpvCoverage.PARTIAL)
    assert qpv_status(*point, department=drome) == QpvStatus.UNKNOWN
    declare("26")
    assert qpv_status(*point, department=drome) == QpvStatus.NO


def test_without_a_department_all_those_around_must_be_complete(shipped):
    add_neighbourhood()
    declare("26")
    assert qpv_status(*ELSEWHERE) == QpvStatus.UNKNOWN, "Ardèche is across the river"
    declare("07")
    assert qpv_status(*ELSEWHERE) == QpvStatus.NO


def test_far_from_any_commune_nothing_is_known(shipped):
    assert qpv_status(0.0, 0.0) == QpvStatus.UNKNOWN


def test_a_neighbourhood_without_outline_forbids_to_say_no(shipped):
    add_neighbourhood(outline=False)
    declare("26")
    assert qpv_status(*ELSEWHERE, department=Department.objects.get(code="26")) == QpvStatus.UNKNOWN


def test_only_the_operator_declares_a_coverage_and_a_complete_one_has_a_source(shipped):
    drome = Department.objects.get(code="26")
    wanted = {"department": drome, "coverage": QpvCoverage.COMPLETE, "on": date(2026, 1, 1)}
    with pytest.raises(NotAllowed):
        operations.declare_qpv_coverage(by=VISITOR, source="ANCT", **wanted)
    with pytest.raises(DomainError, match="source"):
        operations.declare_qpv_coverage(by=SYSTEM, source=" ", **wanted)
    with pytest.raises(IntegrityError, match="department_complete_coverage_has_source"), transaction.atomic():
        Department.objects.filter(code="26").update(qpv_coverage=QpvCoverage.COMPLETE)
