"""What the drawings of the plan page need: parts of a bar, ranges, and where a number leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ...domain.statuses import STATUSES
from ...domain.technologies import TECHNOLOGIES
from ...forms.plans import WHOLE_COUNTRY, PlanQuery
from ...services.plan_figures import Group, Line
from ...services.plan_rows import InstrumentRow, TargetRow

_PARTS = (
    ("operating", ("operating",)),
    ("construction", ("construction",)),
    ("pre", ("pre_construction",)),
    ("announced", ("announced", "unknown")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the board as it is drawn: parts from left to right, and the lists behind its numbers."""

    line: Line
    parts: tuple[tuple[str, float], ...]
    sources: tuple[tuple[str, str, str], ...]
    named_url: str
    without_investor_url: str
    not_linked_url: str
    taken_url: str
    status_urls: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A group with its bars; `scale` is the MW of the longest one."""

    group: Group
    family: str
    bars: tuple[Bar, ...]
    scale: float
    key: str


def pictured(group: Group, query: PlanQuery, instrument: InstrumentRow, province: str | None) -> Pictured:
    """Return a group ready to be drawn."""
    technology = TECHNOLOGIES.get(group.technology)
    bars = tuple(_bar(line, group, query, instrument, province) for line in group.lines)
    longest = [max(bar.line.allocated_mw or 0.0, sum(mw for _, mw in bar.parts)) for bar in bars]
    return Pictured(
        group,
        technology.family if technology else "other",
        bars,
        max(longest, default=0.0),
        "-".join(part for part in (group.technology, group.subset) if part),
    )


def _bar(line: Line, group: Group, query: PlanQuery, instrument: InstrumentRow, province: str | None) -> Bar:
    live = {
        status: mw for status, mw in line.linked_mw.items() if status in STATUSES and STATUSES[status].live
    }
    linked = sum(live.values())
    # projects may differ from their rows by some MW: the drawing never shows more of them than is named
    fit = min(1.0, line.named_mw / linked) if linked else 1.0
    parts = [(part, sum(live.get(status, 0.0) for status in statuses) * fit) for part, statuses in _PARTS]
    parts.append(("named", max(0.0, line.named_mw - linked * fit)))
    parts.append(("taken", line.taken_mw))
    here = [("instrument", instrument.code), ("province", province or WHOLE_COUNTRY)]
    past = [("as_of", query.as_of.isoformat())] if query.as_of else []
    here += past
    rows = [*here, ("tab", "entries"), ("list_kind", "listed"), ("period", line.period.label)]
    tables = {row.table_no for row in line.named}
    rows += [("table", table) for table in tables] if len(tables) == 1 else [("technology", group.technology)]
    projects = [("technology", code) for code in dict.fromkeys(row.technology for row in line.named)] or [
        ("technology", group.technology)
    ]
    if province:
        projects.append(("province", province))
    return Bar(
        line,
        tuple((part, mw) for part, mw in parts if mw > 0),
        _sources(line),
        "/plan?" + urlencode(rows),
        "/plan?" + urlencode([*rows, ("investor", "no")]),
        "/plan?" + urlencode([*rows, ("linked", "no")]),
        "/projects?" + urlencode([*projects, *past, ("plan", "allocation")]),
        {
            status: "/projects?" + urlencode([*projects, *past, ("plan", "listed"), ("status", status)])
            for status in line.linked_mw
        },
    )


def _sources(line: Line) -> tuple[tuple[str, str, str], ...]:
    """Return appendix, table and pages of the named rows, as in ("III", "14", "57–58")."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in line.named:
        found.setdefault((row.key[1], row.table_no), []).extend([row.page] if row.page else [])
    return tuple((appendix, table, _span(pages)) for (appendix, table), pages in found.items())


def _span(pages: Sequence[int]) -> str:
    if not pages:
        return ""
    first, last = min(pages), max(pages)
    return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One item of the targets in one or two decisions."""

    target: TargetRow | None
    other: TargetRow | None

    @property
    def either(self) -> TargetRow:
        found = self.target or self.other
        if found is None:
            raise ValueError("a comparison needs a target")
        return found


@dataclass(frozen=True, slots=True)
class Year:
    """The targets of a year: items, totals as published, and the scale of the drawing in the items' unit."""

    year: int
    items: tuple[Compared, ...]
    totals: tuple[Compared, ...]
    scale: float


def comparison(year: int, targets: Sequence[TargetRow], others: Sequence[TargetRow]) -> Year:
    """Return the targets of `year`, matched with those of another decision by the plan's own item."""
    mine = {t.source_code: t for t in targets if t.year == year}
    theirs = {t.source_code: t for t in others if t.year == year}
    rows = [Compared(mine.get(code), theirs.get(code)) for code in dict.fromkeys([*mine, *theirs])]
    items = tuple(row for row in rows if not row.either.is_total)
    highs = [
        t.high or 0.0 for row in items for t in (row.target, row.other) if t and t.scope != "outside_total"
    ]
    return Year(year, items, tuple(row for row in rows if row.either.is_total), max(highs, default=0.0))
