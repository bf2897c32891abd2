"""Loading the reference data: places and the plan registry, from the files described in docs/data.md.

May be repeated at any time: a row is compared before it is assigned, nothing is deleted, and a value that
somebody
corrected in the program is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

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
    Revision,
    Target,
    Zone,
    db,
)
from ..domain.base import Model
from . import reference_files as files
from .transactions import SYSTEM, write

ACTION = "load reference data"
Row = dict[str, Any]


class BadReferenceData(ValueError):
    """A reference file is missing or cannot be read; the message names it."""


def load(data: Path) -> dict[str, int]:
    """Load `data`/places and `data`/plan in one write block. Returns the rows held by each table's files.

    Spends no revision when nothing changed. Raises BadReferenceData.
    """
    steps: list[tuple[type[Model], tuple[str, ...], Any]] = [
        (Province, ("code",), files.provinces),
        (FormerProvince, ("code",), files.former_provinces),
        (Zone, ("code",), files.zones),
        (Instrument, ("code",), files.instruments),
        (InstrumentRelation, ("from_code", "to_code", "kind"), files.instrument_relations),
        (PlanTable, ("instrument_code", "appendix", "table_no"), files.tables),
        (Target, ("instrument_code", "source_code", "year", "window"), files.targets),
        (Entry, ("instrument_code", "appendix", "table_no", "ordinal"), files.entries),
        (
            Allocation,
            ("instrument_code", "appendix", "table_no", "ordinal", "period_label"),
            files.allocations,
        ),
        (PlanRule, ("code",), files.rules),
    ]
    rows = [(model, key, _read(reader, data)) for model, key, reader in steps]
    with write(actor=SYSTEM, action=ACTION):
        corrected = _corrected({model.__tablename__ for model, _, _ in rows})
        for model, key, found in rows:
            _sync(model, key, found, corrected)
            db.session.flush()
    return {model.__tablename__: len(found) for model, _, found in rows}


def _read(reader: Any, data: Path) -> list[Row]:
    try:
        return list(reader(data))
    except FileNotFoundError as error:
        raise BadReferenceData(f"{error.filename}: no such file") from error
    except (KeyError, ValueError) as error:
        raise BadReferenceData(f"{reader.__name__}: {error}") from error


def _sync(
    model: type[Model], key: tuple[str, ...], rows: Iterable[Row], corrected: set[tuple[str, str, str]]
) -> None:
    known = {
        tuple(getattr(record, name) for name in key): record for record in db.session.scalars(select(model))
    }
    for row in rows:
        record = known.get(tuple(row[name] for name in key))
        if record is None:
            db.session.add(model(**row))
            continue
        identity = str(getattr(record, "id", None) or getattr(record, key[0]))
        for name, value in row.items():
            if getattr(record, name) != value and (model.__tablename__, identity, name) not in corrected:
                setattr(record, name, value)


def _corrected(tables: set[str]) -> set[tuple[str, str, str]]:
    """Return table, key and field of every value that was changed otherwise than by loading the files."""
    return set(
        _changed_fields(
            db.session.execute(
                select(AuditEvent.entity, AuditEvent.entity_key, AuditEvent.changes)
                .join(Revision, Revision.number == AuditEvent.revision)
                .where(AuditEvent.entity.in_(tables), Revision.action != ACTION)
            ).all()
        )
    )


def _changed_fields(events: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    for entity, identity, changes in events:
        for field in changes:
            yield entity, identity, field
