"""The columns of the list of projects as a file: one definition for xlsx and csv.

A reader gives a typed value, never formatted text: text, a number, a day, None where the quantity does not
apply, or a `Text`, the words that stand in place of a figure that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ..domain.dates import year_of
from ..domain.sources import LICENCES
from ..domain.statuses import ACCURACIES, CONFIDENCES, REVIEW_STATES, STAGES, STATUSES
from ..domain.technologies import QUANTITIES, TECHNOLOGIES
from ..domain.text import Text
from ..domain.vocabulary import Vocabulary
from ..services.rows import Row
from . import formats, phrases, selections

Value = str | int | float | date | Text | None
Item = TypeVar("Item")

UNKNOWN = Text(formats.unknown("vi"), formats.unknown("en"))
NOT_SET = Text(formats.not_set("vi"), formats.not_set("en"))
SAMPLE = Text("Dữ liệu mẫu", "Sample data")


@dataclass(frozen=True, slots=True)
class Words:
    """What readers need to speak: the language, names of places, and where the program answers."""

    lang: str
    provinces: Mapping[str, Text]
    zones: Mapping[str, Text]
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """One column. `kind`: text, number, whole, degrees, date. `printed` ones fit on a page."""

    key: str
    title: Text
    read: Callable[[Item, Words], Value]
    width: int = 12
    kind: str = "text"
    printed: bool = False
    staff: bool = False


def term(terms: Vocabulary[Any], code: str | None, words: Words) -> Value:
    """Return the label of a code, the words for unknown when there is none."""
    found = terms.get(code)
    return found.label[words.lang] if found is not None else UNKNOWN


def _technologies(row: Row, words: Words) -> Value:
    return "; ".join(TECHNOLOGIES[code].label[words.lang] for code in row.technologies if code in TECHNOLOGIES)


def _place(row: Row, words: Words) -> Value:
    parts: list[str] = []
    for place in row.places:
        zone = words.zones.get(place.zone_code or "")
        parts += [part for part in (place.commune, zone[words.lang] if zone else None) if part]
    province = words.provinces.get(row.province_code or "")
    if province:
        parts.append(province[words.lang])
    return ", ".join(dict.fromkeys(parts)) or UNKNOWN


def _province(code: str | None, words: Words) -> Value:
    found = words.provinces.get(code or "")
    return found[words.lang] if found else UNKNOWN


def _generation(row: Row, _: Words) -> Value:
    applies = any(unit.counts_as == "generation" for unit in row.units)
    return row.capacity_mw if row.capacity_mw is not None else UNKNOWN if applies else None


def _storage(name: str, missing: Text) -> Callable[[Row, Words], Value]:
    def read(row: Row, _: Words) -> Value:
        value: float | None = getattr(row, name)
        applies = any(unit.counts_as == "storage" for unit in row.units)
        return value if value is not None else missing if applies else None

    return read


def _investment(row: Row, _: Words) -> Value:
    """Return VND billion; where only USD are known, these in words."""
    if row.invest_vnd_bn is None and row.invest_usd_m is not None:
        return Text(*(formats.quantity(row.invest_usd_m, "usd_m", lang) for lang in ("vi", "en")))
    return UNKNOWN if row.invest_vnd_bn is None else row.invest_vnd_bn


def _coordinate(name: str) -> Callable[[Row, Words], Value]:
    return lambda row, _: getattr(row.place, name) if row.place else None


def _amount(name: str) -> Column[Row]:
    quantity = QUANTITIES[name]
    title = Text(*(f"{quantity.label[lang]} ({AMOUNTS.get(name, quantity)[lang]})" for lang in ("vi", "en")))
    return Column(name, title, lambda row, _: phrases.amounts(row).get(name), 13, "number")


def _given(value: str | None) -> Value:
    return value or UNKNOWN


AMOUNTS: dict[str, Any] = {
    "capacity_mwp": Text("MWp", "MWp"),
    "electrolyser_mw": Text("MW", "MW"),
    "hydrogen_kt_per_year": Text("nghìn tấn/năm", "kt/year"),
    "lng_mtpa": Text("triệu tấn/năm", "mtpa"),
    "biofuel_kt_per_year": Text("nghìn tấn/năm", "kt/year"),
    "biofuel_million_litres_per_year": Text("triệu lít/năm", "million litres/year"),
    "waste_t_per_day": Text("tấn/ngày", "t/day"),
}

PROJECTS: tuple[Column[Row], ...] = (
    Column("code", Text("Mã dự án", "Code"), lambda r, _: r.code, 13, printed=True),
    Column("name", Text("Tên dự án", "Project"), lambda r, w: r.name(w.lang), 26, printed=True),
    Column("technology", Text("Công nghệ", "Technology"), _technologies, 15, printed=True),
    Column("status", Text("Tình trạng", "Status"), lambda r, w: term(STATUSES, r.status, w), 11, printed=True),
    Column("place", Text("Địa điểm", "Place"), _place, 17, printed=True),
    Column("capacity_mw", Text("Phát điện (MW)", "Generation (MW)"), _generation, 10, "number", True),
    Column(
        "storage_mw",
        Text("Lưu trữ (MW)", "Storage (MW)"),
        _storage("storage_mw", UNKNOWN),
        9,
        "number",
        True,
    ),
    Column(
        "storage_mwh",
        Text("Lưu trữ (MWh)", "Storage (MWh)"),
        _storage("storage_mwh", NOT_SET),
        9,
        "number",
        True,
    ),
    Column(
        "other_size",
        Text("Quy mô khác", "Other size"),
        lambda r, w: "; ".join(phrases.other_sizes(r, w.lang)) or None,
        12,
        printed=True,
    ),
    Column(
        "plan",
        Text("Căn cứ quy hoạch", "Plan basis"),
        lambda r, w: phrases.plan_basis(r, w.lang),
        27,
        printed=True,
    ),
    Column(
        "investors",
        Text("Nhà đầu tư", "Investors"),
        lambda r, _: _given("; ".join(r.investors)),
        19,
        printed=True,
    ),
    Column(
        "invest_vnd_bn",
        Text("Tổng vốn (tỷ đồng)", "Investment (VND bn)"),
        _investment,
        10,
        "number",
        True,
    ),
    Column(
        "cod",
        Text("Vận hành (COD)", "COD"),
        lambda r, w: formats.date(r.cod, w.lang) if r.cod else UNKNOWN,
        10,
        printed=True,
    ),
    Column(
        "name_second",
        Text("Tên tiếng Anh", "Vietnamese name"),
        lambda r, w: _given(r.name_en if w.lang == "vi" else r.name_vi),
        32,
    ),
    Column("province", Text("Tỉnh, thành phố", "Province"), lambda r, w: _province(r.province_code, w), 14),
    Column("size", Text("Quy mô", "Size"), lambda r, w: "; ".join(phrases.size(r, w.lang)), 30),
    Column("stage", Text("Bước thủ tục đã qua", "Stage reached"), lambda r, w: term(STAGES, r.stage, w), 24),
    Column(
        "calling",
        Text("Kêu gọi đầu tư", "Calling for investment"),
        lambda r, w: selections.YES_NO[r.calling][w.lang],
        9,
    ),
    Column(
        "invest_usd_m",
        Text("Tổng vốn (triệu USD)", "Investment (USD m)"),
        lambda r, _: r.invest_usd_m,
        11,
        "number",
    ),
    Column("cod_year", Text("Năm COD", "COD year"), lambda r, _: year_of(r.cod), 8, "whole"),
    *(_amount(name) for name in AMOUNTS),
    Column(
        "accuracy",
        Text("Độ chính xác vị trí", "Accuracy of the place"),
        lambda r, w: term(ACCURACIES, r.accuracy, w) if r.accuracy else selections.NO_PLACE[w.lang],
        13,
    ),
    Column("lon", Text("Kinh độ (WGS84)", "Longitude (WGS84)"), _coordinate("lon"), 11, "degrees"),
    Column("lat", Text("Vĩ độ (WGS84)", "Latitude (WGS84)"), _coordinate("lat"), 11, "degrees"),
    Column("confidence", Text("Độ tin cậy", "Confidence"), lambda r, w: term(CONFIDENCES, r.confidence, w), 10),
    Column(
        "last_checked",
        Text("Kiểm tra lần cuối", "Last checked"),
        lambda r, _: date.fromisoformat(r.last_checked) if r.last_checked else UNKNOWN,
        12,
        "date",
    ),
    Column("sample", SAMPLE, lambda r, w: SAMPLE[w.lang] if r.sample else None, 10),
    Column(
        "licences",
        Text("Giấy phép dữ liệu", "Licences of the data"),
        lambda r, w: "; ".join(LICENCES[c].label[w.lang] for c in r.licences if c in LICENCES) or None,
        30,
    ),
    Column("url", Text("Trang dự án", "Page"), lambda r, w: f"{w.base_url}/projects/{r.code}", 32),
    Column(
        "review_state",
        Text("Trạng thái duyệt", "Review state"),
        lambda r, w: term(REVIEW_STATES, r.review_state, w),
        12,
        staff=True,
    ),
)


def columns_for(audience: str) -> tuple[Column[Row], ...]:
    """Return the columns that an audience may have."""
    return tuple(column for column in PROJECTS if audience == "staff" or not column.staff)
