"""Files that may come in: name, size and content must tell the same story; whatever could be two things is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from flask_babel import gettext as _

from . import archives

LONGEST_NAME = 255
_KEPT_NAME = 120
_HEAD, _TAIL = 4096, 66_000
_PORTION = 256 * 1024

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
_MAGIC = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    **dict.fromkeys(archives.KINDS, b"PK\x03\x04"),
}
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|vrtdataset|\?xml)|<\?", re.I)
_PROGRAMS = (b"#!", b"MZ", b"\x7fELF")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.I)


class UploadRefused(ValueError):
    """A file that is not taken, with words for the person. `status`: 400, 413 too large or 415 wrong type."""

    def __init__(self, message: str, *, status: int = 415) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Upload:
    """What a file turned out to be: its cleaned name, media type and size in bytes."""

    name: str
    media_type: str
    size_bytes: int


def check(stream: BinaryIO, name: str | None, *, most_bytes: int) -> Upload:
    """Return what the file is; raises UploadRefused. The stream must be seekable and is left at its start."""
    kept = clean_name(name)
    ending = kept.rpartition(".")[2]
    size = stream.seek(0, 2)
    if size > most_bytes:
        raise UploadRefused(
            _("The file is larger than %(size)d MB. Send a smaller one, or divide it.", size=most_bytes // 1_000_000),
            status=413,
        )
    if size == 0:
        raise UploadRefused(_("The file is empty."), status=400)
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    if ending in _MAGIC and not head.startswith(_MAGIC[ending]):
        raise UploadRefused(_("The content is not that of a .%(ending)s file.", ending=ending))
    if ending in archives.KINDS:
        problem = archives.problem(stream, ending, size)
    elif ending in ("txt", "csv"):
        problem = _text_problem(stream)
    else:
        problem = _binary_problem(ending, head, tail)
    stream.seek(0)
    if problem:
        raise UploadRefused(problem)
    return Upload(kept, MEDIA_TYPES[ending], size)


def clean_name(name: str | None) -> str:
    """Return a file's name as it is kept and given back; raises UploadRefused for one that is no plain name."""
    text = unicodedata.normalize("NFC", name or "")
    if not text.strip():
        raise UploadRefused(_("Choose a file."), status=400)
    if len(text) > LONGEST_NAME:
        raise UploadRefused(_("The name of the file is too long. Shorten it and try again."), status=400)
    if any(letter in "/\\" or unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise UploadRefused(_("The name of the file contains characters that a name may not have."), status=400)
    # marks that turn the direction of writing make an ending look like another one
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Co", "Cn"))
    stem, _dot, ending = " ".join(text.split()).rpartition(".")
    ending = ending.strip().lower()
    stem = re.sub(r'[<>:"|?*;%&\x27`$]+', "_", stem).strip(" .")
    if not stem or ending not in MEDIA_TYPES:
        raise UploadRefused(
            _("Only these kinds of files are taken: %(kinds)s.", kinds=", ".join(k for k in MEDIA_TYPES if k != "jpeg"))
        )
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: _KEPT_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def _binary_problem(ending: str, head: bytes, tail: bytes) -> str | None:
    """Return what is wrong with a picture or a PDF: cut off, or a second file in the same bytes."""
    ends = {"pdf": b"%%EOF", "png": b"IEND\xaeB`\x82"}.get(ending, b"\xff\xd9")
    if ends not in (tail[-2048:] if ending == "pdf" else tail):
        return str(_("The file is damaged: its end is missing."))
    if ending == "png" and not tail.endswith(ends):
        return str(_("The file contains something else besides a .%(ending)s.", ending=ending))
    second = b"PK\x05\x06" in tail or _MARKUP.search(head[:1024]) is not None
    if ending != "pdf":
        second = second or b"%PDF-" in head or _MARKUP.search(tail[tail.rfind(ends) :]) is not None
    if second:
        return str(_("The file contains something else besides a .%(ending)s.", ending=ending))
    return None


def _text_problem(stream: BinaryIO) -> str | None:
    """Return what is wrong with a text: not UTF-8, or something that a program would run."""
    stream.seek(0)
    start = stream.read(4)
    wide = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
    stream.seek(0)
    before, first = b"", True
    while portion := stream.read(_PORTION):
        try:
            text = decoder.decode(portion)
        except UnicodeDecodeError:
            return str(_("The text cannot be read. Save it as UTF-8 and try again."))
        if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
            return str(_("The file is not plain text."))
        plain = text.encode()
        if first and plain.lstrip().startswith((*_PROGRAMS, b"<", b"%PDF-", b"PK\x03\x04")):
            return str(_("The content is that of a program or of a page, not of a text."))
        if _MARKUP.search(before + plain):
            return str(_("The content is that of a program or of a page, not of a text."))
        before, first = plain[-64:], False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return str(_("The text cannot be read. Save it as UTF-8 and try again."))
    return None
