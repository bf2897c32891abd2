"""What the plan registry holds, typed: the rows of an instrument's tables in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..domain.text import Text

Key = tuple[str, str, str, int]
"""Identity of a row: instrument, appendix, table, ordinal."""


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A decision or plan; `rows`, `allocations`, `targets` count what of it is held here."""

    code: str
    number: str | None
    kind: str
    title: Text
    issuer: Text
    issued_on: date | None
    status: str
    note: Text
    source: str | None
    confidence: str | None
    checked_original: bool
    relations: tuple[tuple[str, str], ...]
    targets: int = 0
    allocations: int = 0
    entries: int = 0

    @property
    def short(self) -> str:
        """The number without the issuer's letters: 768 for 768/QĐ-TTg."""
        return (self.number or self.code).split("/")[0]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of an appendix."""

    appendix: str
    table_no: str
    title: Text
    kind: str | None
    page_from: int | None
    page_to: int | None
    counted_in: str | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, low to high in `unit`; never added to another."""

    year: int
    window: str
    technology: str | None
    source_code: str
    label: Text
    low: float | None
    high: float | None
    unit: str
    is_total: bool
    scope: str | None
    confidence: str | None
    note: Text
    source: str | None


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """MW given to an area for one period; `mw` None where the plan prints none."""

    key: Key
    technology: str
    subset: str | None
    kind: str
    area_kind: str
    area: Text
    province_old: str | None
    province_code: str | None
    period_label: str
    period_from: int | None
    period_to: int | None
    mw: float | None
    page: int | None
    check: str | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A numbered row of a plan table."""

    key: Key
    section: str | None
    row_no: str | None
    technology: str
    name_vi: str | None
    name_en: str | None
    name_vi_confidence: str | None
    province_old: str | None
    province_code: str | None
    region_text: str | None
    mw_low: float | None
    mw_high: float | None
    mw_text: str | None
    period_label: str | None
    period_from: int | None
    period_to: int | None
    mw_split: dict[str, float] | None
    list_kind: str
    mark: str | None
    can_accelerate: bool
    page: int | None
    check: str | None
    confidence: str | None
    superseded: bool
    search: str = field(default="", repr=False)

    @property
    def table_no(self) -> str:
        return self.key[2]

    @property
    def checks(self) -> tuple[str, ...]:
        return tuple(code for code in (self.check or "").split(";") if code)

    def name(self, lang: str) -> str:
        """Return the name in `lang`, the other one when it is missing."""
        first, second = (self.name_vi, self.name_en) if lang == "vi" else (self.name_en, self.name_vi)
        return first or second or ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule or note of a plan, or (`kind` counting) how its tables are set against each other."""

    code: str
    kind: str
    appendix: str | None
    tables: tuple[str, ...]
    pages: tuple[int, ...]
    value: Any
    text: Text
    applies_to: str | None
    check: str | None


@dataclass(frozen=True)
class Registry:
    """Everything held of the plans, by instrument; in the order of the documents."""

    stamp: tuple[Any, ...]
    instruments: dict[str, InstrumentRow]
    tables: dict[str, dict[tuple[str, str], TableRow]]
    targets: dict[str, tuple[TargetRow, ...]]
    allocations: dict[str, tuple[AllocationRow, ...]]
    entries: dict[str, tuple[EntryRow, ...]]
    rules: dict[str, tuple[RuleRow, ...]]
    provinces: dict[str, Text]
    formers: dict[str, tuple[Text, ...]]
