"""What staff decided about warnings and duplicates, dated changes of facts, drafts not saved yet, batches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Json, Model, UtcDateTime, public, staff


class FactChange(Model):
    """A change of a status or a capacity in the world: when it happened and who says so.

    The trail of edits tells when it was typed; this tells when it was true. `field`: `status` or `capacity_mw`.
    """

    __tablename__ = "fact_change"
    __table_args__ = (Index("ix_fact_change_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    field: Mapped[str] = public(String(20), vi="Nội dung thay đổi", en="What changed")
    unit_ordinal: Mapped[int | None] = public(vi="Tổ máy số", en="Unit number")
    before: Mapped[str | None] = public(String(40), vi="Trước", en="Before")
    after: Mapped[str | None] = public(String(40), vi="Sau", en="After")
    dated: Mapped[str | None] = public(String(10), vi="Ngày thay đổi", en="Date of the change")
    source_ordinal: Mapped[int | None] = public(vi="Nguồn số", en="Source number")
    note: Mapped[str | None] = public(Text, vi="Ghi chú", en="Note")


class Override(Model):
    """A warning that somebody accepted with a reason. It holds while the warned value stays the same."""

    __tablename__ = "override"
    __table_args__ = (Index("ix_override_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    check: Mapped[str] = staff(String(40), vi="Cảnh báo", en="Warning")
    path: Mapped[str] = staff(String(80), vi="Trường dữ liệu", en="Field")
    value: Mapped[str | None] = staff(String(200), vi="Giá trị", en="Value")
    reason: Mapped[str] = staff(Text, vi="Lý do", en="Reason")
    decided_by: Mapped[str | None] = staff(String(120), vi="Người quyết định", en="Decided by")
    decided_at: Mapped[datetime | None] = staff(UtcDateTime, vi="Thời điểm quyết định", en="Decided at")


class NotDuplicate(Model):
    """Two projects that look alike and are not the same, said by a person."""

    __tablename__ = "not_duplicate"
    __table_args__ = (UniqueConstraint("project_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)


class FormDraft(Model):
    """What somebody typed into a form and did not save: survives a lost session. `form` names the form."""

    __tablename__ = "form_draft"
    __table_args__ = (UniqueConstraint("user_id", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    form: Mapped[str] = mapped_column(String(60))
    data: Mapped[Any] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Batch(Model):
    """A change of many projects at once (bulk edit, import): one revision, undone as one."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(300))
    revision: Mapped[int] = mapped_column(ForeignKey("revision.number"), unique=True)
    undone_revision: Mapped[int | None] = mapped_column(ForeignKey("revision.number"))
    detail: Mapped[Any | None] = mapped_column(Json)
