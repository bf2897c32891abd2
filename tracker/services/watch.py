"""What a look at every working copy tells the desk: contradictions and the last news, kept in memory.

Only documents that changed since the last look are read again; a new day is a new look, as dates pass.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from ..domain import db
from ..domain.base import STAFF
from ..domain.dates import today
from . import contradictions, news, portfolio
from .contradictions import Finding
from .portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Watched:
    """What is to be told of one working copy as recorded at `revision`."""

    revision: int
    findings: tuple[Finding, ...]
    news: date | None


_known: dict[str, tuple[date, int, dict[str, Watched]]] = {}
_lock = threading.Lock()


def everything(*, day: date | None = None) -> dict[str, Watched]:
    """Return what is to be told of each project of the office's portfolio, by code."""
    at, database, folio = day or today(), str(db.engine.url), portfolio.current(audience=STAFF)
    known = _known.get(database)
    if known is not None and known[:2] == (at, folio.revision):
        return known[2]
    with _lock:
        known = _known.get(database)
        seen = known[2] if known is not None and known[0] == at else {}
        found = _look(folio, seen, at)
        _known[database] = (at, folio.revision, found)
    return found


def _look(folio: Portfolio, seen: dict[str, Watched], day: date) -> dict[str, Watched]:
    fresh = [row for row in folio.rows if row.code not in seen or seen[row.code].revision != row.revision]
    looked = {
        row.code: Watched(row.revision, tuple(contradictions.of(document, day=day)), news.last_news(document))
        for row, document in zip(fresh, portfolio.documents(fresh, audience=STAFF), strict=True)
    }
    return {row.code: looked.get(row.code) or seen[row.code] for row in folio.rows}
