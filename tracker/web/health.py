"""Whether the program can serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from ..services import portfolio
from .access import everyone

views = Blueprint("health", __name__)


@views.get("/healthz")
@everyone
def healthz() -> tuple[Response, int]:
    """Answer 200 when the database answers and has the portfolio's tables, 503 otherwise."""
    try:
        revision = portfolio.revision()
    except Exception:  # any failure to read means that nothing can be served
        return jsonify(status="unavailable"), 503
    return jsonify(status="ok", revision=revision), 200
