"""The map page, its data and its layers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import edit, make_project, site, unit
from tests.looking import Page

HOSTILE = [
    "{{1234567*7654321}}",
    "{% for x in (1,2) %}owned{% endfor %}",
    "${window.owned=1}",
    "<img src=x onerror=window.owned=1>",
    "</script><script>window.owned=1</script>",
    "`",
    "=1+1",
    "\u2028'\"\\9",
]


@pytest.fixture
def app(factory: Callable[..., Flask]) -> Flask:
    """Return an application with the reference data: provinces and zones are what a map is about."""
    return factory()


Make = Callable[..., str]


@pytest.fixture
def make(app: Flask) -> Make:
    """Return a maker of projects that leaves no context behind: each request has one of its own."""

    def made(**values: Any) -> str:
        with app.app_context():
            return make_project(**values)

    return made


def data(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/map/data.json{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_every_project_is_there_once_and_every_place_is_a_point(make: Make, client: FlaskClient) -> None:
    one = make(name_vi="Một", sites=[site(lon=107.4, lat=16.6), site(lon=107.5, lat=16.5, accuracy="exact")])
    two = make(
        name_vi="Hai",
        sites=[site(lon=None, lat=None, accuracy="province")],
        units=[unit("battery_storage", capacity_mw=50.0)],
    )
    found = data(client)
    assert found["projects"]["code"] == sorted([one, two])
    assert {len(column) for column in found["projects"].values()} == {2}
    at = found["projects"]["code"].index(one)
    assert found["points"] == {
        "project": [at, at],
        "lon": [107.4, 107.5],
        "lat": [16.6, 16.5],
        "accuracy": [1, 0],
    }
    other = 1 - at
    assert found["families"][found["projects"]["family"][other]] == "storage"
    assert found["projects"]["size_mw"][other] == 50.0
    assert found["statuses"][found["projects"]["status"][at]] == ["construction", "Đang xây dựng"]
    assert found["provinces"] == ["Huế"]


def test_battery_power_never_stands_as_generation(make: Make, client: FlaskClient) -> None:
    make(units=[unit(capacity_mw=100.0), unit("battery_storage", capacity_mw=50.0)])
    words = data(client, "?lang=en")["projects"]["capacity"][0]
    assert words == "100 MW · storage 50 MW (MWh not determined)"


def test_the_words_are_in_the_language_of_the_request(make: Make, client: FlaskClient) -> None:
    make(name_vi="Điện mặt trời", name_en="Solar")
    assert data(client, "?lang=vi")["projects"]["name"] == ["Điện mặt trời"]
    assert data(client, "?lang=en")["projects"]["name"] == ["Solar"]


def test_the_filter_of_the_list_filters_the_map(make: Make, client: FlaskClient) -> None:
    solar = make()
    wind = make(units=[unit("wind_onshore", capacity_mw=30.0)], status="operating")
    assert data(client, "?technology=wind")["projects"]["code"] == [wind]
    assert data(client, "?status=construction")["projects"]["code"] == [solar]
    assert data(client, "?mw_min=40&mw_max=60")["projects"]["code"] == [solar]
    assert client.get("/map/data.json?technology=steam").status_code == 400
    assert client.get("/map/data.json?colour=red").status_code == 400


def test_a_province_is_never_drawn_as_a_point(make: Make, client: FlaskClient) -> None:
    make(sites=[site(accuracy="province")])
    assert data(client)["points"]["project"] == []


@pytest.mark.parametrize(
    ("precision", "points"), [("exact", 1), ("commune", 0), ("province", 0), ("hidden", 0)]
)
def test_the_public_precision_of_a_place_is_obeyed(
    make: Make, client: FlaskClient, signed_in: Callable[..., FlaskClient], precision: str, points: int
) -> None:
    make(sites=[site(lon=107.4321, lat=16.6543, accuracy="exact", public_precision=precision)])
    assert len(data(client)["points"]["project"]) == points
    if not points:
        for address in ("/map", "/map/panel", "/map/data.json"):
            text = client.get(address).text
            assert "107.4321" not in text and "16.6543" not in text
    assert len(data(signed_in())["points"]["project"]) == 1


def test_the_public_sees_the_published_version_and_staff_the_working_copy(
    app: Flask, make: Make, client: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    code = make(name_vi="Cũ")
    with app.app_context():
        edit(code, name_vi="Mới")
    draft = make(publish=False)
    assert data(client)["projects"]["name"] == ["Cũ"]
    assert draft not in client.get("/map").text
    assert data(signed_in())["projects"]["name"] == ["Mới", "Điện mặt trời Phong Hòa"]


def test_the_answer_is_known_again_by_its_stamp(
    app: Flask, make: Make, client: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    code = make()
    first = client.get("/map/data.json?technology=solar&status=construction")
    stamp = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/map/data.json?status=construction&technology=solar&page=2", headers=stamp)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert client.get("/map/data.json?technology=wind", headers=stamp).status_code == 200
    assert (
        client.get("/map/data.json?technology=solar&status=construction&lang=en", headers=stamp).status_code
        == 200
    )
    query = "/map/data.json?technology=solar&status=construction&lang=vi"
    assert signed_in().get(query, headers=stamp).status_code == 200
    with app.app_context():
        edit(code, publish=True, name_vi="Khác")
    assert client.get(query, headers=stamp).status_code == 200
    assert "private" in first.headers["Cache-Control"] and "Cookie" in first.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/map/frame.js",
        "/map/site-frame.js",
        "/map/inset.svg",
        "/map/layers/provinces-34.geojson",
        "/map/layers/provinces-63.geojson",
        "/map/layers/islands.geojson",
        "/map/layers/zones.geojson",
    ],
)
def test_what_does_not_change_is_kept(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200 and first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/map/layers/communes.geojson", "/map/layers/..%2fprovinces-34.geojson"])
def test_other_layers_do_not_exist(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_frame_holds_no_text_of_the_portfolio(demo_app: Flask) -> None:
    client = demo_app.test_client()
    script = client.get("/map/frame.js").text
    for name in data(client)["projects"]["name"]:
        assert name not in script
    assert client.get("/map/frame.js").data == client.get("/map/frame.js", headers={"Cookie": "lang=en"}).data


def test_the_zones_of_hue_are_circles_of_their_area(demo_app: Flask) -> None:
    zones = demo_app.test_client().get("/map/layers/zones.geojson").get_json()["features"]
    radius = {zone["properties"]["code"]: zone["properties"]["radius_m"] for zone in zones}
    assert radius["chan-may-lang-co"] == pytest.approx(9290, abs=10)


def test_hostile_names_are_text_everywhere(make: Make, client: FlaskClient) -> None:
    for number, text in enumerate(HOSTILE):
        name = f"Dự án {number} {text}"
        make(
            name_vi=name,
            name_en=name,
            sites=[site(name=text, commune=text)],
            parties=[{"organisation": {"name_vi": text}, "role": "investor"}],
        )
    names = data(client)["projects"]["name"]
    assert len(names) == len(HOSTILE) and all(any(text in name for name in names) for text in HOSTILE[:4])
    for address in ("/map", "/map/panel", "/map?lang=en", "/map/frame.js"):
        text = client.get(address).text
        assert "9449772114007" not in text and "ownedowned" not in text
        assert "<img src=x" not in text and "<script>window" not in text
    assert "1234567" not in client.get("/map/frame.js").text


def test_the_panel_is_the_equivalent_of_the_map(demo_app: Flask) -> None:
    client = demo_app.test_client()
    page = client.get("/map?lang=vi").text
    found = data(client)
    for code in found["projects"]["code"]:
        assert f"/projects/{code}" in page
    located = {found["projects"]["code"][number] for number in found["points"]["project"]}
    assert set(re.findall(r'data-code="([^"]+)"', page)) == located
    apart = len(found["projects"]["code"]) - len(located)
    assert apart and f">{apart} " in page


def test_the_panel_alone_is_what_the_page_holds(demo_app: Flask) -> None:
    client = demo_app.test_client()
    codes = r'data-code="([^"]+)"'
    assert (
        re.findall(codes, client.get("/map/panel?province=46").text)
        == re.findall(codes, client.get("/map?province=46").text)
        != []
    )


def test_the_filter_carries_along_what_it_does_not_ask(client: FlaskClient) -> None:
    page = client.get(
        "/map?stage=ipa&investor=EVN&bbox=107,16,108,17&technology=solar&technology=lng_power"
    ).text
    for name, value in (("stage", "ipa"), ("investor", "EVN"), ("bbox", "107,16,108,17")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert len(re.findall(r'name="technology" value="(?:solar|lng_power)" checked', page)) == 2


def test_the_view_is_read_from_the_address_and_a_wrong_one_is_named(client: FlaskClient) -> None:
    assert (
        'data-zoom="9.5" data-lat="16.46" data-lon="107.6"'
        in client.get("/map?z=9.5&lat=16.46&lon=107.6").text
    )
    wrong = client.get("/map?z=many&lat=116&lon=107.6")
    assert wrong.status_code == 400
    assert "many" in wrong.text and "116" in wrong.text


def test_sources_that_ask_for_it_are_named(demo_app: Flask) -> None:
    client = demo_app.test_client()
    assert any("OpenStreetMap" in text for text in data(client)["licences"])
    assert "ODbL" in client.get("/map").text


def test_no_tile_server_is_asked_unless_configured(factory: Callable[..., Flask]) -> None:
    assert "data-tiles" not in factory().test_client().get("/map").text
    page = factory(
        tile_url="https://tiles.example.org/{z}/{x}/{y}.png", tile_attribution="© <b>Tiles</b>"
    ).test_client()
    answer = page.get("/map")
    assert "https://tiles.example.org" in answer.headers["Content-Security-Policy"]
    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in answer.text
    assert "© &lt;b&gt;Tiles" in answer.text


def test_the_scripts_of_the_page_come_from_our_origin_and_in_order(client: FlaskClient) -> None:
    text = client.get("/map").text
    assert Page(text).problems == []
    scripts = re.findall(r'<script[^>]* src="([^"?]+)', text)
    assert [s.rsplit("/", 1)[1] for s in scripts] == [
        "leaflet.js",
        "Control.FullScreen.js",
        "Leaflet.PolylineMeasure.js",
        "frame.js",
        "map.js",
    ]
