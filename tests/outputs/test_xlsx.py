"""The workbook: text stays text, totals are formulas that agree with the list, same stamp, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from .conftest import HOSTILE


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def records(rows: list[list[Any]], first: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the rows under the header whose first cell is `first`, and the total row."""
    start = next(number for number, row in enumerate(rows) if row[0] == first)
    found = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
    end = next(number for number, row in enumerate(found) if row["Mã dự án"] == "Tổng cộng")
    return found[:end], found[end]


def test_text_comes_back_as_it_was_entered(written):
    rows, _ = records(sheets(written("xlsx"))["Danh mục"], "TT")
    names = [row["Tên dự án"] for row in rows]
    # the form takes control characters and outer blanks away; what the database holds is what the file holds
    assert [name for name in HOSTILE if name not in names] == []
    investors = [row["Nhà đầu tư"] for row in rows]
    assert all(isinstance(name, str) for name in names + investors)
    assert "007 13" in investors


def test_only_totals_are_formulas_and_nothing_is_a_link(written):
    found = parts(written("xlsx"))
    formulas = {
        name: re.findall(r"<f>(.*?)</f>", text) for name, text in found.items() if "worksheets/" in name
    }
    assert formulas["xl/worksheets/sheet1.xml"]
    assert all("SUMIFS" in formula for formula in formulas["xl/worksheets/sheet1.xml"])
    assert not formulas["xl/worksheets/sheet2.xml"]
    assert not formulas["xl/worksheets/sheet3.xml"]
    assert not [
        name for name, text in found.items() if "hyperlink" in text.lower() and name.endswith(".rels")
    ]


def test_totals_agree_with_the_units_that_count(written):
    found = sheets(written("xlsx"))
    rows, total = records(found["Danh mục"], "TT")
    head, *units = found["Tổ máy"]
    unit_rows = [dict(zip(head, unit, strict=True)) for unit in units]

    def added(kind: str | None, column: str) -> float:
        return sum(
            unit[column]
            for unit in unit_rows
            if unit["Tính vào tổng (1 = có)"] == 1
            and kind in (None, unit["Tính là"])
            and isinstance(unit[column], float)
        )

    assert total["Phát điện (MW)"] == added("phát điện", "Công suất (MW)") == 50 * (len(HOSTILE) + 1) + 29.5
    assert total["Lưu trữ (MW)"] == added("lưu trữ", "Công suất (MW)") == 60
    assert total["Lưu trữ (MWh)"] == added("lưu trữ", "Lưu trữ (MWh)") == 100
    assert total["Công suất điện phân (MW)"] == 20
    assert [unit["Tính vào tổng (1 = có)"] for unit in unit_rows if unit["Tình trạng"] == "Đã hủy"] == [0]
    cancelled = next(row for row in rows if row["Tên dự án"] == "Đã hủy")
    assert cancelled["Phát điện (MW)"] == 50, "the list shows it, the total leaves it out"


def test_what_is_not_known_is_said(written):
    rows, _ = records(sheets(written("xlsx"))["Danh mục"], "TT")
    by_name = {row["Tên dự án"]: row for row in rows}
    assert by_name["Điện mặt trời và pin"]["Lưu trữ (MWh)"] == "chưa xác định"
    assert by_name["Chưa rõ"]["Phát điện (MW)"] == "chưa có thông tin"
    assert by_name["Hydrogen"]["Phát điện (MW)"] == "", "does not apply"


def test_the_title_block_says_what_this_is(written):
    top = [row[0] for row in sheets(written("xlsx", technology=("storage",), calling=None))["Danh mục"][:6]]
    assert top[1] == "DANH MỤC DỰ ÁN NĂNG LƯỢNG SẠCH"
    assert top[2] == "Phạm vi: Công nghệ: Lưu trữ năng lượng"
    assert re.fullmatch(r"Số liệu tính đến \d\d/\d\d/\d{4}, phiên bản danh mục số \d+", top[3])
    assert top[4] == "2 dự án · 60 MW / 100 MWh lưu trữ (1 tổ máy chưa xác định MWh)"


def test_licences_stand_under_the_list(written):
    text = parts(written("xlsx"))["xl/worksheets/sheet1.xml"]
    assert "Có dữ liệu của © những người đóng góp OpenStreetMap, giấy phép ODbL 1.0." in text
    assert (
        "Contains data of © OpenStreetMap contributors, ODbL 1.0."
        in parts(written("xlsx", lang="en"))["xl/worksheets/sheet1.xml"]
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_same_stamp_same_bytes(written, lang):
    assert written("xlsx", lang=lang) == written("xlsx", lang=lang)


def test_an_empty_selection_is_a_file_too(written):
    rows, total = records(sheets(written("xlsx", q="khôngcógì"))["Danh mục"], "TT")
    assert rows == []
    assert total["Phát điện (MW)"] == ""


def test_staff_files_say_that_they_are_internal(written):
    rows = sheets(written("xlsx", audience="staff"))["Danh mục"]
    assert rows[5][0] == "Bản làm việc nội bộ, chưa công bố."
    assert "Trạng thái duyệt" in next(row for row in rows if row[0] == "TT")
    assert "Trạng thái duyệt" not in str(sheets(written("xlsx"))["Danh mục"])
