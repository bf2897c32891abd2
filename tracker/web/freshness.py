"""Answers that a browser may keep: the revision of the portfolio is their stamp."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import g, make_response, request, session
from flask.wrappers import Response

from .. import __version__
from ..domain.dates import today
from .access import audience, current_user

_HERE = Path(__file__).parent


def page(render: Callable[[], Any], *, revision: int, recorded_at: datetime | None) -> Response:
    """Return a page, or 304 when the reader holds that of this revision; pages of staff are not kept."""
    if current_user() is not None or "_flashes" in session:
        answer = make_response(render())
        answer.headers["Cache-Control"] = "no-store"
        return answer
    # pages tell what is overdue, so they also change with the day
    return stamped(render, today().isoformat(), revision=revision, recorded_at=recorded_at)


def stamped(render: Callable[[], Any], *parts: str, revision: int, recorded_at: datetime | None) -> Response:
    """Return what `render` gives, stamped by revision, address, language, display and `parts`, or 304."""
    shown = [__version__, built(), str(revision), g.lang, audience(), request.full_path, request.host_url]
    shown += [request.cookies.get(name, "") for name in ("size", "contrast")]
    tag = hashlib.sha256("\n".join([*shown, *parts]).encode()).hexdigest()[:24]
    answer = Response(status=304) if request.if_none_match.contains_weak(tag) else make_response(render())
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Cookie")
    if recorded_at is not None:
        answer.last_modified = recorded_at
    return answer


@cache
def built() -> str:
    """Return when the templates and assets of this installation were last changed."""
    files = [
        path for folder in ("templates", "static/css", "static/js") for path in (_HERE / folder).rglob("*.*")
    ]
    return str(max(path.stat().st_mtime_ns for path in files))
