"""The map in a real browser: found by clicking, filtered, listed, read with a keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live
from tests.factories import make_project, site

HOSTILE = "Dự án {{7*7}} ${window.owned=1} <img src=x onerror=window.owned=1> ` </script>\\9"

_WHERE = """code => {
    const {map, layers} = window.trackerMaps.country;
    let found = null;
    layers.projects.eachLayer(sign => {
        if (sign.gathered.projects.some(project => project.code === code)) found = sign;
    });
    if (!found) return null;
    const spot = map.latLngToContainerPoint(found.getLatLng());
    const box = map.getContainer().getBoundingClientRect();
    return [spot.x + box.x, spot.y + box.y, found.gathered.projects.length];
}"""


def open_map(page: Page, query: str = "") -> None:
    page.emulate_media(reduced_motion="reduce")  # nothing moves while it is clicked
    page.goto(f"/map{query}")
    page.wait_for_selector('#map[data-ready="true"]')


def spot(page: Page, code: str) -> tuple[float, float, int]:
    """Return where the sign of a project stands on the screen, and how many projects share it."""
    x, y, count = page.evaluate(_WHERE, code)
    return x, y, count


def click_project(page: Page, code: str) -> None:
    x, y, _ = spot(page, code)
    page.mouse.click(x, y)
    item = page.locator(".map-popup__item", has_text=code)
    page.locator(".map-popup").last.wait_for()
    if item.count():
        item.click()


def test_a_click_on_a_sign_finds_the_project(page: Page, live: Live) -> None:
    with live.app.app_context():
        code = make_project(
            name_vi="Điện mặt trời Thử Nghiệm", sites=[site(lon=107.2, lat=16.2, accuracy="exact")]
        )
    open_map(page, "?province=46&z=10&lat=16.3&lon=107.4")
    click_project(page, code)
    popup = page.locator(".map-popup")
    expect(popup).to_contain_text("Điện mặt trời Thử Nghiệm")
    expect(popup).to_contain_text("50 MW")
    expect(popup).to_contain_text("Đang xây dựng")
    expect(popup.get_by_role("link")).to_have_attribute("href", f"/projects/{code}")
    expect(page.locator(f'#map-results [data-code="{code}"]')).to_have_attribute("aria-current", "true")


def test_projects_at_one_spot_open_as_one_list(page: Page, live: Live) -> None:
    with live.app.app_context():
        codes = [make_project(name_vi=f"Cùng chỗ {n}", sites=[site(lon=107.9, lat=15.2)]) for n in range(12)]
    open_map(page, "?z=9&lat=15.2&lon=107.9")
    x, y, count = spot(page, codes[0])
    assert count == 12
    page.mouse.click(x, y)
    items = page.locator(".map-popup__item")
    expect(items).to_have_count(12)
    for number in (0, 11):
        items.nth(number).click()
        expect(page.locator(".map-popup__code")).to_have_count(1)
        page.locator(".map-popup button.btn").click()
        expect(items).to_have_count(12)


def test_many_projects_are_clustered_and_none_is_hidden(page: Page, live: Live) -> None:
    open_map(page)
    hidden = page.evaluate("""async () => {
        const {gather} = await import('/static/js/map-points.js');
        const {map} = window.trackerMaps.country;
        const points = Array.from({length: 3000}, (_, i) => ({
            project: {code: 'P' + i, mw: 10, family: 0}, accuracy: ['exact', ''],
            latlng: L.latLng(10 + (i * 7919 % 1000) / 100, 103 + (i * 104729 % 1000) / 200)}));
        const groups = gather(points, map);
        const found = new Set(groups.flatMap(group => group.points.map(point => point.project.code)));
        return [groups.length, found.size, groups.reduce((sum, group) => sum + group.mw, 0)];
    }""")
    assert hidden[0] < 600
    assert hidden[1:] == [3000, 30000]


def test_the_list_leads_to_the_map(page: Page) -> None:
    open_map(page, "?province=46")
    row = page.locator("#map-results button[data-code]").first
    code = row.get_attribute("data-code")
    row.click()
    expect(page.locator(".map-popup__code")).to_contain_text(str(code))


def test_a_filter_changes_map_list_and_address_without_a_reload(page: Page) -> None:
    open_map(page)
    page.evaluate("window.kept = true")
    before = page.locator("#map-results button[data-code]").count()
    page.locator("#map-filter > summary").click()
    page.locator(".map-choice > summary").first.click()
    page.locator('input[name="technology"][value="wind"]').check()
    page.wait_for_url(re.compile("technology=wind"))
    expect(page.locator("#map-results")).to_have_attribute("aria-busy", "false")
    after = page.locator("#map-results button[data-code]").count()
    assert 0 < after < before
    families = page.evaluate("""() => { const found = new Set();
        window.trackerMaps.country.layers.projects.eachLayer(sign => sign.gathered.projects.forEach(
            project => found.add(project.technology))); return [...found]; }""")
    assert families and all("gió" in words for words in families)
    assert page.evaluate("window.kept")
    assert re.search(r"[?&]z=\d", page.url)
    page.reload()
    page.wait_for_selector('#map[data-ready="true"]')
    assert page.locator("#map-results button[data-code]").count() == after


def test_the_address_bar_carries_the_view(page: Page) -> None:
    open_map(page, "?z=9&lat=16.4&lon=107.6")
    assert page.evaluate("window.trackerMaps.country.map.getZoom()") == 9
    page.evaluate("() => { window.trackerMaps.country.map.setView([15, 108], 8, {animate: false}); }")
    page.wait_for_url(re.compile(r"z=8&lat=15\.0000&lon=108\.0000"))
    assert "z=8" in str(page.locator("a[hreflang=en]").first.get_attribute("href"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_both_archipelagos_are_named_in_the_first_view_and_pictured_in_every_other(
    page: Page, lang: str
) -> None:
    open_map(page, f"?lang={lang}")
    for name in ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa"):
        expect(page.get_by_text(name)).to_be_in_viewport()
    expect(page.get_by_text("Hoàng Sa (Paracel)")).to_be_visible(visible=lang == "en")
    expect(page.locator(".map-inset")).to_be_hidden()
    open_map(page, f"?lang={lang}&z=10&lat=16.4&lon=107.6")
    expect(page.locator(".map-inset img")).to_be_visible()
    assert page.evaluate("document.querySelector('.map-inset img').naturalWidth") > 0


def test_hostile_names_are_shown_as_they_are(page: Page, live: Live) -> None:
    with live.app.app_context():
        codes = [make_project(name_vi=HOSTILE, sites=[site(lon=107.3 + n / 10, lat=15.9)]) for n in range(2)]
        codes += [make_project(name_vi=HOSTILE, sites=[site(lon=107.5, lat=15.6)]) for _ in range(2)]
    open_map(page, "?z=10&lat=15.75&lon=107.5")
    for code in codes:
        click_project(page, code)
        expect(page.locator(".map-popup__title").last).to_have_text(HOSTILE)
        x, y, _ = spot(page, code)
        page.mouse.move(x + 1, y + 1)
        page.keyboard.press("Escape")
        expect(page.locator(".map-popup")).to_have_count(0)
    assert page.evaluate("window.owned") is None


def test_layers_are_switched(page: Page) -> None:
    open_map(page)
    count = "window.trackerMaps.country.layers['provinces-63'].getLayers().length"
    assert page.evaluate(count) == 0
    page.locator("#layer-provinces-63").check()
    page.wait_for_function(f"() => {count} === 1")
    page.locator("#layer-projects").uncheck()
    assert not page.evaluate("(({map, layers}) => map.hasLayer(layers.projects))(window.trackerMaps.country)")


def test_the_keyboard_reaches_map_and_list(page: Page) -> None:
    open_map(page)
    page.locator("#map_country").focus()
    before = page.evaluate("window.trackerMaps.country.map.getCenter().lat")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"() => window.trackerMaps.country.map.getCenter().lat < {before}")
    page.locator("#map-results button[data-code]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-popup")).to_be_visible()


def test_a_phone_has_the_map_in_full_and_the_list_as_a_sheet(phone: Page) -> None:
    open_map(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    handle = phone.locator("#map-handle")
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(phone.locator("#map-results button[data-code]").first).to_be_hidden()
    handle.tap()
    expect(handle).to_have_attribute("aria-expanded", "true")
    phone.locator("#map-results button[data-code]").first.tap()
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(phone.locator(".map-popup")).to_be_visible()


def test_a_failed_answer_is_told_and_may_be_asked_again(page: Page, watch: Any) -> None:
    watch.allow("Failed to load resource|data.json")
    page.route("**/map/data.json*", lambda route: route.fulfill(status=500, body=""))
    page.goto("/map")
    button = page.locator("#map-status button")
    button.wait_for()
    page.unroute("**/map/data.json*")
    button.click()
    page.wait_for_function("() => window.trackerMaps.country.layers.projects.getLayers().length > 20")
    expect(button).to_have_count(0)


def test_without_scripts_the_list_is_there(open_context: Callable[..., Any]) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/map?province=46")
    assert page.locator("#map-results .map-list a").count() > 20
    page.locator("#map-filter > summary").click()
    page.locator("#map-q").fill("phong dien")
    page.locator("#map-form button[type=submit]").click()
    assert "q=phong+dien" in page.url and "province=46" in page.url


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_accessible(page: Page, axe: Callable[..., list[str]], lang: str) -> None:
    open_map(page, f"?lang={lang}&province=46")
    page.locator("#map-filter > summary").click()
    page.locator("#map-results button[data-code]").first.click()
    page.locator(".map-popup").wait_for()
    page.wait_for_timeout(700)
    assert axe(page) == []
