"""The plan: board, targets, entries and rules of a decision."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("plans", __name__)

from . import page  # noqa: E402  it attaches its views to the blueprint

__all__ = ["page", "views"]
