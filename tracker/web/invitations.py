"""The page behind a one-time link: choosing the first password, or a new one after a reset."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..forms.accounts import NewPasswordForm
from ..services import accounts, limits, tokens
from ..services.transactions import Actor, write
from . import signing_in
from .access import everyone

views = Blueprint("invitations", __name__)


@views.get("/invitation/<token>")
@everyone
def show(token: str) -> Response:
    """Ask for a password, or say that the link is over."""
    try:
        link = tokens.find(token)
    except (tokens.UnknownToken, tokens.ExpiredToken) as error:
        return _over(error)
    return _page(link, NewPasswordForm(email=link.user.email, name=link.user.name))


@views.post("/invitation/<token>")
@everyone
def choose(token: str) -> BaseResponse:
    """Store the password, use the link up and go on to sign in."""
    try:
        link = tokens.find(token)
        allowed = limits.hit(limits.key("invitation", token), limit=20, window_seconds=signing_in.QUARTER_HOUR)
        form = NewPasswordForm(request.form, email=link.user.email, name=link.user.name)
        if not allowed:
            return signing_in.refuse(
                _page(link, form, signing_in.wait(allowed.retry_after)), allowed.retry_after
            )
        if not form.validate():
            return _page(link, form, status=400)
        with write(actor=Actor.of(link.user), action="choose password"):
            user_id = accounts.choose_password(token, form.new.data or "").id
    except (tokens.UnknownToken, tokens.ExpiredToken) as error:
        return _over(error)
    flash(_("Your password is set."), "good")
    return signing_in.proceed(db.session.get_one(User, user_id), signing_in.onward())


def _page(link: tokens.Link, form: NewPasswordForm, problem: str | None = None, *, status: int = 200) -> Response:
    page = render_template("users/password.html", link=link, form=form, problem=problem)
    return _unkept(make_response(page, status))


def _over(error: Exception) -> Response:
    """Say why a link opens nothing; whoever tries many is asked to wait."""
    key = limits.key("invitation-from", signing_in.network())
    allowed = limits.hit(key, limit=30, window_seconds=signing_in.QUARTER_HOUR)
    expired = isinstance(error, tokens.ExpiredToken)
    problem = None if allowed else signing_in.wait(allowed.retry_after)
    page = make_response(
        render_template("users/link_over.html", expired=expired, problem=problem), 410 if expired else 404
    )
    return _unkept(page if allowed else signing_in.refuse(page, allowed.retry_after))


def _unkept(page: Response) -> Response:
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex"
    return page
