"""Which province a point lies in, with the accuracy of the boundary layer in mind.

The shipped borders are generalised: a point just outside a province may well belong to it. So the answer is
never a bare yes or no but inside, near (within the layer's accuracy, with the distance) or outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import layers

INSIDE, NEAR, OUTSIDE = "inside", "near", "outside"

# A generous box around Viet Nam and its sea: west, south, east, north.
COUNTRY = (102.0, 7.0, 117.9, 23.5)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a point stands to a province: `code` of the list of 34, None when no shape is known for it.

    `distance_km` is 0 inside, else the way to the nearest part of the shape; `tolerance_km` is the layer's
    accuracy.
    """

    verdict: str
    code: str | None
    distance_km: float
    tolerance_km: float


def in_country(lon: float, lat: float) -> bool:
    """Return whether a point lies in the box around Viet Nam and its sea; catches swapped values."""
    west, south, east, north = COUNTRY
    return west <= lon <= east and south <= lat <= north


def province_at(lon: float, lat: float) -> Standing:
    """Return the province (of the 34) that holds the point, else the nearest one. Degrees WGS84.

    Raises ValueError for values that are no coordinates. At sea the verdict is near or outside.
    """
    distances = _distances(lon, lat)
    code, distance = min(distances.items(), key=lambda item: (item[1], item[0]))
    return _standing(code, distance)


def against_province(code: str, lon: float, lat: float) -> Standing:
    """Return how the point stands to the stated province; `code` is None when that has no shape."""
    distance = _distances(lon, lat).get(code)
    return _standing(None, math.inf) if distance is None else _standing(code, distance)


def _standing(code: str | None, distance: float) -> Standing:
    tolerance = layers.shipped_layer("provinces-34").accuracy_km
    verdict = INSIDE if distance == 0 else NEAR if distance <= tolerance else OUTSIDE
    return Standing(verdict, code, round(distance, 2), tolerance)


def _distances(lon: float, lat: float) -> dict[str, float]:
    """Return the distance in km to each province, 0 inside, on the ellipsoid."""
    import shapely
    from pyproj import Geod

    if not (-180 <= lon <= 180 and -90 < lat < 90):
        raise ValueError(f"no coordinates: {lon}, {lat}")
    codes, shapes = _provinces()
    # Longitudes are shortened to the length of latitudes: the nearest point is then nearest on the ground.
    shrink = math.cos(math.radians(lat))
    here = shapely.Point(lon * shrink, lat)
    ways = shapely.shortest_line(here, shapely.transform(shapes, lambda xy: xy * (shrink, 1.0)))
    ends = shapely.get_coordinates(shapely.get_point(ways, -1))
    geod = Geod(ellps="WGS84")
    found: dict[str, float] = {}
    for code, (x, y) in zip(codes, ends, strict=True):
        same = x == here.x and y == here.y
        found[code] = 0.0 if same else geod.inv(lon, lat, x / shrink, y)[2] / 1000
    return found


@cache
def _provinces() -> tuple[tuple[str, ...], Any]:
    """Return the codes of the 34 and an array of their shapes, in the same order."""
    import numpy as np
    import orjson
    import shapely

    features = layers.collection("provinces-34")["features"]
    shapes = np.array([shapely.from_geojson(orjson.dumps(f["geometry"])) for f in features], dtype=object)
    return tuple(f["properties"]["code"] for f in features), shapes
