"""Projects, plan rows and totals in words: the same on a page, in a list and in a file.

Pure functions; `lang` is `vi` or `en`. Unlike units are never added: each stands as a part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..domain.statuses import RELATIONS, STATUSES, UNLINKED
from ..domain.text import Text, without_marks
from ..services import plans
from ..services.rows import Row, shown_units
from . import formats

if TYPE_CHECKING:
    from ..forms.selection import Selection
    from ..services.selecting import Selected, Totals

_INSTRUMENT = re.compile(r"([a-z]+)-(\d+)-(\d{4})")
_KINDS = {
    "qd": (Text("QĐ", "Decision"), False),
    "nq": (Text("NQ", "Resolution"), False),
    "nqtw": (Text("NQ", "Resolution"), False),
    "kh": (Text("KH", "Plan"), False),
    "nd": (Text("NĐ", "Decree"), True),
    "ct": (Text("CT", "Directive"), False),
    "tt": (Text("TT", "Circular"), True),
    "luat": (Text("Luật", "Law"), True),
}
_OTHER_SIZES = (
    ("capacity_mwp", "mwp", Text("{}", "{}")),
    ("electrolyser_mw", "mw", Text("điện phân {}", "electrolyser {}")),
    ("hydrogen_kt_per_year", "kt_per_year", Text("{} hydrogen", "{} of hydrogen")),
    ("lng_mtpa", "mtpa", Text("{} LNG", "{} of LNG")),
    ("biofuel_kt_per_year", "kt_per_year", Text("{} nhiên liệu sinh học", "{} of biofuel")),
    (
        "biofuel_million_litres_per_year",
        "million_litres_per_year",
        Text("{} nhiên liệu sinh học", "{} of biofuel"),
    ),
    ("waste_t_per_day", "t_per_day", Text("{} rác", "{} of waste")),
)


def instrument(code: str | None, lang: str) -> str:
    """Return the short name of a legal text of the plan registry: "QĐ 768", "Decision 768", "NĐ 56/2025".

    A text that has no number is called by its title, shortened.
    """
    found = _INSTRUMENT.fullmatch(code or "")
    if not found or found[1] not in _KINDS:
        return _title(code, lang) if code else formats.unknown(lang)
    word, with_year = _KINDS[found[1]]
    return f"{word[lang]} {int(found[2])}" + (f"/{found[3]}" if with_year else "")


def _title(code: str, lang: str) -> str:
    try:
        title = str(plans.instrument(code).title[lang])
    except plans.InstrumentNotFound:
        return code
    return title if len(title) <= 80 else title[:80].rpartition(" ")[0] + "…"


def plan_parts(target: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return the way to a row: QĐ 768 · Phụ lục III · Bảng 14 · Thừa Thiên Huế 2031–2035 · số 5 · 350 MW.

    `target` is the frozen description in a document's link (`services.documents.target`).
    """
    vi = lang == "vi"
    parts = [instrument(target["instrument_code"], lang)]
    if target["kind"] == "instrument":
        return tuple(parts)
    parts.append(f"{'Phụ lục' if vi else 'Appendix'} {target['appendix']}")
    parts.append(f"{'Bảng' if vi else 'Table'} {target['table_no']}")
    area = target.get("area_vi" if vi else "area_en") or old_province(target.get("province_old"), lang)
    period = target.get("period_label") or ""
    if target.get("period_from") or target.get("period_to"):
        period = formats.years(target["period_from"], target["period_to"], lang)
    if area or period:
        parts.append(" ".join(word for word in (area, period) if word))
    if target["kind"] == "allocation":
        parts.append("phân bổ" if vi else "allocation")
    elif target.get("row_no"):
        parts.append(f"{'số' if vi else 'row'} {target['row_no']}")
    low, high = target.get("mw_low"), target.get("mw_high")
    if low is not None or high is not None or target.get("mw_text"):
        if target["kind"] == "allocation":
            low = high
        parts.append(formats.number_range(low, high, target.get("mw_text"), "mw", lang))
    return tuple(parts)


def old_province(name: str | None, lang: str) -> str | None:
    """Return a province's name as printed in a plan, in English without Vietnamese marks."""
    return without_marks(name) if name and lang == "en" else name


def plan_basis(row: Row, lang: str) -> str:
    """Return the plan basis of a project on one line; the words for "not linked yet" when it has none."""
    found = []
    for ref in row.plan_refs:
        words = " · ".join(plan_parts(ref, lang))
        if ref["relation"] not in ("listed", "allocation") and ref["relation"] in RELATIONS:
            words = f"{RELATIONS[ref['relation']].label[lang]}: {words}"
        found.append(words)
    return "; ".join(found) or UNLINKED.label[lang]


def amounts(row: Row) -> dict[str, float]:
    """Return the quantities of a project beside MW and MWh, each summed over the units that it shows."""
    sums: dict[str, float] = {}
    for unit in shown_units(row.units, row.status):
        for name, value in unit.quantities.items():
            sums[name] = round(sums.get(name, 0.0) + value, 6)
    return sums


def generation(row: Row, lang: str) -> str | None:
    """Return the MW of generation of a project in words; None when it generates nothing."""
    units = [u for u in shown_units(row.units, row.status) if u.counts_as == "generation"]
    if not units:
        return None
    low = [u.capacity_low_mw if u.capacity_low_mw is not None else u.capacity_mw for u in units]
    high = [u.capacity_high_mw if u.capacity_high_mw is not None else u.capacity_mw for u in units]
    if low != high and None not in low and None not in high:
        least, most = (round(sum(value or 0 for value in side), 6) for side in (low, high))
        return formats.number_range(least, most, None, "mw", lang)
    return formats.quantity(row.capacity_mw, "mw", lang)


def storage(row: Row, lang: str) -> str | None:
    """Return the storage of a project, MW always with MWh: "50 MW / 100 MWh", "50 MW (chưa xác định MWh)"."""
    units = [unit for unit in row.units if unit.counts_as == "storage"]
    if not units:
        return None
    power = formats.quantity(row.storage_mw, "mw", lang)
    if row.storage_mwh is None:
        return power + (" (chưa xác định MWh)" if lang == "vi" else " (MWh not determined)")
    return f"{power} / {formats.quantity(row.storage_mwh, 'mwh', lang)}"


def other_sizes(row: Row, lang: str) -> tuple[str, ...]:
    """Return what a project measures beside MW and MWh, each with its own unit."""
    found = amounts(row)
    return tuple(
        words[lang].format(formats.quantity(found[name], unit, lang))
        for name, unit, words in _OTHER_SIZES
        if name in found
    )


def size(row: Row, lang: str) -> tuple[str, ...]:
    """Return the whole size of a project, one part for each unlike quantity; the words for unknown alone."""
    stored, others = storage(row, lang), other_sizes(row, lang)
    generated = generation(row, lang)
    if generated == formats.unknown(lang) and (stored or others):
        generated = f"{generated} MW" if lang == "vi" else f"MW {generated}"
    parts = [
        generated,
        stored and ("lưu trữ " if lang == "vi" else "storage ") + stored,
        *others,
    ]
    return tuple(part for part in parts if part) or (formats.unknown(lang),)


def totals(sums: Totals, lang: str) -> tuple[str, ...]:
    """Return the totals line: "12 dự án", "1.240 MW điện", "105 MW / 210 MWh lưu trữ"; nil is left out."""
    vi = lang == "vi"
    count = formats.number(sums.projects, lang)
    parts = [f"{count} dự án" if vi else f"{count} {'project' if sums.projects == 1 else 'projects'}"]
    if sums.generation_mw:
        parts.append(formats.quantity(sums.generation_mw, "mw", lang) + (" điện" if vi else " of generation"))
    if sums.storage_units:
        parts.append(stored(sums, lang))
    for name, unit, words in _OTHER_SIZES:
        value = getattr(sums, name, 0.0)
        if value:
            parts.append(words[lang].format(formats.quantity(value, unit, lang)))
    return tuple(parts)


def stored(sums: Totals, lang: str) -> str:
    """Return the storage of a selection: "105 MW / 210 MWh lưu trữ", "60 MW lưu trữ (MWh chưa xác định)"."""
    vi = lang == "vi"
    power = formats.quantity(sums.storage_mw, "mw", lang)
    open_units = formats.number(sums.storage_mwh_unknown, lang)
    if sums.storage_mwh_unknown == sums.storage_units:
        return f"{power} lưu trữ (MWh chưa xác định)" if vi else f"{power} of storage (MWh not determined)"
    known = f"{power} / {formats.quantity(sums.storage_mwh, 'mwh', lang)} " + ("lưu trữ" if vi else "of storage")
    if not sums.storage_mwh_unknown:
        return known
    return known + (f" ({open_units} tổ máy chưa xác định MWh)" if vi else f" (MWh not determined for {open_units})")


def notes(selected: Selected, selection: Selection, lang: str) -> tuple[str, ...]:
    """Return what a reader must know of the totals: what they leave out and whose figure no source gives."""
    vi = lang == "vi"
    found = []
    ended = sum(any(_ended(unit.status) for unit in row.units) for row in selected.rows)
    if ended and not selection.status:
        n = formats.number(ended, lang)
        found.append(
            f"Tổng không tính phần đã tạm dừng, đã hủy hoặc ngừng vận hành ({n} dự án trong danh sách)."
            if vi
            else f"Totals leave out what is shelved, cancelled or retired ({n} of the projects listed)."
        )
    if selected.totals.generation_unknown:
        n = formats.number(selected.totals.generation_unknown, lang)
        some = "one unit" if selected.totals.generation_unknown == 1 else f"{n} units"
        found.append(f"{n} tổ máy chưa có thông tin công suất." if vi else f"The capacity of {some} is not known.")
    return tuple(found)


def _ended(status: str) -> bool:
    return status in STATUSES and not STATUSES[status].live
