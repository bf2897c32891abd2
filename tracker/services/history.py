"""Who changed what, when and why: the trail of all changes by filter, and the recorded versions of a project.

The trail is read by key downwards (`before`), never by offset, so a page costs the same however long the trail is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, cast, func, or_, select

from ..domain import AuditEvent, Batch, Project, ProjectVersion, Publication, Revision, db
from ..domain.base import STAFF
from ..forms.history import HistoryQuery
from ..forms.selection import Selection
from . import differences, documents, portfolio
from .history_names import Names, names_for

PAGE = 50
# Accounts, and people who wrote to the office: for administrators.
PERSONAL = frozenset({"user_account", "user_token", "inquiry", "form_draft"})
SECTION_OF = {model.__tablename__: name for name, model in documents.SECTIONS.items()} | {
    "project": differences.PROJECT,
    "investment_call": differences.CALL,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One recorded state of a working copy. `publication` is the number under which it became public."""

    revision: int
    at: datetime
    actor: str
    action: str
    reason: str | None
    publication: int | None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What one revision did to one record. `values` is as much of the record as is known, to name it by."""

    id: int
    revision: int
    at: datetime
    actor: str
    action: str
    reason: str | None
    batch: str | None
    operation: str
    entity: str
    key: str
    project_id: int | None
    values: dict[str, Any]
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Trail:
    """Events, the latest first, with the names of what they refer to; `older` is where the next page begins."""

    events: tuple[Event, ...]
    names: Names
    older: int | None


def trail(query: HistoryQuery, *, personal: bool = False, limit: int = PAGE) -> Trail:
    """Return the events that `query` asks for; `personal` includes accounts and enquiries."""
    columns = (
        AuditEvent.id, AuditEvent.revision, AuditEvent.operation, AuditEvent.entity, AuditEvent.entity_key,
        AuditEvent.project_id, AuditEvent.changes, Revision.at, Revision.actor_name, Revision.action, Revision.reason,
    )  # fmt: skip
    found = db.session.execute(
        select(*columns)
        .join(Revision, Revision.number == AuditEvent.revision)
        .where(*_conditions(query, personal=personal))
        .order_by(AuditEvent.id.desc())
        .limit(limit + 1)
    ).all()
    rows = found[:limit]
    batches = _batches({row.revision for row in rows})
    parts = _parts({(row.project_id, row.revision) for row in rows if row.operation == "update"})
    events = tuple(
        Event(
            id=row.id,
            revision=row.revision,
            at=row.at,
            actor=row.actor_name,
            action=row.action,
            reason=row.reason,
            batch=batches.get(row.revision),
            operation=row.operation,
            entity=row.entity,
            key=row.entity_key,
            project_id=row.project_id,
            values=parts.get((row.revision, row.entity, row.entity_key)) or _known(row.changes, row.operation),
            changes={name: (pair[0], pair[1]) for name, pair in row.changes.items()},
        )
        for row in rows
    )
    return Trail(events, names_for(events), rows[-1].id if len(found) > limit else None)


def whole_trail(query: HistoryQuery, *, personal: bool = False) -> Iterator[Trail]:
    """Yield everything that `query` asks for in portions, for files."""
    while True:
        portion = trail(query, personal=personal, limit=PAGE * 10)
        yield portion
        if portion.older is None:
            return
        query = replace(query, before=portion.older)


def people() -> list[str]:
    """Return the names of those who changed anything, the busiest first."""
    found = db.session.execute(
        select(Revision.actor_name, func.count()).group_by(Revision.actor_name).order_by(func.count().desc())
    )
    return [name for name, _ in found]


def versions(project_id: int, *, before: int | None = None, limit: int | None = None) -> tuple[Version, ...]:
    """Return the recorded versions of a project, the latest first, those older than revision `before`."""
    query = (
        select(Revision.number, Revision.at, Revision.actor_name, Revision.action, Revision.reason)
        .join(ProjectVersion, ProjectVersion.revision == Revision.number)
        .where(ProjectVersion.project_id == project_id)
        .order_by(Revision.number.desc())
    )
    if before is not None:
        query = query.where(ProjectVersion.revision < before)
    found = db.session.execute(query.limit(limit) if limit else query).all()
    batches = _batches({row[0] for row in found}) if limit else {}
    numbers = select(Publication.source_revision, Publication.number).where(Publication.project_id == project_id)
    published: dict[int, int] = {row[0]: row[1] for row in db.session.execute(numbers)}
    return tuple(Version(*row, published.get(row[0]), batches.get(row[0])) for row in found)


def changes_of(project_id: int, versions_shown: tuple[Version, ...]) -> dict[int, tuple[differences.Change, ...]]:
    """Return for each of some consecutive versions, the latest first, what it changed against the one before it."""
    if not versions_shown:
        return {}
    oldest = versions_shown[-1].revision
    earlier = db.session.scalar(
        select(func.max(ProjectVersion.revision)).where(
            ProjectVersion.project_id == project_id, ProjectVersion.revision < oldest
        )
    )
    numbers = [version.revision for version in versions_shown] + ([earlier] if earlier else [])
    wanted = select(ProjectVersion.revision, ProjectVersion.document).where(
        ProjectVersion.project_id == project_id, ProjectVersion.revision.in_(numbers)
    )
    known: dict[int, Any] = {row[0]: row[1] for row in db.session.execute(wanted)}
    pairs = zip(numbers, [*numbers[1:], None], strict=True)
    return {
        number: differences.between(known.get(previous) if previous else None, known[number])
        for number, previous in pairs
        if number != earlier
    }


def version(project_id: int, revision: int) -> Version | None:
    """Return who recorded a version of a project and why; None when the revision recorded none of it."""
    found = versions(project_id, before=revision + 1, limit=1)
    return found[0] if found and found[0].revision == revision else None


def _conditions(query: HistoryQuery, *, personal: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not personal:
        found.append(AuditEvent.entity.not_in(PERSONAL))
    if query.before is not None:
        found.append(AuditEvent.id < query.before)
    if query.project:
        wanted = select(Project.id).where(Project.code == query.project.upper())
        found.append(AuditEvent.project_id == (db.session.scalar(wanted) or 0))
    if query.person:
        found.append(Revision.actor_name == query.person)
    if query.what:
        found.append(AuditEvent.entity == query.what)
    if query.operation:
        found.append(AuditEvent.operation == query.operation)
    if query.since:
        found.append(AuditEvent.revision > portfolio.revision_at(query.since - timedelta(days=1)))
    if query.until:
        found.append(AuditEvent.revision <= portfolio.revision_at(query.until))
    trail_text = cast(AuditEvent.changes, String)
    if query.field:
        # a key of the stored object; quotes inside a value stand behind a backslash
        found.append(trail_text.contains(f'"{query.field}":', autoescape=True))
    if query.q:
        named = portfolio.current(audience=STAFF).select(Selection(q=query.q)).rows
        found.append(
            or_(
                trail_text.icontains(query.q, autoescape=True),
                Revision.reason.icontains(query.q, autoescape=True),
                Revision.actor_name.icontains(query.q, autoescape=True),
                # within the statement: databases take some ten thousand parameters, and a word may find more projects
                AuditEvent.project_id.in_(bindparam("named", [row.id for row in named], Integer, expanding=True,
                                                    literal_execute=True)),
            )
        )
    return found


def _batches(revisions: set[int]) -> dict[int, str]:
    """Return the titles of the batches (bulk edits, imports) that the revisions carried out or took back."""
    found = db.session.execute(
        select(Batch.revision, Batch.undone_revision, Batch.title).where(
            or_(Batch.revision.in_(revisions), Batch.undone_revision.in_(revisions))
        )
    )
    return {number: title for *numbers, title in found for number in numbers if number in revisions}


def _parts(places: set[tuple[int | None, int]]) -> dict[tuple[int, str, str], dict[str, Any]]:
    """Return the parts of the documents recorded at places (project, revision), by revision, table and key."""
    wanted = [(project_id, number) for project_id, number in places if project_id is not None]
    if not wanted:
        return {}
    found: dict[tuple[int, str, str], dict[str, Any]] = {}
    query = select(ProjectVersion.project_id, ProjectVersion.revision, ProjectVersion.document).where(
        or_(*(and_(ProjectVersion.project_id == one, ProjectVersion.revision == two) for one, two in wanted))
    )
    for project_id, number, document in db.session.execute(query):
        found[number, "project", str(project_id)] = {name: document[name] for name in ("code", "name_vi", "name_en")}
        for name, model in documents.SECTIONS.items():
            for part in document.get(name) or ():
                found[number, model.__tablename__, str(part["id"])] = part
    return found


def _known(changes: dict[str, Any], operation: str) -> dict[str, Any]:
    place = 0 if operation == "delete" else 1
    return {name: pair[place] for name, pair in changes.items()}
