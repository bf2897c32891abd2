"""Text put into every text column there is: the columns are taken from the models, so new ones are covered too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Date, String

from tests import factories
from tracker.domain import (
    Entry,
    Inquiry,
    Instrument,
    InvestmentCall,
    Meeting,
    Organisation,
    PlanRule,
    PlanTable,
    Project,
    Target,
    Zone,
    db,
)
from tracker.domain.base import Model, UtcDateTime
from tracker.services import documents, projects
from tracker.services.transactions import Actor, write

Values = dict[str, Any]
Plant = Callable[[str, "Column[Any]"], str]

# Columns that hold codes of closed lists, keys or dates: forms refuse anything else in them (test_hostile.py).
CLOSED = {
    "accuracy", "check", "code", "cod_actual", "cod_first_planned", "cod_latest_planned", "cod_planned",
    "confidence", "dated", "field", "file_sha256", "kind", "land_status", "licence", "path", "public_precision",
    "relation", "review_state", "role", "selection_form", "stage", "status", "status_as_of", "technology",
    "planned", "actual",
}  # fmt: skip
# What a row needs besides its text to be a row at all.
NEEDED: dict[str, Values] = {
    "units": {"technology": "solar_ground", "capacity_mw": 50.0, "status": "construction"},
    "sites": factories.site(zone_code="phong-dien"),
    "links": {"relation": "proposed", "instrument_code": "qd-768-2025"},
    "parties": {"role": "investor", "organisation": {}},
    "milestones": {"stage": "ipa", "actual": "2025-06"},
    "sources": {"licence": "press"},
    "citations": {"field": "jobs", "source_ordinal": 1},
    "relations": {"kind": "supplies"},
    "fact_changes": {"field": "status", "dated": "2025"},
    "overrides": {"check": "capacity", "path": "units-0-capacity_mw"},
}
# Records of the office and of the plan: one of each is planted, its codes left alone.
BESIDE: dict[type[Model], set[str]] = {
    Entry: {"instrument_code", "appendix", "table_no", "row_no", "province_old", "list_kind", "mark",
            "period_label", "name_vi_confidence"},
    Instrument: set(),
    PlanRule: {"appendix"},
    PlanTable: {"appendix", "table_no", "counted_in"},
    Target: {"source_code", "window", "unit", "scope"},
    Zone: set(),
    Meeting: {"selection"},
    Inquiry: {"language", "state"},
}  # fmt: skip


def free_text(model: type[Model]) -> list[Column[Any]]:
    """Return the columns of a model in which people may write what they want."""
    return [
        column
        for column in model.__table__.columns
        if isinstance(column.type, String)
        and not column.foreign_keys
        and not column.primary_key
        and column.key not in CLOSED
        and not column.key.endswith("_folded")
    ]


def project_columns() -> list[tuple[str, Column[Any]]]:
    """Return (section, column) of every free text of a project; section "" is the project itself."""
    sections: list[tuple[str, type[Model]]] = [("", Project), ("call", InvestmentCall), *documents.SECTIONS.items()]
    found = [(name, column) for name, model in sections for column in free_text(model) if "audience" in column.info]
    return found + [("organisation", column) for column in free_text(Organisation)]


def document(plant: Plant, *, related: str | None = None, **values: Any) -> Values:
    """Return a project with `plant(section, column)` in every text, one row in every section.

    `related` is the code of another project; without it there is no relation.
    """
    found: Values = {"status": "construction", "province_code": factories.HUE, "jobs": 12}
    found |= _texts("", Project, plant)
    found["call"] = _texts("call", InvestmentCall, plant)
    for name, model in documents.SECTIONS.items():
        found[name] = [_required(name, model) | dict(NEEDED.get(name, {})) | _texts(name, model, plant)]
    owner = {column.key: plant("organisation", column) for column in free_text(Organisation)}
    found["parties"][0]["organisation"] = owner
    if related:
        found["relations"][0]["code"] = related
    else:
        found["relations"] = []
    return found | values


def enter(planted: Values, *, words: str = "test", publish: bool = True) -> str:
    """Enter a project, `words` as the name of whoever did it and the reason; the owner gets a parent and a contact.

    A published one is sent back afterwards with `words`, so that it has a comment of review.
    """
    with write(actor=Actor(words[:120]), action="test", reason=words) as revision:
        project = projects.put(None, planted)
        texts = planted["parties"][0]["organisation"]
        owner = projects.organisation(texts)
        owner.contact = texts["contact"]
        owner.parent = projects.organisation({"name_vi": texts["name_en"]})
        db.session.flush()
        if publish:
            projects.publish(project, revision=revision, note=words)
            projects.send_back(project, comment=words)
        code: str = project.code
    return code


def beside(plant: Plant) -> None:
    """Plant the records of the office and of the plan: the first row of each, a new one where there is none."""
    from datetime import UTC, date, datetime

    with write(actor=Actor("test"), action="test"):
        for model, kept in BESIDE.items():
            record = db.session.scalars(db.select(model).order_by(*model.__table__.primary_key).limit(1)).first()
            if model is Entry:
                query = db.select(Entry).where(
                    Entry.province_code == factories.HUE, Entry.instrument_code == "qd-768-2025"
                )
                record = db.session.scalars(query.limit(1)).first()
            if model is Instrument:
                record = db.session.get(Instrument, "qd-768-2025")
            if record is None:
                record = model()
                if isinstance(record, Meeting):
                    record.held_on = date(2026, 11, 3)
                if isinstance(record, Inquiry):
                    record.received_at = datetime(2026, 11, 3, tzinfo=UTC)
                db.session.add(record)
            for column in free_text(model):
                if column.key not in kept:
                    setattr(record, column.key, plant(model.__tablename__, column))
        db.session.flush()


def _texts(section: str, model: type[Model], plant: Plant) -> Values:
    return {column.key: plant(section, column) for column in free_text(model) if "audience" in column.info}


def _required(section: str, model: type[Model]) -> Values:
    """Return something for the columns that may not be empty and hold no free text."""
    found: Values = {}
    for column in model.__table__.columns:
        if column.nullable or column.default is not None or column.foreign_keys or column.primary_key:
            continue
        if column.key in CLOSED and column.key not in NEEDED.get(section, {}):
            raise AssertionError(f"say in tests/planting.py what {section}.{column.key} needs")
        if isinstance(column.type, UtcDateTime):
            found[column.key] = "2026-11-03T00:00:00+00:00"
        elif isinstance(column.type, Date):
            found[column.key] = "2026-11-03"
        elif column.type.python_type in (int, float):
            found[column.key] = 1
    return found
