"""People who sign in, their sessions, and shared counters against guessing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Json, Model, UtcDateTime
from .text import Text
from .vocabulary import Term, Vocabulary

ROLES: Vocabulary[Term] = Vocabulary(
    "role",
    Term(
        "viewer",
        Text("Người xem", "Viewer"),
        Text("Đọc bản làm việc, không sửa.", "Reads working copies, changes nothing."),
    ),
    Term(
        "editor",
        Text("Biên tập viên", "Editor"),
        Text("Nhập, sửa và gửi duyệt.", "Enters, edits and submits."),
    ),
    Term("approver", Text("Người duyệt", "Approver"), Text("Biên tập và công bố.", "Edits and publishes.")),
    Term(
        "administrator",
        Text("Quản trị viên", "Administrator"),
        Text("Mọi quyền, cả tài khoản.", "Everything, accounts included."),
    ),
)


class User(Model):
    """An account of the office."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(200), info={"secret": True})
    active: Mapped[bool] = mapped_column(default=True)
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    totp_secret: Mapped[str | None] = mapped_column(String(64), info={"secret": True})
    totp_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recovery_hashes: Mapped[Any | None] = mapped_column(Json, info={"secret": True})

    def may(self, role: str) -> bool:
        """Return whether this account has at least `role`."""
        return self.active and ROLES.order(self.role) >= ROLES.order(role)


class UserToken(Model):
    """A link that lets an account choose its password once: an invitation or a reset by an administrator."""

    __tablename__ = "user_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"secret": True})
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WebSession(Model):
    """A browser's session. The key is the hash of the cookie's token; the row dies at sign-out."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    data: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    user_agent: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(60))


class RateCount(Model):
    """How often a key was used in a window of time; shared by all processes."""

    __tablename__ = "rate_count"
    __table_args__ = (Index("ix_rate_count_window_start", "window_start"),)

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
