"""Links that let an account choose its password once. Only the hash of a link's token is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from ..domain import User, UserToken, db
from ..domain.dates import utc_now

INVITATION, RESET = "invitation", "reset"
LIFETIMES = {INVITATION: timedelta(days=7), RESET: timedelta(hours=24)}
_REMEMBERED = timedelta(days=30)  # so long an expired link is told from one that never was


class UnknownToken(LookupError):
    """The link was never given, was used, or was replaced by a newer one."""


class ExpiredToken(LookupError):
    """The link was good once; its time is over."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a good link opens."""

    user: User
    purpose: str
    expires_at: datetime


def issue(user: User, *, purpose: str) -> str:
    """Return a new token for `user`; the earlier ones stop working. Inside a write block."""
    now = utc_now()
    withdraw(user)
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserToken(
            token_hash=_hash(token),
            user_id=user.id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    db.session.flush()
    return token


def withdraw(user: User) -> None:
    """Take back all links of `user`, and forget links of anybody that expired long ago. Inside a write
    block.
    """
    over = UserToken.expires_at < utc_now() - _REMEMBERED
    for row in db.session.scalars(select(UserToken).where(or_(UserToken.user_id == user.id, over))).all():
        db.session.delete(row)
    db.session.flush()


def find(token: str) -> Link:
    """Return what a link opens. Raises UnknownToken, ExpiredToken; a blocked account has no links."""
    row = db.session.get(UserToken, _hash(token))
    user = db.session.get(User, row.user_id) if row is not None else None
    if row is None or user is None or not user.active:
        raise UnknownToken
    if row.expires_at <= utc_now():
        raise ExpiredToken
    return Link(user=user, purpose=row.purpose, expires_at=row.expires_at)


def redeem(token: str) -> User:
    """Use a link up and return its account. Inside a write block. Raises as `find`."""
    user = find(token).user
    withdraw(user)
    return user


def open_links() -> dict[int, datetime]:
    """Return until when each account with a good link may use it, by id of the account."""
    rows = db.session.scalars(select(UserToken).where(UserToken.expires_at > utc_now()))
    return {row.user_id: row.expires_at for row in rows}


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
