"""The demo portfolio: real projects, their points by licence, the sample set; words and references."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tracker.domain import Project
from tracker.domain.dates import parse_partial
from tracker.domain.sources import LICENCES
from tracker.domain.statuses import (
    ACCURACIES,
    CONFIDENCES,
    PRECISIONS,
    PROJECT_RELATIONS,
    RELATIONS,
    ROLES_OF_PARTIES,
    STAGES,
    STATUSES,
)
from tracker.domain.technologies import FAMILIES, TECHNOLOGIES
from tracker.services.documents import SECTIONS, fields

DATA = Path(__file__).resolve().parents[2] / "data"

# Every project of Huế that the sources name.
HUE = {
    "LNG Chân Mây", "LNG Phong Điền – Huế", "Nhà máy điện gió Phong Điền",
    "Nhà máy điện gió tại phường Phong Dinh", "Nhà máy điện mặt trời A Lưới",
    "Nhà máy điện mặt trời Phong Điền II", "Nhà máy điện mặt trời Phong Điền III",
    "Nhà máy điện mặt trời TTC Phong Điền", "Nhà máy điện rác Phú Sơn", "Thủy điện A Lin B2",
    "Thủy điện A Lưới", "Thủy điện Bình Điền", "Thủy điện Hương Điền", "Thủy điện Tả Trạch",
    "Thủy điện nhỏ Hồ Truồi", "Thủy điện nhỏ Sông Bồ", "Điện mặt trời Cầu Hai giai đoạn 1",
    "Điện mặt trời Lộc Thủy (BS Heidelberg Solar)", "Điện mặt trời Phong Hòa",
    "Điện mặt trời Phong Hòa/Điền Môn (nhóm Thái Đạt)", "Điện mặt trời TTC Phong Điền 2",
    "Điện mặt trời Tam Giang", "Điện mặt trời hồ thủy điện Hương Điền", "Điện mặt trời Điền Hương",
    "Điện sinh khối phường Kim Trà", "Nguồn điện khí Kèn Bầu tại Chân Mây",
}  # fmt: skip


def load(name: str) -> Any:
    return json.loads((DATA / "portfolio" / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What a document names by a key that the loader looks up.
BY_KEY = {"links": {"entry", "allocation"}, "parties": {"organisation"}, "relations": {"code"}}

PROJECTS: list[dict[str, Any]] = load("projects.json")
BY_CODE = {project["code"]: project for project in PROJECTS}
OSM, GEM = load("sites_osm.json"), load("sites_gem.json")
DRAFTS: list[dict[str, Any]] = load("sample.json")["drafts"]


def unit_of(code: str, number: int = 1) -> dict[str, Any]:
    unit: dict[str, Any] = BY_CODE[code]["units"][number - 1]
    return unit


def by_name(name: str) -> dict[str, Any]:
    (project,) = [project for project in PROJECTS if project["name_vi"] == name]
    return project


def test_at_least_200_projects_under_unique_codes() -> None:
    assert len(PROJECTS) >= 200
    assert len(BY_CODE) == len(PROJECTS)
    abbreviations = {province["code"]: province["abbreviation"] for province in rows("places/provinces.csv")}
    for code, project in BY_CODE.items():
        assert re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]{3}-\d{3}", code)
        place = abbreviations[project["province_code"]] if project["province_code"] else "VN"
        family = FAMILIES[TECHNOLOGIES[project["units"][0]["technology"]].family].abbreviation
        assert code.startswith(f"{place}-{family}-")


@pytest.mark.parametrize("project", [*PROJECTS, *DRAFTS], ids=lambda p: p.get("code") or p["name_en"])
def test_words_and_fields_of_a_project(project: dict[str, Any]) -> None:
    """Nothing that the models or the vocabularies do not know, nothing that points nowhere."""
    project_fields = set(fields(Project)) | set(SECTIONS) | {"sample"}
    assert set(project) <= project_fields
    for name, model in SECTIONS.items():
        for item in project.get(name, []):
            assert set(item) <= set(fields(model)) | BY_KEY.get(name, set()), (name, item)
    assert project["name_vi"] and project["name_en"] and project["summary_vi"] and project["summary_en"]
    assert project["status"] in STATUSES
    assert project["confidence"] in CONFIDENCES
    assert project["units"] and project["sources"]
    sources = range(1, len(project["sources"]) + 1)
    units = range(1, len(project["units"]) + 1)
    sites = range(1, len(project["sites"]) + 1)
    for name, numbers in (("sources", sources), ("units", units), ("sites", sites)):
        assert [item["ordinal"] for item in project[name]] == list(numbers)
    for source in project["sources"]:
        assert source["licence"] is None or source["licence"] in LICENCES
        assert source["confidence"] in CONFIDENCES
        assert source["checked_original"] is False
    for citation in project["citations"]:
        assert citation["source_ordinal"] in sources
        assert citation.get("unit_ordinal") in (None, *units)
        known = fields(SECTIONS["units"]) if citation.get("unit_ordinal") else project_fields
        assert citation["field"] in known
    for milestone in project["milestones"]:
        assert milestone["stage"] in STAGES
        for name in ("planned", "actual"):
            if milestone[name]:
                assert parse_partial(milestone[name]) == milestone[name]
    for name in ("status_as_of", "cod_first_planned", "cod_latest_planned", "cod_actual"):
        if project.get(name):
            assert parse_partial(project[name]) == project[name]
    shares = [party["share_percent"] or 0 for party in project["parties"]]
    assert sum(shares) <= 100
    for party in project["parties"]:
        assert party["role"] in ROLES_OF_PARTIES
    for relation in project["relations"]:
        assert relation["kind"] in PROJECT_RELATIONS
        assert relation["code"] in BY_CODE
        assert relation["code"] != project.get("code")
    for unit in project["units"]:
        assert unit.get("status") is None or unit["status"] in STATUSES
        assert unit.get("site_ordinal") in (None, *sites)


@pytest.mark.parametrize("project", [*PROJECTS, *DRAFTS], ids=lambda p: p.get("code") or p["name_en"])
def test_quantities_belong_to_the_technology(project: dict[str, Any]) -> None:
    measured = {name for technology in TECHNOLOGIES for name in technology.quantities}
    for unit in project["units"]:
        technology = TECHNOLOGIES[unit["technology"]]
        given = {name for name in measured if unit.get(name) is not None}
        assert given <= set(technology.quantities)
        assert all(unit[name] > 0 for name in given)


def test_the_technologies_of_the_mission_are_there() -> None:
    used = Counter(unit["technology"] for project in PROJECTS for unit in project["units"])
    for technology in (
        "solar_ground", "solar_floating", "wind_onshore", "wind_nearshore", "wind_offshore", "lng_power",
        "lng_terminal", "green_hydrogen", "biofuel", "biomass", "battery_storage", "pumped_storage",
    ):  # fmt: skip
        assert used[technology] >= 3, technology


def test_every_project_of_hue_is_there() -> None:
    assert {project["name_vi"] for project in PROJECTS if project["province_code"] == "46"} == HUE


def test_places_are_known_and_never_false() -> None:
    former = {row["code_old"]: row["code_new"] for row in rows("places/former_provinces.csv")}
    zones = {row["code"]: row["province_code"] for row in rows("places/zones.csv")}
    for project in [*PROJECTS, *DRAFTS]:
        code = project.get("code", "")
        points = {**OSM["sites"], **GEM["sites"]}.get(code, [])
        for site in project["sites"]:
            assert site["accuracy"] in ACCURACIES
            assert site["public_precision"] in PRECISIONS
            if site["former_province_code"]:
                assert former[site["former_province_code"]] == site["province_code"]
            assert not site["at_sea"] or site["province_code"] in (None, project["province_code"])
            if site.get("zone_code"):
                assert zones[site["zone_code"]] == site["province_code"]
            own = "lon" in site
            joined = [point for point in points if point["ordinal"] == site["ordinal"]]
            assert own + len(joined) == (0 if site["accuracy"] == "province" else 1), code
            for place in [site] if own else joined:
                assert 7 <= place["lat"] <= 23.5 and 102 <= place["lon"] <= 117.9
                assert place["accuracy"] == site["accuracy"]


def test_points_are_kept_apart_by_licence() -> None:
    """OpenStreetMap's share-alike and GEM's attribution bind a file of their own each."""
    assert not set(OSM["sites"]) & set(GEM["sites"])
    for layer, licence in ((OSM, "odbl"), (GEM, "cc_by_4")):
        assert layer["licence"] and layer["attribution"]
        for code, points in layer["sites"].items():
            project = BY_CODE[code]
            for point in points:
                site = project["sites"][point["ordinal"] - 1]
                assert "lon" not in site and "lat" not in site
                assert project["sources"][site["source_ordinal"] - 1]["licence"] == licence
    for project in PROJECTS:
        for site in project["sites"]:
            if "lon" in site:
                assert project["sources"][site["source_ordinal"] - 1]["licence"] == "mit"


def test_links_hit_rows_of_the_plan() -> None:
    entries = {}
    for name in ("entries_768.csv", "entries_500.csv"):
        for row in rows(f"plan/{name}"):
            entries[(row["instrument_code"], row["appendix"], row["table_no"], int(row["ordinal"]))] = row
    allocations = {
        (row["instrument_code"], row["appendix"], row["table_no"], int(row["ordinal"])): row
        for row in rows("plan/allocations_768.csv")
    }
    instruments = {item["code"] for item in json.loads((DATA / "plan/instruments.json").read_text("utf-8"))}
    same = {"wind_nearshore": "wind_onshore", "solar_floating": "solar_ground"}
    for project in PROJECTS:
        technologies = {same.get(unit["technology"], unit["technology"]) for unit in project["units"]}
        for link in project["links"]:
            assert link["relation"] in RELATIONS
            assert link.get("unit_ordinal") in (None, *range(1, len(project["units"]) + 1))
            key = link.get("entry") or link.get("allocation")
            if key is None:
                assert link["instrument_code"] in instruments
                continue
            found = (key["instrument_code"], key["appendix"], key["table_no"], key["ordinal"])
            row = entries[found] if "entry" in link else allocations[found]
            assert same.get(row["technology"], row["technology"]) in technologies
            if row["province_code"] and project["province_code"]:
                assert row["province_code"] == project["province_code"], project["code"]
            if link["relation"] == "listed":
                assert row["list_kind"] == "listed"
            if "allocation" in link:
                assert key["period_label"] in ("2025-2030", "2031-2035")
                assert row["mw_" + key["period_label"].replace("-", "_")]


def test_linked_mw_agree_with_the_plan_rows() -> None:
    """A row's linked MW equal its printed MW but for the differences that the notes tell."""
    entries = {(r["instrument_code"], int(r["ordinal"])): r for r in rows("plan/entries_768.csv")}
    linked: Counter[tuple[str, int]] = Counter()
    notes = {}
    for project in PROJECTS:
        for link in project["links"]:
            key = link.get("entry")
            if key and key["instrument_code"] == "qd-768-2025" and link.get("mw_share"):
                linked[key["instrument_code"], key["ordinal"]] += link["mw_share"]
                notes[key["ordinal"]] = link.get("note")
    for (code, ordinal), mw in linked.items():
        printed = float(entries[code, ordinal]["mw_high"])
        assert mw == printed or notes[ordinal], (ordinal, mw, printed)
    lng = {ordinal for code, ordinal in linked if entries[code, ordinal]["table_no"] == "1"}
    assert lng == set(range(1, 22)), "each of the 21 listed LNG rows has its project"


def test_figures_of_the_sources_are_in_their_fields() -> None:
    assert unit_of("HUE-SOL-001") | {"capacity_mw": 35, "capacity_mwp": 48} == unit_of("HUE-SOL-001")
    assert unit_of("HUE-WTE-001")["waste_t_per_day"] == 600
    assert BY_CODE["HUE-WTE-001"]["invest_vnd_bn"] == 1700
    loc_thuy = by_name("Điện mặt trời Lộc Thủy (BS Heidelberg Solar)")
    assert loc_thuy["units"][0]["capacity_mwp"] == 151
    assert "capacity_mw" not in loc_thuy["units"][0]
    tra_vinh = by_name("Nhà máy sản xuất hydrogen xanh Trà Vinh")
    assert (tra_vinh["units"][0]["hydrogen_kt_per_year"], tra_vinh["invest_vnd_bn"]) == (24, 8000)
    ben_tre = by_name("Nhà máy hydrogen xanh Bến Tre")
    assert (ben_tre["units"][0]["hydrogen_kt_per_year"], ben_tre["invest_usd_m"]) == (24, 840)
    thang_long = by_name("Thăng Long Wind 2 – hydrogen")["units"][0]
    assert not {"electrolyser_mw", "capacity_mw", "hydrogen_kt_per_year"} & set(thang_long)
    assert [unit["capacity_mw"] for unit in BY_CODE["HUE-LNG-001"]["units"]] == [2400, 1600]
    assert {unit["confidence"] for unit in BY_CODE["HUE-LNG-001"]["units"]} == {"low"}
    assert [unit["capacity_mw"] for unit in by_name("Nhà máy điện rác Sóc Sơn")["units"]] == [15, 30, 67]


def test_nothing_is_filled_in() -> None:
    for project in PROJECTS:
        assert not project.get("sample")
        assert project["last_checked"] is None
        for unit in project["units"]:
            if unit["technology"] == "battery_storage":
                assert "storage_mwh" not in unit, "no source states the MWh of any of them"
            if TECHNOLOGIES[unit["technology"]].counts_as == "none":
                assert "capacity_mw" not in unit


def test_identifiers_elsewhere_are_unique() -> None:
    found = [(item["scheme"], item["value"]) for project in PROJECTS for item in project["external_ids"]]
    assert len(found) == len(set(found))
    assert {scheme for scheme, _ in found} == {"gem_unit", "gem_location"}


def test_readme_counts_what_is_there() -> None:
    text = (DATA / "portfolio" / "README.md").read_text(encoding="utf-8")
    status = Counter(project["status"] for project in PROJECTS)
    accuracy = Counter(p["sites"][0]["accuracy"] if p["sites"] else "none" for p in PROJECTS)
    confidence = Counter(project["confidence"] for project in PROJECTS)
    relation = Counter(link for p in PROJECTS for link in {link["relation"] for link in p["links"]})
    for told in (
        f"{len(PROJECTS)} real projects",
        f"`sites_osm.json` | {len(OSM['sites'])} points",
        f"`sites_gem.json` | {len(GEM['sites'])} points",
        f"announced {status['announced']}, operating {status['operating']}, pre-construction "
        f"{status['pre_construction']}, construction {status['construction']}, shelved {status['shelved']}, "
        f"unknown {status['unknown']}",
        f"exact {accuracy['exact']}, approximate {accuracy['approximate']}, commune {accuracy['commune']}, "
        f"province only {accuracy['province']}, no place {accuracy['none']}",
        f"listed {relation['listed']}, backup or potential {relation['backup']}, allocation "
        f"{relation['allocation']}, outside {relation['outside']}",
        f"high {confidence['high']}, medium {confidence['medium']}, low {confidence['low']}",
    ):
        assert told in text, told
