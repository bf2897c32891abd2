"""The office's own records: settings, meetings, enquiries of investors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Json, Model, UtcDateTime


class Setting(Model):
    """A setting of the office, e.g. `office_name_vi`, `home_province`."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class Meeting(Model):
    """A meeting and what was shown: `selection` is the filter, `revision` the state of the portfolio that day."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    held_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(300))
    agenda: Mapped[str | None] = mapped_column(Text)
    selection: Mapped[str] = mapped_column(String(2000), default="")
    revision: Mapped[int | None] = mapped_column(ForeignKey("revision.number"))
    sample: Mapped[bool] = mapped_column(default=False)


class Inquiry(Model):
    """A question or request for a meeting. Kept until `delete_after`; consent is recorded."""

    __tablename__ = "inquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(60))
    message: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delete_after: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(16), default="new")
    sample: Mapped[bool] = mapped_column(default=False)
