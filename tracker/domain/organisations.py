"""Companies and offices, and their part in a project."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Model, public, staff


class Organisation(Model):
    """A company, office or consortium; `parent` is its owner."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_vi: Mapped[str] = public(String(300), unique=True, vi="Tên tổ chức", en="Organisation")
    name_en: Mapped[str | None] = public(String(300), vi="Tên tiếng Anh", en="Name in English")
    name_folded: Mapped[str] = mapped_column(String(300), index=True, default="")
    country: Mapped[str | None] = public(String(60), vi="Quốc gia", en="Country")
    parent_id: Mapped[int | None] = public(ForeignKey("organisation.id"), vi="Công ty mẹ", en="Parent company")
    contact: Mapped[str | None] = staff(Text, vi="Liên hệ", en="Contact")

    parent: Mapped[Organisation | None] = relationship(remote_side=[id])


class Party(Model):
    """The part of an organisation in a project: role and share of capital in per cent."""

    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint(
            "share_percent IS NULL OR (share_percent > 0 AND share_percent <= 100)",
            name="share_percent_range",
        ),
        Index("ix_party_project_id_ordinal", "project_id", "ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = public(default=1, vi="Thứ tự", en="Order")
    organisation_id: Mapped[int] = public(ForeignKey("organisation.id"), vi="Tổ chức", en="Organisation")
    role: Mapped[str] = public(String(16), default="investor", vi="Vai trò", en="Role")
    share_percent: Mapped[float | None] = public(vi="Tỷ lệ góp vốn (%)", en="Share (%)")
    note: Mapped[str | None] = public(String(300), vi="Ghi chú", en="Note")
    confidence: Mapped[str | None] = public(String(10), vi="Độ tin cậy", en="Confidence")

    organisation: Mapped[Organisation] = relationship()
