"""Error pages in the reader's language: what happened, where, and what to do."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException

from ..services.projects import ProjectNotFound
from .redirects import local

log = logging.getLogger("tracker")
_PAGES = {400, 403, 404, 405, 409, 413, 415, 429}


def attach(app: Flask) -> None:
    """Answer HTTP errors with pages, anything else with an error number that the log explains."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response:
        code = error.code or 500
        if code == 404 and (target := _without_slash()):
            return redirect(target, 301)  # type: ignore[return-value]
        if code not in _PAGES:
            return error.get_response()  # type: ignore[return-value]
        page = make_response(render_template(f"errors/{404 if code == 405 else code}.html", error=error), code)
        for name, value in error.get_headers():
            if name.lower() in ("allow", "retry-after"):
                page.headers[name] = value
        return page

    def _without_slash() -> str | None:
        """Return the address without its last slash when there is a page, None otherwise."""
        path = request.path.rstrip("/")
        if request.method not in ("GET", "HEAD") or path in ("", request.path):
            return None
        try:
            app.url_map.bind_to_environ(request.environ).match(path, method="GET")
        except HTTPException:
            return None
        query = request.query_string.decode("latin-1")
        return local(quote(path) + ("?" + query if query else ""), "") or None

    @app.errorhandler(ProjectNotFound)
    def no_project(error: ProjectNotFound) -> Response:
        return make_response(render_template("errors/404.html", error=error), 404)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        number = secrets.token_hex(4)
        log.exception("error %s on %s %s", number, request.method, request.path, exc_info=error)
        # not `render_template`: what it asks for the frame of every page may be what failed
        return make_response(app.jinja_env.get_template("errors/500.html").render(error_id=number), 500)
