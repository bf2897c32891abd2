"""A whole LNG project is entered in Vietnamese with nothing but the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Live
from tracker.services import documents, projects

MOST_TABS = 220


def reach(page: Page, selector: str) -> None:
    """Go forward with the Tab key until an element that matches has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def write(page: Page, name: str, text: str) -> None:
    reach(page, f"[name='{name}']")
    page.keyboard.type(text)


def choose(page: Page, name: str, code: str) -> None:
    """Choose an option with the arrow keys; the list has the focus, or is reached first."""
    if page.evaluate("document.activeElement.name") != name:
        reach(page, f"select[name='{name}']")
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == code:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no choice {code}")


def add(page: Page, section: str, focus: str) -> None:
    """Press the button that adds a row; the focus is then in it."""
    reach(page, f"button[value='add {section}']")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[name='{focus}']")
    page.wait_for_function("name => document.activeElement.name === name", arg=focus)


def test_a_whole_lng_project_by_keyboard(
    office: Callable[..., Page], live: Live, axe: Callable[..., list[str]]
) -> None:
    page = office("editor")
    page.goto("/projects/new?lang=vi")
    assert axe(page) == []
    write(page, "name_vi", "Nhà máy điện khí LNG Chân Mây thử nghiệm")
    write(page, "name_en", "Chan May LNG trial")
    reach(page, "input[name='status']")
    for _ in range(20):
        if page.evaluate("document.activeElement.value") == "announced":
            break
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "announced"
    page.keyboard.press("Space")
    write(page, "status_as_of", "Q3/2026")
    write(page, "summary_vi", "Tổ hợp kho cảng và nhà máy điện khí tại vũng Chân Mây.")
    choose(page, "units-0-technology", "lng_power")
    write(page, "units-0-capacity_mw", "1.500")
    write(page, "units-0-lng_mtpa", "1,5")
    write(page, "units-0-cod_planned", "31/12/2030")
    add(page, "units", "units-1-technology")
    choose(page, "units-1-technology", "lng_terminal")
    write(page, "units-1-lng_mtpa", "3")
    add(page, "sites", "sites-0-name")
    page.keyboard.type("Vũng Chân Mây")
    write(page, "sites-0-commune", "Chân Mây – Lăng Cô")
    write(page, "sites-0-lat", "16,3312")
    write(page, "sites-0-lon", "107,9893")
    add(page, "parties", "parties-0-organisation")
    page.keyboard.type("Công ty cổ phần LNG Chân Mây")
    write(page, "parties-0-share_percent", "100")
    write(page, "cod_first_planned", "2030")
    write(page, "invest_vnd_bn", "54.000,5")
    write(page, "invest_year", "2026")
    write(page, "land_ha", "60")
    write(page, "grid_voltage_kv", "500")
    add(page, "sources", "sources-0-citation")
    page.keyboard.type("Công văn của chủ đầu tư ngày 12/11/2026")
    write(page, "reason", "Nhập mới")
    assert axe(page) == []
    reach(page, ".form__actions button[value='submit']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nhà máy điện khí LNG Chân Mây thử nghiệm")
    code = page.url.rpartition("/")[2]
    with live.app.app_context():
        found = documents.full(projects.find(code))
    assert found["review_state"] == "submitted"
    assert found["status"] == "announced"
    assert found["status_as_of"] == "2026-Q3"
    assert found["invest_vnd_bn"] == 54000.5
    assert [(u["technology"], u["capacity_mw"], u["lng_mtpa"]) for u in found["units"]] == [
        ("lng_power", 1500, 1.5), ("lng_terminal", None, 3)]
    assert found["units"][0]["cod_planned"] == "2030-12-31"
    assert (found["sites"][0]["lat"], found["sites"][0]["lon"]) == (16.3312, 107.9893)
    assert found["parties"][0]["share_percent"] == 100
    assert found["sources"][0]["citation"] == "Công văn của chủ đầu tư ngày 12/11/2026"
