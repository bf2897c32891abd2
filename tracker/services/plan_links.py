"""Which projects stand behind a row of the plan, as the audience and day of one portfolio may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..domain.dates import span
from ..domain.statuses import STATUSES
from ..domain.technologies import TECHNOLOGIES
from .plan_rows import Key
from .portfolio import Portfolio
from .rows import Row, UnitRow


@dataclass(frozen=True, slots=True)
class Linked:
    """A project at a row of the plan: MW by status of its units; `unknown` counts units without a figure."""

    code: str
    name_vi: str | None
    name_en: str | None
    status: str
    relation: str
    province_code: str | None
    mw: tuple[tuple[str, float], ...]
    unknown: int
    investors: tuple[str, ...]
    cod: str | None
    period_label: str | None
    unit_ordinal: int | None

    def name(self, lang: str) -> str:
        """Return the name in `lang`, the other one when it is missing, else the code."""
        first, second = (self.name_vi, self.name_en) if lang == "vi" else (self.name_en, self.name_vi)
        return first or second or self.code

    @property
    def live(self) -> bool:
        """Whether the project goes on: ended ones take up nothing of the plan."""
        return self.status not in STATUSES or STATUSES[self.status].live

    @property
    def total_mw(self) -> float:
        return round(sum(mw for _, mw in self.mw), 6)

    def ran_before(self, day: date | None) -> bool:
        """Whether the plant was in operation before `day`."""
        return bool(self.status == "operating" and day and self.cod and span(self.cod)[1] < day)


@dataclass(frozen=True)
class Links:
    """The links of a portfolio: by entry, by allocation (all periods of a printed row), by instrument."""

    entries: dict[Key, tuple[Linked, ...]]
    allocations: dict[Key, tuple[Linked, ...]]
    instruments: dict[str, tuple[Linked, ...]]


def by_project(at: Iterable[Linked]) -> tuple[Linked, ...]:
    """Return one link for each project: the MW of its units at the row together."""
    found: dict[str, Linked] = {}
    for link in at:
        known = found.get(link.code)
        if known is None:
            found[link.code] = link
            continue
        mw = dict(known.mw)
        for status, more in link.mw:
            mw[status] = round(mw.get(status, 0.0) + more, 6)
        found[link.code] = replace(
            known, mw=tuple(mw.items()), unknown=known.unknown + link.unknown, unit_ordinal=None
        )
    return tuple(found.values())


def links(portfolio: Portfolio) -> Links:
    """Return the links of a portfolio, made once for it."""
    return portfolio.once("plan_links", _links)


def _links(portfolio: Portfolio) -> Links:
    found: dict[str, dict[Any, list[Linked]]] = {"entry": {}, "allocation": {}, "instrument": {}}
    for row in portfolio.rows:
        for ref in row.plan_refs:
            kind = ref["kind"]
            key = (
                ref["instrument_code"]
                if kind == "instrument"
                else (ref["instrument_code"], ref["appendix"], ref["table_no"], ref["ordinal"])
            )
            found[kind].setdefault(key, []).append(_linked(row, ref))
    entries, allocations, instruments = (
        {key: tuple(rows) for key, rows in found[kind].items()}
        for kind in ("entry", "allocation", "instrument")
    )
    return Links(entries, allocations, instruments)


def _linked(row: Row, ref: dict[str, Any]) -> Linked:
    units = [u for u in row.units if ref["unit_ordinal"] in (None, u.ordinal)]
    mw, unknown = _counted(row, units, ref)
    return Linked(
        row.code,
        row.name_vi,
        row.name_en,
        _status(row, units, ref),
        ref["relation"],
        row.province_code,
        mw,
        unknown,
        row.investors,
        row.cod,
        ref.get("period_label") if ref["kind"] == "allocation" else None,
        ref["unit_ordinal"],
    )


def _status(row: Row, units: list[UnitRow], ref: dict[str, Any]) -> str:
    return units[0].status if ref["unit_ordinal"] is not None and units else row.status


def _counted(
    row: Row, units: list[UnitRow], ref: dict[str, Any]
) -> tuple[tuple[tuple[str, float], ...], int]:
    """Return the MW of a link by status: the share that was decided, else the units of the row's technology.

    A unit tied to several rows of one instrument without a share counts at most the MW printed in each row.
    """
    if ref["mw_share"] is not None:
        return ((_status(row, units, ref), float(ref["mw_share"])),), 0
    matching = _matching(units, ref.get("technology"))
    rivals = sum(
        other["instrument_code"] == ref["instrument_code"] and other["unit_ordinal"] == ref["unit_ordinal"]
        for other in row.plan_refs
    )
    limit = ref.get("mw_high") if rivals > 1 else None
    found: dict[str, float] = {}
    for unit in matching:
        if unit.capacity_mw is not None:
            found[unit.status] = found.get(unit.status, 0.0) + unit.capacity_mw
    if limit is not None and sum(found.values()) > limit and len(found) == 1:
        found = {status: float(limit) for status in found}
    return tuple(found.items()), sum(unit.capacity_mw is None for unit in matching)


def _matching(units: list[UnitRow], technology: str | None) -> list[UnitRow]:
    if technology is None or technology not in TECHNOLOGIES:
        return units
    family = TECHNOLOGIES[technology].family
    near = [u for u in units if u.technology in TECHNOLOGIES and TECHNOLOGIES[u.technology].family == family]
    return near or units
