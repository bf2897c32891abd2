"""Sessions of browsers as rows: a copied cookie is worth nothing once the row is gone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from ..domain import User, WebSession, db
from ..domain.dates import utc_now
from .transactions import keep

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(hours=24)
ANONYMOUS_IDLE = timedelta(hours=2)  # a visitor's form token; nobody is signed in
REFRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Found:
    """A session that is still good."""

    data: dict[str, Any]
    user: User | None
    seen_at: datetime

    @property
    def stale(self) -> bool:
        """Whether `seen_at` should be refreshed."""
        return utc_now() - self.seen_at >= REFRESH


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its owner sees it."""

    created_at: datetime
    seen_at: datetime
    user_agent: str | None
    address: str | None
    current: bool


def load(token: str) -> Found | None:
    """Return the session of a cookie's token; None when it is over. A disabled account has none."""
    found = db.session.execute(
        select(WebSession, User)
        .outerjoin(User, User.id == WebSession.user_id)
        .where(WebSession.token_hash == _hash(token), _good())
    ).one_or_none()
    if found is None:
        return None
    row, user = found[0], cast("User | None", found[1])
    if user is not None and not user.active:
        return None
    return Found(data=dict(row.data), user=user, seen_at=row.seen_at)


def start(
    *,
    user_id: int | None,
    data: Mapping[str, Any],
    user_agent: str | None,
    address: str | None,
    instead_of: str | None = None,
) -> str:
    """Store a new session and return its token; the one of `instead_of` ends. Prunes what is over."""
    token = secrets.token_urlsafe(32)
    now = utc_now()
    with keep() as session:
        session.execute(delete(WebSession).where(~_good()))
        if instead_of:
            session.execute(delete(WebSession).where(WebSession.token_hash == _hash(instead_of)))
        session.add(
            WebSession(
                token_hash=_hash(token),
                user_id=user_id,
                data=dict(data),
                created_at=now,
                seen_at=now,
                user_agent=(user_agent or "")[:300] or None,
                address=(address or "")[:60] or None,
            )
        )
    return token


def save(token: str, data: Mapping[str, Any]) -> bool:
    """Replace what the session holds; False when it has ended meanwhile (it is not made again)."""
    with keep() as session:
        found = session.execute(
            update(WebSession)
            .where(WebSession.token_hash == _hash(token), _good())
            .values(data=dict(data), seen_at=utc_now())
            .returning(WebSession.created_at)
        ).first()
    return found is not None


def refresh(token: str) -> None:
    """Note that the session is in use."""
    with keep() as session:
        session.execute(
            update(WebSession).where(WebSession.token_hash == _hash(token)).values(seen_at=utc_now())
        )


def end(token: str) -> None:
    """Delete the session of a token."""
    with keep() as session:
        session.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def end_all(user_id: int, *, but: str | None = None) -> None:
    """Sign an account out everywhere, the session of the token `but` excepted."""
    with keep():
        delete_all(user_id, but=but)


def delete_all(user_id: int, *, but: str | None = None) -> None:
    """Do as `end_all` inside the write block of a change that ends the sessions."""
    others = WebSession.user_id == user_id
    if but:
        others = and_(others, WebSession.token_hash != _hash(but))
    db.session.execute(delete(WebSession).where(others))


def last_seen() -> dict[int, datetime]:
    """Return when each account that is signed in was last seen, by id of the account."""
    rows = db.session.execute(
        select(WebSession.user_id, func.max(WebSession.seen_at))
        .where(WebSession.user_id.is_not(None), _good())
        .group_by(WebSession.user_id)
    )
    return {user_id: seen_at for user_id, seen_at in rows if user_id is not None}


def of_user(user_id: int, *, token: str | None) -> list[Listed]:
    """Return the good sessions of an account, the last used first; the one of `token` is marked current."""
    mine = _hash(token) if token else b""
    rows = db.session.scalars(
        select(WebSession).where(WebSession.user_id == user_id, _good()).order_by(WebSession.seen_at.desc())
    )
    return [
        Listed(
            created_at=row.created_at,
            seen_at=row.seen_at,
            user_agent=row.user_agent,
            address=row.address,
            current=row.token_hash == mine,
        )
        for row in rows
    ]


def _good() -> ColumnElement[bool]:
    now = utc_now()
    return and_(
        WebSession.created_at > now - ABSOLUTE,
        or_(
            and_(WebSession.user_id.is_not(None), WebSession.seen_at > now - IDLE),
            and_(WebSession.user_id.is_(None), WebSession.seen_at > now - ANONYMOUS_IDLE),
        ),
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
