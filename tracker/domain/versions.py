"""Memory: revisions of the portfolio, audit events, recorded versions and publications of a project."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Json, Model, UtcDateTime


class Revision(Model):
    """One committed change of the portfolio. The number rises by one; it stamps files and resolves `as_of`."""

    __tablename__ = "revision"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)


class AuditEvent(Model):
    """What one revision did to one record: fields before → after. Append-only."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_project_id_revision", "project_id", "revision"),
        Index("ix_audit_event_entity_entity_key", "entity", "entity_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(ForeignKey("revision.number"), index=True)
    operation: Mapped[str] = mapped_column(String(10))  # insert | update | delete
    entity: Mapped[str] = mapped_column(String(40))
    entity_key: Mapped[str] = mapped_column(String(80))
    project_id: Mapped[int | None]
    changes: Mapped[Any] = mapped_column(Json)  # {field: [before, after]}


class ProjectVersion(Model):
    """The whole working copy as it was recorded by one revision (staff eyes)."""

    __tablename__ = "project_version"
    __table_args__ = (UniqueConstraint("project_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    revision: Mapped[int] = mapped_column(ForeignKey("revision.number"), index=True)
    document: Mapped[Any] = mapped_column(Json)


class Publication(Model):
    """A frozen, numbered copy of the public fields. Public from `revision` until `ended_revision` (exclusive)."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    revision: Mapped[int] = mapped_column(ForeignKey("revision.number"), index=True)
    ended_revision: Mapped[int | None] = mapped_column(ForeignKey("revision.number"), index=True)
    source_revision: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[Any] = mapped_column(Json)
