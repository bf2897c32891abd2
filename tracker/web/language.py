"""The language of a request: `?lang=` wins and is remembered in a cookie, then the browser's, then Vietnamese."""

from __future__ import annotations

from flask import Flask, Response, abort, g, make_response, render_template, request
from flask_babel import Babel
from flask_babel import gettext as _

from ..domain.text import LANGUAGES
from ..forms.selection import Problem

COOKIE = "lang"


def current() -> str:
    """Return `vi` or `en` for this request."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    kept = request.cookies.get(COOKIE, "")
    return kept if kept in LANGUAGES else _preferred()


def _preferred() -> str:
    """Return the first of the two that the browser asks for; Vietnamese when it names neither."""
    for name, quality in request.accept_languages:
        language = name.partition("-")[0].lower()
        if quality > 0 and language in LANGUAGES:
            return language
    return "vi"


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
        odd = [value for value in request.args.getlist("lang") if value and value not in LANGUAGES]
        if odd and request.endpoint != "static":
            problem = Problem("lang", odd[0], _("Write vi or en."))
            abort(make_response(render_template("errors/400.html", error=None, problems=[problem]), 400))

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
        if request.endpoint != "static" and not response.cache_control.public:
            response.vary.update(("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", g.get("lang", "vi"))
        return response
