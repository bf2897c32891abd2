"""The list as CSV: UTF-8 with the mark that Excel needs for Vietnamese, plain numbers, no formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..domain.text import Text
from .context import FileContext
from .tables import Value, columns_for

if TYPE_CHECKING:
    from ..services.selecting import Selected

_PORTION = 500
# ASVS V1.2.10; full-width signs start a formula in East Asian versions of Excel.
_FORMULA = re.compile("[ \u00a0]*'*[=+\\-@\t\r\n\0＝＋－＠]")


def write(selected: Selected, context: FileContext) -> Iterator[bytes]:
    """Yield the file in portions. A figure not known is an empty cell; `size` has the words."""
    columns = columns_for(context.audience)
    words = context.words
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([column.title[context.lang] for column in columns])
    for place, row in enumerate(selected.rows, start=1):
        writer.writerow([cell(column.read(row, words), column.kind, context.lang) for column in columns])
        if place % _PORTION == 0:
            yield _taken(text)
    yield _taken(text)


def cell(value: Value, kind: str, lang: str) -> str | int | float:
    """Return a value as it stands in CSV: numbers and ISO days plain, text guarded by an apostrophe."""
    if isinstance(value, Text):
        return value[lang] if kind == "text" else ""
    if value is None:
        return ""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if _FORMULA.match(value) else value.replace("\0", "")


def _taken(text: io.StringIO) -> bytes:
    portion = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return portion
