"""The plan in words and as JSON: remarks of the board, and the same figures for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..domain.plan_terms import NOTES, SUBSETS
from ..domain.technologies import TECHNOLOGIES
from ..domain.text import LANGUAGES, Text
from ..services.plan_figures import Board, Group, Line, Note
from ..services.plan_rows import AllocationRow, EntryRow, InstrumentRow, TargetRow
from ..services.plans import EntryView, Linked
from . import formats


def note_text(note: Note, lang: str) -> str:
    """Return a remark in words; numbers as the language writes them."""
    return (
        NOTES[note.code]
        .label[lang]
        .format(
            mw=formats.number(note.mw or 0.0, lang),
            other_mw=formats.number(note.other_mw or 0.0, lang),
            rows=formats.number(note.rows or 0, lang),
            period=period_text(note.period),
            area=note.area[lang] if note.area else "",
        )
    )


def period_text(label: str | None) -> str:
    """Return a period as printed, with a dash: 2025–2030; "–2030" is up to 2030."""
    return (label or "").replace("-", "–")


def group_label(group: Group) -> Text:
    """Return the name of what is allotted: its part of the technology where the plan names one."""
    if subset := SUBSETS.get(group.subset):
        return subset.label
    if group.technology in TECHNOLOGIES:
        return TECHNOLOGIES[group.technology].label
    return Text(group.technology, group.technology)


def board_json(board: Board, instrument: InstrumentRow) -> dict[str, Any]:
    """Return the board with every figure, the rows behind it and the remarks in both languages."""
    return {
        "instrument": {"code": instrument.code, "number": instrument.number},
        "province": board.province_code,
        "province_name": _text(board.province),
        "former_provinces": [_text(name) for name in board.former],
        "groups": [_group(group) for group in board.groups],
        "heads_that_do_not_add": [
            {
                "technology": h.technology,
                "subset": h.subset,
                "period": h.period,
                "area": _text(h.area),
                "printed_mw": h.printed_mw,
                "sum_mw": h.sum_mw,
                "appendix": h.appendix,
                "table": h.table_no,
                "page": h.page,
            }
            for h in board.heads
            if h.differs
        ]
        + [
            {
                "technology": x.technology,
                "subset": None,
                "period": x.period,
                "area": _text(x.area),
                "printed_mw": x.printed_mw,
                "sum_mw": x.sum_mw,
                "appendix": "III",
                "table": x.table_no,
                "page": x.page,
            }
            for x in board.list_heads
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "technology": group.technology,
        "subset": group.subset,
        "label": _text(group_label(group)),
        "allotted": group.allotted,
        "lines": [_line(line) for line in group.lines],
        "beside": [
            {
                "appendix": b.rows[0].key[1],
                "table": b.rows[0].table_no,
                "counting": b.how,
                "why": _text(b.why),
                "rows": len(b.rows),
                "mw": b.mw,
                "entries": [_key(row) for row in b.rows],
            }
            for b in group.beside
        ],
        "notes": _notes(group.notes),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "period": line.period.label,
        "allocated_mw": line.allocated_mw,
        "named_mw": line.named_mw,
        "named_low_mw": line.named_low_mw,
        "taken_mw": line.taken_mw,
        "left_mw": line.left_mw,
        "over_mw": line.over_mw,
        "named_without_investor_mw": line.named_without_investor_mw,
        "linked_mw": line.linked_mw,
        "not_linked_mw": line.not_linked_mw,
        "operating_mw": line.operating_mw,
        "allocations": [_allocation(row) for row in line.allocations],
        "named": [_key(row) | {"row": row.row_no, "page": row.page, "mw": row.mw_high} for row in line.named],
        "taken_by": [link.code for link in line.taken_by],
        "notes": _notes(line.notes),
    }


def _allocation(row: AllocationRow) -> dict[str, Any]:
    return {
        "appendix": row.key[1],
        "table": row.key[2],
        "ordinal": row.key[3],
        "page": row.page,
        "province_old": row.province_old,
        "mw": row.mw,
        "check": row.check,
    }


def _key(row: EntryRow) -> dict[str, Any]:
    return {"appendix": row.key[1], "table": row.key[2], "ordinal": row.key[3]}


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [
        {"code": note.code, "mw": note.mw, "rows": note.rows}
        | {lang: note_text(note, lang) for lang in LANGUAGES}
        for note in notes
    ]


def targets_json(targets: Iterable[TargetRow]) -> list[dict[str, Any]]:
    """Return targets as published; `is_total` marks the total, which is not the sum of the others."""
    return [
        {
            "year": t.year,
            "window": t.window or None,
            "source_code": t.source_code,
            "technology": t.technology,
            "label": _text(t.label),
            "low": t.low,
            "high": t.high,
            "unit": t.unit,
            "is_total": t.is_total,
            "scope": t.scope,
            "confidence": t.confidence,
            "note": _text(t.note),
            "source": t.source,
        }
        for t in targets
    ]


def entries_json(entries: Iterable[EntryView]) -> list[dict[str, Any]]:
    """Return entries with how they count and the codes of the projects at them."""
    return [
        _key(e.row)
        | {
            "instrument": e.row.key[0],
            "section": e.row.section,
            "row": e.row.row_no,
            "page": e.row.page,
            "technology": e.row.technology,
            "name_vi": e.row.name_vi,
            "name_en": e.row.name_en,
            "name_vi_confidence": e.row.name_vi_confidence,
            "province": e.row.province_code,
            "province_old": e.row.province_old,
            "region": e.row.region_text,
            "mw_low": e.row.mw_low,
            "mw_high": e.row.mw_high,
            "mw_text": e.row.mw_text,
            "mw_split": e.row.mw_split,
            "period": e.row.period_label,
            "list_kind": e.row.list_kind,
            "counting": e.counting,
            "mark": e.row.mark,
            "can_accelerate": e.row.can_accelerate,
            "check": list(e.row.checks),
            "projects": [_linked(link) for link in e.linked],
        }
        for e in entries
    ]


def _linked(link: Linked) -> dict[str, Any]:
    return {
        "code": link.code,
        "status": link.status,
        "relation": link.relation,
        "mw": dict(link.mw),
        "unit": link.unit_ordinal,
    }


def _text(text: Text | None) -> dict[str, str] | None:
    return {"vi": text.vi, "en": text.en} if text and (text.vi or text.en) else None
