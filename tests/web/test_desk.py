"""My desk: counts, lists, filters, and for each item the way to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories
from tracker.services import actions, projects
from tracker.services.transactions import SYSTEM, write

Browser = Callable[..., FlaskClient]


@pytest.fixture
def code(app: Flask) -> str:
    """Return a project with a late step, a late action and two contradictions."""
    with app.app_context():
        code = factories.make_project(
            name_vi="Điện gió Phong Điền",
            status="operating",
            status_as_of="2020",
            units=[factories.unit("wind_onshore", status="shelved")],
            milestones=[{"stage": "land", "planned": "2025-06"}],
            sources=[{"citation": "A"}],
        )
        with write(actor=SYSTEM, action="test"):
            actions.put(
                projects.find(code), None, text="Gọi nhà đầu tư", assignee_id=None, assignee="Hoa", due=date(2026, 1, 2)
            )
    return code


def test_the_desk_asks_for_an_account(client: FlaskClient) -> None:
    for path in ("/desk", "/desk/actions"):
        assert client.get(path).location == f"/sign-in?next=%2Fdesk{'%2Factions' if 'actions' in path else ''}"


def test_the_office_sees_what_waits_and_where_to_mend_it(signed_in: Browser, code: str) -> None:
    text = signed_in("editor").get("/desk?who=office").text
    for words in ("Gọi nhà đầu tư", "Thu hồi đất", "Đang vận hành nhưng chưa có ngày COD thực tế"):
        assert words in text
    for link in (
        f"/projects/{code}/edit#cod_actual",
        f"/projects/{code}/edit#status",
        f"/projects/{code}/edit#last_checked",
        f"/projects/{code}/step?id=",
        f"/projects/{code}/action?id=",
    ):
        assert link in text, link


def test_the_links_lead_to_fields_that_are_there(signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    found = set(re.findall(rf'href="/projects/{code}/edit#([^"]+)"', browser.get("/desk?who=office").text))
    page = browser.get(f"/projects/{code}/edit").text
    assert {"cod_actual", "status", "last_checked"} <= found
    assert not [name for name in found if f'id="{name}"' not in page]


def test_ones_own_desk_is_empty_until_something_is_ones_own(signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    assert "Gọi nhà đầu tư" not in browser.get("/desk").text
    browser.post(f"/projects/{code}/action", data={"text": "Viết báo cáo", "assignee": "Nguyễn Văn Thử"})
    text = browser.get("/desk").text
    assert "Viết báo cáo" in text
    assert "Gọi nhà đầu tư" not in text


def test_an_action_is_ticked_on_the_desk_and_one_stays_there(signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    form = re.search(
        r'<form method="post" action="(/projects/[^"]+/action)">.*?</form>', browser.get("/desk?who=office").text, re.S
    )
    assert form is not None
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
    hidden["next"] = hidden["next"].replace("&amp;", "&")
    answer = browser.post(form[1], data=hidden | {"do": "done"})
    assert (answer.status_code, answer.location) == (303, "/desk?who=office")
    assert "Gọi nhà đầu tư" not in browser.get("/desk?who=office&show=actions").text
    assert "Gọi nhà đầu tư" in browser.get("/desk/actions?who=office&state=done").text


def test_a_viewer_reads_and_is_offered_no_change(signed_in: Browser, code: str) -> None:
    browser = signed_in("viewer")
    for path in ("/desk?who=office", "/desk/actions?who=office", f"/projects/{code}"):
        text = browser.get(path).text
        assert "Gọi nhà đầu tư" in text
        assert f"/projects/{code}/action" not in text
        assert f"/projects/{code}/edit" not in text


def test_contradictions_and_silent_projects_are_filtered(signed_in: Browser, app: Flask, code: str) -> None:
    with app.app_context():
        factories.make_project(name_vi="Im lặng hai năm", status="announced", status_as_of="2024-01")
        factories.make_project(name_vi="Im lặng lâu", status="announced", status_as_of="2019")
    browser = signed_in("editor")
    assert "Điện gió" in browser.get("/desk?who=office&show=contradictory&rule=operating_without_cod").text
    assert "Điện gió" not in browser.get("/desk?who=office&show=contradictory&rule=shares_over_100").text
    both = browser.get("/desk?who=office&show=silent").text
    one = browser.get("/desk?who=office&show=silent&supposed=cancelled").text
    assert ("Im lặng hai năm" in both, "Im lặng lâu" in both) == (True, True)
    assert ("Im lặng hai năm" in one, "Im lặng lâu" in one) == (False, True)


def test_recent_changes_are_in_words(signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    browser.post(f"/projects/{code}/step", data={"stage": "ipa", "lock_version": "1", "actual": "2024"})
    text = browser.get("/desk?who=office&lang=en").text
    assert "Nguyễn Văn Thử" in text
    assert "Recently changed" in text


@pytest.mark.parametrize("query", ["?who=nobody", "?show=nothing", "?rule=x&show=contradictory", "?supposed=%00"])
def test_an_address_that_means_nothing_shows_the_desk(signed_in: Browser, code: str, query: str) -> None:
    assert signed_in("viewer").get("/desk" + query).status_code == 200
    assert signed_in("viewer").get("/desk/actions" + query).status_code == 200
