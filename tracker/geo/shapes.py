"""Geometries in WGS84 to and from GeoJSON, and the point that stands for one. Coordinates are longitude, latitude."""

from __future__ import annotations

from typing import Any

PLACES = 7  # decimals of a degree kept: about one centimetre


class ShapeError(ValueError):
    """A geometry that cannot be stored: empty, not finite, or of a kind that sites do not have."""


def point(lon: float, lat: float) -> Any:
    """Return a shapely Point."""
    import shapely

    return shapely.Point(round(lon, PLACES), round(lat, PLACES))


def geometry_json(geometry: Any) -> dict[str, Any]:
    """Return a GeoJSON geometry (WGS84) of a shapely geometry, seven decimals."""
    import orjson
    import shapely

    rounded = shapely.transform(geometry, lambda xy: xy.round(PLACES))
    found: dict[str, Any] = orjson.loads(shapely.to_geojson(rounded))
    return found


def from_geojson(value: dict[str, Any]) -> Any:
    """Return the shapely geometry of a GeoJSON geometry object; raises ShapeError with the reason."""
    import orjson
    import shapely

    try:
        geometry = shapely.from_geojson(orjson.dumps(value))
    except (shapely.errors.GEOSException, TypeError) as error:
        raise ShapeError(str(error)) from error
    if geometry is None or geometry.is_empty:
        raise ShapeError("empty geometry")
    if geometry.geom_type not in (
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
    ):
        raise ShapeError(geometry.geom_type)
    return geometry


def standing_point(geometry: Any) -> tuple[float, float]:
    """Return longitude and latitude of a point that stands for the geometry and lies on it."""
    spot = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return round(spot.x, PLACES), round(spot.y, PLACES)
