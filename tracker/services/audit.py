"""The audit trail, computed from what is flushed, and the recording of touched projects."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, Session

from ..domain import AuditEvent, Project, ProjectVersion
from ..domain.base import Model
from . import documents

_SILENT = {"revision", "audit_event", "project_version", "web_session", "rate_count"}
_SKIPPED = {"lock_version", "document"}


class Changes:
    """The changes of one revision, gathered over its flushes: the first `before` and the last `after` of a
    field.
    """

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self._records: dict[int, tuple[Model, str, dict[str, list[Any]]]] = {}
        self._projects: dict[int, Project] = {}

    @property
    def empty(self) -> bool:
        return not any(operation != "update" or fields for _, operation, fields in self._records.values())

    def collect(self, session: Session) -> None:
        """Note what the coming flush will do."""
        for operation, records in (
            ("insert", session.new),
            ("update", session.dirty),
            ("delete", session.deleted),
        ):
            for record in records:
                if record.__tablename__ in _SILENT:
                    continue
                fields = _changed(inspect(record), operation)
                if fields or operation == "delete":
                    self._note(session, record, operation, fields)
                for orphan in _orphans(session, record):
                    self._note(session, orphan, "delete", _changed(inspect(orphan), "delete"))
                if isinstance(record, Project) and _parts_changed(record):
                    self._projects[id(record)] = record

    def _note(self, session: Session, record: Model, operation: str, fields: dict[str, list[Any]]) -> None:
        known = self._records.get(id(record))
        if known and known[1] == "insert" and operation == "delete":
            del self._records[id(record)]  # came and went within the block
        elif known:
            earlier = known[2]
            for name, (before, after) in fields.items():
                earlier[name] = [earlier[name][0] if name in earlier else before, after]
            merged = {name: pair for name, pair in earlier.items() if pair[0] != pair[1]}
            self._records[id(record)] = (record, operation if operation == "delete" else known[1], merged)
        else:
            self._records[id(record)] = (record, operation, fields)
        project = record if isinstance(record, Project) else _owner(session, record)
        if project is not None:
            self._projects[id(project)] = project

    def events(self) -> list[AuditEvent]:
        """Return one event per changed record, in the order of the changes. Call after the last flush."""
        found = []
        for record, operation, noted in self._records.values():
            state: InstanceState[Any] = inspect(record)
            # defaults and keys of new records are known only after the flush
            fields = _changed(state, "insert") if operation == "insert" else noted
            if operation == "update" and not fields:
                continue
            parts = state.identity or state.mapper.primary_key_from_instance(record)
            key = "/".join(
                "•••" if column.info.get("secret") else str(part)
                for column, part in zip(state.mapper.primary_key, parts, strict=True)
            )
            project_id = record.id if isinstance(record, Project) else getattr(record, "project_id", None)
            found.append(
                AuditEvent(
                    revision=self.revision,
                    operation=operation,
                    entity=record.__tablename__,
                    entity_key=key,
                    project_id=project_id,
                    changes=fields,
                )
            )
        return found

    def projects(self) -> list[Project]:
        """Return the projects whose own or children's fields changed."""
        return list(self._projects.values())


def _owner(session: Session, record: Model) -> Project | None:
    """Return the project that `record` is part of, if it is part of one and knows it already."""
    if record.__tablename__ not in documents.CHILD_TABLES:
        return None
    project_id = getattr(record, "project_id", None)
    if project_id is None:
        return None  # a new part, not flushed yet: its project is noted by `_parts_changed`
    with session.no_autoflush:
        return session.get(Project, project_id)


def _orphans(session: Session, record: Model) -> list[Model]:
    """Return the parts taken out of `record` that the flush will delete; it finds them only after this
    moment.
    """
    state: InstanceState[Any] = inspect(record)
    return [
        part
        for relation in state.mapper.relationships
        if relation.cascade.delete_orphan
        for part in state.attrs[relation.key].history.deleted or ()
        if part is not None and part not in session.deleted and inspect(part).persistent
    ]


def _parts_changed(project: Project) -> bool:
    state: InstanceState[Any] = inspect(project)
    return any(state.attrs[name].history.has_changes() for name in (*documents.SECTIONS, "call"))


def _changed(state: InstanceState[Any], operation: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.key
        column = attribute.columns[0]
        if name in _SKIPPED or (column.primary_key and operation != "insert"):
            continue
        if column.info.get("secret"):
            given = getattr(state.object, name) is not None
            if given if operation == "insert" else state.attrs[name].history.has_changes():
                found[name] = [None, "•••"]
            continue
        if operation == "insert":
            value = documents.json_value(getattr(state.object, name))
            if value is not None and not column.primary_key:
                found[name] = [None, value]
        elif operation == "delete":
            value = documents.json_value(getattr(state.object, name))
            if value is not None:
                found[name] = [value, None]
        else:
            history = state.attrs[name].history
            if history.has_changes():
                before = documents.json_value(history.deleted[0]) if history.deleted else None
                after = documents.json_value(history.added[0]) if history.added else None
                if before != after:
                    found[name] = [before, after]
    return found


def record(session: Session, changes: Changes) -> None:
    """Store the events of a revision and the full document of each project it touched."""
    session.add_all(changes.events())
    for project in changes.projects():
        if project in session.deleted or inspect(project).was_deleted:
            continue
        session.add(
            ProjectVersion(project_id=project.id, revision=changes.revision, document=documents.full(project))
        )
    session.flush()
