"""The history as csv and xlsx: one row for each changed field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ..domain.text import Text
from ..services.history import Trail
from ..services.history_names import PROJECT
from . import formats
from .csv import cell
from .history import Line, Speaker, action, lines, part_of
from .history_words import OPERATIONS

_HEAD = (
    Text("Phiên bản", "Revision"),
    Text("Thời điểm (giờ Việt Nam)", "Time (Viet Nam)"),
    Text("Người thực hiện", "Who"),
    Text("Thao tác", "Action"),
    Text("Lý do", "Why"),
    Text("Đợt cập nhật", "Batch or import"),
    Text("Mã dự án", "Project code"),
    Text("Tên dự án", "Project"),
    Text("Đối tượng", "Record"),
    Text("Việc xảy ra", "What happened"),
    Text("Nội dung", "Field"),
    Text("Trước", "Before"),
    Text("Sau", "After"),
)
_WIDTHS = (10, 17, 20, 18, 30, 24, 13, 32, 34, 12, 28, 34, 34)


def rows(trails: Iterable[Trail], lang: str) -> Iterator[tuple[str | int, ...]]:
    """Yield the history as rows under one another, one for each changed field."""
    base = Speaker.of(lang)
    for trail in trails:
        speaker = Speaker(lang, base.places, trail.names)
        for event in trail.events:
            project = trail.names.get((PROJECT, event.project_id or 0), {})
            head = (
                event.revision,
                formats.datetime_vn(event.at, lang),
                event.actor,
                action(event.action, lang),
                event.reason or "",
                event.batch or "",
                project.get("code") or "",
                speaker.name(PROJECT, event.project_id).split(" – ", 1)[-1] if event.project_id else "",
                part_of(event, speaker),
                OPERATIONS[event.operation][lang],
            )
            for line in lines(event, speaker) or [Line("", "", "")]:
                yield (*head, line.title, line.before, line.after)


def write_csv(trails: Iterable[Trail], lang: str) -> Iterator[bytes]:
    """Yield the history as CSV, safe to open in a spreadsheet program."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([title[lang] for title in _HEAD])
    for row in rows(trails, lang):
        writer.writerow([cell(value, "text", lang) for value in row])
        if text.tell() > 100_000:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def write_xlsx(trails: Iterable[Trail], lang: str) -> bytes:
    """Return the history as a workbook of one sheet; text is never taken for a formula."""
    import xlsxwriter

    from .xlsx import clean

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("Lịch sử" if lang == "vi" else "History")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, (words, width) in enumerate(zip(_HEAD, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words[lang], head)
    last = 0
    for last, row in enumerate(rows(trails, lang), start=1):
        sheet.write_number(last, 0, int(row[0]))
        for place, value in enumerate(row[1:], start=1):
            sheet.write_string(last, place, clean(str(value)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(_HEAD) - 1)
    book.close()
    return target.getvalue()
