"""Next actions, steps and dates of changes, recorded by plain forms on pages of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories
from tracker.services import documents, portfolio, projects

Browser = Callable[..., FlaskClient]


@pytest.fixture
def code(app: Flask) -> str:
    """Return a published project with a source and a document."""
    with app.app_context():
        return factories.make_project(
            status="announced",
            sources=[{"citation": "Báo cáo 12/BC-SCT"}],
            documents=[{"number": "123/QĐ-UBND", "title": "Chấp thuận chủ trương"}],
        )


def stored(app: Flask, code: str) -> dict[str, Any]:
    with app.app_context():
        return documents.full(projects.find(code))


def hidden(page: str) -> dict[str, str]:
    """Return what the form of the page posts unseen."""
    form = re.search(r'<form class="form task".*?</form>', page, re.S)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def test_a_step_is_recorded_with_its_document(app: Flask, signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    page = browser.get(f"/projects/{code}/step?stage=ipa").text
    assert '<option selected value="ipa">' in page
    assert "123/QĐ-UBND – Chấp thuận chủ trương" in page
    typed = {"stage": "ipa", "actual": "30/06/2026", "document_number": "123/QĐ-UBND", "document_ordinal": "1"}
    answer = browser.post(f"/projects/{code}/step", data=hidden(page) | typed)
    assert (answer.status_code, answer.location) == (303, f"/projects/{code}#steps")
    found = stored(app, code)
    (step,) = found["milestones"]
    assert (step["actual"], step["document_ordinal"], step["document_number"]) == ("2026-06-30", 1, "123/QĐ-UBND")
    assert (found["stage"], found["review_state"]) == ("ipa", "draft")
    shown = browser.get(f"/projects/{code}").text
    assert "Lựa chọn nhà đầu tư (đấu thầu)" in shown
    assert "NĐ 56/2025" in shown


def test_a_step_is_changed_and_the_rest_of_it_stays(app: Flask, signed_in: Browser, code: str) -> None:
    with app.app_context():
        factories.edit(code, milestones=[{"stage": "ipa", "planned": "2025", "note": "chờ"}, {"stage": "land"}])
    number = stored(app, code)["milestones"][0]["id"]
    browser = signed_in("editor")
    page = browser.get(f"/projects/{code}/step?id={number}").text
    browser.post(
        f"/projects/{code}/step",
        data=hidden(page) | {"stage": "ipa", "planned": "2025", "actual": "2026-02", "note": "x"},
    )
    first, second = stored(app, code)["milestones"]
    assert (first["id"], first["planned"], first["actual"], first["note"]) == (number, "2025", "2026-02", "x")
    assert second["stage"] == "land"


def test_a_step_that_somebody_changed_meanwhile_is_shown_first(app: Flask, signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    page = browser.get(f"/projects/{code}/step").text
    with app.app_context():
        factories.edit(code, jobs=7)
    typed = {"stage": "ipa", "actual": "2026", "note": "giữ nguyên chữ này"}
    answer = browser.post(f"/projects/{code}/step", data=hidden(page) | typed)
    assert answer.status_code == 409
    assert "giữ nguyên chữ này" in answer.text
    assert stored(app, code)["milestones"] == []
    assert browser.post(f"/projects/{code}/step", data=hidden(answer.text) | typed).status_code == 303


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("step", {"actual": "2024"}, "2024"),
        ("step", {"stage": "ipa", "actual": "31/12/2999"}, "31/12/2999"),
        ("action", {"due": "mai"}, "mai"),
        ("action", {"text": "x", "assignee_id": "999"}, "x"),
    ],
)
def test_a_mistake_answers_400_and_gives_everything_back(
    app: Flask, signed_in: Browser, code: str, path: str, typed: dict[str, str], words: str
) -> None:
    before = stored(app, code)
    answer = signed_in("editor").post(f"/projects/{code}/{path}", data={"lock_version": "1"} | typed)
    assert answer.status_code == 400
    assert "error-summary" in answer.text
    assert words in answer.text
    assert stored(app, code) == before


def test_an_action_is_written_ticked_opened_and_never_public(
    app: Flask, client: FlaskClient, signed_in: Browser, code: str
) -> None:
    browser = signed_in("editor")
    page = browser.get(f"/projects/{code}/action").text
    typed = {"text": "Đòi hồ sơ đất", "assignee": "Sở Xây dựng", "due": "31/12/2030"}
    assert browser.post(f"/projects/{code}/action", data=hidden(page) | typed).status_code == 303
    (action,) = stored(app, code)["actions"]
    assert (action["text"], action["assignee"], action["due"]) == ("Đòi hồ sơ đất", "Sở Xây dựng", "2030-12-31")
    for step, done in (("done", True), ("reopen", False)):
        browser.post(f"/projects/{code}/action", data={"id": action["id"], "do": step})
        assert bool(stored(app, code)["actions"][0]["done_on"]) == done
    assert stored(app, code)["review_state"] == "published"  # nothing that the public reads has changed
    assert "Đòi hồ sơ đất" in browser.get(f"/projects/{code}").text
    assert "Đòi hồ sơ đất" not in client.get(f"/projects/{code}").text


def test_what_is_not_there_is_not_found(signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    for path in ("action", "step", "change"):
        for number in ("999", "x", "1" * 20):
            assert browser.get(f"/projects/{code}/{path}?id={number}").status_code == 404
            assert browser.post(f"/projects/{code}/{path}", data={"id": number, "do": "done"}).status_code == 404
    assert browser.post(f"/projects/{code}/change", data={}).status_code == 404
    assert browser.get("/projects/HUE-XXX-001/step").status_code == 404


def test_one_is_not_sent_off_the_site(signed_in: Browser, code: str) -> None:
    answer = signed_in("editor").post(f"/projects/{code}/action", data={"text": "x", "next": "https://example.com/"})
    assert answer.location.startswith(f"/projects/{code}")


def change_status(browser: FlaskClient, app: Flask, code: str, **more: str) -> None:
    """Change the status in the whole form, as its page would post it."""
    unit = stored(app, code)["units"][0]
    source = stored(app, code)["sources"][0]
    page = browser.get(f"/projects/{code}/edit").text
    numbers = dict(re.findall(r'<input type="hidden" name="(lock_version|base)" value="(\d+)"', page))
    answer = browser.post(
        f"/projects/{code}/edit",
        data=numbers
        | {
            "name_vi": "Điện mặt trời Phong Hòa",
            "name_en": "Phong Hoa Solar",
            "province_code": "46",
            "status": "construction",
            "units-0-id": str(unit["id"]),
            "units-0-ordinal": "1",
            "units-0-technology": "solar_ground",
            "units-0-capacity_mw": "60",
            "sources-0-id": str(source["id"]),
            "sources-0-ordinal": "1",
            "sources-0-citation": source["citation"],
        }
        | more,
    )
    assert answer.status_code == 303, answer.text


def test_the_form_notes_since_when_and_by_whose_word(
    app: Flask, client: FlaskClient, signed_in: Browser, code: str
) -> None:
    browser = signed_in("approver")
    told = {"change-dated": "05/2026", "change-source_ordinal": "1", "change-note": "công văn 7"}
    change_status(browser, app, code, **told, action="publish")
    found = [
        (c["field"], c["before"], c["after"], c["dated"], c["source_ordinal"])
        for c in stored(app, code)["fact_changes"]
    ]
    assert found == [
        ("status", "announced", "construction", "2026-05", 1),
        ("capacity_mw", "50", "60", "2026-05", 1),
    ]
    public = client.get(f"/projects/{code}").text
    for words in ("05/2026", "50 MW", "60 MW", "công văn 7"):
        assert words in public, words


def test_without_a_date_it_is_noted_for_the_office_and_can_be_dated_later(
    app: Flask, client: FlaskClient, signed_in: Browser, code: str
) -> None:
    browser = signed_in("approver")
    change_status(browser, app, code, action="publish")
    number = stored(app, code)["fact_changes"][0]["id"]
    link = f"/projects/{code}/change?id={number}"
    assert link in browser.get(f"/projects/{code}").text
    assert 'id="facts"' not in client.get(f"/projects/{code}").text
    page = browser.get(link).text
    typed = {"dated": "Q2/2026", "source_ordinal": "1"}
    assert browser.post(f"/projects/{code}/change", data=hidden(page) | typed).status_code == 303
    assert [c["dated"] for c in stored(app, code)["fact_changes"]] == ["2026-Q2", None]


def test_a_corrected_mistake_is_no_change_in_the_world(app: Flask, signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    change_status(browser, app, code, **{"change-mistake": "y"})
    found = stored(app, code)
    assert (found["status"], found["fact_changes"]) == ("construction", [])


def test_a_change_noted_by_mistake_is_taken_out(app: Flask, signed_in: Browser, code: str) -> None:
    browser = signed_in("editor")
    change_status(browser, app, code)
    first, second = (c["id"] for c in stored(app, code)["fact_changes"])
    page = browser.get(f"/projects/{code}/change?id={second}").text
    browser.post(f"/projects/{code}/change", data=hidden(page) | {"mistake": "y"})
    assert [c["id"] for c in stored(app, code)["fact_changes"]] == [first]


def test_what_does_not_fit_and_what_is_supposed_is_for_the_office(
    app: Flask, client: FlaskClient, signed_in: Browser, code: str
) -> None:
    with app.app_context():
        factories.edit(code, publish=True, status="construction", status_as_of="2019")
        public = portfolio.document(code)
    assert public is not None
    assert public["status"] == "construction"
    office, everybody = (
        signed_in("viewer").get(f"/projects/{code}?lang=en").text,
        client.get(f"/projects/{code}?lang=en").text,
    )
    for words in ("Supposed: cancelled", "Under construction, but no dated start"):
        assert words in office
        assert words not in everybody
