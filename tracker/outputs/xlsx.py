"""The list as a workbook: title block, list and totals; a sheet of the units behind them; a sheet of sources.

Cells are written by type: no text becomes a formula, a link or a date. The only formulas are the totals: each
adds one quantity of the units that count, with the value that the list shows already in the cell.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ..domain.text import Text
from ..services.selecting import counts
from . import phrases
from .context import FileContext
from .parts import KINDS, SOURCES, UNITS, SourceLine, UnitLine
from .tables import NOT_SET, Column, Value, Words, columns_for

if TYPE_CHECKING:
    from ..services.selecting import Selected, Totals

_FONT = "Times New Roman"
_LONGEST = 32_000  # characters; Excel refuses 32,768
_SHEETS = (Text("Danh mục", "Projects"), Text("Tổ máy", "Units"), Text("Nguồn", "Sources"))
_TOTAL = Text("Tổng cộng", "Total")
_LOCALE = Text("[$-42A]", "[$-409]")
_NUMBER = Text("TT", "No.")
_ALL = Text("Phạm vi: toàn bộ danh mục", "Selection: all projects")
_SELECTION = Text("Phạm vi: ", "Selection: ")
# column of the list → (what its units count as, the column of the units' sheet, the total's name)
_TOTALS = {
    "capacity_mw": ("generation", "capacity_mw", "generation_mw"),
    "storage_mw": ("storage", "capacity_mw", "storage_mw"),
    "storage_mwh": ("storage", "storage_mwh", "storage_mwh"),
    **{
        name: (None, name, name)
        for name in (
            "electrolyser_mw",
            "hydrogen_kt_per_year",
            "lng_mtpa",
            "biofuel_kt_per_year",
            "biofuel_million_litres_per_year",
            "waste_t_per_day",
        )
    },
}


def write(selected: Selected, context: FileContext) -> Iterator[bytes]:
    """Yield the workbook. The same stamp gives the same bytes: dates inside it are those of the revision."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {
            "title": clean(context.title),
            "author": clean(context.office),
            "comments": context.stamp(),
            "created": context.recorded_at.replace(tzinfo=None),
        }
    )
    writer = _Writer(book, context)
    units = [
        UnitLine(row, number, unit, counts(unit, context.selection))
        for row in selected.rows
        for number, unit in enumerate(row.units, start=1)
    ]
    writer.projects(selected, len(units))
    writer.table(_SHEETS[1], UNITS, units)
    documents = context.documents(selected.rows)
    writer.table(
        _SHEETS[2],
        SOURCES,
        (
            SourceLine(row, source)
            for row, document in zip(selected.rows, documents, strict=True)
            for source in document["sources"]
        ),
    )
    book.close()
    yield target.getvalue()


def clean(text: str) -> str:
    """Return `text` without the characters that XML or Excel cannot hold."""
    kept = "".join(
        c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    )
    return kept[:_LONGEST]


class _Writer:
    """A workbook being written: its formats and its sheets from top to bottom."""

    def __init__(self, book: Any, context: FileContext) -> None:
        self._book, self._context, self._lang = book, context, context.lang
        self._words = context.words
        self._formats: dict[tuple[str, ...], Any] = {}
        base = {"font_name": _FONT, "font_size": 12, "valign": "vcenter"}
        self._office = book.add_format(base | {"font_size": 11})
        self._title = book.add_format(base | {"bold": True, "font_size": 15})
        self._line = book.add_format(base)
        self._strong = book.add_format(base | {"bold": True})
        self._notice = book.add_format(base | {"italic": True, "font_size": 11})
        self._warning = book.add_format(base | {"bold": True, "font_color": "#8A5200"})
        self._head = book.add_format(
            {
                "font_name": _FONT,
                "font_size": 11,
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "border": 1,
                "valign": "vcenter",
                "bg_color": "#E8EFF7",
            }
        )

    def projects(self, selected: Selected, units: int) -> None:
        """Write the list under its title block, and the totals under the list."""
        context, lang = self._context, self._lang
        sheet = self._book.add_worksheet(_SHEETS[0][lang])
        columns = columns_for(context.audience)
        printed = sum(column.printed for column in columns)
        self._page(sheet)
        sheet.set_column(0, 0, 5)
        for place, column in enumerate(columns, start=1):
            sheet.set_column(place, place, column.width)
        top = self._title_block(sheet, selected)
        sheet.set_row(top, 48)
        sheet.write_string(top, 0, _NUMBER[lang], self._head)
        for place, column in enumerate(columns, start=1):
            sheet.write_string(top, place, column.title[lang], self._head)
        for number, row in enumerate(selected.rows, start=1):
            self._row(sheet, top + number, 1, columns, row)
            sheet.write_number(top + number, 0, number, self._cell("whole", "0"))
        last = top + len(selected.rows)
        self._totals(sheet, last + 1, columns, selected, units)
        notes = context.notes(selected)
        for place, note in enumerate(notes, start=last + 3):
            sheet.write_string(place, 0, clean(note), self._notice)
        sheet.freeze_panes(top + 1, 3)
        sheet.autofilter(top, 0, max(last, top), len(columns))
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, last + 2 + len(notes), printed)

    def _title_block(self, sheet: Any, selected: Selected) -> int:
        context, lang = self._context, self._lang
        asked = context.conditions()
        lines = [
            (context.office, self._office),
            (context.title.upper(), self._title),
            (_SELECTION[lang] + asked if asked else _ALL[lang], self._line),
            (context.stamp(), self._line),
            (" · ".join(phrases.totals(selected.totals, lang)), self._strong),
            *((warning, self._warning) for warning in context.warnings(selected)),
        ]
        for place, (text, style) in enumerate(lines):
            if style is self._title:
                sheet.set_row(place, 24)
            sheet.write_string(place, 0, clean(text), style)
        return len(lines) + 1

    def _totals(self, sheet: Any, line: int, columns: Sequence[Column[Any]], selected: Selected, units: int) -> None:
        from xlsxwriter.utility import xl_col_to_name

        lang = self._lang
        style = self._cell("text", "", bold=True)
        sheet.set_row(line, 31)
        sheet.write_blank(line, 0, None, style)
        names = [column.key for column in UNITS]
        last = units + 1

        def part(key: str) -> str:
            letter = xl_col_to_name(names.index(key))
            return f"'{_SHEETS[1][lang]}'!${letter}$2:${letter}${last}"

        for place, column in enumerate(columns, start=1):
            if place == 1:
                sheet.write_string(line, place, _TOTAL[lang], style)
            elif column.key == "storage_mwh" and _open(selected.totals):
                sheet.write_string(line, place, NOT_SET[lang], self._cell("missing", "wrap"))
            elif column.key in _TOTALS and getattr(selected.totals, _TOTALS[column.key][2]):
                kind, source, name = _TOTALS[column.key]
                value = getattr(selected.totals, name)
                wanted = f',{part("kind")},"{KINDS[kind][lang]}"' if kind else ""
                formula = f"=ROUND(SUMIFS({part(source)},{part('counted')},1{wanted}),6)"
                sheet.write_formula(line, place, formula, self._cell("number", _digits(value), bold=True), value)
            else:
                sheet.write_blank(line, place, None, style)

    def table(self, name: Text, columns: Sequence[Column[Any]], items: Iterable[Any]) -> None:
        """Write a plain sheet: header, rows, filter."""
        sheet = self._book.add_worksheet(name[self._lang])
        self._page(sheet)
        sheet.set_row(0, 64)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title[self._lang], self._head)
        line = 0
        for line, item in enumerate(items, start=1):
            self._row(sheet, line, 0, columns, item)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, line, len(columns) - 1)
        sheet.repeat_rows(0)

    def _page(self, sheet: Any) -> None:
        context = self._context
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        stamp = clean(context.stamp()).replace("&", "&&")
        page = "Trang &P/&N" if self._lang == "vi" else "Page &P of &N"
        sheet.set_footer(f'&L&"{_FONT}"&9{stamp[:180]}&R&"{_FONT}"&9{page}')

    def _row(self, sheet: Any, line: int, first: int, columns: Sequence[Column[Any]], item: Any) -> None:
        words: Words = self._words
        values = [column.read(item, words) for column in columns]
        # LibreOffice does not grow rows by itself, Excel does
        wrapped = [pair for pair in zip(values, columns, strict=True) if pair[1].printed]
        lines = max(_lines(value, column.width, self._lang) for value, column in wrapped)
        sheet.set_row(line, min(15 * lines + 1, 409))
        for place, (column, value) in enumerate(zip(columns, values, strict=True), start=first):
            self._value(sheet, line, place, column, value)

    def _value(self, sheet: Any, line: int, place: int, column: Column[Any], value: Value) -> None:
        wrap, kind = ("wrap" if column.printed else ""), column.kind
        if value is None:
            sheet.write_blank(line, place, None, self._cell("text", ""))
        elif isinstance(value, Text):
            sheet.write_string(line, place, value[self._lang], self._cell("missing", wrap))
        elif isinstance(value, date):
            form = "dd/mm/yyyy" if self._lang == "vi" else "d mmm yyyy"
            sheet.write_datetime(line, place, datetime.combine(value, time()), self._cell("date", form))
        elif isinstance(value, int | float):
            form = "0" if kind == "whole" else "0.000000" if kind == "degrees" else _digits(value)
            sheet.write_number(line, place, value, self._cell(kind, form))
        else:
            sheet.write_string(line, place, clean(value), self._cell("text", wrap))

    def _cell(self, kind: str, form: str, bold: bool = False) -> Any:
        key = (kind, form, str(bold))
        if key not in self._formats:
            look: dict[str, Any] = {
                "font_name": _FONT,
                "font_size": 11,
                "border": 1,
                "valign": "top",
                "bold": bold,
            }
            look["border_color"] = "#8593A0"
            if form == "wrap":
                look["text_wrap"] = True
            elif form:
                look["num_format"] = form if form == "0" else f"{_LOCALE[self._lang]}{form}"
            if kind == "whole":
                look["align"] = "center"
            if kind == "missing":
                look |= {"italic": True, "font_color": "#5F6B78"}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _lines(value: Value, width: int, lang: str) -> int:
    """Return the lines that a value takes in a column as wide as `width` characters."""
    text = value[lang] if isinstance(value, Text) else value if isinstance(value, str) else ""
    width = round(width * 1.1)  # the width counts figures, letters are narrower
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + used // (width + 1), used % (width + 1)
    return lines


def _open(totals: Totals) -> bool:
    """Return whether there is storage of which no MWh are known."""
    return totals.storage_units > 0 and totals.storage_mwh_unknown == totals.storage_units


def _digits(value: float) -> str:
    """Return the number format that shows a value with its own decimals, at most three."""
    return "#,##0" if float(value).is_integer() else "#,##0.0##"
