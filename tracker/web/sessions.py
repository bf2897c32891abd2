"""Sessions as rows on the server."""

from __future__ import annotations

from flask import Flask


def attach(app: Flask) -> None:
    """Use server-side sessions."""
