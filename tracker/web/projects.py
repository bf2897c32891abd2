"""Pages of projects."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("projects", __name__)
