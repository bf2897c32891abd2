"""Which files come in: every honest kind, and none of those that could be two things or run."""

from __future__ import annotations

import io

import pytest

from tests import uploading
from tracker.forms import uploads

MOST = 20_000_000


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context("/?lang=en"):
        yield


@pytest.mark.parametrize("name", uploading.honest())
def test_honest_files_are_taken(name):
    data = uploading.honest()[name]
    stream = io.BytesIO(data)
    found = uploads.check(stream, name, most_bytes=MOST)
    assert found.size_bytes == len(data)
    assert found.media_type == uploads.MEDIA_TYPES[name.lower().rpartition(".")[2]]
    assert stream.read() == data


@pytest.mark.parametrize("what", uploading.hostile())
def test_dishonest_files_are_refused_with_words(what):
    name, data = uploading.hostile()[what]
    with pytest.raises(uploads.UploadRefused) as refusal:
        uploads.check(io.BytesIO(data), name, most_bytes=MOST)
    assert str(refusal.value)
    assert refusal.value.status in (400, 413, 415)


def test_a_file_may_be_as_large_as_the_setting_and_no_larger():
    assert uploads.check(io.BytesIO(b"x" * 1000), "a.txt", most_bytes=1000).size_bytes == 1000
    with pytest.raises(uploads.UploadRefused) as refusal:
        uploads.check(io.BytesIO(b"x" * 1001), "a.txt", most_bytes=1000)
    assert refusal.value.status == 413


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Quyết định 768.PDF", "Quyết định 768.pdf"),
        ("Quye\u0302\u0301t.pdf", "Quyết.pdf"),
        ("  a   b .pdf", "a b.pdf"),
        ("con.pdf", "_con.pdf"),
        ('a<b>:"c|?*.pdf', "a_b_c_.pdf"),
        ("ẩn\u200bgiấu.pdf", "ẩngiấu.pdf"),
        ("x" * 250 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_kept_as_plain_names(given, kept):
    assert uploads.clean_name(given) == kept
