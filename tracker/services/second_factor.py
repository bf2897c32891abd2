"""The second step of signing in: one-time codes of a telephone (RFC 6238) and recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Literal

from ..domain import User
from ..domain.dates import utc_now
from . import limits

Verdict = Literal["good", "used", "wrong"]

STEP = 30  # seconds that a code is shown
_AROUND = (0, -1, 1)  # clocks of telephones are a step early or late
_REMEMBERED = 60 * 60
_QUARTER_HOUR, _DAY = 15 * 60, 24 * 60 * 60
_RECOVERY_CODES = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Return a new secret of 160 bits in base 32, as authenticator apps take it."""
    import pyotp

    return pyotp.random_base32()


def address(secret: str, *, email: str, issuer: str) -> str:
    """Return the otpauth: address that a QR picture hands to the app."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def check(user_id: int, secret: str, code: str, *, now: datetime | None = None) -> Verdict:
    """Return whether `code` is right now. A code is good once: seen again it is `used`, in any process."""
    import pyotp

    digits = "".join(code.split())
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return "wrong"
    present = int((now or utc_now()).timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (present + offset for offset in _AROUND):
        if hmac.compare_digest(totp.generate_otp(step), digits):
            once = limits.key("code-used", str(user_id), secret, str(step))
            return "good" if limits.hit(once, limit=1, window_seconds=_REMEMBERED, now=now) else "used"
    return "wrong"


def attempt(user_id: int) -> limits.Allowed:
    """Count one more try of a code for an account: six in a quarter of an hour, fifty a day."""
    tries = [
        limits.hit(key, limit=limit, window_seconds=seconds)
        for key, limit, seconds in zip(_keys(user_id), (6, 50), (_QUARTER_HOUR, _DAY), strict=True)
    ]
    return limits.Allowed(all(tries), max(found.retry_after for found in tries))


def forget_attempts(user_id: int) -> None:
    """Take the tries back after a right code."""
    for key in _keys(user_id):
        limits.forget(key)


def switch_on(user: User, secret: str) -> list[str]:
    """Ask `user` for codes from now on; returns the recovery codes, which are stored as hashes only. Inside
    a write block.
    """
    codes = [_recovery_code() for _ in range(_RECOVERY_CODES)]
    user.totp_secret, user.totp_since = secret, utc_now()
    user.recovery_hashes = [_hash(code) for code in codes]
    return codes


def switch_off(user: User) -> None:
    """Ask `user` for the password alone. Inside a write block."""
    user.totp_secret = user.totp_since = user.recovery_hashes = None


def use_recovery_code(user: User, code: str) -> bool:
    """Return whether `code` is one of the recovery codes, and use it up. Inside a write block."""
    given, kept = _hash(code), list(user.recovery_hashes or ())
    if not any(hmac.compare_digest(given, known) for known in kept):
        return False
    user.recovery_hashes = [known for known in kept if known != given]
    return True


def looks_like_recovery(code: str) -> bool:
    """Return whether what was typed has the length of a recovery code."""
    return len(_plain(code)) == 16


def _keys(user_id: int) -> tuple[str, str]:
    return limits.key("code", str(user_id)), limits.key("code-day", str(user_id))


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def _hash(code: str) -> str:
    """79 random bits need no slow hash."""
    return hashlib.sha256(_plain(code).encode(errors="surrogatepass")).hexdigest()
