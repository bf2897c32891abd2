"""The home page, the reader's display, and addresses that browsers and robots ask for."""

from __future__ import annotations

import re

import pytest

from tests import factories
from tracker.domain import Setting, db
from tracker.services.transactions import SYSTEM, write


def figures(text):
    found = re.findall(r'figure__label">([^<]+)<.*?figure__value">([\d.,]+)', text, re.S)
    return [number for _, number in found]


def test_three_figures_and_the_technologies(demo_app):
    answer = demo_app.test_client().get("/")
    assert answer.status_code == 200
    on_offer, free, running = figures(answer.text)
    assert on_offer == "6"
    assert free == "1.078,9", (
        "397+1583+50+136+100+31+51,9+2+10+58 allotted, less what is named: see the board"
    )
    assert running
    onshore = "technology=wind_onshore&amp;technology=wind_nearshore"
    assert f'href="/projects?{onshore}"' in answer.text, "offshore wind has its own tile"
    for family in ("solar", "offshore_wind", "lng", "hydrogen", "bio", "storage"):
        assert f'href="/projects?technology={family}"' in answer.text


def test_an_empty_portfolio_has_a_home_page_too(client):
    assert client.get("/").status_code == 200
    assert client.get("/?lang=en").status_code == 200


def test_storage_is_not_in_the_mw_of_generation(client, app):
    with app.app_context():
        factories.make_project(
            status="operating",
            units=[factories.unit(capacity_mw=50.0), factories.unit("battery_storage", capacity_mw=25.0)],
        )
    text = client.get("/").text
    assert figures(text)[-1] == "50"
    assert "25 MW lưu trữ (MWh chưa xác định)" in text


def test_the_office_has_a_neutral_name_until_it_is_set(client, app):
    assert "Cổng dự án năng lượng sạch" in client.get("/").text
    assert "Clean-energy project portal" in client.get("/?lang=en").text
    with app.app_context(), write(actor=SYSTEM, action="test"):
        db.session.add(Setting(key="office_name_vi", value="Sở Thử nghiệm <b>"))
    assert "Sở Thử nghiệm &lt;b&gt;" in client.get("/?lang=vi").text


def test_size_and_contrast_are_remembered(client):
    answer = client.get("/display?size=l&contrast=high&next=/projects")
    assert (answer.status_code, answer.location) == (303, "/projects")
    text = client.get("/").text
    assert 'data-size="l"' in text
    assert 'data-contrast="high"' in text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/%0d%0aX: y",
        "",
    ],
)
def test_display_never_leads_off_the_site(client, target):
    location = client.get("/display", query_string={"size": "m", "next": target}).location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_an_unknown_size_is_ignored(client):
    assert "Set-Cookie" not in client.get("/display?size=huge&contrast=pink").headers


def test_icon_and_robots(client):
    assert client.get("/favicon.ico").status_code == 301
    assert "Disallow" in client.get("/robots.txt").text


def test_the_picture_of_the_country_leads_to_the_map(client, app):
    with app.app_context():
        factories.make_project(name_vi="<b>x</b>", sites=[factories.site(lon=107.5, lat=16.4, accuracy="exact")])
        factories.make_project(publish=False, sites=[factories.site(lon=105.1, lat=21.4, accuracy="exact")])
    page = client.get("/").text
    picture = re.search(r'<a class="home-map" href="/map">\s*<img src="([^"]+)"[^>]* alt="[^"]+1 ', page)
    assert picture, "one published place is told in words too"
    answer = client.get(picture[1].replace("&amp;", "&"))
    assert answer.mimetype == "image/svg+xml"
    assert len(re.findall(r'<circle [^>]*r="1"/>', answer.text)) == 1
    for name in ("Hoàng Sa", "Trường Sa", "Đà Nẵng", "Khánh Hòa"):
        assert name in answer.text
    again = client.get("/map/overview.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/map/overview.svg?lang=en").text != answer.text


@pytest.mark.parametrize(("role", "offered"), [("viewer", False), ("editor", True)])
def test_adding_a_project_is_offered_to_those_who_may(signed_in, role, offered):
    assert ('href="/projects/new"' in signed_in(role).get("/").text) is offered


def test_the_menu_marks_one_place(app, signed_in):
    with app.app_context():
        code = factories.make_project()
    browser = signed_in("editor")
    for path in ("/projects", f"/projects/{code}", f"/projects/{code}/history", "/projects/new", "/history"):
        menu = browser.get(path).text.split('class="site-nav"')[1].split("</nav>")[0]
        assert menu.count('aria-current="page"') == 1, path
