"""Counters against guessing, shared by all processes through the database."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from ..domain import RateCount
from ..domain.dates import utc_now
from .transactions import keep

_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether one more use is allowed now; else after how many seconds it will be."""

    ok: bool
    retry_after: int = 0

    def __bool__(self) -> bool:
        return self.ok


def key(purpose: str, *parts: str) -> str:
    """Return a key for `hit`. What was typed is hashed: it may be a password in the wrong field."""
    digest = hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:40]
    return f"{purpose}:{digest}"


def hit(key: str, *, limit: int, window_seconds: int, now: datetime | None = None) -> Allowed:
    """Count one use of `key` unless `limit` uses lie within the last `window_seconds`.

    The window slides: uses of the window before count by the share of it that is still in sight, so the turn
    of a window does not let twice as many through. A refused use is not counted.
    """
    now = now or utc_now()
    seconds = now.timestamp()
    start = math.floor(seconds / window_seconds) * window_seconds
    begin, before = _moment(start), _moment(start - window_seconds)
    with keep() as session:
        present = session.get(RateCount, (key, begin))
        earlier = session.get(RateCount, (key, before))
        in_sight = 1 - (seconds - start) / window_seconds
        old = earlier.count if earlier else 0
        used = present.count if present else 0
        if used + old * in_sight + 1 > limit:
            return Allowed(False, _wait(used, old, limit, window_seconds, seconds - start))
        if present is None:
            session.execute(delete(RateCount).where(RateCount.window_start < now - _KEPT))
            session.add(RateCount(key=key, window_start=begin, count=1))
        else:
            present.count = used + 1
    return Allowed(True)


def forget(key: str) -> None:
    """Take all uses of `key` back, e.g. after the right password."""
    with keep() as session:
        session.execute(delete(RateCount).where(RateCount.key == key))


def _wait(used: int, old: int, limit: int, window: int, elapsed: float) -> int:
    """Return the seconds until one more use fits: in this window as the old ones fade, else in the next."""
    room = limit - 1 - used
    if room >= 0 and old:
        return max(1, math.ceil(window * (1 - room / old) - elapsed))
    fading = window * (1 - (limit - 1) / used) if used else 0
    return max(1, math.ceil(window - elapsed + fading))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
