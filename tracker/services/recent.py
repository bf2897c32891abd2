"""The last changes of the portfolio: who, when, and which fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..domain import AuditEvent, ProjectVersion, Revision, db
from ..domain.base import STAFF
from . import portfolio
from .rows import Row

_FEW = 3  # a revision of more projects is told by their number


@dataclass(frozen=True, slots=True)
class Change:
    """One revision: `rows` are its projects when they are few, `projects` their number, `fields` what was touched.

    A field is (table, column), or (table, "") for a record that came or went.
    """

    revision: int
    at: datetime
    actor: str
    action: str
    reason: str | None
    projects: int
    rows: tuple[Row, ...]
    fields: tuple[tuple[str, str], ...]


def changes(limit: int = 20) -> list[Change]:
    """Return the last revisions that touched projects, the latest first."""
    counted = (
        select(ProjectVersion.revision, func.count().label("projects"))
        .group_by(ProjectVersion.revision)
        .order_by(ProjectVersion.revision.desc())
        .limit(limit)
        .subquery()
    )
    found = db.session.execute(
        select(Revision, counted.c.projects)
        .join(counted, counted.c.revision == Revision.number)
        .order_by(Revision.number.desc())
    ).all()
    few = [revision.number for revision, projects in found if projects <= _FEW]
    rows, fields = _rows(few), _fields(few)
    return [
        Change(
            revision.number,
            revision.at,
            revision.actor_name,
            revision.action,
            revision.reason,
            projects,
            tuple(rows.get(revision.number, ())),
            tuple(fields.get(revision.number, ())),
        )
        for revision, projects in found
    ]


def _rows(numbers: list[int]) -> dict[int, list[Row]]:
    known = {row.id: row for row in portfolio.current(audience=STAFF).rows}
    found: dict[int, list[Row]] = {}
    touched = select(ProjectVersion.revision, ProjectVersion.project_id).where(ProjectVersion.revision.in_(numbers))
    for number, project_id in db.session.execute(touched):
        if project_id in known:
            found.setdefault(number, []).append(known[project_id])
    return found


def _fields(numbers: list[int]) -> dict[int, dict[tuple[str, str], None]]:
    events = select(AuditEvent.revision, AuditEvent.entity, AuditEvent.operation, AuditEvent.changes).where(
        AuditEvent.revision.in_(numbers)
    )
    found: dict[int, dict[tuple[str, str], None]] = {}
    for number, entity, operation, noted in db.session.execute(events.order_by(AuditEvent.id)):
        named = noted if operation == "update" else ("",)
        found.setdefault(number, {}).update({(entity, name): None for name in named})
    return found
