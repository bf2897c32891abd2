"""Maps on the web: the page, its frame composed by Folium, its data and its layers.

No text of the portfolio ever enters a Folium object: Folium renders what it is given as a template on the
server. It composes the empty frame from constants; projects arrive in the browser as JSON.
"""

from __future__ import annotations

from flask import Blueprint

views = Blueprint("maps", __name__, url_prefix="/map")

from . import files, page  # noqa: E402  each attaches its views to the blueprint

__all__ = ["files", "page", "views"]
