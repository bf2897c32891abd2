"""Projects on the web: the list and its files, one project, and its form."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("projects", __name__, url_prefix="/projects")

from . import editing, listing, page, review, versions  # noqa: E402  each attaches its views to the blueprint

__all__ = ["editing", "listing", "page", "review", "versions", "views"]
