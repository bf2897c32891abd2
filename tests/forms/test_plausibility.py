"""Doubts about figures and places: what is outside its range, and what was accepted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.factories import HUE, document, site, unit
from tracker.domain.technologies import TECHNOLOGIES
from tracker.forms import plausibility
from tracker.geo.boundaries import INSIDE, NEAR, OUTSIDE, Standing
from tracker.services import checks

DATA = Path(__file__).resolve().parents[2] / "data"
RANGES = checks.ranges(DATA)


@pytest.fixture(autouse=True)
def speaking(app):
    """Messages are put into words in a request."""
    with app.test_request_context("/"):
        yield


def found(standing=None, **values):
    here = standing or Standing(INSIDE, HUE, 0, 4)
    values = {"sites": []} | values
    values["units"] = [
        {**dict.fromkeys(NAMES), "ordinal": number, **given} for number, given in enumerate(values["units"], 1)
    ]
    values["sites"] = [{"ordinal": number} | given for number, given in enumerate(values["sites"], 1)]
    return plausibility.warnings(document(**values), RANGES, standing=lambda *_: here)


NAMES = (
    "capacity_mw",
    "capacity_mwp",
    "storage_mwh",
    "turbine_count",
    "turbine_mw",
    "lng_mtpa",
    "electrolyser_mw",
    "hydrogen_kt_per_year",
    "biofuel_kt_per_year",
    "biofuel_million_litres_per_year",
    "waste_t_per_day",
)


@pytest.mark.parametrize(
    ("technology", "good", "bad", "check"),
    [
        (
            "solar_ground",
            {"capacity_mw": 35, "capacity_mwp": 48},
            {"capacity_mw": 35, "capacity_mwp": 80},
            "mwp_per_mw",
        ),
        (
            "battery_storage",
            {"capacity_mw": 10, "storage_mwh": 20},
            {"capacity_mw": 10, "storage_mwh": 200},
            "mwh_per_mw",
        ),
        ("wind_onshore", {"turbine_mw": 4.5}, {"turbine_mw": 45}, "turbine_mw"),
        (
            "wind_offshore",
            {"capacity_mw": 500, "turbine_count": 50, "turbine_mw": 10},
            {"capacity_mw": 500, "turbine_count": 5, "turbine_mw": 10},
            "turbines_mw_per_mw",
        ),
        ("lng_power", {"capacity_mw": 1500, "lng_mtpa": 1.5}, {"capacity_mw": 1500, "lng_mtpa": 15}, "lng_mtpa_per_gw"),
        (
            "green_hydrogen",
            {"electrolyser_mw": 240, "hydrogen_kt_per_year": 24},
            {"electrolyser_mw": 240, "hydrogen_kt_per_year": 240},
            "hydrogen_kt_per_mw",
        ),
        (
            "biofuel",
            {"biofuel_kt_per_year": 78.9, "biofuel_million_litres_per_year": 100},
            {"biofuel_kt_per_year": 100, "biofuel_million_litres_per_year": 78.9},
            "biofuel_kg_per_litre",
        ),
        (
            "waste_to_energy",
            {"capacity_mw": 12, "waste_t_per_day": 600},
            {"capacity_mw": 120, "waste_t_per_day": 600},
            "waste_mw_per_kt_per_day",
        ),
    ],
)
def test_each_check_of_a_unit(technology, good, bad, check):
    empty = {"capacity_mw": None} | {"technology": technology}
    assert found(units=[empty | good]) == []
    (warning,) = found(units=[{"technology": "other"}, empty | bad])
    assert warning.check == check
    assert warning.path.startswith("units-2-")
    assert warning.source
    assert warning.level == plausibility.WARNING


def test_a_gap_is_no_warning():
    assert found(units=[{"technology": "battery_storage", "storage_mwh": 200}]) == []
    assert found(units=[unit(capacity_mw=0, capacity_mwp=10)]) == []
    assert found(units=[unit()], land_ha=0, invest_vnd_bn=0) == []


def test_money_and_land():
    assert found(units=[unit(capacity_mw=50)], land_ha=60, invest_vnd_bn=1150, invest_usd_m=49) == []
    doubted = found(units=[unit(capacity_mw=50)], land_ha=6, invest_vnd_bn=1_150_000, invest_usd_m=49)
    assert [w.check for w in doubted] == ["vnd_per_usd", "vnd_bn_per_mw", "mw_per_ha"]
    assert "MW/ha" in doubted[2].message


def test_money_of_a_mix_of_technologies_is_not_judged_but_a_battery_beside_is_no_mix():
    wind = {"technology": "wind_onshore", "capacity_mw": 50}
    assert found(units=[unit(capacity_mw=50), wind], invest_vnd_bn=1_000_000) == []
    battery = {"technology": "battery_storage", "capacity_mw": 5, "storage_mwh": 10}
    assert [w.check for w in found(units=[unit(capacity_mw=50), battery], invest_vnd_bn=1_000_000)] == ["vnd_bn_per_mw"]


@pytest.mark.parametrize(
    ("standing", "more", "checks_found", "level"),
    [
        (Standing(INSIDE, HUE, 0, 4), {}, [], ""),
        (Standing(NEAR, HUE, 2.1, 4), {}, ["place_near"], "note"),
        (Standing(OUTSIDE, HUE, 35, 4), {}, ["place_outside"], "warning"),
        (Standing(OUTSIDE, HUE, 35, 4), {"at_sea": True}, [], ""),
        (Standing(OUTSIDE, None, float("inf"), 4), {}, [], ""),
        (Standing(OUTSIDE, HUE, 35, 4), {"accuracy": "province"}, [], ""),
    ],
)
def test_places(standing, more, checks_found, level):
    doubted = found(standing, units=[unit()], sites=[site(lon=107.4312, lat=16.6921) | more])
    assert [w.check for w in doubted] == checks_found
    assert all(w.level == level for w in doubted)


@pytest.mark.parametrize(
    ("lat", "lon", "accuracy", "level"),
    [
        (16.5, 107.5, "approximate", "note"),
        (16.0, 107.0, "exact", "warning"),
        (16.51, 107.52, "exact", "warning"),
        (16.51, 107.52, "approximate", None),
        (16.512, 107.5, "exact", None),
        (16.5, 107.5, "commune", None),
    ],
)
def test_round_coordinates(lat, lon, accuracy, level):
    doubted = found(units=[unit()], sites=[site(lat=lat, lon=lon, accuracy=accuracy)])
    assert [w.level for w in doubted] == ([level] if level else [])


def test_the_real_borders_are_asked():
    hanoi = document(units=[], sites=[{"ordinal": 1} | site(lon=105.8342, lat=21.0278)])
    (warning,) = plausibility.warnings(hanoi, RANGES)
    assert warning.check == "place_outside"


def test_an_override_holds_for_the_value_it_was_given_for():
    doubted = found(units=[unit(capacity_mw=50)], land_ha=6)
    accepted = [{"check": w.check, "path": w.path, "value": w.value} for w in doubted]
    assert plausibility.unanswered(doubted, accepted) == []
    changed = found(units=[unit(capacity_mw=51)], land_ha=6)
    assert plausibility.unanswered(changed, accepted) == changed


def test_every_range_is_sourced_and_known():
    with (DATA / "checks" / "plausibility.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["check"], row["technology"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["check"] in plausibility.CHECKS
        assert row["technology"] == "any" or row["technology"] in TECHNOLOGIES
        assert float(row["low"]) < float(row["high"])
        assert row["source"] and row["unit"] and row["note_vi"] and row["note_en"]
        assert row["confidence"] in ("high", "medium", "low")
        assert row["confidence"] == "low" or "General knowledge" not in row["source"]
