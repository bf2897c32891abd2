"""Pages of home."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("home", __name__)
