"""What a file says about itself: language, office, selection, revision. Same context, same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..domain.dates import VIETNAM
from ..domain.sources import LICENCES
from ..domain.text import Text
from ..services.rows import Row
from . import formats, phrases, selections
from .tables import SAMPLE, Words

if TYPE_CHECKING:
    from ..forms.selection import Selection
    from ..services.selecting import Selected

LIST = Text("Danh mục dự án năng lượng sạch", "List of clean-energy projects")
CALL = Text("Danh mục dự án kêu gọi đầu tư", "List of projects calling for investment")
_MARKED = ("odbl", "cc_by_4")
_SAMPLE = Text(
    "Dữ liệu mẫu: có dự án hoặc thông tin kêu gọi đầu tư đặt ra để dùng thử, không phải số liệu thật.",
    "Sample data: contains projects or calls for investment made up for a trial, not real figures.",
)
_INTERNAL = Text("Bản làm việc nội bộ, chưa công bố.", "Internal working copies, not published.")


@dataclass(frozen=True)
class FileContext:
    """The stamp of a file. `recorded_at` is the moment of the revision (UTC).

    `base_url` has no slash at its end; `documents` gives the documents behind rows, in their order.
    """

    lang: str
    title: str
    office: str
    selection: Selection
    audience: str
    revision: int
    recorded_at: datetime
    as_of: date | None
    base_url: str
    provinces: Mapping[str, Any]
    zones: Mapping[str, Any]
    documents: Callable[[Sequence[Row]], Iterable[dict[str, Any]]] = field(repr=False)

    @property
    def words(self) -> Words:
        """What the columns' readers need."""
        return Words(
            self.lang,
            {code: place.label for code, place in self.provinces.items()},
            {code: place.label for code, place in self.zones.items()},
            self.base_url,
        )

    @property
    def day(self) -> date:
        """The day in Viet Nam that the file speaks of: `as_of`, else that of the revision."""
        return self.as_of or self.recorded_at.astimezone(VIETNAM).date()

    def conditions(self) -> str:
        """Return the selection on one line of words."""
        found = selections.conditions(self.selection, self.lang, provinces=self.provinces, zones=self.zones)
        return "; ".join(f"{item.label}: {item.value}" for item in found if item.name != "as_of")

    def stamp(self) -> str:
        """Return date and revision in words."""
        day = formats.date(self.day, self.lang)
        number = formats.number(self.revision, self.lang)
        if self.lang == "vi":
            return f"Số liệu tính đến {day}, phiên bản danh mục số {number}"
        return f"As of {day}, portfolio revision {number}"

    def warnings(self, selected: Selected) -> tuple[str, ...]:
        """Return what must be read first: internal working copies, sample data."""
        found = [_INTERNAL[self.lang]] if self.audience == "staff" else []
        return (*found, *([_SAMPLE[self.lang]] if selected.sample else []))

    def notes(self, selected: Selected) -> tuple[str, ...]:
        """Return what stands under the list: what totals leave out, whose data it contains."""
        return (*phrases.notes(selected, self.selection, self.lang), *self.licences(selected))

    def licences(self, selected: Selected) -> tuple[str, ...]:
        """Return the attributions that the selected data asks for."""
        lead = "Có dữ liệu của " if self.lang == "vi" else "Contains data of "
        return tuple(
            f"{lead}{LICENCES[code].label[self.lang]}." for code in selected.licences if code in _MARKED
        )


__all__ = ["CALL", "LIST", "SAMPLE", "FileContext"]
