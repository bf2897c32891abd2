"""Hostile text in every text field runs nothing in a real browser: every page and every popup is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests import hostile
from tests.browser.conftest import Live, Watch
from tests.browser.test_map import open_map
from tests.walking import REFUSING, pages

# Answers that are no page of ours: files, and the bare part of the map's panel that the page itself shows.
NO_PAGES = (".json", ".geojson", ".csv", ".xlsx", ".js", ".pdf", ".txt", ".ico", "/display", "/map/panel")


def quiet(page: Page, watch: Watch, address: str) -> None:
    """Fail when anything planted has run; dialogs, errors and refusals are in the watch."""
    assert page.evaluate("window.__pwn") is None, address
    assert page.locator("img[src='x'], [onerror], [onload], [onmouseover]").count() == 0, address
    assert not hostile.EVALUATED.search(page.content()), address
    assert not watch.problems, (address, watch.problems)


@pytest.mark.parametrize(("who", "lang"), [("", "vi"), ("administrator", "en")])
def test_every_page(open_context: Callable[..., Any], live: Live, watch: Watch, who: str, lang: str) -> None:
    planted = hostile.plant_all(live.app)
    watch.allow(REFUSING)
    context = open_context()
    if who:
        live.sign_in(context, who)
    page = context.new_page()
    codes = list(planted.texts)
    found = list(pages(live.app, codes=codes[::12] if who else codes, lang=lang, public=not who))
    opened = [address for address in found if not address.partition("?")[0].endswith(NO_PAGES)]
    for address in opened:
        page.goto(address)
        quiet(page, watch, address)
    assert len(opened) > 20


def test_every_popup(page: Page, live: Live, watch: Watch) -> None:
    """From the panel's list each sign opens its popup, on the page and on the small map of the project."""
    planted = hostile.plant_all(live.app)
    open_map(page, "?province=46&lang=vi&z=10&lat=16.3&lon=107.5")
    for code, texts in planted.texts.items():
        page.locator(f'#map-results button[data-code="{code}"]').click()
        popup = page.locator(".map-popup", has_text=code)
        expect(popup).to_be_visible()
        title = popup.locator(".map-popup__title").text_content() or ""
        assert hostile.flat(title) == hostile.flat(texts[".name_vi"])
        quiet(page, watch, code)
        page.keyboard.press("Escape")


def test_search_and_filters_repeat_words_only(page: Page, watch: Watch) -> None:
    watch.allow("status of 400")
    places = (("/projects", "q"), ("/map", "q"), ("/plan", "tab"), ("/projects", "technology"))
    for at, payload in enumerate(hostile.PAYLOADS):
        path, name = places[at % len(places)]
        address = f"{path}?{urlencode({name: payload})}"
        page.goto(address)
        quiet(page, watch, address)
