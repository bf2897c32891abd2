"""A list of the data quality board as csv and xlsx: one line for each thing that is wanting."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from ..domain.shortcomings import Shortcoming
from ..domain.statuses import STATUSES
from ..domain.text import Text
from ..services.quality import Finding
from . import formats
from .csv import cell
from .tables import UNKNOWN, Column, Value, Words, term
from .xlsx import clean

Address = Callable[[Finding], str]


def detail(finding: Finding, lang: str) -> str:
    """Return what exactly is wanting, in words; empty when the name of the list says it."""
    parts = [finding.detail[lang] if finding.detail else "", formats.date(finding.date, lang) if finding.date else ""]
    return ", ".join(part for part in parts if part)


def columns(kind: Shortcoming, address: Address) -> tuple[Column[Finding], ...]:
    """Return the columns of the list; `address` gives the page at which a finding is mended."""
    return (
        Column("code", Text("Mã dự án", "Code"), lambda x, _: x.row.code, 13),
        Column("name", Text("Tên dự án", "Project"), lambda x, w: x.row.name(w.lang), 44),
        Column("status", Text("Tình trạng", "Status"), lambda x, w: term(STATUSES, x.row.status, w), 16),
        Column("province", Text("Tỉnh, thành phố", "Province"), _province, 18),
        Column(
            "size_mw",
            Text("Công suất (MW)", "Capacity (MW)"),
            lambda x, _: UNKNOWN if x.row.size_mw is None else x.row.size_mw,
            12,
            "number",
        ),
        Column("kind", Text("Còn thiếu", "What is missing"), lambda _, w: kind.label[w.lang], 24),
        Column("detail", Text("Chi tiết", "Detail"), lambda x, w: detail(x, w.lang) or None, 44),
        Column("address", Text("Nơi sửa", "Where to fix it"), lambda x, _: address(x), 60),
    )


def _province(finding: Finding, words: Words) -> Value:
    found = words.provinces.get(finding.row.province_code or "")
    return found[words.lang] if found else UNKNOWN


def write_csv(kind: Shortcoming, findings: Sequence[Finding], words: Words, address: Address) -> bytes:
    """Return the list as CSV, safe to open in a spreadsheet program."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    used = columns(kind, address)
    writer.writerow([column.title[words.lang] for column in used])
    for finding in findings:
        writer.writerow([cell(column.read(finding, words), column.kind, words.lang) for column in used])
    return text.getvalue().encode()


def write_xlsx(kind: Shortcoming, findings: Sequence[Finding], words: Words, address: Address) -> bytes:
    """Return the list as a workbook of one sheet; no text becomes a formula or a link."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet(kind.label[words.lang][:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    used = columns(kind, address)
    for place, column in enumerate(used):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title[words.lang], head)
    for line, finding in enumerate(findings, start=1):
        for place, column in enumerate(used):
            value = column.read(finding, words)
            if isinstance(value, int | float):
                sheet.write_number(line, place, value)
            elif value is not None:
                sheet.write_string(line, place, clean(value[words.lang] if isinstance(value, Text) else str(value)))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(findings), len(used) - 1)
    book.close()
    return target.getvalue()
