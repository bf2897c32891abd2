"""How the rows of a plan are set against its allocations: periods, and the counting rules kept as data.

A rule of kind `counting` names tables and says whether their rows are `named` (subtracted from the
allocation), `beside` (earlier and new rows mixed: shown beside) or `earlier` (never subtracted). It may
be narrowed to sections of a table, to row numbers or to rows with a check code; `overlap` false says that the
allocation is of another kind, so that nothing of it is taken up. Tables without a rule are plain lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .plan_rows import AllocationRow, EntryRow, Registry, RuleRow

Against = tuple[str, str, str, str | None]
"""Appendix, table, technology and subset of an allocation."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the plan; `label` is what the plan prints, with a hyphen."""

    label: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How one entry counts, by which rule, and against which allocation."""

    how: str
    rule: RuleRow | None = None
    against: Against | None = None


class Counting:
    """The counting rules of one instrument."""

    def __init__(self, registry: Registry, instrument_code: str) -> None:
        self.periods = _periods(registry.allocations.get(instrument_code, ()))
        self._tables = registry.tables.get(instrument_code, {})
        self._rules: dict[str, list[RuleRow]] = {}
        for rule in registry.rules.get(instrument_code, ()):
            if rule.kind == "counting":
                for table in rule.tables:
                    self._rules.setdefault(table, []).append(rule)
        for rules in self._rules.values():
            # the narrower rule is asked first
            rules.sort(
                key=lambda rule: [name in rule.value for name in ("check", "rows", "sections")], reverse=True
            )

    def of(self, entry: EntryRow) -> Counted:
        """Return how `entry` counts."""
        for rule in self._rules.get(entry.table_no, ()):
            if "check" in rule.value and rule.value["check"] not in entry.checks:
                continue
            if "sections" in rule.value and entry.section not in rule.value["sections"]:
                continue
            if "rows" in rule.value and entry.row_no not in rule.value["rows"]:
                continue
            against = rule.value["against"]
            return Counted(
                rule.value["counts"],
                rule,
                (against["appendix"], against["table_no"], against["technology"], against.get("subset")),
            )
        table = self._tables.get((entry.key[1], entry.table_no))
        return Counted("contained" if table and table.counted_in else "list")

    def split(self, entry: EntryRow) -> list[tuple[Period | None, float]]:
        """Return the MW of `entry` by period, as printed; an undivided figure keeps its own period.

        None stands for a row without a printed period. A period that ends inside one of the plan's main
        periods belongs to it, unless it began in an earlier main one.
        """
        if entry.mw_split:
            known = {period.label: period for period in self.periods}
            return [(known.get(label) or _labelled(label), mw) for label, mw in entry.mw_split.items()]
        mw = entry.mw_high or 0.0
        end = entry.period_to
        if end is None:
            return [(None, mw)]
        for period in self.periods:
            if period.start is None or period.end is None or not period.start <= end <= period.end:
                continue
            began_earlier = entry.period_from is not None and any(
                other.start is not None
                and other.end is not None
                and other.end < period.start
                and other.start <= entry.period_from <= other.end
                for other in self.periods
            )
            if not began_earlier:
                return [(period, mw)]
        own = f"{entry.period_from}-{end}" if entry.period_from else f"-{end}"
        return [(Period(own, entry.period_from, end), mw)]


def _periods(allocations: Iterable[AllocationRow]) -> tuple[Period, ...]:
    """Return the periods into which an instrument divides what it allots, in order."""
    found = {
        Period(row.period_label, row.period_from, row.period_to)
        for row in allocations
        if row.kind == "added" and row.mw is not None
    }
    return tuple(sorted(found, key=lambda period: (period.start or 0, period.end or 0)))


def _labelled(label: str) -> Period:
    start, _, end = label.partition("-")
    return Period(label, int(start) if start.isdigit() else None, int(end) if end.isdigit() else None)
