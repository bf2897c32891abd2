"""Office files are archives: looked at by their table of contents before anything in them is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import BinaryIO

from flask_babel import gettext as _

_OFFICE = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
}
_OPEN = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
KINDS = (*_OFFICE, *_OPEN)
_MOST_MEMBERS = 3000
_MOST_CONTENTS = 2 * 1024 * 1024  # bytes of the table of contents
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_RATIO = 200
_CONTENT_TYPES = "[Content_Types].xml"
_END = struct.Struct("<4sHHHHIIH")
_PATH = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
_CODE = re.compile(r"vbaproject|\.(?:exe|dll|js|vbs|bat|cmd|scr|hta|jar|sh|ps1|html?|svgz?|zip|docm|xlsm|pptm)$", re.I)


def problem(stream: BinaryIO, ending: str, size: int) -> str | None:
    """Return why an archive of `size` bytes is not an honest file of its ending, None when it is one."""
    damaged = str(_("The content is not that of a .%(ending)s file.", ending=ending))
    if size < _END.size:
        return damaged
    stream.seek(size - _END.size)
    mark, _disk, _start, here, members, length, offset, comment = _END.unpack(stream.read(_END.size))
    if mark != b"PK\x05\x06" or comment or here != members or offset + length != size - _END.size:
        return damaged  # bytes before, behind or between: another file may hide there
    if members > _MOST_MEMBERS or length > _MOST_CONTENTS:
        return str(_("The file has too many parts."))
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _contents_problem(archive, ending, damaged)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, struct.error):
        return damaged
    except Exception as error:  # a broken stream fails in whatever its packing uses
        if type(error).__module__ in ("zlib", "_lzma", "lzma"):
            return damaged
        raise


def _contents_problem(archive: zipfile.ZipFile, ending: str, damaged: str) -> str | None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len({name.casefold() for name in names}) != len(names) or not infos or infos[0].header_offset:
        return damaged
    if sum(info.file_size for info in infos) > _MOST_UNPACKED or any(
        info.file_size > 1_000_000 and info.file_size > _MOST_RATIO * max(info.compress_size, 1) for info in infos
    ):
        return str(_("The file would become too large when it is opened."))
    for info in infos:
        link = (info.external_attr >> 28) == 0xA
        if _PATH.search(info.filename) or "\0" in info.orig_filename or info.flag_bits & 1 or link:
            return damaged
        if _CODE.search(info.filename):
            return str(_("Files with programs or macros in them are not taken."))
    return _kind_problem(archive, names, ending, damaged)


def _kind_problem(archive: zipfile.ZipFile, names: list[str], ending: str, damaged: str) -> str | None:
    if ending in _OPEN:
        kind = _read(archive, "mimetype") if names[0] == "mimetype" else b""
        return None if kind.strip() == _OPEN[ending] and "content.xml" in names else damaged
    part, kind = _OFFICE[ending]
    if part not in names or _CONTENT_TYPES not in names:
        return damaged
    types = _read(archive, _CONTENT_TYPES)
    if b"macroenabled" in types.lower():
        return str(_("Files with programs or macros in them are not taken."))
    return None if kind in types else damaged


def _read(archive: zipfile.ZipFile, name: str, most: int = 1_000_000) -> bytes:
    with archive.open(name) as part:
        found = part.read(most + 1)
    return found if len(found) <= most else b""
