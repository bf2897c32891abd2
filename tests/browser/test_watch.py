"""The watch itself: what it is there to notice, it notices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live, Watch


@pytest.mark.parametrize(
    ("script", "pattern"),
    [
        ("setTimeout(() => { throw new Error('broken') })", "error of a script: .*broken"),
        ("console.error('bad')", "console: bad"),
        ("fetch('http://198.51.100.7/x').catch(() => 0)", "198.51.100.7"),
        ("alert('hello')", "a dialog opened: hello"),
        (
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
            "Content Security Policy",
        ),
    ],
)
def test_it_notices(page: Page, live: Live, watch: Watch, script: str, pattern: str) -> None:
    page.goto("/healthz")
    page.evaluate(script)
    page.wait_for_timeout(200)
    assert watch.problems
    watch.allow(pattern)


def test_a_quiet_page_has_no_problem(page: Page, watch: Watch) -> None:
    answer = page.goto("/healthz")
    assert answer is not None
    assert answer.status == 200
    assert watch.problems == []


def test_somebody_of_the_office_is_signed_in(office, live: Live) -> None:
    page = office("editor")
    page.goto("/account")
    assert page.get_by_text("Nguyễn Văn Thử").first.is_visible()
