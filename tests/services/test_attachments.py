"""Files are stored once by their bytes, wholly or not at all, and found only under a document's name."""

from __future__ import annotations

import errno
import hashlib
import io
import os

import pytest

from tests import factories
from tracker.domain import Attachment, db
from tracker.services import attachments, projects
from tracker.services.transactions import SYSTEM, write

DATA = b"%PDF-1.4 some document %%EOF"
SHA = hashlib.sha256(DATA).hexdigest()


def attach(code, home, data=DATA, name="a.pdf"):
    with (
        attachments.staged(io.BytesIO(data), home=home) as copy,
        write(actor=SYSTEM, action="test"),
    ):
        record = attachments.settle(copy, media_type="application/pdf", home=home)
        projects.put(
            projects.find(code), {"documents": [{"number": "1", "file_sha256": record.sha256, "file_name": name}]}
        )
    return record.sha256


def files(home):
    return sorted(str(path.relative_to(home / "files")) for path in (home / "files").rglob("*") if path.is_file())


def test_the_same_bytes_are_stored_once_and_counted(inside, tmp_path):
    first, second = factories.make_project(), factories.make_project()
    assert attach(first, tmp_path) == attach(second, tmp_path, name="b.pdf") == SHA
    assert files(tmp_path) == [f"{SHA[:2]}/{SHA}"]
    usage = attachments.usage()
    assert (usage.files, usage.size_bytes, usage.documents) == (1, len(DATA), 2)
    found = attachments.find(SHA, "b.pdf", home=tmp_path)
    assert found is not None
    assert found.path.read_bytes() == DATA


def test_a_file_is_found_only_under_its_own_name(inside, tmp_path):
    attach(factories.make_project(), tmp_path)
    for sha, name in ((SHA, "b.exe"), (SHA.upper(), "a.pdf"), ("../../etc/passwd", "a.pdf"), ("0" * 64, "a.pdf")):
        assert attachments.find(sha, name, home=tmp_path) is None
    (tmp_path / "files" / SHA[:2] / SHA).unlink()
    assert attachments.find(SHA, "a.pdf", home=tmp_path) is None


def test_a_full_disk_leaves_nothing(inside, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code = factories.make_project()
    with pytest.raises(OSError, match="No space"):
        attach(code, tmp_path)
    assert files(tmp_path) == []
    assert attachments.usage().files == 0


def test_a_failed_block_leaves_no_file_without_record(inside, tmp_path):
    with attachments.staged(io.BytesIO(DATA), home=tmp_path) as copy:
        with pytest.raises(RuntimeError), write(actor=SYSTEM, action="test"):
            attachments.settle(copy, media_type="application/pdf", home=tmp_path)
            raise RuntimeError
        attachments.forget_unused(copy.sha256, home=tmp_path)
    assert files(tmp_path) == []
    assert db.session.get(Attachment, SHA) is None
    attach(factories.make_project(), tmp_path)
    attachments.forget_unused(SHA, home=tmp_path)
    assert files(tmp_path) == [f"{SHA[:2]}/{SHA}"]
