"""Files of legal documents: stored once by their SHA-256, outside of what the web server gives out."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select

from ..domain import Attachment, Document, db
from ..domain.dates import utc_now
from .transactions import keep

_PORTION = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is wholly on the disk under a passing name, not yet part of anything."""

    path: Path
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Found:
    """A stored file: where it lies and what it is."""

    path: Path
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How many different files are stored, their bytes, and how many documents refer to one."""

    files: int
    size_bytes: int
    documents: int


@contextmanager
def staged(stream: BinaryIO, *, home: Path) -> Iterator[Staged]:
    """Copy a stream below `home`/files and force it to the disk; the copy goes away unless `settle` took it.

    Raises OSError when the disk is full; nothing is left of it then.
    """
    folder = home / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as copy:
            while portion := stream.read(_PORTION):
                digest.update(portion)
                size += len(portion)
                copy.write(portion)
            copy.flush()
            os.fsync(copy.fileno())
        yield Staged(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def settle(found: Staged, *, media_type: str, home: Path) -> Attachment:
    """Give the staged file its place and return its record, the known one for bytes that came before.

    Call inside a write block. Flushes. Call `forget_unused` when that block fails.
    """
    place = _place(home, found.sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.is_file() or place.stat().st_size != found.size_bytes:
        found.path.replace(place)
        _sync(place.parent)
    record = db.session.get(Attachment, found.sha256)
    if record is None:
        record = Attachment(
            sha256=found.sha256, size_bytes=found.size_bytes, media_type=media_type, stored_at=utc_now()
        )
        db.session.add(record)
        db.session.flush()
    return record


def forget_unused(sha256: str, *, home: Path) -> None:
    """Remove a file that no record speaks of, as after a failed write. Never raises for a full disk."""
    with suppress(Exception), keep() as session:
        if session.get(Attachment, sha256) is None:
            _place(home, sha256).unlink(missing_ok=True)


def find(sha256: str, name: str, *, home: Path) -> Found | None:
    """Return a stored file that a document of the portfolio carries under `name`, None when there is none."""
    if not _HASH.fullmatch(sha256) or "\0" in name:
        return None
    record = db.session.get(Attachment, sha256)
    used = select(Document.id).where(Document.file_sha256 == sha256, Document.file_name == name).limit(1)
    if record is None or db.session.scalar(used) is None:
        return None
    path = _place(home, sha256)
    return Found(path, record.media_type, record.size_bytes) if path.is_file() else None


def usage() -> Usage:
    """Return what is stored."""
    files, size = db.session.execute(select(func.count(), func.coalesce(func.sum(Attachment.size_bytes), 0))
                                     .select_from(Attachment)).one()
    documents = db.session.scalar(select(func.count()).select_from(Document).where(Document.file_sha256.is_not(None)))
    return Usage(files, int(size), documents or 0)


def _place(home: Path, sha256: str) -> Path:
    return home / "files" / sha256[:2] / sha256


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
