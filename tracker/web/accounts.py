"""Signing in and out, and the page of one's own account."""

from __future__ import annotations

import ipaddress
import math

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..forms.accounts import PasswordForm, SignInForm
from ..services import accounts, limits
from ..services import sessions as stored
from ..services.transactions import write
from . import sessions
from .access import actor, current_user, everyone, requires
from .redirects import local

views = Blueprint("accounts", __name__)

_QUARTER_HOUR = 15 * 60


@views.get("/sign-in")
@everyone
def sign_in() -> BaseResponse | str:
    """Ask who it is; whoever is signed in goes on at once."""
    if current_user() is not None:
        return redirect(_onward(), 303)
    return render_template("accounts/sign_in.html", form=SignInForm(), next=_onward())


@views.post("/sign-in")
@everyone
def check_sign_in() -> BaseResponse:
    """Sign in, or say that e-mail address and password do not go together without telling which is wrong."""
    form = SignInForm(request.form)
    if not form.validate():
        return _refused(form, 400)
    email = form.email.data or ""
    here = _network(request.remote_addr)
    own_key = limits.key("sign-in", email.casefold(), here)
    waits = [
        limits.hit(own_key, limit=8, window_seconds=_QUARTER_HOUR),
        limits.hit(limits.key("sign-in-from", here), limit=60, window_seconds=_QUARTER_HOUR),
        # guessing from many places at once; high, so that it does not lock the owner out
        limits.hit(limits.key("sign-in-to", email.casefold()), limit=120, window_seconds=_QUARTER_HOUR),
    ]
    if not all(waits):
        return _too_many(form, max(wait.retry_after for wait in waits))
    user = accounts.authenticate(email=email, password=form.password.data or "")
    if user is None:
        return _refused(form, 400, _("E-mail address and password do not match an account."))
    limits.forget(own_key)
    sessions.sign_in(user)
    return redirect(_onward(), 303)


@views.post("/sign-out")
@everyone
def sign_out() -> BaseResponse:
    """End the session and go home."""
    sessions.sign_out()
    return redirect(url_for("home.index"), 303)


@views.get("/account")
@requires("viewer")
def me() -> str:
    """Show one's own account and where it is signed in."""
    return _account_page(_user(), None)


@views.post("/account/password")
@requires("viewer")
def change_password() -> BaseResponse:
    """Change one's own password; all other sessions end, this one gets a new id."""
    user = _user()
    form = PasswordForm(request.form, email=user.email, name=user.name)
    allowed = limits.hit(limits.key("password", str(user.id)), limit=10, window_seconds=_QUARTER_HOUR)
    if not allowed:
        page = make_response(_account_page(user, form, _wait(allowed.retry_after)), 429)
        page.headers["Retry-After"] = str(allowed.retry_after)
        return page
    if not form.validate():
        return make_response(_account_page(user, form), 400)
    if accounts.authenticate(email=user.email, password=form.present.data or "") is None:
        form.present.errors = [_("This is not your present password.")]
        return make_response(_account_page(user, form), 400)
    user_id = user.id
    with write(actor=actor(), action="set password"):
        accounts.set_password(db.session.get_one(User, user_id), form.new.data or "")
    stored.end_all(user_id)
    sessions.sign_in(db.session.get_one(User, user_id))
    flash(_("Your password is changed. Other devices are signed out."), "good")
    return redirect(url_for("accounts.me"), 303)


@views.post("/account/sessions/end")
@requires("viewer")
def end_sessions() -> BaseResponse:
    """Sign out everywhere but here."""
    stored.end_all(_user().id, but=sessions.token())
    flash(_("All other devices are signed out."), "good")
    return redirect(url_for("accounts.me"), 303)


def _user() -> User:
    user = current_user()
    assert user is not None  # noqa: S101  only behind `requires`
    return user


def _account_page(user: User, form: PasswordForm | None, problem: str | None = None) -> str:
    return render_template(
        "accounts/me.html",
        user=user,
        form=form or PasswordForm(email=user.email, name=user.name),
        problem=problem,
        sessions=stored.of_user(user.id, token=sessions.token()),
    )


def _onward() -> str:
    return local(request.values.get("next"), url_for("projects.index"))


def _refused(form: SignInForm, status: int, problem: str | None = None) -> Response:
    return make_response(
        render_template("accounts/sign_in.html", form=form, next=_onward(), problem=problem), status
    )


def _too_many(form: SignInForm, seconds: int) -> Response:
    page = _refused(form, 429, _wait(seconds))
    page.headers["Retry-After"] = str(seconds)
    return page


def _wait(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    return str(
        ngettext(
            "Too many attempts. Try again in %(num)d minute.",
            "Too many attempts. Try again in %(num)d minutes.",
            minutes,
        )
    )


def _network(address: str | None) -> str:
    """Return the address that one visitor has: of IPv6 the /64, as every line owns that many."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
