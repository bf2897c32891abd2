"""A selection in words: the chips of the list, the line under a file's title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ..domain.statuses import ACCURACIES, RELATIONS, STAGES, STATUSES, UNLINKED
from ..domain.technologies import FAMILIES, TECHNOLOGIES
from ..domain.text import Text
from . import formats

if TYPE_CHECKING:
    from ..forms.selection import Selection


@dataclass(frozen=True, slots=True)
class Condition:
    """One active filter in words; `changes` takes it out of the selection (`Selection.pairs(**changes)`)."""

    name: str
    label: str
    value: str
    changes: dict[str, Any]


LABELS: dict[str, Text] = {
    "q": Text("Từ khóa", "Search"),
    "technology": Text("Công nghệ", "Technology"),
    "status": Text("Tình trạng", "Status"),
    "stage": Text("Bước thủ tục", "Stage"),
    "province": Text("Tỉnh, thành phố", "Province"),
    "zone": Text("Khu kinh tế, khu công nghiệp", "Zone"),
    "plan": Text("Căn cứ quy hoạch", "Plan basis"),
    "mw_min": Text("Công suất từ", "Capacity from"),
    "mw_max": Text("Công suất đến", "Capacity to"),
    "cod_from": Text("COD từ", "COD from"),
    "cod_to": Text("COD đến", "COD to"),
    "calling": Text("Kêu gọi đầu tư", "Calling for investment"),
    "accuracy": Text("Độ chính xác vị trí", "Accuracy of the place"),
    "investor": Text("Nhà đầu tư", "Investor"),
    "bbox": Text("Khung bản đồ", "Map frame"),
    "as_of": Text("Tính đến", "As of"),
}
NO_PLACE = Text("Chưa có vị trí", "No place yet")
YES_NO = {True: Text("Có", "Yes"), False: Text("Không", "No")}


def conditions(
    selection: Selection, lang: str, *, provinces: Mapping[str, Any], zones: Mapping[str, Any]
) -> tuple[Condition, ...]:
    """Return the active filters in words. `provinces`, `zones`: code → something with `.label`."""
    words: dict[str, Callable[[str], str]] = {
        "technology": lambda c: FAMILIES[c].asked[lang] if c in FAMILIES else TECHNOLOGIES[c].label[lang],
        "status": lambda c: STATUSES[c].label[lang],
        "stage": lambda c: STAGES[c].label[lang],
        "province": lambda c: str(provinces[c].label[lang]),
        "zone": lambda c: str(zones[c].label[lang]),
        "plan": lambda c: (RELATIONS.get(c) or UNLINKED).label[lang],
        "accuracy": lambda c: ACCURACIES[c].label[lang] if c in ACCURACIES else NO_PLACE[lang],
    }
    found = []
    for field in fields(selection):
        value, name = getattr(selection, field.name), field.name
        if value == field.default or name not in LABELS:
            continue
        if name in words:
            found += [
                Condition(
                    name, LABELS[name][lang], words[name](code), {name: tuple(c for c in value if c != code)}
                )
                for code in value
            ]
        else:
            found.append(
                Condition(name, LABELS[name][lang], _scalar(name, value, lang), {name: field.default})
            )
    return tuple(found)


def _scalar(name: str, value: Any, lang: str) -> str:
    if name in ("mw_min", "mw_max"):
        return formats.quantity(value, "mw", lang)
    if name in ("cod_from", "cod_to", "as_of"):
        return formats.date(value, lang)
    if name == "calling":
        return YES_NO[value][lang]
    if name == "bbox":
        return ", ".join(formats.number(part, lang) for part in value)
    return str(value)
