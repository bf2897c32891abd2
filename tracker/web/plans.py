"""Pages of plans."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("plans", __name__)
