"""The main way through the program, in a real browser: a project is entered, published, found, taken away as a
file, changed and published again; visitors see each version when it is public and not before.
"""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests import factories
from tests.browser.conftest import Live, Watch
from tests.browser.test_map import click_project, open_map

NAME, NAME_EN = "Điện mặt trời Đầm Sam Chuồn", "Sam Chuon Lagoon Solar"
LAT, LON = 16.3351, 107.2047  # a place in Huế where no other project of the demo stands
NEAR = f"?z=12&lat={LAT}&lon={LON}"
MW = {"vi": "Phát điện (MW)", "en": "Generation (MW)"}
STORAGE_MW = {"vi": "Lưu trữ (MW)", "en": "Storage (MW)"}
STORAGE_MWH = {"vi": "Lưu trữ (MWh)", "en": "Storage (MWh)"}
TITLE = {"vi": "Tên dự án", "en": "Project"}
CODE = {"vi": "Mã dự án", "en": "Code"}


def named(page: Page, name: str) -> Locator:
    """Return the control of the project's form with that name."""
    return page.locator(f'form[data-project-form] [name="{name}"]')


def add(page: Page, section: str) -> None:
    """Add a row to a section and wait for it."""
    rows = page.locator(f'fieldset.row[id^="{section}-"]')
    before = rows.count()
    page.locator(f'button[name="action"][value="add {section}"]').click()
    expect(rows).to_have_count(before + 1)


def press(page: Page, action: str) -> None:
    """Save the form with one of its buttons."""
    page.locator(f'.form__actions button[name="action"][value="{action}"]').click()


def sign_in(page: Page, live: Live, lang: str) -> None:
    """Sign in as an approver with a password, as people do."""
    password = secrets.token_urlsafe(16)
    with live.app.app_context():
        factories.make_user(role="approver", email="duyet@example.org", name="Trần Thị Duyệt", password=password)
    page.goto(f"/sign-in?lang={lang}&next=/projects/new")
    page.locator('[name="email"]').fill("duyet@example.org")
    page.locator('[name="password"]').fill(password)
    page.locator("#main button[type=submit], main button[type=submit]").first.click()
    page.wait_for_url("**/projects/new")


def enter(page: Page) -> str:
    """Enter a solar project with a battery as a draft; returns its code."""
    named(page, "name_vi").fill(NAME)
    named(page, "name_en").fill(NAME_EN)
    page.locator("#status-construction").check()
    named(page, "units-0-technology").select_option("solar_ground")
    named(page, "units-0-capacity_mw").fill("40")
    named(page, "units-0-capacity_mwp").fill("48,5")
    add(page, "units")
    named(page, "units-1-technology").select_option("battery_storage")
    named(page, "units-1-capacity_mw").fill("10")
    named(page, "units-1-storage_mwh").fill("20")
    add(page, "sites")
    named(page, "sites-0-lat").fill(str(LAT))
    named(page, "sites-0-lon").fill(str(LON))
    named(page, "sites-0-province_code").select_option("46")
    named(page, "sites-0-accuracy").select_option("exact")
    add(page, "sources")
    named(page, "sources-0-citation").fill("Quyết định chủ trương đầu tư 1234/QĐ-UBND")
    press(page, "save")
    page.wait_for_url(re.compile(r"/projects/HUE-SOL-\d+$"))
    return page.url.rpartition("/")[2]


def seen_in_list(page: Page, query: str) -> list[str]:
    """Return the codes on the first page of the list."""
    page.goto(f"/projects?{query}")
    return re.findall(r"/projects/([A-Z]+-[A-Z]+-\d+)\"", page.content())


def record(page: Page, lang: str, code: str) -> dict[str, Any]:
    """Follow the page's link to the workbook and return the project's row as a reader gets it back."""
    with page.expect_download() as waiting:
        page.locator(".downloads a", has_text="xlsx").first.click()
    data = waiting.value.path().read_bytes()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    head = next(at for at, row in enumerate(rows) if CODE[lang] in row)
    records = [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :]]
    return next(found for found in records if found[CODE[lang]] == code)


def everywhere(visitor: Page, code: str, lang: str) -> dict[str, Any]:
    """Return the MW of generation that a visitor is told on every way there is, None where the project is missing."""
    page = visitor.goto(f"/projects/{code}?lang={lang}")
    assert page is not None
    shown = visitor.locator(".project-size").inner_text() if page.status == 200 else ""
    found = re.search(r"(\d+) MW", shown)
    listed = code in seen_in_list(visitor, f"q={code}&lang={lang}")
    words = visitor.locator("main").inner_text()
    get = visitor.context.request.get
    features = get(f"/projects.geojson?q={code}").json()["features"]
    line = [row for row in get(f"/projects.csv?q={code}").text().splitlines() if row.startswith(code)]
    points = get(f"/map/data.json?q={code}").json()["projects"]
    return {
        "page": int(found[1]) if found else None,
        "list": next((mw for mw in (40, 45) if listed and f"{mw} MW" in words), None),
        "geojson": features[0]["properties"]["capacity_mw"] if features else None,
        "csv": next((mw for mw in (40, 45) if line and f",{mw}," in line[0]), None),
        "map": points["size_mw"][0] if points["code"] else None,
        "one file": 200 if get(f"/projects/{code}.xlsx").status == 200 else None,
    }


def told(mw: int) -> dict[str, Any]:
    return {"page": mw, "list": mw, "geojson": mw, "csv": mw, "map": mw, "one file": 200}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_from_entry_to_the_public(
    open_context: Callable[..., BrowserContext], live: Live, watch: Watch, lang: str
) -> None:
    staff, visitor = open_context().new_page(), open_context(accept_downloads=True).new_page()
    watch.allow(r"status of 404.*/projects/HUE-SOL-")
    name = NAME if lang == "vi" else NAME_EN
    visitor.goto(f"/?lang={lang}")

    # a draft: the office sees it, nobody else does
    sign_in(staff, live, lang)
    code = enter(staff)
    expect(staff.locator("h1")).to_have_text(name)
    assert everywhere(visitor, code, lang) == dict.fromkeys(told(40))
    assert visitor.goto(f"/projects/{code}").status == 404  # type: ignore[union-attr]
    assert code not in seen_in_list(visitor, "q=sam chuon")
    open_map(visitor, NEAR)
    expect(visitor.locator(f'#map-results [data-code="{code}"]')).to_have_count(0)

    # published: found without marks, and on the map by clicking its sign
    staff.locator(f'form[action="/projects/{code}/publish"] button').click()
    expect(staff.locator(".review")).to_contain_text("Đã công bố" if lang == "vi" else "Published")
    assert code in seen_in_list(visitor, "q=dien mat troi dam sam chuon")
    open_map(visitor, NEAR)
    click_project(visitor, code)
    popup = visitor.locator(".map-popup")
    expect(popup).to_contain_text(name)
    expect(popup).to_contain_text("40 MW")
    expect(popup).to_contain_text("20 MWh")
    popup.get_by_role("link").first.click()
    visitor.wait_for_url(f"**/projects/{code}")
    expect(visitor.locator("h1")).to_have_text(name)
    for words in ("40 MW", "20 MWh", "1234/QĐ-UBND"):
        expect(visitor.locator("main")).to_contain_text(words)

    # filtered and taken away as a workbook, through the page's own controls
    visitor.goto("/projects?q=sam chuon")
    visitor.locator('details.pick:has(input[value="battery_storage"]) > summary').click()
    visitor.locator('input[name="technology"][value="battery_storage"]').check()
    visitor.locator(".filter-bar__form button[type=submit]").click()
    visitor.wait_for_url("**technology=battery_storage**")
    found = record(visitor, lang, code)
    assert found[TITLE[lang]] == name
    assert (found[MW[lang]], found[STORAGE_MW[lang]], found[STORAGE_MWH[lang]]) == (40, 10, 20)
    assert code not in seen_in_list(visitor, "q=sam chuon&technology=wind")

    # changed: visitors keep the old version until the next publication
    staff.goto(f"/projects/{code}/edit")
    named(staff, "units-0-capacity_mw").fill("45")
    press(staff, "save")
    staff.wait_for_url(f"**/projects/{code}")
    expect(staff.locator(".project-size")).to_contain_text("45 MW")
    assert everywhere(visitor, code, lang) == told(40)
    staff.locator(f'form[action="/projects/{code}/publish"] button').click()
    expect(staff.locator(".review")).to_contain_text("Đã công bố" if lang == "vi" else "Published")
    assert everywhere(visitor, code, lang) == told(45)

    # signed out: the cookie that somebody copied meanwhile opens nothing
    copied = open_context()
    copied.add_cookies([cookie for cookie in staff.context.cookies() if "session" in str(cookie.get("name"))])
    thief = copied.new_page()
    thief.goto("/account")
    expect(thief.locator("main")).to_contain_text("duyet@example.org")
    staff.locator('form[action="/sign-out"] button').click()
    staff.wait_for_url("**/")
    thief.goto("/account")
    assert "/sign-in" in thief.url
