"""The lines of one group of the plan board: what is added to what, and what is only remarked on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..domain.statuses import STATUSES
from .plan_counting import Counting, Period
from .plan_figures import Beside, Group, Line, Note
from .plan_heads import Head
from .plan_links import Linked, Links
from .plan_rows import AllocationRow, EntryRow, Registry


@dataclass
class Pile:
    """What gathers for one group while the registry is read."""

    allocations: list[AllocationRow] = field(default_factory=list)
    named: list[EntryRow] = field(default_factory=list)
    beside: dict[tuple[str, str, str], list[EntryRow]] = field(default_factory=dict)

    def technologies(self, own: str) -> set[str]:
        """Return the technology of the group and those of its rows."""
        rows = [*self.named, *(row for rows in self.beside.values() for row in rows)]
        return {own, *(row.technology for row in rows)}


class Lines:
    """Makes the lines of one group."""

    def __init__(
        self,
        plan: Registry,
        counting: Counting,
        found: Links,
        printed: tuple[Head, ...],
        issued_on: date | None,
        technology: str,
        subset: str | None,
        province_code: str | None,
    ) -> None:
        self.plan, self.counting, self.links, self.issued_on = plan, counting, found, issued_on
        self.technology, self.subset, self.province_code = technology, subset, province_code
        self.heads = [h for h in printed if (h.technology, h.subset) == (technology, subset)]

    def group(self, pile: Pile) -> Group:
        by_period: dict[Period | None, list[tuple[EntryRow, float]]] = {}
        for entry in pile.named:
            for period, mw in self.counting.split(entry):
                by_period.setdefault(period, []).append((entry, mw))
        notes: list[Note] = []
        if pile.allocations:
            periods = self._allotted_periods(pile.allocations)
            for period, rows in by_period.items():
                if period not in periods:
                    notes.append(
                        Note(
                            "unsplit" if period else "without_period",
                            rows=len(rows),
                            mw=_sum(mw for _, mw in rows),
                            period=period.label if period else None,
                        )
                    )
            twice = [row for row in pile.named if "possible_duplicate" in row.checks]
            if twice:
                notes.append(Note("duplicate", rows=len(twice), mw=_sum(row.mw_high or 0.0 for row in twice)))
        else:
            periods = sorted((p for p in by_period if p), key=lambda p: (p.end or 0, p.start or 0))
            if None in by_period:
                rows = by_period[None]
                notes.append(Note("without_period", rows=len(rows), mw=_sum(mw for _, mw in rows)))
        beside = tuple(self._beside(key, rows) for key, rows in pile.beside.items())
        mixed = [row for item in beside if item.overlap for row in item.rows]
        if mixed and pile.allocations:
            notes.append(Note("beside_rows", rows=len(mixed), mw=_sum(row.mw_high or 0.0 for row in mixed)))
        lines = tuple(self._line(period, pile.allocations, by_period.get(period, [])) for period in periods)
        return Group(self.technology, self.subset, bool(pile.allocations), lines, beside, tuple(notes))

    def _allotted_periods(self, allocations: list[AllocationRow]) -> list[Period]:
        """Return the main periods in which the plan allots this part anywhere in the country."""
        code = allocations[0].key[0]
        used = {
            row.period_label
            for row in self.plan.allocations[code]
            if (row.technology, row.subset, row.kind) == (self.technology, self.subset, "added")
            and row.mw is not None
        }
        return [period for period in self.counting.periods if period.label in used]

    def _line(
        self, period: Period, allocations: list[AllocationRow], rows: list[tuple[EntryRow, float]]
    ) -> Line:
        figures = tuple(a for a in allocations if a.period_label == period.label)
        known = [a.mw for a in figures if a.mw is not None]
        allocated = _sum(known) if known else None
        notes = self._allocation_notes(period, allocations, figures)
        if self.province_code is None and allocations:
            regions = [
                h for h in self.heads if h.period == period.label and h.area_kind == "region" and h.alone
            ]
            if regions:
                allocated = _sum([allocated or 0.0, *(h.printed_mw for h in regions)])
                notes += [Note("includes_region", mw=h.printed_mw, area=h.area) for h in regions]
        taken_by, taken, remarks = self._taken(figures)
        named = _sum(mw for _, mw in rows)
        linked_mw = self._linked_mw(rows)
        together = _sum(mw for status, mw in linked_mw.items() if status not in STATUSES or STATUSES[status].live)
        linked = [(entry, mw) for entry, mw in rows if self.links.entries.get(entry.key)]
        printed = _sum(mw for _, mw in linked)
        # of a row in two periods no one knows how a project divides
        if together > printed and not any(entry.mw_split for entry, _ in linked):
            remarks.append(Note("exceeds_rows", mw=together, other_mw=printed))
        orphans = [(entry, mw) for entry, mw in rows if not self._investor(entry)]
        return Line(
            period=period,
            allocated_mw=allocated,
            named_mw=named,
            named_low_mw=_sum(
                min(mw, entry.mw_low if entry.mw_low is not None else mw) for entry, mw in rows
            ),
            taken_mw=taken,
            left_mw=None if allocated is None else _sum([allocated, -named, -taken]),
            named_without_investor_mw=_sum(mw for _, mw in orphans),
            linked_mw=linked_mw,
            linked_rows_mw=printed,
            allocations=figures,
            named=tuple(entry for entry, _ in rows),
            without_investor=tuple(entry for entry, _ in orphans),
            taken_by=taken_by,
            notes=(*notes, *remarks),
        )

    def _allocation_notes(
        self, period: Period, allocations: list[AllocationRow], figures: tuple[AllocationRow, ...]
    ) -> list[Note]:
        notes: list[Note] = []
        if any("one_value_only" in (a.check or "") for a in figures):
            notes.append(Note("one_value"))
        if self.province_code is None or not allocations:
            return notes
        given = {a.key for a in figures if a.mw is not None}
        missing = {a.key: a for a in allocations if a.key not in given}
        for key, row in missing.items():
            region = next(
                (h for h in self.heads if h.period == period.label and h.alone and key in h.members), None
            )
            if region:
                note = Note("region_only", mw=region.printed_mw, area=region.area)
            else:
                note = Note("part_missing", area=row.area)
            if note not in notes:
                notes.append(note)
        return notes

    def _taken(self, figures: tuple[AllocationRow, ...]) -> tuple[tuple[Linked, ...], float, list[Note]]:
        """Return the projects tied to the allocation itself, their MW, and what could not be counted."""
        counted: list[Linked] = []
        unknown, existing, open_period = 0, [], 0
        for figure in figures:
            everything = self.links.allocations.get(figure.key, ())
            for link in everything:
                if link.period_label != figure.period_label or not link.live:
                    continue
                if link.ran_before(self.issued_on):
                    existing.append(link)
                elif link.unknown and not link.mw:
                    unknown += 1
                elif any(
                    other.code == link.code
                    and other.unit_ordinal == link.unit_ordinal
                    and other.period_label != link.period_label
                    for other in everything
                ):
                    open_period += 1
                else:
                    counted.append(link)
        notes = [Note("mw_unknown", rows=unknown)] if unknown else []
        if open_period:
            notes.append(Note("period_open", rows=open_period))
        if existing:
            notes.append(Note("existing", rows=len(existing), mw=_sum(link.total_mw for link in existing)))
        return tuple(counted), _sum(link.total_mw for link in counted), notes

    def _investor(self, entry: EntryRow) -> bool:
        return any(link.live and link.investors for link in self.links.entries.get(entry.key, ()))

    def _linked_mw(self, rows: Sequence[tuple[EntryRow, float]]) -> dict[str, float]:
        """Return the MW of the projects at the rows by status; split rows count in their first period."""
        found: dict[str, float] = {}
        for entry, mw in rows:
            if entry.mw_split and mw != next(iter(entry.mw_split.values())):
                continue
            for link in self.links.entries.get(entry.key, ()):
                for status, linked in link.mw:
                    found[status] = _sum([found.get(status, 0.0), linked])
        return found

    def _beside(self, key: tuple[str, str, str], rows: list[EntryRow]) -> Beside:
        appendix, table_no, how = key
        rule = self.counting.of(rows[0]).rule
        mw: dict[str, float] = {}
        for row in rows:
            for period, figure in self.counting.split(row):
                label = period.label if period else ""
                mw[label] = _sum([mw.get(label, 0.0), figure])
        table = self.plan.tables.get(rows[0].key[0], {}).get((appendix, table_no))
        overlap = how == "beside" and rule is not None and bool(rule.value.get("overlap", True))
        return Beside(table, how, rule.text if rule else None, tuple(rows), mw, overlap)


def _sum(values: Iterable[float]) -> float:
    return round(float(sum(values)), 6)
