"""The columns of the sheets behind the list: units with what each counts as, and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..domain.sources import LICENCES
from ..domain.statuses import CONFIDENCES, STATUSES
from ..domain.technologies import TECHNOLOGIES
from ..domain.text import Text
from ..services.rows import Row, UnitRow
from . import formats
from .tables import AMOUNTS, NOT_SET, PROJECTS, UNKNOWN, Column, Value, Words, term

KINDS = {
    "generation": Text("phát điện", "generation"),
    "storage": Text("lưu trữ", "storage"),
    "none": Text("khác", "other"),
}
CHECKED = {
    True: Text("đã đối chiếu bản gốc", "checked against the original"),
    False: Text("chưa đối chiếu bản gốc", "not checked against the original"),
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its project; `counted` tells whether it is in the totals of the selection."""

    row: Row
    number: int
    unit: UnitRow
    counted: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with the project whose facts it gives; `source` is that of a document."""

    row: Row
    source: dict[str, Any]


def _unit_amount(name: str, title: Text, missing: Text | None = None) -> Column[UnitLine]:
    def read(line: UnitLine, _: Words) -> Value:
        value = getattr(line.unit, name, line.unit.quantities.get(name))
        technology = TECHNOLOGIES.get(line.unit.technology)
        applies = technology is not None and name in technology.quantities
        return value if value is not None else missing if applies else None

    return Column(name, title, read, 13, "number")


UNITS: tuple[Column[UnitLine], ...] = (
    Column("code", Text("Mã dự án", "Code"), lambda x, _: x.row.code, 13),
    Column("name", Text("Tên dự án", "Project"), lambda x, w: x.row.name(w.lang), 34, printed=True),
    Column("number", Text("Tổ máy số", "Unit"), lambda x, _: x.number, 7, "whole"),
    Column(
        "technology",
        Text("Công nghệ", "Technology"),
        lambda x, w: term(TECHNOLOGIES, x.unit.technology, w),
        24,
    ),
    Column("status", Text("Tình trạng", "Status"), lambda x, w: term(STATUSES, x.unit.status, w), 14),
    Column("kind", Text("Tính là", "Counts as"), lambda x, w: KINDS[x.unit.counts_as][w.lang], 12),
    Column(
        "counted",
        Text("Tính vào tổng (1 = có)", "In the totals (1 = yes)"),
        lambda x, _: int(x.counted),
        9,
        "whole",
    ),
    _unit_amount("capacity_mw", Text("Công suất (MW)", "Capacity (MW)"), UNKNOWN),
    _unit_amount("storage_mwh", Text("Lưu trữ (MWh)", "Storage (MWh)"), NOT_SET),
    *(_unit_amount(column.key, column.title) for column in PROJECTS if column.key in AMOUNTS),
)

SOURCES: tuple[Column[SourceLine], ...] = (
    Column("code", Text("Mã dự án", "Code"), lambda x, _: x.row.code, 13),
    Column("name", Text("Tên dự án", "Project"), lambda x, w: x.row.name(w.lang), 34, printed=True),
    Column("ordinal", Text("Nguồn số", "No."), lambda x, _: x.source["ordinal"], 8, "whole"),
    Column("citation", Text("Nguồn", "Source"), lambda x, _: x.source["citation"], 70, printed=True),
    Column(
        "dated",
        Text("Ngày của nguồn", "Date of the source"),
        lambda x, w: formats.date(x.source["dated"], w.lang),
        14,
    ),
    Column(
        "licence",
        Text("Giấy phép dữ liệu", "Licence"),
        lambda x, w: term(LICENCES, x.source["licence"], w),
        34,
        printed=True,
    ),
    Column(
        "confidence",
        Text("Độ tin cậy", "Confidence"),
        lambda x, w: term(CONFIDENCES, x.source["confidence"], w),
        12,
    ),
    Column(
        "checked",
        Text("Đối chiếu bản gốc", "Checked against the original"),
        lambda x, w: CHECKED[bool(x.source["checked_original"])][w.lang],
        27,
    ),
    Column("url", Text("Liên kết", "Link"), lambda x, _: x.source["url"], 40, printed=True),
)
