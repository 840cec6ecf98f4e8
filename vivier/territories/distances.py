"""Distances on the earth and points in polygons. Pure: degrees in, kilometres or booleans out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt

#: Mean radius of the earth (IUGG), in kilometres.
EARTH_RADIUS_KM = 6371.0088
_KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]


def distance_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees (haversine formula)."""
    lat_a, lat_b = radians(latitude_a), radians(latitude_b)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(longitude_b - longitude_a) / 2)
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_lat**2 + cos(lat_a) * cos(lat_b) * half_lon**2)))


@dataclass(frozen=True)
class Box:
    """The smallest rectangle around a shape, in degrees."""

    south: float
    west: float
    north: float
    east: float


def polygons_of(geometry: dict) -> list[Polygon]:
    """Return the polygons of a GeoJSON Polygon or MultiPolygon; other geometries have none."""
    if geometry.get("type") == "Polygon":
        return [geometry["coordinates"]]
    if geometry.get("type") == "MultiPolygon":
        return list(geometry["coordinates"])
    return []


def box_of(geometry: dict) -> Box:
    """Return the bounding box of a GeoJSON Polygon or MultiPolygon that has at least one point."""
    points = [point for polygon in polygons_of(geometry) for ring in polygon for point in ring]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def contains(geometry: dict, latitude: float, longitude: float) -> bool:
    """Tell whether a point lies in a Polygon or MultiPolygon: even-odd rule within each polygon, so holes are out."""
    return any(_in_polygon(polygon, latitude, longitude) for polygon in polygons_of(geometry))


def _in_polygon(polygon: Polygon, latitude: float, longitude: float) -> bool:
    inside = False
    for ring in polygon:
        for (lon_a, lat_a, *_), (lon_b, lat_b, *_) in _edges(ring):
            # Half-open on the latitude, so that a vertex at the very height of the point counts once.
            if (lat_a > latitude) != (lat_b > latitude):
                crossing = lon_a + (latitude - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
                if longitude < crossing:
                    inside = not inside
    return inside


def _edges(ring: Ring) -> Iterable[tuple[Sequence[float], Sequence[float]]]:
    """Yield the edges of a ring; a ring that upstream left open is closed."""
    return zip(ring, [*ring[1:], ring[0]], strict=True) if ring else ()


def area_km2(geometry: dict) -> float:
    """Return the area of a small Polygon or MultiPolygon in km², on a plane at its latitude; holes are taken off."""
    total = 0.0
    for polygon in polygons_of(geometry):
        for index, ring in enumerate(polygon):
            twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(ring))
            scale = _KM_PER_DEGREE**2 * cos(radians(ring[0][1])) if ring else 0.0
            total += (1 if index == 0 else -1) * abs(twice) / 2 * scale
    return total


def centre_of(geometry: dict) -> tuple[float, float]:
    """Return (latitude, longitude) of the area centroid of the largest outer ring: near, not always inside."""
    ring = max((polygon[0] for polygon in polygons_of(geometry)), key=lambda ring: abs(_twice_area(ring)))
    twice = _twice_area(ring)
    if not twice:
        return (sum(point[1] for point in ring) / len(ring), sum(point[0] for point in ring) / len(ring))
    lon_0, lat_0 = ring[0][0], ring[0][1]
    longitude = latitude = 0.0
    for a, b in _edges(ring):
        ax, ay, bx, by = a[0] - lon_0, a[1] - lat_0, b[0] - lon_0, b[1] - lat_0
        cross = ax * by - bx * ay
        longitude += (ax + bx) * cross
        latitude += (ay + by) * cross
    return lat_0 + latitude / (3 * twice), lon_0 + longitude / (3 * twice)


def _twice_area(ring: Ring) -> float:
    lon_0, lat_0 = ring[0][0], ring[0][1]
    return sum((a[0] - lon_0) * (b[1] - lat_0) - (b[0] - lon_0) * (a[1] - lat_0) for a, b in _edges(ring))
