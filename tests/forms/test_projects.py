"""The rules of a project's form, as a row of plain text meets them."""

from __future__ import annotations

import pytest
from wtforms.fields import SelectChoice

from tracker.domain.text import Text
from tracker.forms import projects
from tracker.forms.sites import coordinate_problems
from tracker.forms.sources import url_problem
from tracker.forms.units import applies


class Place:
    def __init__(self, code, name):
        self.code, self.label = code, Text(name, name)


KNOWN = projects.Known(
    provinces=[Place("46", "Huế")],
    zones=[Place("chan-may", "Chân Mây")],
    plan_rows=[
        SelectChoice(key, key)
        for key in ("entry:7", "entry:8", "allocation:3", "instrument:qd-768-2025", "instrument:qd-893-2023")
    ],
    plan_kinds={"entry:7": "listed", "entry:8": "potential", "allocation:3": "allocation"}
    | {"instrument:qd-768-2025": "power_plan", "instrument:qd-893-2023": "energy_plan"},
    is_project=lambda code: code == "HUE-SOL-001",
)
LEAST = {"name_vi": "Điện mặt trời Phong Hòa", "status": "announced", "units-0-technology": "solar_ground"}


@pytest.fixture(autouse=True)
def _words(app):
    with app.test_request_context():
        yield


def read(**row):
    return projects.read(LEAST | row, known=KNOWN)


def problems(**row):
    return {problem.path: problem.message for problem in read(**row)[1]}


def test_a_name_and_a_technology_are_enough():
    values, found = projects.read(LEAST, known=KNOWN)
    assert found == []
    assert values["name_vi"] == "Điện mặt trời Phong Hòa"
    assert [unit["technology"] for unit in values["units"]] == ["solar_ground"]
    assert values["units"][0]["capacity_mw"] is None
    assert values["sites"] == values["links"] == values["parties"] == values["sources"] == []
    assert values["call"] is None


def test_an_english_name_alone_will_do():
    assert problems(name_vi="", name_en="Phong Hoa Solar") == {}


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"name_vi": " "}, "name_vi"),
        ({"units-0-technology": ""}, "units"),
        ({"units-0-technology": "perpetual_motion"}, "units-0-technology"),
        ({"units-0-technology": "", "units-0-capacity_mw": "50"}, "units-0-technology"),
        ({"units-0-capacity_mw": "-1"}, "units-0-capacity_mw"),
        ({"units-0-capacity_mw": "fifty"}, "units-0-capacity_mw"),
        ({"units-0-capacity_mw": "1,250"}, "units-0-capacity_mw"),
        ({"units-0-lng_mtpa": "3"}, "units-0-lng_mtpa"),
        ({"units-0-capacity_low_mw": "100", "units-0-capacity_high_mw": "50"}, "units-0-capacity_high_mw"),
        ({"units-0-cod_planned": "next year"}, "units-0-cod_planned"),
        ({"status": "dreaming"}, "status"),
        ({"status": ""}, "status"),
        ({"province_code": "99"}, "province_code"),
        ({"sites-0-lat": "107.59", "sites-0-lon": "16.46"}, "sites-0-lat"),
        ({"sites-0-lat": "48.85", "sites-0-lon": "107.5"}, "sites-0-lat"),
        ({"sites-0-lat": "16.46"}, "sites-0-lon"),
        ({"parties-0-organisation": "A", "parties-0-share_percent": "101"}, "parties-0-share_percent"),
        ({"parties-0-share_percent": "10"}, "parties-0-organisation"),
        ({"sources-0-citation": "A page", "sources-0-url": "javascript:alert(1)"}, "sources-0-url"),
        ({"sources-0-url": "https://example.vn"}, "sources-0-citation"),
        ({"links-0-target": "entry:9"}, "links-0-target"),
        ({"milestones-0-stage": "ipa", "milestones-0-actual": "2150"}, "milestones-0-actual"),
        ({"relations-0-kind": "supplies", "relations-0-code": "NO-SUCH-001"}, "relations-0-code"),
        ({"invest_vnd_bn": "8 nghìn"}, "invest_vnd_bn"),
        ({"last_checked": "07/2025"}, "last_checked"),
        ({"jobs": "1,5"}, "jobs"),
        ({"name_vi": "x" * 301}, "name_vi"),
        ({"call-period": "2026–2030"}, "calling"),
    ],
)
def test_each_mistake_is_told_at_its_field(row, path):
    assert path in problems(**row)


def test_shares_of_one_role_may_not_exceed_the_whole():
    row = {
        "parties-0-organisation": "A",
        "parties-0-share_percent": "60,5",
        "parties-1-organisation": "B",
        "parties-1-share_percent": "40",
    }
    assert "parties-1-share_percent" in problems(**row)
    assert problems(**row | {"parties-1-share_percent": "39,5"}) == {}
    assert problems(**row | {"parties-1-role": "developer", "parties-0-role": "investor"}) == {}


def test_empty_rows_are_left_out_and_a_row_with_only_nonsense_is_not_empty():
    values, _found = read(
        **{"sites-0-accuracy": "approximate", "parties-0-role": "investor", "units-1-technology": ""}
    )
    assert values["sites"] == values["parties"] == []
    assert len(values["units"]) == 1
    assert "units-1-technology" in problems(**{"units-1-capacity_mw": "abc"})


def test_values_come_out_in_document_shape():
    values, found = read(
        **{
            "units-0-capacity_mw": "1.250",
            "units-0-capacity_mwp": "1500,5",
            "units-0-cod_planned": "Q4/2030",
            "sites-0-lat": "16,4637",
            "sites-0-lon": "107.5909",
            "sites-0-province_code": "46",
            "units-0-site_ordinal": "1",
            "links-0-target": "entry:7",
            "links-0-unit_ordinal": "1",
            "parties-0-organisation": "Công ty A",
            "calling": "y",
            "call-period": "2026–2030",
            "call-selection_form": "bidding",
            "sources-0-citation": "Quyết định 768",
            "sources-0-dated": "15/4/2025",
            "sources-0-checked_original": "y",
            "relations-0-kind": "supplies",
            "relations-0-code": "hue-sol-001",
            "last_checked": "24/11/2026",
        }
    )
    assert found == []
    assert (
        values["units"][0]
        | {"capacity_mw": 1250.0, "capacity_mwp": 1500.5, "cod_planned": "2030-Q4", "site_ordinal": 1}
        == values["units"][0]
    )
    assert (values["sites"][0]["lat"], values["sites"][0]["lon"]) == (16.4637, 107.5909)
    assert values["links"][0]["entry_id"] == 7
    assert values["links"][0]["instrument_code"] is None
    assert values["parties"][0]["organisation"]["name_vi"] == "Công ty A"
    assert values["call"]["selection_form"] == "bidding"
    assert values["sources"][0]["checked_original"] is True
    assert values["relations"][0]["code"] == "HUE-SOL-001"
    assert values["last_checked"] == "2026-11-24"


def test_numbers_of_rows_stay_and_new_ones_get_the_next():
    values, _found = read(
        **{
            "units-0-ordinal": "4",
            "units-1-technology": "battery_storage",
            "units-2-technology": "wind_onshore",
            "units-2-ordinal": "4",
        }
    )
    assert [unit["ordinal"] for unit in values["units"]] == [4, 5, 6]


def test_a_unit_cannot_stand_on_an_empty_site():
    assert "units-0-site_ordinal" in problems(**{"units-0-site_ordinal": "1", "sites-0-name": ""})


def test_which_quantities_belong_to_which_technology():
    assert applies("storage_mwh", "battery_storage")
    assert not applies("storage_mwh", "lng_power")
    assert not applies("capacity_mw", "green_hydrogen")
    assert applies("capacity_low_mw", "wind_offshore")
    assert applies("lng_mtpa", None)


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [
        (16.46, 107.59, set()),
        (None, None, set()),
        (8.6, 111.9, set()),
        (16.5, 112.0, set()),
        (107.59, 16.46, {"lat"}),
        (16.46, None, {"lon"}),
        (None, 107.0, {"lat"}),
        (50.0, 107.0, {"lat"}),
        (16.0, 16.0, {"lon"}),
        (0.0, 0.0, {"lat", "lon"}),
    ],
)
def test_coordinates(lat, lon, wrong):
    assert set(coordinate_problems(lat, lon)) == wrong


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.vn",
        "//example.vn",
        "example.vn",
        "https://",
        "http:///x",
        "https://exa mple.vn",
        " vbscript:x",
        "https://[::1",
        "file:///etc/passwd",
    ],
)
def test_only_pages_of_the_web_may_be_linked(url):
    assert url_problem(url)


def test_good_links():
    assert url_problem("https://vanban.chinhphu.vn/?pageid=1#a") is None
    assert url_problem("http://example.vn/điện") is None


def test_what_is_missing_for_publication():
    values, _found = read()
    assert projects.missing_for_publication(values) == ["sources"]


@pytest.mark.parametrize(
    ("target", "relation"),
    [
        ("entry:7", "listed"),
        ("entry:8", "backup"),
        ("allocation:3", "allocation"),
        ("instrument:qd-768-2025", "proposed"),
        ("instrument:qd-893-2023", "outside"),
    ],
)
def test_the_relation_to_the_plan_follows_from_the_row(target, relation):
    values, found = read(**{"links-0-target": target})
    assert found == []
    assert values["links"][0]["relation"] == relation


@pytest.mark.parametrize(
    ("target", "relation"),
    [
        ("entry:8", "listed"),
        ("entry:8", "allocation"),
        ("entry:7", "backup"),
        ("allocation:3", "listed"),
        ("instrument:qd-893-2023", "listed"),
        ("instrument:qd-893-2023", "allocation"),
    ],
)
def test_a_relation_that_contradicts_the_row_is_refused(target, relation):
    found = problems(**{"links-0-target": target, "links-0-relation": relation})
    assert list(found) == ["links-0-relation"]
    assert "listed" not in found["links-0-relation"], "in words, not in codes"
    assert read(**{"links-0-target": "entry:8", "links-0-relation": "proposed"})[1] == []
