"""Review on one page: what the public would read differently, what stays in the office, and the two answers."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import edit, make_project, unit
from tracker.domain.technologies import TECHNOLOGIES
from tracker.services import merging, portfolio, projects, transactions
from tracker.web.projects import review

CODE = "HUE-SOL-001"
SOURCES = [{"citation": "QĐ 768"}]


@pytest.fixture
def app(app: Flask) -> Flask:
    """Return an application with a published project whose working copy says something else."""
    with app.app_context():
        make_project(jobs=4, sources=SOURCES)
        edit(CODE, jobs=5, remarks_internal="Ghi chú kín", units=[unit(capacity_mw=60.0)])
    return app


def seen(app: Flask) -> int:
    with app.app_context():
        return projects.last_revision(projects.find(CODE))


def parts(page: str) -> tuple[str, str]:
    """Return the public's part of the page and the office's."""
    public, _, internal = page.partition('id="internal-changes"')
    return public, internal


def test_the_differences_stand_apart_by_who_may_read_them(app, signed_in):
    public, internal = parts(signed_in("approver").get(f"/projects/{CODE}/review?lang=en").text)
    assert "Compared with publication no. 1" in public
    assert "<del>4</del>" in public
    assert "<ins>5</ins>" in public
    assert "<ins>60</ins>" in public
    assert "Ghi chú kín" not in public
    assert "Ghi chú kín" in internal
    assert "<del>4</del>" not in internal


def test_a_first_publication_shows_everything(app, signed_in):
    with app.app_context():
        code = make_project(publish=False, name_vi="Dự án mới", units=[unit("wind_onshore")], sources=SOURCES)
    public, _ = parts(signed_in("approver").get(f"/projects/{code}/review?lang=en").text)
    assert "everything below would be new" in public
    for words in ("Dự án mới", TECHNOLOGIES["wind_onshore"].label["en"], "QĐ 768"):
        assert words in public


def test_an_approver_publishes_from_the_page_and_an_editor_only_reads_it(app, signed_in):
    editor, approver = signed_in("editor"), signed_in("approver")
    path = f"/projects/{CODE}/review?lang=en"
    assert f'action="/projects/{CODE}/publish"' not in editor.get(path).text
    assert f'action="/projects/{CODE}/publish"' in approver.get(path).text
    assert signed_in("viewer").get(path).status_code == 403
    assert approver.post(f"/projects/{CODE}/publish", data={"seen": seen(app)}).status_code == 303
    assert "the public already reads this" in approver.get(path).text
    with app.app_context():
        public = portfolio.document(CODE)
        assert public is not None
        assert public["jobs"] == 5


def test_a_returned_project_keeps_the_comment_until_it_is_submitted_again(app, signed_in):
    editor, approver = signed_in("editor"), signed_in("approver")
    assert editor.post(f"/projects/{CODE}/submit").status_code == 303
    page = approver.get(f"/projects/{CODE}/review?lang=en").text
    assert f'action="/projects/{CODE}/return"' in page
    answer = approver.post(f"/projects/{CODE}/return", data={"seen": seen(app), "comment": "Thiếu số công văn"})
    assert answer.status_code == 303
    for address in (f"/projects/{CODE}", f"/projects/{CODE}/edit", f"/projects/{CODE}/review"):
        assert "Thiếu số công văn" in editor.get(address).text, address
    assert "Thiếu số công văn" not in app.test_client().get(f"/projects/{CODE}").text
    assert editor.post(f"/projects/{CODE}/submit").status_code == 303
    assert "Thiếu số công văn" not in editor.get(f"/projects/{CODE}/review").text
    assert "Thiếu số công văn" in editor.get(f"/projects/{CODE}/history").text


def test_what_changed_since_the_approver_looked_is_not_published(app, signed_in):
    approver, before = signed_in("approver"), seen(app)
    with app.app_context():
        edit(CODE, jobs=99)
    assert approver.post(f"/projects/{CODE}/publish", data={"seen": before}).status_code == 409
    with app.app_context():
        public = portfolio.document(CODE)
        assert public is not None
        assert public["jobs"] == 4


def test_what_changes_while_the_approver_stands_in_line_is_not_published(app, signed_in, monkeypatch):
    approver, before, write = signed_in("approver"), seen(app), review.write

    def late(**told):
        edit(CODE, jobs=99)
        return write(**told)

    monkeypatch.setattr(review, "write", late)
    assert approver.post(f"/projects/{CODE}/publish", data={"seen": before}).status_code == 409
    with app.app_context():
        public = portfolio.document(CODE)
        assert public is not None
        assert public["jobs"] == 4


def test_a_merged_project_does_not_become_public_again(app, signed_in):
    with app.app_context():
        other = make_project(sources=SOURCES)
        with transactions.write(actor=transactions.SYSTEM, action="merge") as revision:
            expected = {code: projects.find(code).lock_version for code in (CODE, other)}
            merging.merge(CODE, other, choices={}, expected=expected, revision=revision)
    for step in ("submit", "publish", "withdraw", "archive"):
        answer = signed_in("approver").post(f"/projects/{other}/{step}", data={"comment": "Vì sao"})
        assert answer.status_code == 409, step
    with app.app_context():
        assert portfolio.document(other) is None


def test_the_form_of_an_archived_project_saves_and_does_not_publish(app, signed_in):
    approver = signed_in("approver")
    assert approver.post(f"/projects/{CODE}/archive", data={"comment": "Trùng"}).status_code == 303
    with app.app_context():
        version = projects.find(CODE).lock_version
    form = {
        "lock_version": version, "name_vi": "Tên khác", "status": "announced", "province_code": "46",
        "units-0-technology": "solar_ground", "sources-0-citation": "QĐ 768",
    }  # fmt: skip
    for action, status in (("publish", 409), ("submit", 409), ("save", 303)):
        assert approver.post(f"/projects/{CODE}/edit", data=form | {"action": action}).status_code == status, action
    with app.app_context():
        assert portfolio.document(CODE) is None
        assert projects.find(CODE).name_vi == "Tên khác"
