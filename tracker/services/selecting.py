"""Choosing rows by a selection, with totals that never mix units. Arrays, so that 100,000 rows stay quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ..domain.dates import span
from ..domain.statuses import RELATIONS, STAGES, STATUSES
from ..domain.technologies import TECHNOLOGIES, expand
from ..domain.text import fold
from .ranking import by_relevance
from .rows import Row, UnitRow

if TYPE_CHECKING:
    from ..forms.selection import Selection

Array = np.ndarray[Any, np.dtype[Any]]
_TECH = {code: 1 << place for place, code in enumerate(TECHNOLOGIES.codes())}
_PLAN = {code: 1 << place for place, code in enumerate((*RELATIONS.codes(), "unlinked"))}
_LIVE = frozenset(status.code for status in STATUSES if status.live)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a selection, each in its own unit. `…_unknown` count the units whose figure no source gives."""

    projects: int = 0
    units: int = 0
    generation_mw: float = 0.0
    generation_unknown: int = 0
    storage_mw: float = 0.0
    storage_mwh: float = 0.0
    storage_units: int = 0
    storage_mwh_unknown: int = 0
    electrolyser_mw: float = 0.0
    hydrogen_kt_per_year: float = 0.0
    lng_mtpa: float = 0.0
    biofuel_kt_per_year: float = 0.0
    biofuel_million_litres_per_year: float = 0.0
    waste_t_per_day: float = 0.0
    without_place: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What one technology has in a selection: projects and MW (generation or storage power, never mixed)."""

    code: str
    projects: int
    mw: float


@dataclass(frozen=True)
class Selected:
    """The chosen rows in order, their totals, and counts by technology and status."""

    rows: tuple[Row, ...]
    totals: Totals
    by_technology: tuple[Share, ...] = ()
    by_status: tuple[Share, ...] = ()
    sample: bool = field(default=False)
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows as arrays of equal length; bit masks for what a project has several of."""

    technology: Array
    status: Array
    stage: Array
    province: Array
    plan: Array
    accuracy: Array
    size_mw: Array
    cod_first: Array
    cod_last: Array
    calling: Array
    lon: Array
    lat: Array

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Columns:
        """Return the columns of `rows`."""
        cods = [span(row.cod) if row.cod else None for row in rows]
        places = [row.place for row in rows]
        return cls(
            technology=np.array([sum(_TECH.get(code, 0) for code in row.technologies) for row in rows], dtype=np.int64),
            status=np.array([row.status for row in rows], dtype=object),
            stage=np.array([row.stage or "" for row in rows], dtype=object),
            province=np.array([_provinces(row) for row in rows], dtype=object),
            plan=np.array([sum(_PLAN[code] for code in row.plan or ("unlinked",)) for row in rows], dtype=np.int64),
            accuracy=np.array([row.accuracy or "none" for row in rows], dtype=object),
            size_mw=np.array([np.nan if row.size_mw is None else row.size_mw for row in rows], dtype=float),
            cod_first=np.array([c[0].toordinal() if c else -1 for c in cods], dtype=np.int64),
            cod_last=np.array([c[1].toordinal() if c else -1 for c in cods], dtype=np.int64),
            calling=np.array([row.calling for row in rows], dtype=bool),
            lon=np.array([np.nan if p is None or p.lon is None else p.lon for p in places], dtype=float),
            lat=np.array([np.nan if p is None or p.lat is None else p.lat for p in places], dtype=float))


def _provinces(row: Row) -> str:
    """Return the province codes of a row between bars: its own and those of its sites."""
    codes = dict.fromkeys([row.province_code, *(place.province_code for place in row.places)])
    return "|" + "|".join(code for code in codes if code) + "|"


def choose(rows: Sequence[Row], columns: Columns, selection: Selection) -> Selected:
    """Return what `selection` asks for."""
    mask = _mask(rows, columns, selection)
    chosen = [rows[i] for i in np.flatnonzero(mask).tolist()]
    chosen = order(chosen, selection.sort)
    if selection.q and not selection.sort:
        chosen = by_relevance(chosen, selection.q)
    units = [(row, unit) for row in chosen for unit in row.units if counts(unit, selection)]
    return Selected(
        rows=tuple(chosen), totals=totals(chosen, units), by_technology=_by_technology(units),
        by_status=_by_status(chosen), sample=any(row.sample for row in chosen),
        licences=tuple(sorted({licence for row in chosen for licence in row.licences})))


def counts(unit: UnitRow, selection: Selection) -> bool:
    """Return whether a unit is in the totals: live unless its status is asked for, and of an asked technology."""
    wanted = frozenset(selection.status) or _LIVE
    return unit.status in wanted and (not selection.technology or unit.technology in expand(selection.technology))


def _mask(rows: Sequence[Row], columns: Columns, selection: Selection) -> Array:
    mask: Array = np.ones(len(rows), dtype=bool)
    if selection.technology:
        mask &= (columns.technology & sum(_TECH[code] for code in expand(selection.technology))) != 0
    if selection.status:
        mask &= np.isin(columns.status.astype(str), selection.status) | _unit_status(rows, selection.status)
    if selection.stage:
        mask &= np.isin(columns.stage.astype(str), selection.stage)
    if selection.province:
        mask &= np.array([any(f"|{code}|" in codes for code in selection.province) for codes in columns.province],
                         dtype=bool)
    if selection.zone:
        mask &= np.array([any(p.zone_code in selection.zone for p in row.places) for row in rows], dtype=bool)
    if selection.plan:
        mask &= (columns.plan & sum(_PLAN[code] for code in selection.plan)) != 0
    if selection.accuracy:
        mask &= np.isin(columns.accuracy.astype(str), selection.accuracy)
    if selection.mw_min is not None:
        mask &= columns.size_mw >= selection.mw_min
    if selection.mw_max is not None:
        mask &= columns.size_mw <= selection.mw_max
    if selection.cod_from:
        mask &= columns.cod_last >= span(selection.cod_from)[0].toordinal()
    if selection.cod_to:
        mask &= (columns.cod_first >= 0) & (columns.cod_first <= span(selection.cod_to)[1].toordinal())
    if selection.calling is not None:
        mask &= columns.calling == selection.calling
    if selection.bbox:
        west, south, east, north = selection.bbox
        mask &= (columns.lon >= west) & (columns.lon <= east) & (columns.lat >= south) & (columns.lat <= north)
    return _by_words(rows, mask, selection)


def _unit_status(rows: Sequence[Row], wanted: Sequence[str]) -> Array:
    return np.array([any(unit.status in wanted for unit in row.units) for row in rows], dtype=bool)


def _by_words(rows: Sequence[Row], mask: Array, selection: Selection) -> Array:
    words, investor = fold(selection.q).split(), fold(selection.investor)
    if words or investor:
        for i in np.flatnonzero(mask).tolist():
            row = rows[i]
            mask[i] = all(word in row.search for word in words) and investor in row.investor_search
    return mask


def order(rows: list[Row], sort: str) -> list[Row]:
    """Return the rows sorted by a key of `forms.selection.SORTS`, `-` in front for descending; unknown values last."""
    key = sort.removeprefix("-") or "code"
    readers: dict[str, Any] = {
        "code": lambda r: r.code, "name": lambda r: fold(r.name("vi")) or None,
        "technology": lambda r: TECHNOLOGIES.order(r.technologies[0]) if r.technologies else None,
        "status": lambda r: STATUSES.order(r.status), "stage": lambda r: STAGES.order(r.stage) if r.stage else None,
        "province": lambda r: r.province_code, "capacity": lambda r: r.size_mw, "cod": lambda r: r.cod,
        "invest": lambda r: r.invest_vnd_bn, "checked": lambda r: r.last_checked}
    read = readers[key]
    known = [row for row in rows if read(row) is not None]
    unknown = [row for row in rows if read(row) is None]
    known.sort(key=lambda row: row.code)
    known.sort(key=read, reverse=sort.startswith("-"))
    return known + unknown


def totals(rows: Sequence[Row], units: Sequence[tuple[Row, UnitRow]]) -> Totals:
    """Return the sums over `units`; each quantity in its own unit."""
    generation = [u for _, u in units if u.counts_as == "generation"]
    storage = [u for _, u in units if u.counts_as == "storage"]

    def added(name: str) -> float:
        return round(sum(u.quantities.get(name, 0.0) for _, u in units), 6)

    return Totals(
        projects=len(rows), units=len(units), generation_mw=round(sum(u.capacity_mw or 0.0 for u in generation), 6),
        generation_unknown=sum(u.capacity_mw is None for u in generation),
        storage_mw=round(sum(u.capacity_mw or 0.0 for u in storage), 6),
        storage_mwh=round(sum(u.storage_mwh or 0.0 for u in storage), 6), storage_units=len(storage),
        storage_mwh_unknown=sum(u.storage_mwh is None for u in storage),
        electrolyser_mw=added("electrolyser_mw"), hydrogen_kt_per_year=added("hydrogen_kt_per_year"),
        lng_mtpa=added("lng_mtpa"), biofuel_kt_per_year=added("biofuel_kt_per_year"),
        biofuel_million_litres_per_year=added("biofuel_million_litres_per_year"),
        waste_t_per_day=added("waste_t_per_day"),
        without_place=sum(row.place is None or row.place.lon is None for row in rows))


def _by_technology(units: Sequence[tuple[Row, UnitRow]]) -> tuple[Share, ...]:
    projects: dict[str, set[int]] = {}
    mw: dict[str, float] = {}
    for row, unit in units:
        projects.setdefault(unit.technology, set()).add(row.id)
        mw[unit.technology] = mw.get(unit.technology, 0.0) + (unit.capacity_mw or 0.0)
    codes = sorted(projects, key=TECHNOLOGIES.order)
    return tuple(Share(code, len(projects[code]), round(mw[code], 6)) for code in codes)


def _by_status(rows: Sequence[Row]) -> tuple[Share, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.status, []).append(row)
    return tuple(Share(code, len(found[code]), round(sum(r.capacity_mw or 0.0 for r in found[code]), 6))
                 for code in sorted(found, key=STATUSES.order))


