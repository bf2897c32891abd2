"""Dated steps of the investment procedure, and what has to be done next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model, public, staff
from .statuses import STAGES


class Milestone(Model):
    """One step with its planned and actual date (partial dates allowed) and its document."""

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_project_id_ordinal", "project_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    stage: Mapped[str] = public(String(20), vi="Bước", en="Stage")
    planned: Mapped[str | None] = public(String(10), vi="Ngày dự kiến", en="Planned date")
    actual: Mapped[str | None] = public(String(10), vi="Ngày thực tế", en="Actual date")
    document_number: Mapped[str | None] = public(String(120), vi="Số văn bản", en="Document number")
    document_ordinal: Mapped[int | None] = public(vi="Văn bản số", en="Number of the document in the list")
    note: Mapped[str | None] = public(Text, vi="Ghi chú", en="Note")


class NextAction(Model):
    """What has to be done next, by whom, by when. Never public."""

    __tablename__ = "next_action"
    __table_args__ = (Index("ix_next_action_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    text: Mapped[str] = staff(Text, vi="Việc cần làm", en="Next action")
    assignee: Mapped[str | None] = staff(String(120), vi="Người phụ trách", en="Who")
    assignee_id: Mapped[int | None] = staff(
        ForeignKey("user_account.id"), vi="Tài khoản phụ trách", en="Account in charge"
    )
    due: Mapped[date | None] = staff(vi="Hạn", en="Due")
    done_on: Mapped[date | None] = staff(vi="Hoàn thành ngày", en="Done on")
    sample: Mapped[bool] = staff(default=False, vi="Dữ liệu mẫu", en="Sample data")


def current_stage(steps: Iterable[tuple[str, str | None]]) -> str | None:
    """Return the stage reached: the last step in procedure order that has an actual date, None when there is none.

    `steps` are pairs of stage code and actual date (partial). Steps overlap in practice, so order of procedure
    decides, not the date; suspended and terminated prevail when they are the most recent.
    """
    done = [(stage, actual) for stage, actual in steps if actual]
    if not done:
        return None
    latest = max(done, key=lambda step: (step[1], STAGES.order(step[0])))
    if latest[0] in ("suspended", "terminated"):
        return latest[0]
    running = [step for step in done if step[0] not in ("suspended", "terminated")]
    return max(running, key=lambda step: STAGES.order(step[0]))[0]
