"""Who is near: an index of places on the sphere, read by slices, and exact distances (compiled).

Mentors are sorted by band of latitude, then by longitude. Those within reach of a place lie in few slices of that
order; the slices hold some others too, whom a distance tells apart.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled
from .policy import MAX_RADIUS_KM
from .problem import IntArray
from .tables import UNKNOWN, People

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
MARGIN_KM = 0.002  # far more than rounding to the metre and the last bits of sines take away


class Index(NamedTuple):
    """K placed mentors, in groups of like location errors, each group in B bands from the south to the north.

    position   (K,) whose place it is; longitude: (K,) radians, ascending within a band; point: (K, 3) on the sphere
    starts     (groups · B + 1,) where each band begins
    error_km   (groups,) the largest of a group: one rough place must not widen the search for everybody
    south, height   latitude at which the bands begin, and how high one is (radians)
    """

    position: NDArray[np.int32]
    longitude: NDArray[np.float64]
    point: NDArray[np.float64]
    starts: IntArray
    error_km: NDArray[np.float64]
    south: float
    height: float


def build_index(people: People, chosen: NDArray[np.bool_], radius_km: float) -> Index:
    """The index of the chosen people, whose places are known, for searches of about that radius."""
    position = np.flatnonzero(chosen)
    latitude, error = people.latitude[position], people.error_km[position]
    # Errors of one group differ by no more than the radius, or by a factor of two.
    octave = np.floor(np.log2(1 + np.minimum(error, math.pi * EARTH_RADIUS_KM) / radius_km)).astype(np.int64)
    octaves, group = np.unique(octave, return_inverse=True)
    south, north = latitude.min(initial=math.pi / 2), latitude.max(initial=-math.pi / 2)
    # Half the radius high: few slices, little outside the circle. Never many more bands than there are people in one.
    most = 1 + 4 * math.isqrt(len(position))
    bands = max(1, min(most, math.ceil((north - south) * 2 * EARTH_RADIUS_KM / radius_km)))
    height = max(north - south, 1e-9) / bands
    band = np.clip((latitude - south) / height, 0, bands - 1).astype(np.int64)
    row = group * bands + band
    order = np.lexsort((people.longitude[position], row))
    largest = np.zeros(len(octaves))
    np.maximum.at(largest, group, error)
    return Index(
        position=position[order].astype(np.int32),
        longitude=people.longitude[position[order]],
        point=people.point[position[order]],
        starts=np.searchsorted(row[order], np.arange(len(octaves) * bands + 1)),
        error_km=largest,
        south=float(south),
        height=float(height),
    )


@compiled
def slices(index, group, latitude, longitude, km, found):
    """Write into `found` (2B, 2) the slices of a group that hold everybody within `km`; return how many slices."""
    bands = (len(index.starts) - 1) // len(index.error_km)
    reach = (min(km, MAX_RADIUS_KM) + 2 * MARGIN_KM) / EARTH_RADIUS_KM
    first = max(0.0, math.floor((latitude - reach - index.south) / index.height))
    last = min(bands - 1.0, math.floor((latitude + reach - index.south) / index.height))
    around = math.pi  # a circle that holds a pole meets every longitude
    if abs(latitude) + reach < math.pi / 2:
        around = math.asin(math.sin(reach) / math.cos(latitude))
    west, east = longitude - around, longitude + around
    count = 0
    for band in range(group * bands + int(first), group * bands + int(last) + 1):
        start, end = index.starts[band], index.starts[band + 1]
        if start == end:
            continue
        if around == math.pi:
            count = _keep(found, count, start, end)
        else:
            in_band = index.longitude[start:end]
            count = _keep(
                found, count, start + np.searchsorted(in_band, west), start + np.searchsorted(in_band, east, "right")
            )
            if west < -math.pi:  # the rest lies beyond the antimeridian
                count = _keep(found, count, start + np.searchsorted(in_band, west + 2 * math.pi), end)
            elif east > math.pi:
                count = _keep(found, count, start, start + np.searchsorted(in_band, east - 2 * math.pi, "right"))
    return count


@compiled
def _keep(found, count, start, end):
    found[count, 0], found[count, 1] = start, end
    return count + (start < end)


@compiled
def chord_squared(a, i, b, j):
    """Squared chord between the points a[i] and b[j]."""
    x, y, z = a[i, 0] - b[j, 0], a[i, 1] - b[j, 1], a[i, 2] - b[j, 2]
    return x * x + y * y + z * z


@compiled
def chord_of(km):
    """Squared chord of a great-circle distance: 0 if it is negative, beyond half the earth more than any chord."""
    half = max(km, 0.0) / (2 * EARTH_RADIUS_KM)
    return 5.0 if half >= math.pi / 2 else 4 * math.sin(half) ** 2


@compiled
def metres(chord):
    """Great-circle metres from a squared chord of the unit sphere (haversine); -1 where unknown (NaN).

    Rounded to the metre, so that the last bit of a sine does not differ from one machine to the next.
    """
    if math.isnan(chord):
        return np.int64(UNKNOWN)
    return np.int64(np.rint(2000 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord / 4, 1.0)))))


@compiled
def limit_metres(km, error_km):
    """Metres beyond which somebody is too far away for certain, given how far off her place may be."""
    return np.rint(1000 * (km + error_km))
