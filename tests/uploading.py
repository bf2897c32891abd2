"""Honest files of every kind that is taken, made in memory, and dishonest ones that must not be."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 40 + b"\xff\xd9"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def png() -> bytes:
    """Return a picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def archive(**members: bytes) -> bytes:
    """Return an archive of the members, in order."""
    return packed(list(members.items()))


def packed(members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """Return an archive of the members, in order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in members:
            book.writestr(name, data)
    return target.getvalue()


def office(kind: str = _WORD, part: str = "word/document.xml", *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return an office file with more members."""
    types = f'<Types><Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode()
    return packed([("[Content_Types].xml", types), (part, b"<x/>"), *more])


def opened(kind: str) -> bytes:
    """Return an OpenDocument file."""
    return packed([("mimetype", kind.encode()), ("content.xml", b"<x/>")])


def honest() -> dict[str, bytes]:
    """Return a file of every kind by its name."""
    return {
        "QĐ 768.pdf": PDF,
        "ảnh.png": png(),
        "anh.jpg": JPEG,
        "anh.JPEG": JPEG + b"\0" * 16,
        "tờ trình.docx": office(),
        "bảng.xlsx": office(_SHEET, "xl/workbook.xml"),
        "slide.pptx": office(_SLIDES, "ppt/presentation.xml"),
        "to trinh.odt": opened("application/vnd.oasis.opendocument.text"),
        "bang.ods": opened("application/vnd.oasis.opendocument.spreadsheet"),
        "ghi chú.txt": "Dự án điện gió, 5 < 10 MW".encode(),
        "bang.csv": "\ufeffMã;Tên\r\nHUE-SOL-001;Điện".encode(),
        "excel.csv": "Mã;Tên\r\n".encode("utf-16"),
    }


def hostile() -> dict[str, tuple[str, bytes]]:
    """Return (file name, content) of what must be refused, by what it is."""
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0xA1FF << 16
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = b"<!doctype html><script>alert(1)</script>"
    return {
        "svg": ("a.svg", svg),
        "html": ("a.html", page),
        "svg as png": ("a.png", svg),
        "html as csv": ("a.csv", page),
        "html after a line": ("a.txt", b"tieu de\n" + page),
        "html far inside": ("a.txt", b"x" * 300_000 + page),
        "vrt": ("a.vrt", b"<VRTDataset/>"),
        "vrt as csv": ("a.csv", b"\n <VRTDataset rasterXSize='1'/>"),
        "shell script as text": ("a.txt", b"#!/bin/sh\nrm -rf /"),
        "php": ("a.txt", b"x <?php system('id');"),
        "program": ("a.exe", b"MZ\x90\x00"),
        "program as pdf": ("a.pdf", b"MZ\x90\x00" + PDF),
        "program ending behind pdf": ("a.pdf.exe", PDF),
        "pdf as docx": ("a.docx", PDF),
        "docx as pdf": ("a.pdf", office()),
        "pdf cut off": ("a.pdf", PDF[:30]),
        "pdf with an archive behind": ("a.pdf", PDF + office() + b"%%EOF"),
        "pdf with a page before": ("a.pdf", b"%PDF-1.4\n<script>alert(1)</script>" + PDF),
        "png cut off": ("a.png", png()[:-6]),
        "png with an archive behind": ("a.png", png() + office()),
        "png with a page behind": ("a.png", png() + page),
        "jpeg with an archive behind": ("a.jpg", JPEG + office()),
        "jpeg with a page behind": ("a.jpg", JPEG + page),
        "jpeg that is a pdf": ("a.jpg", JPEG[:20] + PDF + JPEG[20:]),
        "plain archive": ("a.zip", archive(a=b"1")),
        "plain archive as docx": ("a.docx", archive(a=b"1")),
        "sheet as document": ("a.docx", office(_SHEET, "xl/workbook.xml")),
        "macros": ("a.docx", office(_WORD, "word/document.xml", ("word/vbaProject.bin", b"1"))),
        "macro type": ("a.docx", office(_WORD + " application/vnd.ms-word.document.macroEnabled.main+xml")),
        "way out of the archive": ("a.docx", office(_WORD, "word/document.xml", ("../../etc/passwd", b"1"))),
        "absolute path in the archive": ("a.docx", office(_WORD, "word/document.xml", ("/etc/passwd", b"1"))),
        "link in the archive": ("a.docx", office(_WORD, "word/document.xml", (link, b"/etc/passwd"))),
        "bytes before the archive": ("a.docx", b"PK\x03\x04" + office()),
        "bytes behind the archive": ("a.docx", office() + b"x"),
        "bomb": ("a.xlsx", office(_SHEET, "xl/workbook.xml", ("xl/big.xml", b"\0" * 30_000_000))),
        "many parts": ("a.docx", office(_WORD, "word/document.xml", *((f"p{n}", b"") for n in range(3100)))),
        "other opendocument": ("a.odt", opened("application/vnd.oasis.opendocument.text-master")),
        "control characters": ("a.txt", b"a\0b"),
        "not utf-8": ("a.txt", "Huế".encode("cp1258", "replace") + b"\xff"),
        "empty": ("a.pdf", b""),
        "path": ("../../a.pdf", PDF),
        "path of windows": ("..\\a.pdf", PDF),
        "nul in the name": ("a.pdf\0.exe", PDF),
        "line in the name": ("a\r\nSet-Cookie: x.pdf", PDF),
        "long name": ("a" * 5000 + ".pdf", PDF),
        "no name": ("", PDF),
        "no ending": ("readme", b"x"),
        "only an ending": (".pdf", PDF),
        "ending turned round": ("a\u202efdp.exe", PDF),
    }
