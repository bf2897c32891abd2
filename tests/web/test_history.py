"""The history on the web: everything told in words, any version to be read, compared and brought back."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tests.factories import edit, make_project, party, unit
from tracker.domain import db
from tracker.domain.statuses import STATUSES
from tracker.services import history, portfolio, projects
from tracker.services.transactions import SYSTEM, write

CODE = "HUE-SOL-001"


@pytest.fixture
def app(app: Flask) -> Flask:
    """Return an application with one project that was published and changed since."""
    with app.app_context():
        make_project(jobs=4, sources=[{"citation": "QĐ 768"}], parties=[party("Công ty Sóng Biển")])
        edit(CODE, jobs=1250, status="operating", remarks_internal="Chờ ý kiến Sở")
    return app


def versions_of(app: Flask) -> list[int]:
    with app.app_context():
        found = [version.revision for version in history.versions(projects.find(CODE).id)]
        db.session.remove()
    return found


def test_the_whole_history_says_what_changed_in_words(app, signed_in):
    page = signed_in("viewer").get("/history?lang=vi").text
    operating = STATUSES["operating"].label["vi"]
    for words in ("Tình trạng", "Đang xây dựng", operating, "1.250", "Số lao động", "Chờ ý kiến Sở"):
        assert words in page, words
    assert "construction</del>" not in page
    english = signed_in("viewer").get("/history?lang=en").text
    assert "Jobs" in english
    assert "1,250" in english


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("what=project&operation=update", True),
        ("what=unit&operation=update", False),
        (f"project={CODE}&field=jobs", True),
        ("project=NO-SUCH-CODE", False),
        ("person=Tracker", True),
        ("person=Ai%20kh%C3%A1c", False),
        ("q=S%C3%B3ng", True),
        ("q=zzzz", False),
        ("since=2020-01-01&until=2020-12-31", False),
        ("since=2020-01-01", True),
    ],
)
def test_filters_narrow_the_history(app, signed_in, query, found):
    page = signed_in("viewer").get(f"/history?{query}&lang=en").text
    assert ("trail__step" in page) is found
    assert ("No change fits" in page) is not found


def test_a_filter_that_cannot_be_read_is_named(app, signed_in):
    for query in ("since=gestern", "operation=burn", "before=x", "colour=red", "what=web_session"):
        answer = signed_in("viewer").get(f"/history?{query}&lang=en")
        assert answer.status_code == 400
        assert query.split("=")[0] in answer.text


def test_accounts_stand_in_the_history_of_administrators_only(app, signed_in):
    signed_in("editor")
    assert "editor@example.org" not in signed_in("viewer").get("/history").text
    assert "editor@example.org" not in signed_in("viewer").get("/history.csv").text
    assert "editor@example.org" in signed_in("administrator").get("/history?what=user_account").text


def test_pages_follow_one_another_without_gap(app, signed_in, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 3)
    monkeypatch.setattr(history.trail, "__kwdefaults__", {"personal": False, "limit": 3})
    browser, url, seen = signed_in("viewer"), "/history?lang=en", 0
    while url:
        page = browser.get(url).text
        seen += page.count('class="trail__record"')
        url = page.split('rel="next"')[0].rsplit('href="', 1)[-1].split('"')[0].replace("&amp;", "&") if (
            'rel="next"' in page
        ) else ""
    with app.app_context():
        from tracker.forms.history import HistoryQuery

        total = sum(len(part.events) for part in history.whole_trail(HistoryQuery()))
    assert seen == total


def test_files_hold_the_same_as_the_page(app, signed_in):
    browser = signed_in("viewer")
    text = browser.get(f"/history.csv?project={CODE}&lang=vi").data.decode("utf-8-sig")
    assert "Số lao động,4,1.250" in text.replace('"1.250"', "1.250")
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/history.xlsx?lang=en").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Revision"
    assert any(row[10] == "Jobs" and row[11:] == ["4", "1,250"] for row in rows)


def test_text_that_looks_like_a_formula_stays_text(app, signed_in):
    with app.app_context():
        edit(CODE, name_other="=HYPERLINK(1)")
    browser = signed_in("viewer")
    assert "'=HYPERLINK(1)" in browser.get("/history.csv").text
    assert "<script" not in browser.get("/history?q=HYPERLINK").text.split('<main')[1].split("</main>")[0]


def test_one_project_shows_its_versions_with_what_each_changed(app, signed_in):
    page = signed_in("viewer").get(f"/projects/{CODE}/history?lang=en").text
    newest, oldest = versions_of(app)
    assert f"/projects/{CODE}/versions/{oldest}" in page
    assert "publication no. 1" in page
    assert "<del>4</del>" in page
    assert "<ins>1,250</ins>" in page
    assert f"/versions/{newest}/restore" not in page


def test_a_recorded_version_can_be_read_and_an_unknown_one_not(app, signed_in):
    newest, oldest = versions_of(app)
    browser = signed_in("viewer")
    page = browser.get(f"/projects/{CODE}/versions/{oldest}?lang=en").text
    assert "You are reading revision" in page
    assert "Chờ ý kiến Sở" not in page
    assert "Chờ ý kiến Sở" in browser.get(f"/projects/{CODE}/versions/{newest}").text
    for number in (oldest + 999, 2**31 - 1, 2**80):
        assert browser.get(f"/projects/{CODE}/versions/{number}").status_code == 404
    assert app.test_client().get(f"/projects/{CODE}/versions/{oldest}").status_code == 302


def test_two_versions_are_compared_field_by_field_in_either_order(app, signed_in):
    newest, oldest = versions_of(app)
    browser = signed_in("viewer")
    for query in (f"from={oldest}", f"from={oldest}&to={newest}", f"from={newest}&to={oldest}"):
        page = browser.get(f"/projects/{CODE}/differences?{query}&lang=en").text
        assert "<del>4</del>" in page
        assert "<ins>Operating</ins>" in page
    assert "say the same" in browser.get(f"/projects/{CODE}/differences?from={newest}&lang=en").text
    assert browser.get(f"/projects/{CODE}/differences").status_code == 303


def test_restoring_shows_the_change_first_then_makes_a_new_revision(app, signed_in):
    newest, oldest = versions_of(app)
    browser = signed_in("editor")
    path = f"/projects/{CODE}/versions/{oldest}/restore"
    preview = browser.get(f"{path}?lang=en").text
    assert "<del>1,250</del>" in preview
    assert "<ins>4</ins>" in preview
    assert browser.post(path, data={"seen": newest}).status_code == 400
    assert browser.post(path, data={"seen": oldest, "reason": "Nhầm"}).status_code == 409
    assert versions_of(app) == [newest, oldest]
    assert browser.post(path, data={"seen": newest, "reason": "Nhầm"}).status_code == 303
    latest, *earlier = versions_of(app)
    assert earlier == [newest, oldest]
    with app.app_context():
        project = projects.find(CODE)
        assert (project.jobs, project.status, project.review_state) == (4, "construction", "draft")
        found = history.version(project.id, latest)
        assert found is not None
        assert found.reason == f"{oldest}: Nhầm"
        public = portfolio.document(CODE)
        assert public is not None
        assert public["jobs"] == 4
    assert signed_in("viewer").post(path, data={"seen": latest, "reason": "x"}).status_code == 403


def test_a_version_that_refers_to_what_is_gone_is_refused_in_words(app, signed_in):
    with app.app_context():
        other = make_project(publish=False, name_vi="Dự án khác", units=[unit("wind_onshore")])
        edit(CODE, relations=[{"kind": "co_located", "code": other}])
        edit(CODE, relations=[])
        with write(actor=SYSTEM, action="test"):
            from tracker.domain import ProjectVersion

            gone = projects.find(other)
            for version in db.session.query(ProjectVersion).filter_by(project_id=gone.id):
                db.session.delete(version)
            db.session.flush()
            db.session.delete(gone)
    numbers = versions_of(app)
    browser = signed_in("editor")
    path = f"/projects/{CODE}/versions/{numbers[1]}/restore"
    page = browser.get(f"{path}?lang=en").text
    assert "no longer exists" in page
    assert other in page
    assert browser.post(path, data={"seen": numbers[0], "reason": "x"}).status_code == 409
    assert versions_of(app) == numbers
    assert "no longer in the database" in browser.get("/history?lang=en").text


def test_the_archive_hides_and_gives_back(app, signed_in):
    approver = signed_in("approver")
    path = f"/projects/{CODE}/archive"
    assert signed_in("editor").post(path, data={"comment": "x"}).status_code == 403
    assert approver.post(path, data={}).status_code == 400
    assert approver.post(path, data={"comment": "Trùng hồ sơ"}).location == "/projects/archived"
    for browser in (app.test_client(), approver):
        assert browser.get(f"/projects/{CODE}").status_code == 404
        assert CODE not in browser.get("/projects").text
    page = signed_in("viewer").get("/projects/archived").text
    assert "Trùng hồ sơ" in page
    assert "take-out" not in page
    assert approver.get(f"/projects/{CODE}/history").status_code == 200
    assert approver.post(path, data={"comment": "again"}).status_code == 409
    assert approver.post(f"/projects/{CODE}/take-out").status_code == 303
    assert approver.get(f"/projects/{CODE}").status_code == 200
    assert app.test_client().get(f"/projects/{CODE}").status_code == 404
    with app.app_context():
        assert projects.find(CODE).archived_at is None
    history_page = approver.get(f"/projects/{CODE}/history?lang=en").text
    assert "Archived" in history_page
    assert "Took out of the archive" in history_page
