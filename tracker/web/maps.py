"""Pages of maps."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("maps", __name__)
