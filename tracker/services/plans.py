"""The plan as pages, files and other services ask for it.

For a headline: `left(province_code="46", portfolio=current())` → `{technology: {period: mw}}`, e.g.
`{"solar_ground": {"2025-2030": 107.0, "2031-2035": 633.0}, …}`; below zero is over-subscribed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.technologies import TECHNOLOGIES
from ..domain.text import Text, fold
from .plan_board import board
from .plan_counting import Counting
from .plan_figures import Board
from .plan_links import Linked, by_project, links
from .plan_registry import registry
from .plan_rows import AllocationRow, EntryRow, InstrumentRow, Key, RuleRow, TableRow, TargetRow
from .portfolio import Portfolio

__all__ = [
    "Board",
    "EntryView",
    "InstrumentNotFound",
    "Linked",
    "allocations",
    "board",
    "default_instrument",
    "entries",
    "instrument",
    "instruments",
    "left",
    "linked_to_instrument",
    "links_by_entry",
    "mw_by_period",
    "periods",
    "rules",
    "tables",
    "targets",
    "technologies_of",
]

POWER_PLAN = "power_plan"


class InstrumentNotFound(LookupError):
    """No instrument has this code or number."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A row of the plan with how it counts and the projects that stand behind it."""

    row: EntryRow
    table: TableRow | None
    province: Text | None
    renamed: bool
    counting: str
    linked: tuple[Linked, ...]
    marks: tuple[RuleRow, ...]

    @property
    def projects(self) -> tuple[Linked, ...]:
        """The linked projects, each once."""
        return by_project(self.linked)


def instruments(*, with_rows: bool = True) -> tuple[InstrumentRow, ...]:
    """Return the instruments, the latest first; by default those of which rows or targets are held."""
    found = registry().instruments.values()
    return tuple(i for i in found if not with_rows or i.targets or i.allocations or i.entries)


def instrument(code: str) -> InstrumentRow:
    """Return an instrument by code or by its short number (768). Raises InstrumentNotFound."""
    known = registry().instruments
    if code in known:
        return known[code]
    for row in instruments():
        if row.short == code:
            return row
    raise InstrumentNotFound(code)


def default_instrument() -> InstrumentRow | None:
    """Return the latest power plan of which rows are held; None before the registry is loaded."""
    found = [i for i in instruments() if i.kind == POWER_PLAN and (i.entries or i.allocations)]
    return max(found, key=lambda i: (i.issued_on is not None, i.issued_on), default=None)


def targets(*, instrument_code: str, year: int | None = None) -> tuple[TargetRow, ...]:
    """Return the targets of an instrument in the order of the plan; components are never to be summed."""
    return tuple(t for t in registry().targets.get(instrument_code, ()) if year in (None, t.year))


def allocations(*, instrument_code: str, province_code: str | None = None) -> tuple[AllocationRow, ...]:
    """Return the added MW of a province by former province and period; of all areas without one."""
    return tuple(
        a
        for a in registry().allocations.get(instrument_code, ())
        if a.kind == "added" and province_code in (None, a.province_code)
    )


def rules(*, instrument_code: str) -> tuple[RuleRow, ...]:
    """Return the rules and notes of a plan, and how its tables are counted (kind `counting`)."""
    return registry().rules.get(instrument_code, ())


def tables(*, instrument_code: str) -> tuple[TableRow, ...]:
    """Return the tables of an instrument in order."""
    return tuple(registry().tables.get(instrument_code, {}).values())


def links_by_entry(portfolio: Portfolio) -> dict[Key, tuple[Linked, ...]]:
    """Return the projects at each entry, as the audience and day of `portfolio` may see them."""
    return links(portfolio).entries


def linked_to_instrument(portfolio: Portfolio, instrument_code: str) -> tuple[Linked, ...]:
    """Return the projects tied to an instrument as such, where it has no row for them."""
    return links(portfolio).instruments.get(instrument_code, ())


def left(
    *, province_code: str | None, portfolio: Portfolio, instrument_code: str | None = None
) -> dict[str, dict[str, float]]:
    """Return MW left by technology and period, where the plan allots a figure: allocated − named − taken."""
    chosen = instrument_code or getattr(default_instrument(), "code", None)
    if chosen is None:
        return {}
    found: dict[str, dict[str, float]] = {}
    for group in board(instrument_code=chosen, province_code=province_code, portfolio=portfolio).groups:
        for line in group.lines:
            if line.left_mw is not None:
                periods = found.setdefault(group.technology, {})
                periods[line.period.label] = round(periods.get(line.period.label, 0.0) + line.left_mw, 6)
    return found


def entries(
    *,
    instrument_code: str,
    portfolio: Portfolio,
    province_code: str | None = None,
    technology: Sequence[str] = (),
    q: str = "",
    list_kind: Sequence[str] = (),
    period: str = "",
    table: str = "",
    linked: bool | None = None,
    investor: bool | None = None,
) -> tuple[EntryView, ...]:
    """Return entries in the order of the plan with the projects at them.

    A province also gets rows without a province at which projects of it stand, with these projects only.
    `period` is a label of the plan (rows are placed as on the board), `table` a table number, `q` words.
    """
    plan, found = registry(), links(portfolio)
    counting = Counting(plan, instrument_code)
    words = fold(q).split()
    tables_ = plan.tables.get(instrument_code, {})
    shown = []
    for row in plan.entries.get(instrument_code, ()):
        at = found.entries.get(row.key, ())
        if province_code and row.province_code is None:
            at = tuple(link for link in at if link.province_code == province_code)
        if province_code and not _in_province(row, at, province_code):
            continue
        if (technology and row.technology not in technology) or (
            list_kind and row.list_kind not in list_kind
        ):
            continue
        if (table and row.table_no != table) or not all(word in row.search for word in words):
            continue
        if linked is not None and bool(at) != linked:
            continue
        if investor is not None and any(link.live and link.investors for link in at) != investor:
            continue
        if period and period not in {p.label if p else "none" for p, _ in counting.split(row)}:
            continue
        shown.append(_view(plan.provinces, plan.formers, tables_, counting, _marks(plan.rules, row), row, at))
    return tuple(shown)


def _in_province(row: EntryRow, at: Sequence[Linked], province_code: str) -> bool:
    return row.province_code == province_code or (row.province_code is None and bool(at))


def _view(
    provinces: dict[str, Text],
    formers: dict[str, tuple[Text, ...]],
    tables_: dict[tuple[str, str], TableRow],
    counting: Counting,
    marks: tuple[RuleRow, ...],
    row: EntryRow,
    at: tuple[Linked, ...],
) -> EntryView:
    province = provinces.get(row.province_code or "")
    how = counting.of(row).how if row.list_kind == "listed" else row.list_kind
    renamed = bool(row.province_old and province and row.province_old != province.vi)
    return EntryView(row, tables_.get((row.key[1], row.key[2])), province, renamed, how, at, marks)


def _marks(rules_: dict[str, tuple[RuleRow, ...]], row: EntryRow) -> tuple[RuleRow, ...]:
    """Return what the printed mark of a row means in its table."""
    if not row.mark:
        return ()
    return tuple(
        rule
        for rule in rules_.get(row.key[0], ())
        if rule.kind == "mark"
        and row.table_no in rule.tables
        and rule.value.get("mark") == row.mark
        and ("rows" not in rule.value or row.row_no in rule.value["rows"])
    )


def periods(*, instrument_code: str) -> tuple[str, ...]:
    """Return the labels under which the entries of an instrument stand on the board, in order of time."""
    plan = registry()
    counting = Counting(plan, instrument_code)
    found = {p for row in plan.entries.get(instrument_code, ()) for p, _ in counting.split(row) if p}
    return tuple(p.label for p in sorted(found, key=lambda p: (p.end or 0, p.start or 0)))


def mw_by_period(rows: Sequence[EntryView]) -> tuple[tuple[str, float], ...]:
    """Return the MW of listed rows by period as on the board; nothing when they count in unlike ways.

    Rows approved earlier and new ones are not added up, nor a table that another one contains.
    """
    listed = [e for e in rows if e.row.list_kind == "listed" and e.counting != "contained"]
    if len({e.counting for e in listed}) != 1:
        return ()
    counting = Counting(registry(), listed[0].row.key[0])
    found: dict[str, float] = {}
    for view in listed:
        for period, mw in counting.split(view.row):
            label = period.label if period else ""
            found[label] = round(found.get(label, 0.0) + mw, 6)
    return tuple(sorted(found.items()))


def technologies_of(instrument_code: str) -> tuple[str, ...]:
    """Return the technologies that an instrument lists or allots, in the order of the vocabulary."""
    plan = registry()
    found = {e.technology for e in plan.entries.get(instrument_code, ())}
    found |= {a.technology for a in plan.allocations.get(instrument_code, ())}
    return tuple(t.code for t in TECHNOLOGIES if t.code in found)
