"""The language of a request: `?lang=` wins and is remembered in a cookie; Vietnamese is the default."""

from __future__ import annotations

from flask import Flask, Response, g, request
from flask_babel import Babel

from ..domain.text import LANGUAGES

COOKIE = "lang"


def current() -> str:
    """Return `vi` or `en` for this request."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    kept = request.cookies.get(COOKIE, "")
    return kept if kept in LANGUAGES else "vi"


def attach(app: Flask) -> None:
    """Choose the catalogue by request and remember an explicit choice."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        BABEL_TRANSLATION_DIRECTORIES="../translations",
    )
    Babel(app, locale_selector=current)

    @app.before_request
    def note_language() -> None:
        g.lang = current()

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie(
                COOKIE,
                request.args["lang"],
                max_age=365 * 86400,
                samesite="Lax",
                httponly=True,
                secure=app.config["TRACKER"].secure_cookies,
            )
        response.headers.setdefault("Content-Language", g.get("lang", "vi"))
        return response
