"""CSV: readable by Excel in Vietnamese, no cell starts a formula, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests import factories
from tracker.domain.text import Text
from tracker.forms.selection import Selection
from tracker.outputs import files
from tracker.outputs.csv import cell
from tracker.outputs.tables import PROJECTS, UNKNOWN
from tracker.services import portfolio

from .conftest import HOSTILE


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u00a0=1", "＝1", "'=1"]
)
def test_a_text_that_could_start_a_formula_is_guarded(text):
    found = cell(text, "text", "vi")
    assert str(found).startswith("'")
    assert str(found)[1:] == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-2.5, -2.5),
        (1240.0, 1240),
        (7, 7),
        (None, ""),
        (date(2030, 12, 31), "2030-12-31"),
        ("Điện gió", "Điện gió"),
        ("1-1", "1-1"),
    ],
)
def test_other_values_stay_what_they_are(value, expected):
    assert cell(value, "text", "vi") == expected


def test_unknown_figures_are_empty_and_unknown_words_are_words():
    assert cell(UNKNOWN, "number", "vi") == ""
    assert cell(UNKNOWN, "text", "en") == "not known"


def test_the_file_has_a_mark_and_every_project(written):
    data = written("csv")
    assert data.startswith(b"\xef\xbb\xbf")
    names = [row["Tên dự án"] for row in rows(data)]
    assert len(names) == len(HOSTILE) + 6
    assert not [name for name in names if name.lstrip()[:1] in ("=", "+", "-", "@")]
    restored = {name[1:] if name.startswith("'") else name for name in names}
    assert restored.issuperset(HOSTILE), "export and back returns the text"


def test_numbers_are_plain(written):
    by_name = {row["Tên dự án"]: row for row in rows(written("csv"))}
    assert by_name["Điện mặt trời và pin"]["Phát điện (MW)"] == "29.5"
    assert by_name["Điện mặt trời và pin"]["Quy mô"] == "29,5 MW; lưu trữ 10 MW (chưa xác định MWh)"
    assert by_name["Chưa rõ"]["Phát điện (MW)"] == ""


def test_columns_speak_the_language(written):
    assert "Generation (MW)" in rows(written("csv", lang="en"))[0]


def test_an_investment_known_in_usd_alone_is_no_figure_in_vnd(app):
    with app.app_context():
        code = factories.make_project(invest_usd_m=5400.0)
        row = portfolio.current().by_code[code]
        stamp = files.context(Selection(), portfolio.current(), lang="vi")
        column = next(column for column in PROJECTS if column.key == "invest_vnd_bn")
        value = column.read(row, stamp.words)
    assert value == Text("5.400 triệu USD", "USD 5,400 m")
    assert cell(value, column.kind, "vi") == ""
