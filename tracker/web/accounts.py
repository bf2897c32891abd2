"""Pages of accounts."""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("accounts", __name__)
