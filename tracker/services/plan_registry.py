"""The plan registry in memory: one typed copy of the instruments' tables for each state of the database."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import func, select

from ..domain import (
    Allocation,
    AuditEvent,
    Entry,
    FormerProvince,
    Instrument,
    InstrumentRelation,
    PlanRule,
    PlanTable,
    Province,
    Target,
    db,
)
from ..domain.text import Text, fold
from .plan_rows import AllocationRow, EntryRow, InstrumentRow, Registry, RuleRow, TableRow, TargetRow

_TABLES = tuple(
    model.__tablename__
    for model in (
        Allocation,
        Entry,
        FormerProvince,
        Instrument,
        InstrumentRelation,
        PlanRule,
        PlanTable,
        Province,
        Target,
    )
)
_kept: dict[str, Registry] = {}
_lock = threading.Lock()


def registry() -> Registry:
    """Return the registry as the database holds it now; read again only after a plan table changed."""
    stamp = _stamp()
    database = str(db.engine.url)
    known = _kept.get(database)
    if known is None or known.stamp != stamp:
        with _lock:
            known = _kept[database] = _load(stamp)
    return known


def _stamp() -> tuple[Any, ...]:
    """Return what changes whenever a row of the plan's tables does: its last audit event, and the counts."""
    last = select(func.max(AuditEvent.revision)).where(AuditEvent.entity.in_(_TABLES)).scalar_subquery()
    counts = [
        select(func.count()).select_from(model).scalar_subquery() for model in (Instrument, Entry, Allocation)
    ]
    return tuple(db.session.execute(select(last, *counts)).one())


def _load(stamp: tuple[Any, ...]) -> Registry:
    scalars = db.session.scalars
    provinces = {p.code: Text(p.name_vi, p.name_en) for p in scalars(select(Province))}
    formers: dict[str, list[Text]] = {}
    for former in scalars(select(FormerProvince).order_by(FormerProvince.code)):
        formers.setdefault(former.province_code, []).append(Text(former.name_vi, former.name_en))
    targets = _grouped((t.instrument_code, _target(t)) for t in scalars(select(Target).order_by(Target.id)))
    allocations = _grouped(
        (a.instrument_code, _allocation(a))
        for a in scalars(select(Allocation).order_by(Allocation.ordinal, Allocation.period_from))
    )
    entries = _grouped(
        (e.instrument_code, _entry(e, provinces)) for e in scalars(select(Entry).order_by(Entry.ordinal))
    )
    rules = _grouped((r.instrument_code, _rule(r)) for r in scalars(select(PlanRule)))
    tables: dict[str, dict[tuple[str, str], TableRow]] = {}
    for t in scalars(select(PlanTable).order_by(PlanTable.id)):
        tables.setdefault(t.instrument_code, {})[t.appendix, t.table_no] = TableRow(
            t.appendix, t.table_no, Text(t.title_vi, t.title_en), t.kind, t.page_from, t.page_to, t.counted_in
        )
    relations: dict[str, list[tuple[str, str]]] = {}
    for relation in scalars(select(InstrumentRelation)):
        relations.setdefault(relation.from_code, []).append((relation.kind, relation.to_code))
    instruments = {
        i.code: InstrumentRow(
            i.code,
            i.number,
            i.kind,
            Text(i.title_vi, i.title_en),
            Text(i.issuer_vi or "", i.issuer_en or ""),
            i.issued_on,
            i.status,
            Text(i.note_vi or "", i.note_en or ""),
            i.source,
            i.confidence,
            i.checked_original,
            tuple(relations.get(i.code, ())),
            len(targets.get(i.code, ())),
            len(allocations.get(i.code, ())),
            len(entries.get(i.code, ())),
        )
        for i in scalars(select(Instrument).order_by(Instrument.issued_on.desc(), Instrument.code))
    }
    return Registry(
        stamp,
        instruments,
        tables,
        targets,
        allocations,
        entries,
        rules,
        provinces,
        {code: tuple(names) for code, names in formers.items()},
    )


def _grouped(pairs: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for code, row in pairs:
        found.setdefault(code, []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def _target(t: Target) -> TargetRow:
    return TargetRow(
        t.year,
        t.window,
        t.technology,
        t.source_code,
        Text(t.label_vi, t.label_en),
        t.low,
        t.high,
        t.unit,
        t.is_total,
        t.scope,
        t.confidence,
        Text(t.note_vi or "", t.note_en or ""),
        t.source,
    )


def _allocation(a: Allocation) -> AllocationRow:
    return AllocationRow(
        (a.instrument_code, a.appendix, a.table_no, a.ordinal),
        a.technology,
        a.subset,
        a.kind,
        a.area_kind,
        Text(a.area_vi or a.area_en or "", a.area_en or a.area_vi or ""),
        a.province_old,
        a.province_code,
        a.period_label,
        a.period_from,
        a.period_to,
        a.mw,
        a.page,
        a.check,
    )


def _entry(e: Entry, provinces: dict[str, Text]) -> EntryRow:
    today = provinces.get(e.province_code or "", Text("", ""))
    words = " ".join(
        (e.name_folded, fold(e.province_old), fold(f"{today.vi} {today.en}"), fold(e.region_text))
    )
    return EntryRow(
        (e.instrument_code, e.appendix, e.table_no, e.ordinal),
        e.section,
        e.row_no,
        e.technology,
        e.name_vi,
        e.name_en,
        e.name_vi_confidence,
        e.province_old,
        e.province_code,
        e.region_text,
        e.mw_low,
        e.mw_high,
        e.mw_text,
        e.period_label,
        e.period_from,
        e.period_to,
        e.mw_split,
        e.list_kind,
        e.mark,
        e.can_accelerate,
        e.page,
        e.check,
        e.confidence,
        e.superseded_by_id is not None,
        words,
    )


def _rule(r: PlanRule) -> RuleRow:
    return RuleRow(
        r.code,
        r.kind,
        r.appendix,
        tuple(r.tables),
        tuple(r.pages),
        r.value,
        Text(r.text_vi, r.text_en),
        r.applies_to,
        r.check,
    )
