"""The plan page in both languages: figures with table and page, links, filters, refusals."""

from __future__ import annotations

import re
from html import unescape

import pytest


def text(response):
    body = re.sub(r"(?s)<(script|svg).*?</\1>", " ", response.get_data(as_text=True))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_home_province_in_vietnamese(client):
    page = client.get("/plan")
    assert page.status_code == 200
    shown = text(page)
    for figure in (
        "397",
        "1.583",
        "107 MW",
        "633 MW",
        "50 MW",
        "136 MW",
        "31 MW",
        "51,9 MW",
        "10 MW",
        "58 MW",
    ):
        assert figure in shown
    assert "Điện mặt trời tập trung" in shown and "2025–2030" in shown


def test_home_province_in_english_with_sources(client):
    shown = text(client.get("/plan?lang=en"))
    assert "1,583" in shown and "51.9 MW" in shown
    assert "Appendix II, Table 2 , p. 3" in shown or "Appendix II, Table 2, p. 3" in shown
    assert "57–58" in shown, "pages of the named rows"
    assert "formerly Thua Thien Hue" in shown
    assert "unofficial English translation" in shown


def test_merged_province_lists_its_parts(client):
    shown = text(client.get("/plan?province=44&lang=en"))
    assert "former Quang Binh, Quang Tri" in shown
    assert "Quang Binh 440" in shown and "Quang Tri 310" in shown


def test_country_lng(client):
    shown = text(client.get("/plan?province=all&technology=lng_power&tab=entries&lang=en"))
    assert "25,624 MW (2025–2030), 10,700 MW (2031–2035)" in shown
    listed = text(client.get("/plan?province=&technology=lng_power&tab=entries&list_kind=listed&lang=en"))
    assert "21 rows" in listed
    board = text(client.get("/plan?province=all&technology=lng&lang=en"))
    assert "25,624 MW" in board and "7,500 MW" in board


def test_linked_project_with_status(demo_app):
    client = demo_app.test_client()
    shown = text(client.get("/plan?lang=en"))
    assert "Phong Hoa Solar" in shown and "Song Bo" in shown
    assert client.get("/plan?province=all").status_code == 200


def test_filters_and_chips(client):
    shown = text(client.get("/plan?tab=entries&province=46&q=dien+huong&lang=en"))
    assert "1 row" in shown and "Dien Huong Solar Power Plant" in shown
    assert "No row of the plan matches" in text(client.get("/plan?tab=entries&linked=yes&lang=en"))
    assert "no project linked yet" in text(client.get("/plan?tab=entries&linked=no&lang=en"))
    assert client.get("/plan?tab=entries&province=all&page=99").status_code == 200


def test_targets_side_by_side(client):
    shown = text(client.get("/plan?tab=targets&compare=500&lang=en"))
    assert "must not be added up" in shown
    assert "12,836 MW" in shown and "46,459–73,416 MW" in shown
    assert "300 MW" in shown and "10,000–16,300 MW" in shown
    assert "183,291–236,363 MW" in shown and "(as published)" in shown


def test_rules_tell_their_page(client):
    shown = text(client.get("/plan?tab=rules&lang=en"))
    assert "15 %" in shown and re.search(r"Table 1 ?, p\. 10", shown)
    assert "How the board counts" in shown


@pytest.mark.parametrize(
    "query",
    [
        "decision=500",
        "instrument=qd-500-2023&province=all",
        "decision=893&tab=targets",
        "province=14",
        "decision=893",
        "tab=rules&decision=500",
        "utm_source=x&province=46",
    ],
)
def test_other_selections_answer(client, query):
    assert client.get("/plan?" + query, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("province=99", "province=99"),
        ("decision=1234", "decision=1234"),
        ("tab=map", "tab=map"),
        ("technology=magic", "technology=magic"),
        ("linked=perhaps", "linked=perhaps"),
        ("period=soon", "period=soon"),
        ("list_kind=x", "list_kind=x"),
        ("table=a%20b", "table=a b"),
        ("page=0", "page=0"),
        ("as_of=never", "as_of=never"),
        ("colour=red", "colour=red"),
        ("province=46&province=44", "province=44"),
        ("decision=768&instrument=qd-500-2023", "instrument=qd-500-2023"),
        ("status=operating", "status=operating"),
    ],
)
@pytest.mark.parametrize("path", ["/plan", "/plan.json"])
def test_malformed_value_is_named(client, path, query, named):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert named in text(answer)


def test_json_of_the_same_selection(client):
    found = client.get("/plan.json?province=46").get_json()
    solar = next(g for g in found["board"]["groups"] if g["technology"] == "solar_ground")
    first = solar["lines"][0]
    assert (first["allocated_mw"], first["named_mw"], first["taken_mw"], first["left_mw"]) == (
        397,
        290,
        0,
        107,
    )
    assert first["allocations"][0] | {"check": None} == {
        "appendix": "II",
        "table": "2",
        "ordinal": first["allocations"][0]["ordinal"],
        "page": 3,
        "province_old": "Thừa Thiên Huế",
        "mw": 397,
        "check": None,
    }
    assert found["checked_original"] is False
    assert any(t["is_total"] for t in found["targets"])
