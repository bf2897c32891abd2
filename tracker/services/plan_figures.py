"""What the plan board is made of: groups of lines, what stands beside them, remarks. No SQL, no rules."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.text import Text
from .plan_counting import Period
from .plan_heads import Head, ListHead
from .plan_links import Linked
from .plan_rows import AllocationRow, EntryRow, TableRow


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a figure: a code of `domain.plan_terms.NOTES` and what fills it."""

    code: str
    mw: float | None = None
    other_mw: float | None = None
    rows: int | None = None
    period: str | None = None
    area: Text | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One period of a group. None means that the plan prints no figure, not zero. MW, undivided.

    `linked_mw` are the projects at the rows by status, `linked_rows_mw` what the plan prints for those rows.
    `allocations` are the printed figures behind `allocated_mw` (one for each former province), `named` and
    `without_investor` the rows behind the MW of that name, `taken_by` the projects behind `taken_mw`.
    """

    period: Period
    allocated_mw: float | None
    named_mw: float
    named_low_mw: float
    taken_mw: float
    left_mw: float | None
    named_without_investor_mw: float
    linked_mw: dict[str, float]
    linked_rows_mw: float = 0.0
    allocations: tuple[AllocationRow, ...] = ()
    named: tuple[EntryRow, ...] = ()
    without_investor: tuple[EntryRow, ...] = ()
    taken_by: tuple[Linked, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def over_mw(self) -> float:
        """How far named and taken together exceed the allocation."""
        return round(max(0.0, -(self.left_mw or 0.0)), 6)

    @property
    def not_linked_mw(self) -> float:
        """MW of the named rows that no project stands at."""
        return round(max(0.0, self.named_mw - self.linked_rows_mw), 6)

    @property
    def operating_mw(self) -> float:
        return self.linked_mw.get("operating", 0.0)


@dataclass(frozen=True, slots=True)
class Beside:
    """A table whose rows are not subtracted: how it counts, why, and its MW by period."""

    table: TableRow | None
    how: str
    why: Text | None
    rows: tuple[EntryRow, ...]
    mw: dict[str, float]
    overlap: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A technology (or the part of it that a table allots): its lines, what stands beside, remarks."""

    technology: str
    subset: str | None
    allotted: bool
    lines: tuple[Line, ...]
    beside: tuple[Beside, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a province, or of the country when `province_code` is None."""

    instrument_code: str
    province_code: str | None
    province: Text | None
    former: tuple[Text, ...]
    groups: tuple[Group, ...]
    heads: tuple[Head, ...] = ()
    list_heads: tuple[ListHead, ...] = ()
    periods: tuple[Period, ...] = ()
