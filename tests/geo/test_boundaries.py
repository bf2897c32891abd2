"""A point and its province: inside, near or outside, never refused by a coarse border alone."""

from __future__ import annotations

import json

import pytest
import shapely
from pyproj import Geod

from tracker.geo import boundaries, layers
from tracker.geo.boundaries import INSIDE, NEAR, OUTSIDE


@pytest.mark.parametrize(
    ("place", "lon", "lat", "code"),
    [
        ("Huế, Đại Nội", 107.577, 16.469, "46"),
        ("Hà Nội, hồ Hoàn Kiếm", 105.852, 21.029, "01"),
        ("Đà Lạt", 108.458, 11.940, "68"),
        ("Cần Thơ", 105.783, 10.034, "92"),
    ],
)
def test_places_on_land_lie_in_their_province(place: str, lon: float, lat: float, code: str) -> None:
    assert boundaries.province_at(lon, lat) == boundaries.Standing(INSIDE, code, 0.0, 15.0), place


def test_a_point_off_the_coast_is_near_the_province_with_its_distance() -> None:
    found = boundaries.province_at(107.80, 16.55)  # some kilometres off Thuận An
    assert found.verdict == NEAR and found.code == "46"
    assert 0 < found.distance_km <= found.tolerance_km


def test_a_point_far_out_at_sea_is_outside_but_told_the_nearest() -> None:
    found = boundaries.province_at(110.5, 16.0)
    assert found.verdict == OUTSIDE and found.distance_km > 100 and found.code is not None


def test_the_stated_province_is_compared_with_tolerance() -> None:
    assert boundaries.against_province("46", 107.577, 16.469).verdict == INSIDE
    assert boundaries.against_province("48", 107.577, 16.469).verdict == OUTSIDE
    beside = boundaries.against_province("48", 108.06, 16.23)  # Lăng Cô, just north of the Hải Vân pass
    assert beside.verdict == NEAR and 0 < beside.distance_km < 15
    assert boundaries.against_province("99", 107.577, 16.469).code is None


def test_distances_are_the_shortest_on_the_ground() -> None:
    border = shapely.from_geojson(
        json.dumps(
            next(
                f["geometry"]
                for f in layers.collection("provinces-34")["features"]
                if f["properties"]["code"] == "46"
            )
        )
    )
    xy = shapely.get_coordinates(shapely.segmentize(border, 0.002))
    geod = Geod(ellps="WGS84")
    for lon, lat in ((109.0, 16.5), (110.0, 18.0), (106.0, 15.0)):
        brute = min(geod.inv(lon, lat, x, y)[2] for x, y in xy) / 1000
        assert boundaries.against_province("46", lon, lat).distance_km == pytest.approx(brute, rel=0.005)


@pytest.mark.parametrize(("lon", "lat"), [(16.47, 107.58), (float("nan"), 16.0), (107.0, 91.0)])
def test_values_that_are_no_coordinates_are_refused(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="no coordinates"):
        boundaries.province_at(lon, lat)


def test_the_box_around_the_country_takes_in_both_archipelagos_and_catches_swapped_values() -> None:
    assert boundaries.in_country(112.0, 16.5) and boundaries.in_country(114.0, 10.0)
    assert not boundaries.in_country(16.47, 107.58)
