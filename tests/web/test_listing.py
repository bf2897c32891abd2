"""The list: filter in the address, totals, paging, what to relax, and the same selection as a file."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest

from tests import factories


@pytest.fixture
def three(app):
    """Return the codes of a wind project in Quảng Trị and a solar and a cancelled one in Huế."""
    with app.app_context():
        wind = factories.make_project(
            name_vi="Điện gió Hướng Hóa",
            name_en="Huong Hoa Wind",
            province_code="44",
            units=[factories.unit("wind_onshore", capacity_mw=100.0)],
            sites=[],
        )
        solar = factories.make_project(
            name_vi="Điện mặt trời Cầu Hai",
            units=[factories.unit(capacity_mw=350.0), factories.unit("battery_storage", capacity_mw=35.0)],
            sources=[{"citation": "OpenStreetMap", "licence": "odbl"}],
        )
        gone = factories.make_project(name_vi="Đã hủy", status="cancelled")
    return wind, solar, gone


def shown(answer):
    return set(re.findall(r'href="/projects/([A-Z-]+\d+)[?"]', answer.text))


def test_the_list_shows_what_is_published_with_totals(client, three, app):
    with app.app_context():
        draft = factories.make_project(publish=False, name_vi="Bản nháp")
    answer = client.get("/projects")
    assert answer.status_code == 200
    assert shown(answer) == set(three)
    assert draft not in answer.text
    assert "3 dự án" in answer.text
    assert "450 MW điện" in answer.text
    assert "35 MW lưu trữ (MWh chưa xác định)" in answer.text
    assert "Tổng không tính" in answer.text
    assert "giấy phép ODbL" in answer.text


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("q=dien+gio", [0]),
        ("q=%C4%91i%E1%BB%87n+gi%C3%B3", [0]),
        ("technology=solar", [1, 2]),
        ("technology=wind&technology=storage", [0, 1]),
        ("province=44", [0]),
        ("status=cancelled", [2]),
        ("mw_min=100&mw_max=200", [0]),
        ("accuracy=none", [0]),
    ],
)
def test_the_address_is_the_filter(client, three, query, places):
    assert shown(client.get(f"/projects?{query}")) == {three[place] for place in places}


def test_every_filter_in_force_can_be_taken_out(client, three):
    answer = client.get("/projects?technology=solar&technology=wind&province=46")
    chips = re.findall(r'class="chip" href="([^"]+)"', answer.text)
    assert [unescape(chip) for chip in chips] == [
        "/projects?technology=wind&province=46",
        "/projects?technology=solar&province=46",
        "/projects?technology=solar&technology=wind",
    ]


def test_the_form_keeps_what_is_chosen(client, three):
    text = client.get("/projects?technology=solar&mw_min=29.5&bbox=107,16,108,17&sort=-capacity").text
    assert re.search(r'name="technology" value="solar"[^>]* checked', text)
    assert re.search(r'name="mw_min"[^>]* value="29.5"', text)
    assert 'name="bbox" value="107,16,108,17"' in text
    assert 'name="sort" value="-capacity"' in text


def test_an_empty_list_says_which_filter_to_relax(client, three):
    answer = client.get("/projects?technology=wind&province=46&status=construction")
    links = re.findall(r'<li><a href="([^"]+)">[^<]+</a> – (\d+)', answer.text)
    assert [(unescape(url), count) for url, count in links] == [
        ("/projects?status=construction&province=46", "1"),
        ("/projects?technology=wind&status=construction", "1"),
    ]


def test_a_value_that_cannot_be_read_is_named(client):
    answer = client.get("/projects?mw_min=abc&color=red")
    assert answer.status_code == 400
    assert "mw_min=abc" in answer.text
    assert "color=red" in answer.text


def test_tracking_is_redirected_away(client):
    answer = client.get("/projects?q=gio&utm_source=zalo")
    assert (answer.status_code, answer.location) == (302, "/projects?q=gio")


def test_fifty_on_a_page(client, app):
    with app.app_context():
        for _ in range(51):
            factories.make_project()
    assert len(shown(client.get("/projects"))) == 50
    assert len(shown(client.get("/projects?page=2"))) == 1
    assert len(shown(client.get("/projects?page=9"))) == 1, "beyond the end is the end"


def test_sorting_both_ways(client, three):
    order = [
        re.search(code, client.get(f"/projects?sort={key}").text).start()
        for key in ("capacity", "-capacity")
        for code in (three[0], three[1])
    ]
    assert (order[0] < order[1]) and (order[2] > order[3])


def test_the_call_has_its_own_heading_and_its_sample_is_marked(client, app):
    with app.app_context():
        code = factories.make_project(call={"objective_vi": "Nhà máy", "sample": True})
        factories.make_project()
    answer = client.get("/projects?calling=1")
    assert shown(answer) == {code}
    assert "sample-banner" in answer.text
    assert "sample-banner" not in client.get("/projects?calling=0").text


def test_list_and_map_are_the_same_selection(client, three):
    text = client.get("/projects?province=46&sort=name").text
    assert 'href="/map?province=46"' in text


def test_staff_see_drafts_and_their_state(signed_in, app):
    with app.app_context():
        code = factories.make_project(publish=False)
    answer = signed_in("viewer").get("/projects")
    assert code in shown(answer)
    assert "Bản nháp" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "geojson"])
def test_files_are_downloads_of_exactly_the_selection(client, three, ending):
    answer = client.get(f"/projects.{ending}?province=46&lang=en")
    assert answer.status_code == 200
    assert re.fullmatch(
        rf'attachment; filename="projects-\d{{4}}-\d\d-\d\d-r\d+\.{ending}"',
        answer.headers["Content-Disposition"],
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if ending == "geojson":
        assert {f["id"] for f in json.loads(answer.data)["features"]} == set(three[1:])
    if ending == "csv":
        rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert {row["Code"] for row in rows} == set(three[1:])


def test_a_file_holds_all_pages(client, app):
    with app.app_context():
        for _ in range(51):
            factories.make_project()
    found = json.loads(client.get("/projects.geojson?page=2").data)
    assert len(found["features"]) == 51


def test_a_malformed_selection_is_no_file(client):
    assert client.get("/projects.csv?status=gone").status_code == 400


@pytest.mark.parametrize("path", ["/projects", "/projects.csv", "/projects.xlsx", "/"])
def test_a_reader_keeps_the_answer_until_the_portfolio_changes(client, app, three, path):
    first = client.get(path)
    assert first.headers["Last-Modified"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(path + "?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    client.get("/?lang=vi")
    with app.app_context():
        factories.make_project()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("q=&technology=&status=&mw_min=&as_of=", ""),
        ("form=1&q=&mw_min=", ""),
        ("mw_min=29,5", "?mw_min=29.5"),
        ("mw_min=1.250,5&q=&status=operating", "?mw_min=1250.5&status=operating"),
        ("form=1&mw_min=1.250", "?mw_min=1250"),
        ("form=1&mw_min=1,250.5&lang=en", "?mw_min=1250.5&lang=en"),
        ("form=1&mw_min=29,1250", "?mw_min=29.125"),
        ("cod_to=31/12/2030&as_of=01/11/2026", "?cod_to=2030-12-31&as_of=2026-11-01"),
        ("form=1&mw_min=abc", "?mw_min=abc"),
    ],
)
def test_what_people_type_becomes_the_address_that_programs_write(client, typed, plain):
    answer = client.get(f"/projects?{typed}")
    assert answer.status_code == 302
    assert answer.location == f"/projects{plain}"


def test_addresses_of_programs_stay_as_they_are(client):
    for query in ("mw_min=1.250", "mw_min=29.5", "cod_to=2030-12"):
        assert client.get(f"/projects?{query}").status_code == 200
    assert client.get("/projects.csv?mw_min=29,5").status_code == 400
    assert client.get("/map?mw_min=29,5").location == "/map?mw_min=29.5"
    assert client.get("/map/data.json?mw_min=29,5").status_code == 200


def test_numbers_stand_in_the_filter_as_people_write_them(client):
    assert 'name="mw_min" type="text" value="29,1250"' in client.get("/projects?mw_min=29.125").text
    assert 'name="mw_min" type="text" value="29.1250"' in client.get("/projects?mw_min=29.125&lang=en").text


def test_a_refused_filter_keeps_what_was_typed(client):
    answer = client.get("/projects?mw_min=5&mw_max=2&cod_from=never&province=46&investor=EVN")
    assert answer.status_code == 400
    assert "mw_min=5<" in answer.text
    for name, value in (("mw_min", "5"), ("mw_max", "2"), ("cod_from", "never"), ("investor", "EVN")):
        assert re.search(f'name="{name}"[^>]*value="{value}"', answer.text), name
    assert re.search('value="46"[^>]*checked', answer.text)


@pytest.mark.parametrize("query", ["q=%00", "q=a%ff%fe", "investor=%1b%5b", "q=%C2%85"])
def test_characters_that_cannot_be_read_are_named(client, query):
    for path in ("/projects", "/projects.csv", "/map", "/plan"):
        answer = client.get(f"{path}?{query}")
        if path != "/plan" or query.startswith("q"):
            assert answer.status_code == 400, path
            assert query.split("=")[0] + "=" in answer.text
    assert client.get("/projects?q=100%2525").status_code == 200
