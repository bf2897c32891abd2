"""Projects on the web: the list and its files, one project, and its form."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("projects", __name__, url_prefix="/projects")

from . import checks, duplicates, editing, listing, merging, page, review, tasks, versions  # noqa: E402  each attaches its views

__all__ = ["checks", "duplicates", "editing", "listing", "merging", "page", "review", "tasks", "versions", "views"]
