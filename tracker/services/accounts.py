"""Accounts of the office: making them, finding them, and whether a password opens them."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from ..domain import User, db
from ..domain.dates import utc_now
from ..domain.users import ROLES
from . import sessions, tokens
from .transactions import keep

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# one hash takes 64 MiB: a flood of sign-ins waits here instead of filling the memory
_FEW_AT_ONCE = threading.BoundedSemaphore(2)


class EmailTaken(ValueError):
    """Another account has this e-mail address."""


class UnknownAccount(LookupError):
    """No account has this e-mail address."""


class LastAdministrator(ValueError):
    """Nobody would be left who can sign in as an administrator."""


def add_user(*, email: str, name: str, role: str, password: str | None = None, sample: bool = False) -> User:
    """Make an account; without a password nobody can sign in with it. Raises EmailTaken. Flushes."""
    if role not in ROLES:
        raise ValueError(role)
    if find(email) is not None:
        raise EmailTaken(email)
    user = User(email=address(email), name=name, role=role, sample=sample, created_at=utc_now())
    if password is not None:
        set_password(user, password)
    db.session.add(user)
    db.session.flush()
    return user


def invite(*, email: str, name: str, role: str) -> tuple[User, str]:
    """Make an account without password and a link to choose one. Inside a write block. Raises EmailTaken."""
    user = add_user(email=email, name=name, role=role)
    return user, tokens.issue(user, purpose=tokens.INVITATION)


def change(user: User, *, name: str, role: str) -> None:
    """Change name and role. Inside a write block. Raises LastAdministrator."""
    if role not in ROLES:
        raise ValueError(role)
    needed = _administers(user)
    user.name, user.role = name, role
    _keep_an_administrator(needed)


def block(user: User) -> None:
    """Keep `user` out from now on: sessions and links end. Inside a write block. Raises LastAdministrator."""
    needed = _administers(user)
    user.active = False
    _keep_an_administrator(needed)
    tokens.withdraw(user)
    sessions.delete_all(user.id)


def unblock(user: User) -> None:
    """Let `user` in again with the password of before. Inside a write block."""
    user.active = True


def reset(user: User) -> str:
    """Take the password of `user` away, end the sessions and return the token of a link to a new one.

    An account that never chose a password gets a new invitation. Inside a write block. Raises
    LastAdministrator.
    """
    needed = _administers(user)
    purpose = tokens.INVITATION if user.password_hash is None else tokens.RESET
    user.password_hash = None
    _keep_an_administrator(needed)
    sessions.delete_all(user.id)
    return tokens.issue(user, purpose=purpose)


def choose_password(token: str, password: str) -> User:
    """Set the password of the account of a link and use the link up. Inside a write block.

    Raises tokens.UnknownToken, tokens.ExpiredToken.
    """
    user = tokens.redeem(token)
    set_password(user, password)
    sessions.delete_all(user.id)
    return user


def _administers(user: User) -> bool:
    return user.active and user.role == "administrator" and user.password_hash is not None


def _keep_an_administrator(needed: bool) -> None:
    """Refuse what would take the last administrator away; `needed` when the account was one."""
    if not needed:
        return
    db.session.flush()
    left = select(User.id).where(
        User.active.is_(True), User.role == "administrator", User.password_hash.is_not(None)
    )
    if db.session.scalar(left.limit(1)) is None:
        raise LastAdministrator


def find(email: str) -> User | None:
    """Return the account of an e-mail address, upper and lower case alike."""
    return db.session.scalar(select(User).where(User.email == address(email)))


def get(email: str) -> User:
    """Return the account of an e-mail address; raises UnknownAccount."""
    user = find(email)
    if user is None:
        raise UnknownAccount(email)
    return user


def everybody() -> list[User]:
    """Return all accounts by e-mail address."""
    return list(db.session.scalars(select(User).order_by(User.email)))


def set_password(user: User, password: str) -> None:
    """Store the hash of a new password; `forms.accounts.password_problem` says what will not do."""
    user.password_hash = _hash(password)


def authenticate(*, email: str, password: str) -> User | None:
    """Return the active account that e-mail address and password open.

    An unknown address takes as long as a wrong password. Renews a hash made with weaker settings.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    user = find(email)
    stored = user.password_hash if user is not None and user.active else None
    compared = stored or _nobody()
    try:
        with _FEW_AT_ONCE:
            _hasher().verify(compared, _composed(password))
    except (VerificationError, InvalidHashError):
        return None
    if user is None or stored is None:
        return None
    if _hasher().check_needs_rehash(stored):
        user_id, renewed = user.id, _hash(password)
        with keep() as session:
            session.get_one(User, user_id).password_hash = renewed
        user = db.session.get_one(User, user_id)
    return user


def generated_password() -> str:
    """Return a password that nobody has to invent: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def address(email: str) -> str:
    """Return an e-mail address in the one spelling under which its account is found, and tries are counted."""
    # PostgreSQL holds no NUL and refuses to look for one
    return unicodedata.normalize("NFC", email).replace("\0", "").strip().casefold()


def _composed(password: str) -> str:
    """Return the password in one spelling: keyboards give composed or decomposed Vietnamese letters."""
    return unicodedata.normalize("NFC", password)


def _hash(password: str) -> str:
    with _FEW_AT_ONCE:
        return _hasher().hash(_composed(password))


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash that a password is compared with when there is no account."""
    return _hash(secrets.token_urlsafe(24))
