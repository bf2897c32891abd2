"""Files of documents: taken in by editors, given back to staff as downloads, never shown to the public."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re

import pytest

from tests import factories, uploading
from tests.conftest import sign_in
from tracker.services import attachments, portfolio, projects

SAID = {"number": "768/QĐ-TTg", "issued_on": "15/4/2025", "issuer": "Thủ tướng Chính phủ", "title": "Điều chỉnh"}


@pytest.fixture
def code(app):
    with app.app_context():
        return factories.make_project(sources=[{"citation": "QĐ 768"}])


def send(browser, code, data=uploading.PDF, name="QĐ 768.pdf", **said):
    fields = SAID | said | {"file": (io.BytesIO(data), name)}
    return browser.post(f"/projects/{code}/documents", data=fields, content_type="multipart/form-data")


def stored(app):
    folder = app.config["TRACKER"].home / "files"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_editor_uploads_and_staff_download(app, code):
    assert send(sign_in(app, "editor"), code).status_code == 303
    page = sign_in(app, "viewer").get(f"/projects/{code}")
    address = re.search(r'href="(/files/[^"]+)"', page.text)[1]
    assert "768/QĐ-TTg" in page.text
    with sign_in(app, "viewer").get(address) as answer:
        assert answer.data == uploading.PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/pdf"
    assert app.test_client().get(address).status_code == 302
    with app.app_context():
        assert projects.find(code).review_state == "draft"


def test_the_public_reads_the_document_and_neither_file_nor_name(app, code):
    send(sign_in(app, "editor"), code)
    with app.app_context():
        factories.edit(code, publish=True)
        document = portfolio.document(code)
        assert document is not None
    assert document["documents"][0]["number"] == "768/QĐ-TTg"
    page = app.test_client().get(f"/projects/{code}").text
    assert "768/QĐ-TTg" in page
    assert hashlib.sha256(uploading.PDF).hexdigest() not in page + str(document)
    assert "QĐ 768.pdf" not in page


def test_the_same_file_twice_is_stored_once(app, code):
    browser = sign_in(app, "editor")
    for _ in range(2):
        assert send(browser, code).status_code == 303
    assert len(stored(app)) == 1
    with app.app_context():
        assert attachments.usage().documents == 2
        assert [d.ordinal for d in projects.find(code).documents] == [1, 2]


# on the wire a backslash only escapes the next letter, so no path of Windows arrives
@pytest.mark.parametrize("what", sorted(uploading.hostile().keys() - {"path of windows"}))
def test_what_is_refused_is_not_stored_and_nothing_typed_is_lost(app, code, what):
    name, data = uploading.hostile()[what]
    answer = send(sign_in(app, "editor"), code, data, name)
    assert answer.status_code in (400, 413, 415), answer.status_code
    assert 'value="768/QĐ-TTg"' in answer.text
    assert 'id="file-error"' in answer.text
    assert stored(app) == []
    with app.app_context():
        assert not projects.find(code).documents


def test_a_document_needs_a_number_or_a_title(app, code):
    answer = send(sign_in(app, "editor"), code, number="", title="", issued_on="32/1/2025")
    assert answer.status_code == 400
    assert stored(app) == []


def test_only_this_route_takes_more_than_two_megabytes(app, code):
    big = b"a " * 1_500_000
    assert send(sign_in(app, "editor"), code, big, "a.txt").status_code == 303
    assert send(sign_in(app, "editor"), code, b"a" * 21_000_000, "a.txt").status_code == 413
    assert send(sign_in(app, "viewer"), code, big, "a.txt").status_code in (403, 413)
    edit = sign_in(app, "editor").post(
        f"/projects/{code}/edit", data={"file": (io.BytesIO(big), "a.txt")}, content_type="multipart/form-data"
    )
    assert edit.status_code == 413


def test_a_full_disk_is_said_in_words(app, code, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(sign_in(app, "editor"), code)
    assert answer.status_code == 507
    assert 'value="768/QĐ-TTg"' in answer.text
    assert stored(app) == []
    monkeypatch.undo()
    assert send(sign_in(app, "editor"), code).status_code == 303


def test_strange_addresses_of_files_lead_nowhere(app, code):
    browser = sign_in(app, "administrator")
    send(browser, code)
    sha = stored(app)[0]
    inside = (f"{sha}/other.pdf", f"{sha}/..%2f..%2fsecret_key", f"{sha}/a%00.pdf")
    for path in (*inside, "..%2f..%2fsecret_key/a", f"{sha[:2]}/{sha}"):
        assert browser.get(f"/files/{path}").status_code == 404, path


def test_the_form_changes_a_document_and_leaves_its_file(app, code):
    browser = sign_in(app, "editor")
    send(browser, code)
    page = browser.get(f"/projects/{code}/edit").text
    fields = dict(re.findall(r'name="((?:documents-0-|lock_|base)[^"]*)"[^>]*value="([^"]*)"', page))
    assert fields["documents-0-number"] == "768/QĐ-TTg"
    assert fields["documents-0-issued_on"] == "15/04/2025"
    posted = fields | {
        "name_vi": "Tên", "status": "announced", "units-0-technology": "solar_ground",
        "documents-0-number": "999/QĐ-TTg",
        "documents-1-title": "Tờ trình", "sources-0-citation": "A", "action": "save",
    }  # fmt: skip
    assert browser.post(f"/projects/{code}/edit", data=posted).status_code == 303
    with app.app_context():
        first, second = projects.find(code).documents
        assert (first.number, first.file_name, first.ordinal) == ("999/QĐ-TTg", "QĐ 768.pdf", 1)
        assert (second.title, second.file_sha256, second.ordinal) == ("Tờ trình", None, 2)


def test_a_step_shows_the_document_it_refers_to(app, code):
    with app.app_context():
        factories.edit(
            code,
            documents=[{"number": "12/GCN", "ordinal": 1}],
            milestones=[{"stage": "ipa", "actual": "2025", "document_ordinal": 1}],
        )
    assert "12/GCN" in sign_in(app, "viewer").get(f"/projects/{code}").text.split('id="documents"')[0]
