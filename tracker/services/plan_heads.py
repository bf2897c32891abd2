"""Printed heads against the sum of what stands under them: regions of an allocation, provinces of a list."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.text import Text
from .plan_rows import AllocationRow, EntryRow, Key, Registry

ROUNDING_MW = 2.0
"""Region heads are printed in whole MW while their provinces are not: smaller gaps are rounding."""


@dataclass(frozen=True, slots=True)
class Head:
    """A printed figure of a region or the country. `members` are the rows of its provinces.

    `alone` tells that none of its provinces has a figure of its own in that period.
    """

    technology: str
    subset: str | None
    period: str
    area_kind: str
    area: Text
    printed_mw: float
    sum_mw: float
    appendix: str
    table_no: str
    page: int | None
    members: frozenset[Key]
    alone: bool

    @property
    def differs(self) -> bool:
        return not self.alone and abs(self.printed_mw - self.sum_mw) >= ROUNDING_MW


def heads(plan: Registry, instrument_code: str) -> tuple[Head, ...]:
    """Return the regional and national figures of the allocations, each with the sum of its provinces.

    A region's provinces are those that follow it in the table, until the next region.
    """
    blocks: dict[tuple[str, str | None], list[AllocationRow]] = {}
    for row in plan.allocations.get(instrument_code, ()):
        if row.kind == "added":
            blocks.setdefault((row.technology, row.subset), []).append(row)
    found: list[Head] = []
    for rows in blocks.values():
        wider: dict[str, list[AllocationRow]] = {}
        members: dict[Key, list[AllocationRow]] = {}
        for row in rows:
            if row.area_kind == "province":
                for areas in wider.values():
                    members.setdefault(areas[0].key, []).append(row)
            elif row.area_kind in wider and wider[row.area_kind][0].key == row.key:
                wider[row.area_kind].append(row)
            else:
                wider[row.area_kind] = [row]
        found += [
            _head(row, members.get(row.key, []))
            for row in rows
            if row.area_kind != "province" and row.mw is not None
        ]
    return tuple(found)


def _head(row: AllocationRow, members: list[AllocationRow]) -> Head:
    figures = [m.mw for m in members if m.period_label == row.period_label and m.mw is not None]
    return Head(
        row.technology,
        row.subset,
        row.period_label,
        row.area_kind,
        row.area,
        row.mw or 0.0,
        round(sum(figures), 6),
        row.key[1],
        row.key[2],
        row.page,
        frozenset(m.key for m in members),
        not figures and bool(row.mw),
    )


@dataclass(frozen=True, slots=True)
class ListHead:
    """The printed head of a province in a list of named rows, against the sum of these rows."""

    technology: str
    table_no: str
    area: Text
    province_code: str | None
    period: str
    printed_mw: float | None
    sum_mw: float
    page: int | None


def list_heads(
    plan: Registry, instrument_code: str, *, province_code: str | None = None
) -> tuple[ListHead, ...]:
    """Return the heads of province lists that do not add to their rows (check code `head_mismatch`)."""
    flagged = [
        row
        for row in plan.allocations.get(instrument_code, ())
        if row.kind == "head" and row.province_code and province_code in (None, row.province_code)
    ]
    entries: dict[tuple[str, str | None], list[EntryRow]] = {}
    for entry in plan.entries.get(instrument_code, ()):
        entries.setdefault((entry.table_no, entry.province_old), []).append(entry)
    found = []
    for row in flagged:
        total = round(
            sum(
                entry.mw_high or 0.0
                for entry in entries.get((row.key[2], row.province_old), ())
                if entry.period_to
                and row.period_from
                and row.period_to
                and row.period_from <= entry.period_to <= row.period_to
            ),
            6,
        )
        if "head_mismatch" in (row.check or "") and abs((row.mw or 0.0) - total) > 0.01:
            found.append(
                ListHead(
                    row.technology,
                    row.key[2],
                    row.area,
                    row.province_code,
                    row.period_label,
                    row.mw,
                    total,
                    row.page,
                )
            )
    return tuple(found)
