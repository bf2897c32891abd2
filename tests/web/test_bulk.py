"""Bulk edit from the list to the undone batch, and everything that stops it."""

from __future__ import annotations

import re

import pytest

from tests import factories
from tests.conftest import sign_in
from tracker.forms.bulk import MOST
from tracker.services import batches, portfolio, projects


@pytest.fixture
def codes(app):
    with app.app_context():
        return [factories.make_project(name_vi=f"Dự án {n}", sources=[{"citation": "A"}]) for n in range(3)]


def send(browser, codes, field="status", **values):
    return browser.post("/bulk", data={"codes": " ".join(codes), "field": field} | values)


def kept(answer):
    """Return the hidden fields of the preview as they are sent."""
    block = re.search(r'<form method="post" action="/bulk".*?</form>', answer.text, re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', block)) | {"step": "apply"}


def test_from_the_list_to_undo(app, codes):
    browser = sign_in(app, "editor")
    page = browser.get("/projects").text
    assert page.count('form="bulk"') == 3
    assert "/bulk?all=1" in page
    assert "Dự án 0" in browser.get(f"/bulk?code={codes[0]}&code={codes[1]}").text
    assert "3 dự án" in browser.get("/bulk?all=1&province=46").text or "3" in browser.get("/bulk?all=1").text
    preview = send(browser, codes, status="operating", status_as_of="6/2026", status_source="TB 1", reason="vì vậy")
    assert preview.status_code == 200
    assert preview.text.count("change__after") == 3
    with app.app_context():
        assert {projects.find(code).status for code in codes} == {"construction"}
    done = browser.post("/bulk", data=kept(preview))
    assert done.status_code == 303
    assert "Dự án 2" in browser.get(done.location).text
    with app.app_context():
        assert {projects.find(code).status for code in codes} == {"operating"}
        assert batches.listed()[0].reason == "vì vậy"
    assert browser.get("/batches").status_code == 200
    assert browser.post(done.location + "/undo").status_code == 303
    with app.app_context():
        assert {projects.find(code).status for code in codes} == {"construction"}


def test_later_changes_stop_the_change_and_the_undo(app, codes):
    browser = sign_in(app, "editor")
    preview = send(browser, codes, "confidence", confidence="low")
    with app.app_context():
        factories.edit(codes[1], jobs=3)
    stopped = browser.post("/bulk", data=kept(preview))
    assert stopped.status_code == 409
    assert codes[1] in stopped.text
    done = browser.post("/bulk", data=kept(stopped))
    assert done.status_code == 303
    with app.app_context():
        factories.edit(codes[1], jobs=4)
    refused = browser.post(done.location + "/undo")
    assert refused.status_code == 409
    with app.app_context():
        assert projects.find(codes[0]).confidence == "low"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("status", {}),
        ("status", {"status": "finished"}),
        ("status", {"status": "operating", "status_as_of": "2199"}),
        ("province_code", {"province_code": "999"}),
        ("last_checked", {"last_checked": "hôm qua"}),
        ("last_checked", {"last_checked": "31/12/2190"}),
        ("source", {"source_citation": "x", "source_url": "javascript:alert(1)"}),
        ("source", {}),
        ("action", {"action_text": ""}),
        ("review_comment", {}),
        ("remarks_internal", {"remarks_internal": "x"}),
        ("", {}),
    ],
)
def test_what_the_form_would_refuse_is_refused_here(app, codes, field, values):
    answer = send(sign_in(app, "editor"), codes, field, **values)
    assert answer.status_code == 400
    with app.app_context():
        assert not batches.listed()


def test_garbage_in_another_drawer_is_no_hindrance(app, codes):
    answer = send(sign_in(app, "editor"), codes, "confidence", confidence="high", action_due="never", status="zzz")
    assert answer.status_code == 200


def test_only_approvers_publish_and_only_they_undo_it(app, codes):
    with app.app_context():
        factories.edit(codes[0], name_vi="Tên mới")
        factories.make_project(publish=False)
        draft = factories.make_project(publish=False, name_vi="Nháp", sources=[{"citation": "A"}])
    assert send(sign_in(app, "editor"), [draft], "publish").status_code == 403
    approver = sign_in(app, "approver")
    done = approver.post("/bulk", data=kept(send(approver, [draft], "publish")))
    assert done.status_code == 303
    with app.app_context():
        assert draft in portfolio.current().by_code
    assert sign_in(app, "editor").post(done.location + "/undo").status_code == 403
    assert approver.post(done.location + "/undo").status_code == 303
    with app.app_context():
        assert draft not in portfolio.current().by_code


def test_strange_choices_are_answered_in_words(app, codes):
    browser = sign_in(app, "editor")
    assert browser.get("/bulk").status_code == 200
    assert browser.get("/bulk?code=HUE-XXX-999").status_code == 200
    assert browser.get("/bulk?all=1&province=zz").status_code == 400
    many = [f"HUE-SOL-{n:03d}" for n in range(MOST + 1)]
    assert send(browser, many, "confidence", confidence="low").status_code == 400
    assert send(browser, [], "confidence", confidence="low").status_code == 400
    gone = send(browser, ["HUE-XXX-999"], "confidence", confidence="low")
    assert gone.status_code == 200
    assert "HUE-XXX-999" in gone.text
    assert browser.get("/batches/99").status_code == 404
    assert browser.get(f"/batches/{9**30}").status_code == 404
    odd = kept(send(browser, codes, "confidence", confidence="low")) | {"seen": str(9**30)}
    assert browser.post("/bulk", data=odd).status_code == 303
    assert browser.post("/batches/99/undo").status_code == 404
