"""Every page in both languages, on a desktop and on a phone: nothing in the console, nothing refused, nothing asked
of another server, nothing wider than the screen, no serious barrier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Live, Watch
from tests.walking import REFUSING, pages

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
}
# Between them they show most of what a project page can show: units, plan rows, a call, places, sources.
PUBLIC = ("HUE-LNG-001", "HUE-SOL-009")
# Looking for barriers takes longest; each language and each screen is measured once.
MEASURED = {("vi", "desktop"), ("en", "phone")}
NO_PAGES = (
    ".json",
    ".geojson",
    ".csv",
    ".xlsx",
    ".js",
    ".pdf",
    ".svg",
    ".txt",
    ".ico",
    "/healthz",
    "/display",
    "/map/panel",
)

Axe = Callable[..., list[str]]


def addresses(live: Live, lang: str, *, public: bool) -> list[str]:
    """Return what is a page among all addresses, a page of an error at the end."""
    found = [address for address in pages(live.app, codes=PUBLIC, lang=lang, public=public)
             if not address.partition("?")[0].endswith(NO_PAGES)]  # fmt: skip
    return [*found, f"/projects/HUE-NOT-999?lang={lang}", f"/projects?lang={lang}&mw_min=many"]


def visit(page: Page, address: str, axe: Axe | None, *, wide: bool) -> list[str]:
    """Return what is wrong with a page; barriers are looked for when `axe` is given."""
    answer = page.goto(address)
    assert answer is not None
    wrong = [] if answer.status < 500 else [f"status {answer.status}"]
    if page.locator("#map").count():
        page.wait_for_selector('#map[data-ready="true"]')
    widest, room = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    if widest > room:
        wrong.append(f"{widest} px wide on a screen of {room}")
    if not wide and room > PHONE["width"]:
        wrong.append(f"zoomed out to {room} px")
    if axe is not None:
        wrong += [line for line in axe(page) if "(serious)" in line or "(critical)" in line]
    return [f"{address}: {line}" for line in wrong]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["", "administrator"])
def test_every_page(
    open_context: Callable[..., Any], live: Live, watch: Watch, axe: Axe, role: str, screen: str, lang: str
) -> None:
    watch.allow(r"status of 40[04].*(HUE-NOT-999|mw_min=many)")
    watch.allow(REFUSING)
    context = open_context(**SCREENS[screen])
    if role:
        live.sign_in(context, role)
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    found = addresses(live, lang, public=not role)
    if role:  # what both see alike was looked at as nobody
        public = set(addresses(live, lang, public=True))
        shown_alike = ("/sign-in", "/plan?tab", "/map?", "/projects?", "/projects/HUE-NOT")
        found = [address for address in found if address not in public or not address.startswith(shown_alike)]
    wrong: list[str] = []
    for address in found:
        wrong += visit(page, address, axe if (lang, screen) in MEASURED else None, wide=screen == "desktop")
    assert len(found) > (10 if not role else 6), found
    assert not wrong, "\n".join(wrong)
