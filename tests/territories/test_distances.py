"""Distances and points in polygons."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.territories.official_files import square
from vivier.territories.distances import area_km2, box_of, centre_of, contains, distance_km

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)


def test_valence_is_18_km_from_romans():
    assert distance_km(44.92256, 4.91365, 45.05484, 5.03819) == pytest.approx(17.67, abs=0.01)


def test_a_quarter_of_a_meridian():
    assert distance_km(0, 0, 90, 0) == pytest.approx(math.pi / 2 * 6371.0088)


@given(points, points, points)
def test_distance_is_a_metric(a, b, c):
    assert distance_km(*a, *a) == 0
    assert distance_km(*a, *b) == pytest.approx(distance_km(*b, *a))
    assert 0 <= distance_km(*a, *b) <= math.pi * 6371.01
    assert distance_km(*a, *c) <= distance_km(*a, *b) + distance_km(*b, *c) + 1e-3


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


WITH_HOLE = polygon(square(45, 5, 0.1), square(45.04, 5.04, 0.02))
TWO = {"type": "MultiPolygon", "coordinates": [[square(45, 5, 0.1)], [square(46, 6, 0.1)]]}


@pytest.mark.parametrize(
    ("shape", "point", "expected"),
    [
        (WITH_HOLE, (45.01, 5.01), True),
        (WITH_HOLE, (45.05, 5.05), False),
        (WITH_HOLE, (44.99, 5.01), False),
        (TWO, (45.05, 5.05), True),
        (TWO, (46.05, 6.05), True),
        (TWO, (45.5, 5.5), False),
        ({"type": "Point", "coordinates": [5, 45]}, (45, 5), False),
    ],
)
def test_contains(shape, point, expected):
    assert contains(shape, *point) is expected


def test_an_open_ring_is_closed():
    assert contains(polygon(square(45, 5, 0.1)[:-1]), 45.05, 5.05)


@given(
    st.floats(-60, 60),
    st.floats(-170, 170),
    st.floats(0.001, 5),
    st.floats(0.01, 0.99),
    st.floats(0.01, 0.99),
    st.sampled_from(["in", "south", "north", "west", "east"]),
)
def test_a_square_contains_exactly_its_inside(south, west, side, up, right, where):
    latitude, longitude = south + up * side, west + right * side
    latitude += {"south": -side, "north": side}.get(where, 0)
    longitude += {"west": -side, "east": side}.get(where, 0)
    assert contains(polygon(square(south, west, side)), latitude, longitude) is (where == "in")


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0.01, 1))
def test_centre_and_box_of_a_square(south, west, side):
    shape = polygon(square(south, west, side))
    box = box_of(shape)
    assert (box.south, box.west) == (south, west)
    assert centre_of(shape) == (pytest.approx(south + side / 2, abs=1e-6), pytest.approx(west + side / 2, abs=1e-6))


def test_area_takes_holes_off():
    whole = area_km2(polygon(square(45, 5, 0.01)))
    assert whole == pytest.approx(1.112 * 1.112 * math.cos(math.radians(45)), rel=0.01)
    assert area_km2(polygon(square(45, 5, 0.01), square(45.004, 5.004, 0.005))) == pytest.approx(whole * 0.75, rel=0.01)


def test_the_centre_of_a_flat_ring_is_its_mean():
    assert centre_of(polygon([[5, 45], [5.2, 45], [5.4, 45]])) == (45, pytest.approx(5.2))
