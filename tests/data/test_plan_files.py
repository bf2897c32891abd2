"""The plan registry: counts, sums printed in the decision, and what other files rely on."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
PLAN = DATA / "plan"
PDP8_ADJUSTED = "qd-768-2025"
TECHNOLOGIES = {
    "solar_ground", "solar_rooftop", "solar_floating", "wind_onshore", "wind_nearshore", "wind_offshore",
    "lng_power", "lng_terminal", "gas_domestic", "green_hydrogen", "biofuel", "biomass", "waste_to_energy",
    "hydro", "pumped_storage", "battery_storage", "geothermal", "coal", "cogeneration", "nuclear", "flexible",
    "import", "other",
}  # fmt: skip

# MW to 2030, MW 2031-2035, MW of other or no period, rows, by table of Appendix III.
TABLES = {
    1: (25624, 10700, 0, 22),
    2: (0, 7500, 0, 5),
    3: (4693, 0, 0, 5),
    4: (6620, 0, 0, 4),
    5: (1404, 1800, 0, 9),
    6: (7900, 0, 0, 10),
    7: (3815.4, 2252, 0, 44),
    8: (318.8, 60, 0, 12),
    9: (6277, 4395, 0, 22),
    10: (0, 0, 6400, 2),
    11: (318, 0, 20287, 8),
    12: (14825.7, 0, 123.6, 197),
    13: (15612.75, 5003.5, 0, 209),
    14: (24678.85, 23808.7, 50, 340),
    15: (1140, 410, 150, 29),
    16: (410, 0, 0, 5),
    17: (6000, 0, 0, 12),
    18: (6000, 11000, 0, 25),
    19: (1500, 0, 7730, 4),
    20: (0, 0, 27000, 4),
}


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(name: str) -> Any:
    return json.loads((PLAN / name).read_text(encoding="utf-8"))


def mw(text: str) -> float:
    return float(text) if text else 0.0


def by_period(row: dict[str, str]) -> tuple[float, float, float]:
    """MW of an entry to 2030, in 2031-2035, and in neither alone; a split row counts in both."""
    if row["mw_2025_2030"] or row["mw_2031_2035"]:
        return mw(row["mw_2025_2030"]), mw(row["mw_2031_2035"]), 0.0
    high = mw(row["mw_high"])
    if row["period_to"] and int(row["period_to"]) <= 2030:
        return high, 0.0, 0.0
    if row["period_from"] and int(row["period_from"]) >= 2031:
        return 0.0, high, 0.0
    return 0.0, 0.0, high


@pytest.mark.parametrize("path", sorted(p for p in DATA.rglob("*") if p.suffix in {".csv", ".json"}))
def test_file_is_plain_utf8_with_unix_line_ends(path: Path) -> None:
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize(("name", "count"), [("entries_768.csv", 968), ("allocations_768.csv", 606)])
def test_every_row_of_decision_768_is_there_in_file_order(name: str, count: int) -> None:
    registry = rows(f"plan/{name}")
    assert [int(r["ordinal"]) for r in registry] == list(range(1, count + 1))
    assert {r["instrument_code"] for r in registry} == {PDP8_ADJUSTED}
    assert all(r["page"].isdigit() for r in registry)


def test_entries_add_up_to_the_sums_of_each_table() -> None:
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    for row in rows("plan/entries_768.csv"):
        table = sums[int(row["table_no"])]
        for i, value in enumerate(by_period(row)):
            table[i] += value
        table[3] += 1
    assert {t: tuple(round(v, 2) for v in s) for t, s in sums.items()} == TABLES


def test_lng_lists_21_projects() -> None:
    listed = [r for r in rows("plan/entries_768.csv") if r["table_no"] == "1" and r["list_kind"] == "listed"]
    assert len(listed) == 21
    assert sum(by_period(r)[0] for r in listed) == 25624
    assert sum(by_period(r)[1] for r in listed) == 10700
    (backup,) = [
        r for r in rows("plan/entries_768.csv") if r["table_no"] == "1" and r["list_kind"] != "listed"
    ]
    assert (backup["row_no"], backup["mw_high"], backup["list_kind"]) == ("22", "", "potential")
    assert "Chân Mây" in backup["region_text"]


def test_hue_allocations_are_those_of_the_decision() -> None:
    hue = {
        (r["technology"], r["subset"]): (float(r["mw_2025_2030"]), float(r["mw_2031_2035"]))
        for r in rows("plan/allocations_768.csv")
        if r["province_code"] == "46" and r["kind"] == "added"
    }
    assert hue == {
        ("solar_ground", "concentrated"): (397, 1583),
        ("solar_rooftop", ""): (50, 136),
        ("wind_onshore", "onshore_and_nearshore"): (100, 0),
        ("hydro", "small_hydro"): (31, 51.9),
        ("waste_to_energy", ""): (2, 0),
        ("biomass", ""): (10, 58),
    }


def test_hue_names_eight_projects() -> None:
    hue = [r for r in rows("plan/entries_768.csv") if r["province_code"] == "46"]
    assert len(hue) == 8
    solar = [by_period(r) for r in hue if r["technology"] == "solar_ground"]
    assert (sum(s[0] for s in solar), sum(s[1] for s in solar)) == (290, 950)


@pytest.mark.parametrize(
    ("code", "former", "solar", "wind"),
    [
        ("44", {"Quảng Bình", "Quảng Trị"}, (750, 809), (1684, 0)),
        ("52", {"Bình Định", "Gia Lai"}, (1530, 0), (2157, 2129)),
        ("68", {"Bình Thuận", "Đắk Nông", "Lâm Đồng"}, (2195, 1955), (642, 250)),
    ],
    ids=["Quảng Trị", "Gia Lai", "Lâm Đồng"],
)
def test_a_merged_province_holds_the_figures_of_its_former_provinces(
    code: str, former: set[str], solar: tuple[float, float], wind: tuple[float, float]
) -> None:
    assert {r["name_vi_old"] for r in rows("places/former_provinces.csv") if r["code_new"] == code} == former
    added = [r for r in rows("plan/allocations_768.csv") if r["kind"] == "added"]
    for technology, expected in (("solar_ground", solar), ("wind_onshore", wind)):
        for belongs in (
            [r for r in added if r["province_code"] == code and r["technology"] == technology],
            [r for r in added if r["province_old"] in former and r["technology"] == technology],
        ):
            total = (
                sum(mw(r["mw_2025_2030"]) for r in belongs),
                sum(mw(r["mw_2031_2035"]) for r in belongs),
            )
            assert total == expected


def test_kinds_of_allocation() -> None:
    for row in rows("plan/allocations_768.csv"):
        if row["appendix"] == "II":
            assert row["kind"] == "added"
        elif row["area_kind"] in {"national", "region"}:
            assert row["kind"] == "list_total"
        else:
            assert row["kind"] == "head"


@pytest.mark.parametrize("name", ["entries_768.csv", "entries_500.csv", "allocations_768.csv"])
def test_provinces_of_plan_rows_agree_with_the_places(name: str) -> None:
    new = {r["code"]: r["name_vi"] for r in rows("places/provinces.csv")}
    code_of = {r["name_vi_old"]: r["code_new"] for r in rows("places/former_provinces.csv")}
    for row in rows(f"plan/{name}"):
        assert row["technology"] in TECHNOLOGIES
        former = [p for p in row["province_old"].split("; ") if p]
        assert {code_of[p] for p in former} == ({row["province_code"]} if row["province_code"] else set())
        assert row["province_new"] == new.get(row["province_code"], "")


def test_decision_500_lists_fifteen_lng_plants_eleven_sites_and_ten_gas_plants() -> None:
    registry = rows("plan/entries_500.csv")
    lng = [r for r in registry if r["technology"] == "lng_power" and r["list_kind"] == "listed"]
    assert sum(mw(r["mw_high"]) for r in lng if r["period_label"] == "2021–2030") == 22524
    assert sum(mw(r["mw_high"]) for r in lng if r["period_label"] == "2031–2035") == 3000
    assert len([r for r in registry if r["list_kind"] == "potential"]) == 11
    gas = [r for r in registry if r["technology"] == "gas_domestic"]
    assert (len(gas), sum(mw(r["mw_high"]) for r in gas)) == (10, 7900)
    assert all(r["source"] and r["confidence"] for r in registry)


def test_instruments_have_unique_codes_and_relations_that_exist() -> None:
    instruments = items("instruments.json")
    codes = [i["code"] for i in instruments]
    assert len(codes) == len(set(codes)) == 34
    for instrument in instruments:
        assert {r["to"] for r in instrument["relations"]} <= set(codes)
        assert instrument["status"] in {"in_force", "replaced", "unknown"}
        assert instrument["confidence"] in {"high", "medium", "low"}
        assert instrument["title_vi"] and instrument["title_en"] and instrument["source"]
        assert instrument["checked_original"] is False
    used = {
        r["instrument_code"] for p in PLAN.glob("*.csv") for r in rows(f"plan/{p.name}") if p.stat().st_size
    }
    assert used <= set(codes)


def test_targets_keep_low_before_high_and_mark_their_totals() -> None:
    targets = rows("plan/targets.csv")
    assert len(targets) == 82
    assert len({(r["instrument_code"], r["year"], r["source_code"]) for r in targets}) == 82
    for row in targets:
        assert bool(row["low"]) == bool(row["high"])
        assert mw(row["low"]) <= mw(row["high"])
        assert (row["is_total"] == "true") == (row["scope"] == "total")
        assert set(filter(None, row["covers"].split(";"))) <= TECHNOLOGIES
        assert bool(row["note_vi"]) == bool(row["note_en"])
    published = {
        (r["instrument_code"], r["year"]): (int(r["low"]), int(r["high"]))
        for r in targets
        if r["is_total"] == "true"
    }
    assert published[("qd-500-2023", "2030")] == (150489, 150489)
    assert published[(PDP8_ADJUSTED, "2030")] == (183291, 236363)


def test_tables_and_rules_describe_the_files() -> None:
    tables = items("tables_768.json")["tables"]
    counts = {(t["appendix"], t["table_no"]): t["entries_rows"] for t in tables}
    assert {t: n for (a, t), n in counts.items() if a == "III"} == {t: s[3] for t, s in TABLES.items()}
    assert sum(t["allocation_rows"] for t in tables) == 606
    rules = items("rules_768.json")
    assert len(rules) == 28 == len({r["id"] for r in rules})
    tolerance = {tuple(r["table_no"]) for r in rules if r["kind"] == "capacity_tolerance"}
    assert tolerance == {(1,), (6,)}
