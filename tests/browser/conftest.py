"""A real Chromium before the demo portfolio.

A test fails on any error of a script, refused content or outside request.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from werkzeug.serving import make_server

PROJECT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LOCAL_SCHEMES = ("data", "blob", "about")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Live:
    """The application behind a real port of this machine."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def sign_in(self, context: BrowserContext, role: str) -> None:
        """Let everybody in `context` be an account of `role`."""
        from tests.conftest import sign_in

        cookie = sign_in(self.app, role).get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])


class Watch:
    """Gathers what must not happen in a page.

    `allow` takes patterns of what a test expects, e.g. a 400 answer.
    """

    def __init__(self) -> None:
        self._seen: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let messages that match `pattern` pass."""
        self._allowed.append(pattern)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of the context, and let no request leave the machine."""
        context.route(re.compile(".*"), self._gate)
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._seen.append(f"error of a script: {error}"))
        page.on(
            "console",
            lambda message: (
                self._seen.append(f"console: {message.text} ({message.location.get('url')})")
                if message.type == "error"
                else None
            ),
        )
        page.on("crash", lambda _: self._seen.append("the page crashed"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self._seen.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _gate(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.hostname == "127.0.0.1" or parts.scheme in LOCAL_SCHEMES:
            route.fallback()
        else:
            self._seen.append(f"request to another server: {route.request.url}")
            route.abort()

    @property
    def problems(self) -> list[str]:
        """What happened and was not allowed."""
        return [seen for seen in self._seen if not any(re.search(pattern, seen) for pattern in self._allowed)]


@pytest.fixture
def live(demo_app: Flask) -> Iterator[Live]:
    """Serve a copy of the demo portfolio of this test's own, forms with their token as outside of tests."""
    demo_app.config["WTF_CSRF_ENABLED"] = True
    server = Live(demo_app)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser that CHROMIUM names, else the one on PATH."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail("no Chromium: set CHROMIUM or put chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return the watch over all pages of the test; its problems fail the test."""
    found = Watch()
    yield found
    assert not found.problems, "\n".join(found.problems)


@pytest.fixture
def open_context(chromium: Browser, live: Live, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of browser contexts: `open_context(viewport=PHONE, java_script_enabled=False)`."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", DESKTOP)
        context = chromium.new_context(
            base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options
        )
        context.set_default_timeout(15_000)
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Return a page on a desktop screen, nobody signed in."""
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """Return a page on a phone."""
    return open_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2).new_page()


@pytest.fixture
def office(open_context: Callable[..., BrowserContext], live: Live) -> Callable[..., Page]:
    """Return a maker of pages in which somebody is signed in: `office("approver")`."""

    def make(role: str = "editor", **options: Any) -> Page:
        context = open_context(**options)
        live.sign_in(context, role)
        return context.new_page()

    return make


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """Return the accessibility check: `axe(page)` gives what is wrong, one line for each element."""
    source = (PROJECT / ".build" / "test-assets" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def check(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run(document, "
            "{rules: Object.fromEntries(rules.map(rule => [rule, {enabled: false}]))})",
            list(without),
        )
        return [
            f"{issue['id']} ({issue['impact']}): {node['target']} {node.get('failureSummary', '')}"
            for issue in found["violations"]
            for node in issue["nodes"]
        ]

    return check
