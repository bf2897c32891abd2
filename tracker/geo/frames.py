"""A selection as a GeoDataFrame (WGS84): the one road from the portfolio to everything spatial."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ..domain.technologies import TECHNOLOGIES

CRS = "EPSG:4326"
COLUMNS = (
    "code",
    "name_vi",
    "name_en",
    "technologies",
    "family",
    "status",
    "stage",
    "province_code",
    "accuracy",
    "capacity_mw",
    "storage_mw",
    "storage_mwh",
    "size_mw",
    "plan",
    "calling",
    "sample",
)

_DTYPES = dict.fromkeys(("capacity_mw", "storage_mw", "storage_mwh", "size_mw"), float) | {
    "calling": bool,
    "sample": bool,
}


class Spot(Protocol):
    """A place of a project as rows carry it."""

    @property
    def lon(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def accuracy(self) -> str: ...


class Located(Protocol):
    """A project with its places."""

    @property
    def technologies(self) -> tuple[str, ...]: ...
    @property
    def places(self) -> Sequence[Spot]: ...


def spots_of(row: Located) -> list[tuple[float, float, str]]:
    """Return longitude, latitude and accuracy of each place that may be drawn as a point.

    A place known by its province only is never one, even if somebody gave it coordinates.
    """
    return [
        (place.lon, place.lat, place.accuracy)
        for place in row.places
        if place.lon is not None and place.lat is not None and place.accuracy != "province"
    ]


def family_of(row: Located) -> str:
    """Return the family of a project's first technology, by which it is coloured."""
    first = row.technologies[0] if row.technologies else "other"
    return TECHNOLOGIES[first].family if first in TECHNOLOGIES else "other"


def frame_of(rows: Iterable[Any]) -> Any:
    """Return a GeoDataFrame (EPSG:4326) of `services.rows.Row`, in their order.

    Columns: `COLUMNS` and `geometry`: a Point, a MultiPoint when the project has several places, None when
    it has no place that may be drawn. `technologies` and `plan` hold tuples of codes; MW and MWh stay apart.
    """
    import geopandas
    import pandas
    import shapely

    records: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for row in rows:
        spots = spots_of(row)
        values = {name: getattr(row, name) for name in COLUMNS if name not in ("family", "accuracy")}
        records.append(values | {"family": family_of(row), "accuracy": row.accuracy})
        points = [(lon, lat) for lon, lat, _ in spots]
        shapes.append(
            None
            if not points
            else shapely.Point(points[0])
            if len(points) == 1
            else shapely.MultiPoint(points)
        )
    columns = {
        name: pandas.Series([record[name] for record in records], dtype=_DTYPES.get(name, object))
        for name in COLUMNS
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=CRS)
