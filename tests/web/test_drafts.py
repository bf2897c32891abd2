"""What is typed survives: drafts of forms, private to their author, and warnings that ask for a reason."""

from __future__ import annotations

import pytest

from tests.conftest import sign_in
from tests.factories import make_project, make_user
from tests.web.test_editing import SOURCE, fields, least, stored
from tracker.domain import FormDraft, db
from tracker.services import drafts, portfolio, sessions


def test_what_was_typed_is_offered_used_and_dropped_with_the_save(app, signed_in):
    editor = signed_in("editor")
    typed = least(name_vi="Đang gõ dở", **{"units-1-technology": "battery_storage", "units-1-storage_mwh": "1.250,5"})
    kept = editor.post("/drafts/new", data=typed)
    assert kept.status_code == 200
    assert ":" in kept.json["message"]
    page = editor.get("/projects/new")
    assert 'href="/projects/new?draft=1"' in page.text
    assert "Đang gõ dở" not in page.text
    used = editor.get("/projects/new?draft=1")
    back = fields(used.text)
    assert {name: back[name] for name in typed} == typed
    assert 'href="/projects/new?draft=1"' not in used.text
    assert editor.post("/projects/new", data=back).status_code == 303
    assert 'href="/projects/new?draft=1"' not in editor.get("/projects/new").text
    with app.app_context():
        assert len(portfolio.current(audience="staff").rows) == 1
        assert db.session.query(FormDraft).count() == 0


def test_a_draft_is_its_authors_alone(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    editor, approver = signed_in("editor"), signed_in("approver")
    editor.post(f"/drafts/edit:{code}", data={"name_vi": "Chỉ mình tôi"})
    for path in (f"/projects/{code}/edit", f"/projects/{code}/edit?draft=1", "/projects/new?draft=1"):
        assert "Chỉ mình tôi" not in approver.get(path).text
    assert "Chỉ mình tôi" in editor.get(f"/projects/{code}/edit?draft=1").text
    approver.post(f"/drafts/edit:{code}/discard")
    assert "Chỉ mình tôi" in editor.get(f"/projects/{code}/edit?draft=1").text
    answer = editor.post(f"/drafts/edit:{code}/discard")
    assert (answer.status_code, answer.location) == (303, f"/projects/{code}/edit")
    assert "Chỉ mình tôi" not in editor.get(f"/projects/{code}/edit?draft=1").text


def test_a_draft_changes_nothing_of_the_portfolio(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    editor = signed_in("editor")
    with app.app_context():
        before = portfolio.revision()
    editor.post(f"/drafts/edit:{code}", data={"name_vi": "Tên mới"})
    assert stored(app, code)["name_vi"] != "Tên mới"
    with app.app_context():
        assert portfolio.revision() == before


def test_a_draft_of_an_older_version_is_a_conflict(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    editor, approver = signed_in("editor"), signed_in("approver")
    opened = fields(editor.get(f"/projects/{code}/edit").text)
    editor.post(f"/drafts/edit:{code}", data=opened | {"land_ha": "75"})
    approver.post(f"/projects/{code}/edit", data=opened | {"land_ha": "60"})
    draft = fields(editor.get(f"/projects/{code}/edit?draft=1").text)
    assert draft["land_ha"] == "75"
    assert editor.post(f"/projects/{code}/edit", data=draft).status_code == 409
    assert stored(app, code)["land_ha"] == 60


@pytest.mark.parametrize("form", ["edit:HUE-SOL-999", "edit:", "other", "new:1"])
def test_forms_that_do_not_exist(signed_in, form):
    assert signed_in("editor").post(f"/drafts/{form}", data={"name_vi": "x"}).status_code == 404


def test_too_much_is_refused(signed_in):
    answer = signed_in("editor").post("/drafts/new", data={"summary_vi": "á" * drafts.MOST_BYTES})
    assert answer.status_code == 413


def test_visitors_and_viewers_keep_nothing(app, client, strict_app, signed_in):
    assert client.post("/drafts/new", data={"name_vi": "x"}).status_code == 403
    assert signed_in("viewer").post("/drafts/new", data={"name_vi": "x"}).status_code == 403
    assert sign_in(strict_app, "editor").post("/drafts/new", data={"name_vi": "x"}).status_code == 400


def test_a_session_that_died_leaves_the_draft(app):
    with app.app_context():
        user = make_user(role="editor")
        user_id, tokens = user.id, []
        for _ in range(2):
            tokens.append(sessions.start(user_id=user_id, data={}, user_agent="t", address="127.0.0.1"))
    first, second = app.test_client(), app.test_client()
    first.set_cookie(app.config["SESSION_COOKIE_NAME"], tokens[0])
    second.set_cookie(app.config["SESSION_COOKIE_NAME"], tokens[1])
    first.post("/drafts/new", data=least(name_vi="Mất phiên"))
    first.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    lost = first.post("/projects/new", data=least(name_vi="Mất phiên"))
    assert lost.status_code == 403
    assert "Mất phiên" in lost.text
    assert fields(second.get("/projects/new?draft=1").text)["name_vi"] == "Mất phiên"


def test_on_both_databases(both, signed_in):
    editor = signed_in("editor", on=both)
    editor.post("/drafts/new", data=least(name_vi="Lần một"))
    editor.post("/drafts/new", data=least(name_vi="Lần hai"))
    assert fields(editor.get("/projects/new?draft=1").text)["name_vi"] == "Lần hai"


ODD = {"units-0-capacity_mw": "50", "land_ha": "6", **SOURCE}


def test_warnings_never_block_a_draft_and_are_told(app, signed_in):
    editor = signed_in("editor")
    answer = editor.post("/projects/new", data=least(**ODD))
    assert answer.status_code == 303
    page = editor.get(answer.location)
    assert 'name="accept-mw_per_ha:land_ha"' in page.text
    assert "NREL" in page.text


def test_submitting_needs_a_correction_or_a_reason(app, signed_in):
    editor = signed_in("editor")
    answer = editor.post("/projects/new", data=least(action="submit", **ODD))
    assert answer.status_code == 400
    assert 'name="accept-mw_per_ha:land_ha"' in answer.text
    assert fields(answer.text)["land_ha"] == "6"
    accepted = least(action="submit", **ODD, **{"accept-mw_per_ha:land_ha": "Nhiều tầng"})
    code = editor.post("/projects/new", data=accepted).location.rpartition("/")[2]
    (override,) = stored(app, code)["overrides"]
    assert (override["reason"], override["value"]) == ("Nhiều tầng", "capacity_mw=50; land_ha=6")
    assert override["decided_by"] == "Nguyễn Văn Thử"
    assert stored(app, code)["review_state"] == "submitted"
    page = editor.get(f"/projects/{code}").text
    assert 'name="accept-mw_per_ha:land_ha"' not in page
    assert "Nhiều tầng" in page


def test_an_override_falls_when_the_value_changes(app, signed_in):
    editor, approver = signed_in("editor"), signed_in("approver")
    code = editor.post("/projects/new", data=least(**ODD)).location.rpartition("/")[2]
    assert approver.post(f"/projects/{code}/publish").status_code == 400
    assert editor.post(f"/projects/{code}/accept", data={"accept-mw_per_ha:land_ha": " "}).status_code == 303
    assert stored(app, code)["overrides"] == []
    editor.post(f"/projects/{code}/accept", data={"accept-mw_per_ha:land_ha": "Đúng"})
    assert len(stored(app, code)["overrides"]) == 1
    same = fields(editor.get(f"/projects/{code}/edit").text)
    editor.post(f"/projects/{code}/edit", data=same | {"jobs": "4"})
    assert len(stored(app, code)["overrides"]) == 1
    assert approver.post(f"/projects/{code}/publish").status_code == 303
    with app.app_context():
        assert "overrides" not in portfolio.document(code) or portfolio.document(code)["overrides"] == []
    other = fields(editor.get(f"/projects/{code}/edit").text)
    editor.post(f"/projects/{code}/edit", data=other | {"land_ha": "5"})
    assert stored(app, code)["overrides"] == []
    assert approver.post(f"/projects/{code}/publish").status_code == 400


def test_accepting_a_warning_is_no_conflict_for_a_form_that_is_open(app, signed_in):
    editor, approver = signed_in("editor"), signed_in("approver")
    code = editor.post("/projects/new", data=least(**ODD)).location.rpartition("/")[2]
    opened = fields(editor.get(f"/projects/{code}/edit").text)
    approver.post(f"/projects/{code}/accept", data={"accept-mw_per_ha:land_ha": "Đúng"})
    assert editor.post(f"/projects/{code}/edit", data=opened | {"jobs": "7"}).status_code == 303
    found = stored(app, code)
    assert (found["jobs"], len(found["overrides"])) == (7, 1)
