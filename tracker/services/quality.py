"""The data quality board: what is wanting in the office's working copies, the largest projects first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from ..domain import Project, Source, db
from ..domain.base import STAFF
from ..domain.dates import today
from ..domain.shortcomings import SHORTCOMINGS, Shortcoming
from ..domain.statuses import REVIEW_STATES
from ..domain.technologies import TECHNOLOGIES
from ..domain.text import Text
from . import desk, portfolio
from .portfolio import Portfolio
from .rows import Row, UnitRow

ALL = "all"
_PARTS = {"milestones", "sources", "links", "sites", "units", "parties", "relations"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wanting in a project. `field` is the anchor in its form, empty for its page; `date` is partial."""

    row: Row
    field: str
    detail: Text | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many projects have a shortcoming, and their MW of generation (storage and other quantities apart)."""

    kind: Shortcoming
    projects: int
    generation_mw: float


@dataclass(frozen=True)
class Board:
    """All findings of one province or of all, by code of shortcoming, the largest projects first."""

    found: dict[str, tuple[Finding, ...]]
    projects: int

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The shortcomings with their counts, those with most MW first."""
        found = [_tally(SHORTCOMINGS[code], findings) for code, findings in self.found.items()]
        return tuple(sorted(found, key=lambda tally: (-tally.generation_mw, -tally.projects)))


def board(*, province: str = ALL, day: date | None = None) -> Board:
    """Return the board of the working copies of a province, or of all of them."""
    at = day or today()
    folio = portfolio.current(audience=STAFF)
    found = folio.once(f"quality {at}", lambda whole: _look(whole, at))
    if province == ALL:
        return Board(found, len(folio.rows))
    here = {row.code for row in folio.rows if _in(row, province)}
    return Board(
        {code: tuple(item for item in findings if item.row.code in here) for code, findings in found.items()},
        len(here),
    )


def _in(row: Row, province: str) -> bool:
    return row.province_code == province or any(place.province_code == province for place in row.places)


def _tally(kind: Shortcoming, findings: Iterable[Finding]) -> Tally:
    rows = {item.row.code: item.row for item in findings}
    return Tally(kind, len(rows), round(sum(row.capacity_mw or 0.0 for row in rows.values()), 6))


def _look(folio: Portfolio, day: date) -> dict[str, tuple[Finding, ...]]:
    """Return every finding by code; rows hold most of it, the rest is asked of the database at once."""
    found: dict[str, list[Finding]] = {code: [] for code in SHORTCOMINGS.codes()}
    for row in folio.rows:
        for code, test in _OF_ROW.items():
            found[code] += test(row)
    waiting = desk.of_office(day=day)
    found["overdue"] = [
        Finding(step.row, "part-milestones", Text(step.stage.label["vi"], step.stage.label["en"]), step.planned)
        for step in waiting.late
    ]
    found["stale"] = [Finding(item.row, "last_checked", None, item.checked) for item in waiting.stale]
    found["contradictory"] = [
        Finding(item.row, _anchor(finding.path), finding.text)
        for item in waiting.contradictory
        for finding in item.findings
    ]
    _ask(folio, found)
    return {
        code: tuple(sorted(findings, key=lambda item: (-(item.row.size_mw or 0.0), item.row.code)))
        for code, findings in found.items()
    }


def _anchor(path: str) -> str:
    return f"part-{path}" if path in _PARTS else path


def _ask(folio: Portfolio, found: dict[str, list[Finding]]) -> None:
    """Add what rows do not know: sources and summaries."""
    sourced = set(db.session.scalars(select(Source.project_id).distinct()))
    found["no_source"] = [Finding(row, "part-sources") for row in folio.rows if row.id not in sourced]
    for code, missing, other in (
        ("no_english", Project.summary_en, Project.summary_vi),
        ("no_vietnamese", Project.summary_vi, Project.summary_en),
    ):
        query = select(Project.id).where(and_(or_(missing.is_(None), missing == ""), other.is_not(None), other != ""))
        lacking = set(db.session.scalars(query))
        named = {item.row.id for item in found[code]}
        found[code] += [
            Finding(row, missing.key, _SUMMARY) for row in folio.rows if row.id in lacking and row.id not in named
        ]


def _no_place(row: Row) -> Iterator[Finding]:
    if not row.places:
        yield Finding(row, "part-sites")


def _province_only(row: Row) -> Iterator[Finding]:
    if row.places and all(place.lon is None for place in row.places):
        yield Finding(row, "sites-0-lon")


def _no_plan(row: Row) -> Iterator[Finding]:
    if not row.plan:
        yield Finding(row, "part-links")


def _no_english(row: Row) -> Iterator[Finding]:
    if not row.name_en:
        yield Finding(row, "name_en", _NAME)


def _no_vietnamese(row: Row) -> Iterator[Finding]:
    if not row.name_vi:
        yield Finding(row, "name_vi", _NAME)


def _no_capacity(row: Row) -> Iterator[Finding]:
    for place, unit in enumerate(row.units):
        if _sized(unit):
            continue
        technology = TECHNOLOGIES.get(unit.technology)
        quantity = technology.quantities[0] if technology and technology.quantities else "capacity_mw"
        number = place + 1
        yield Finding(row, f"units-{place}-{quantity}", Text(f"Tổ máy {number}", f"Unit {number}"))


def _sized(unit: UnitRow) -> bool:
    if unit.capacity_mw is not None or unit.capacity_low_mw is not None or unit.capacity_high_mw is not None:
        return True
    return unit.counts_as == "none" and (bool(unit.quantities) or unit.storage_mwh is not None)


def _low_confidence(row: Row) -> Iterator[Finding]:
    if row.confidence == "low":
        yield Finding(row, "confidence")


def _unpublished(row: Row) -> Iterator[Finding]:
    if row.review_state != "published":
        state = REVIEW_STATES.get(row.review_state)
        yield Finding(row, "", state.label if state else None)


_NAME, _SUMMARY = Text("Tên", "Name"), Text("Tóm tắt", "Summary")
_OF_ROW: dict[str, Callable[[Row], Iterator[Finding]]] = {
    "no_place": _no_place,
    "province_only": _province_only,
    "no_plan": _no_plan,
    "no_english": _no_english,
    "no_vietnamese": _no_vietnamese,
    "no_capacity": _no_capacity,
    "low_confidence": _low_confidence,
    "unpublished": _unpublished,
}
