"""The selection as a GeoDataFrame."""

from __future__ import annotations

from typing import Any

from tracker.geo import frames
from tracker.services.rows import Place, Row


def place(lon: float | None, lat: float | None, accuracy: str = "exact") -> Place:
    return Place(
        lon=lon, lat=lat, accuracy=accuracy, province_code="46", commune=None, zone_code=None, shape=None
    )


def row(code: str, **changes: Any) -> Row:
    values: dict[str, Any] = {
        "id": 1,
        "code": code,
        "name_vi": "Dự án",
        "name_en": None,
        "technologies": ("solar_ground",),
        "status": "operating",
        "stage": None,
        "province_code": "46",
        "units": (),
        "places": (),
        "plan": ("listed",),
        "plan_refs": (),
        "investors": (),
        "cod": None,
        "calling": False,
        "invest_vnd_bn": None,
        "invest_usd_m": None,
        "confidence": None,
        "last_checked": None,
        "sample": False,
        "licences": (),
        "revision": 1,
        "number": 1,
        "review_state": None,
    }
    return Row(**(values | changes))


def test_one_row_per_project_with_a_geometry_or_none() -> None:
    rows = [
        row("HUE-SOL-001", places=(place(107.5, 16.5),)),
        row(
            "HUE-WIN-001",
            technologies=("wind_offshore",),
            places=(place(107.6, 16.7), place(107.7, 16.8, "approximate")),
        ),
        row("HUE-SOL-002", places=(place(None, None, "province"),)),
        row("HUE-SOL-003", places=(place(107.5, 16.4, "province"),)),
        row("HUE-SOL-004"),
    ]
    frame = frames.frame_of(rows)
    assert frame.crs.to_epsg() == 4326
    assert list(frame["code"]) == [r.code for r in rows]
    assert [g.geom_type if g else None for g in frame.geometry] == ["Point", "MultiPoint", None, None, None]
    assert (frame.geometry[0].x, frame.geometry[0].y) == (107.5, 16.5)
    assert list(frame["family"]) == ["solar", "offshore_wind", "solar", "solar", "solar"]
    assert list(frame["accuracy"]) == ["exact", "exact", "province", "province", None]


def test_an_empty_selection_is_an_empty_frame_with_all_columns() -> None:
    frame = frames.frame_of([])
    assert len(frame) == 0
    assert set(frames.COLUMNS) < set(frame.columns)
