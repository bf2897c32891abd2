"""Provinces, zones and boundary files: counts, codes and references between them."""

from __future__ import annotations

import csv
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "places" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def layer(name: str) -> Any:
    return json.loads((DATA / "geo" / name).read_text(encoding="utf-8"))


def points(coordinates: Any) -> list[list[float]]:
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [p for part in coordinates for p in points(part)]


def inside(lon: float, lat: float, ring: list[list[float]]) -> bool:
    """Even-odd rule."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def holds(geometry: dict[str, Any], lon: float, lat: float) -> bool:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return any(
        inside(lon, lat, part[0]) and not any(inside(lon, lat, hole) for hole in part[1:]) for part in parts
    )


def test_34_provinces_are_made_of_63() -> None:
    provinces, former = rows("provinces.csv"), rows("former_provinces.csv")
    assert (len(provinces), len(former)) == (34, 63)
    assert len({f["code_old"] for f in former}) == 63
    merged = {p["code"]: set(p["merged_from"].split(";")) for p in provinces}
    for code, parts in merged.items():
        assert {f["code_old"] for f in former if f["code_new"] == code} == parts
    assert sum(len(parts) for parts in merged.values()) == 63
    assert sum(len(parts) == 1 for parts in merged.values()) == 11


def test_seven_cities_since_april_2026_and_six_before() -> None:
    provinces = rows("provinces.csv")
    assert {p["name_vi"] for p in provinces if p["kind"] == "city"} == {
        "Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Đồng Nai", "Thành phố Hồ Chí Minh", "Cần Thơ",
    }  # fmt: skip
    assert sum("city@2025-07-01" in p["kinds"] for p in provinces) == 5
    assert next(p["kinds"] for p in provinces if p["code"] == "46") == "city@2025-01-01"
    (dong_nai,) = [p for p in provinces if p["code"] == "75"]
    assert dong_nai["kinds"] == "province@2025-07-01;city@2026-04-30"
    assert all(p["kinds"].split(";")[-1].startswith(p["kind"] + "@") for p in provinces)


def test_abbreviations_of_project_codes_are_unique() -> None:
    short = {p["code"]: p["abbreviation"] for p in rows("provinces.csv")}
    assert len(set(short.values())) == 34
    assert all(len(a) == 3 and a.isascii() and a.isalpha() and a.isupper() for a in short.values())
    assert (short["46"], short["44"], short["56"], short["96"]) == ("HUE", "QTR", "KHA", "CMA")


def test_codes_of_the_new_list_follow_the_official_one() -> None:
    names = {p["code"]: p["name_vi"] for p in rows("provinces.csv")}
    for code, name in {
        "46": "Huế", "44": "Quảng Trị", "52": "Gia Lai", "68": "Lâm Đồng", "24": "Bắc Ninh",
        "15": "Lào Cai", "80": "Tây Ninh", "91": "An Giang", "82": "Đồng Tháp", "75": "Đồng Nai",
    }.items():  # fmt: skip
        assert names[code] == name


def test_meridians_match_their_coordinate_systems() -> None:
    zones: dict[str, set[str]] = {}
    for former in rows("former_provinces.csv"):
        assert former["central_meridian"][:3].isdigit()
        zones.setdefault(former["epsg"], set()).add(former["central_meridian"])
    assert all(len(meridians) == 1 for meridians in zones.values())
    assert {f["central_meridian"] for f in rows("former_provinces.csv") if f["code_old"] == "46"} == {
        "107°00′"
    }


def test_zones_of_hue() -> None:
    zones = rows("zones.csv")
    codes = {z["code"] for z in zones}
    assert len(zones) == len(codes) == 13
    for zone in zones:
        assert zone["province_code"] == "46"
        assert zone["parent"] in codes | {""}
        assert (zone["kind"] == "ez_subarea") == bool(zone["parent"])
        assert zone["source"] and zone["confidence"] in {"high", "medium", "low"}
        assert bool(zone["lat"]) == bool(zone["radius_km"]) == bool(zone["accuracy"])
        if zone["radius_km"]:
            circle_ha = math.pi * float(zone["radius_km"]) ** 2 * 100
            assert circle_ha == pytest.approx(float(zone["area_ha"]), rel=0.02)
    industrial = [float(z["area_ha"]) for z in zones if z["kind"] == "industrial_zone"]
    assert (len(industrial), sum(industrial)) == (6, 2468)


@pytest.mark.parametrize(
    ("name", "list_name", "column"),
    [
        ("provinces_34.geojson", "provinces.csv", "code"),
        ("provinces_63.geojson", "former_provinces.csv", "code_old"),
    ],
)
def test_boundary_layer(name: str, list_name: str, column: str) -> None:
    assert (DATA / "geo" / name).stat().st_size < 250_000
    boundaries = layer(name)
    assert {"source", "licence", "made", "accuracy_km"} <= set(boundaries["provenance"])
    assert boundaries["provenance"]["accuracy_km"] == 15
    features = boundaries["features"]
    assert [f["properties"]["code"] for f in features] == sorted(r[column] for r in rows(list_name))
    for feature in features:
        assert set(feature["properties"]) == {"code", "name_vi", "name_en"}
        for lon, lat in points(feature["geometry"]["coordinates"]):
            assert 102 <= lon <= 117.9 and 7 <= lat <= 23.5
            assert (round(lon, 4), round(lat, 4)) == (lon, lat)


def test_every_centroid_lies_in_its_own_province_and_in_no_other() -> None:
    shapes = {f["properties"]["code"]: f["geometry"] for f in layer("provinces_34.geojson")["features"]}
    for p in rows("provinces.csv"):
        lon, lat = float(p["centroid_lon"]), float(p["centroid_lat"])
        assert [c for c, shape in shapes.items() if holds(shape, lon, lat)] == [p["code"]]


def test_islands_carry_their_names_and_units() -> None:
    islands = {f["properties"]["code"]: f for f in layer("islands.geojson")["features"]}
    assert set(islands) == {"hoang-sa", "truong-sa"}
    for code, unit, name in (("hoang-sa", "48", "Hoàng Sa"), ("truong-sa", "56", "Trường Sa")):
        properties = islands[code]["properties"]
        assert properties["province_code"] == unit
        assert name in properties["name_vi"] and name in properties["name_en"]
        assert properties["approximate"] is True
        lon, lat = islands[code]["geometry"]["coordinates"]
        west, south, east, north = properties["extent"]
        assert west < lon < east and south < lat < north
