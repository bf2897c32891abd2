"""The tie between a unit and the plan, decided by a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Model, UtcDateTime, public, staff
from .plans import Allocation, Entry, Instrument


class PlanLink(Model):
    """Unit ↔ plan entry, allocation (where no entry names it) or instrument (where there is no row).

    `unit_ordinal` None means the whole project. `mw_share` is the MW of the unit that count against the row.
    """

    __tablename__ = "plan_link"
    __table_args__ = (
        CheckConstraint("entry_id IS NULL OR allocation_id IS NULL", name="one_target"),
        CheckConstraint("mw_share IS NULL OR mw_share >= 0", name="mw_share_not_negative"),
        Index("ix_plan_link_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    unit_ordinal: Mapped[int | None] = public(vi="Tổ máy số", en="Unit number")
    relation: Mapped[str] = public(String(12), vi="Quan hệ với quy hoạch", en="Relation to the plan")
    instrument_code: Mapped[str | None] = public(ForeignKey("instrument.code"), vi="Văn bản", en="Instrument")
    entry_id: Mapped[int | None] = public(ForeignKey("plan_entry.id"), vi="Dòng quy hoạch", en="Plan entry")
    allocation_id: Mapped[int | None] = public(ForeignKey("plan_allocation.id"), vi="Phân bổ", en="Allocation")
    mw_share: Mapped[float | None] = public(vi="Công suất tính vào dòng (MW)", en="MW counted against the row")
    note: Mapped[str | None] = public(Text, vi="Ghi chú liên kết", en="Note on the link")
    reason: Mapped[str | None] = staff(Text, vi="Lý do", en="Reason")
    decided_by: Mapped[str | None] = staff(String(120), vi="Người quyết định", en="Decided by")
    decided_at: Mapped[datetime | None] = staff(UtcDateTime, vi="Thời điểm quyết định", en="Decided at")

    instrument: Mapped[Instrument | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    allocation: Mapped[Allocation | None] = relationship()
