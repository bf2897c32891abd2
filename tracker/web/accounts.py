"""Signing in and out, and the page of one's own account."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..domain import User, db
from ..forms.accounts import PasswordForm, SignInForm
from ..services import accounts, limits
from ..services import sessions as stored
from ..services.transactions import write
from . import sessions, signing_in
from .access import actor, current_user, everyone, requires
from .signing_in import QUARTER_HOUR

views = Blueprint("accounts", __name__)


@views.get("/sign-in")
@everyone
def sign_in() -> BaseResponse | str:
    """Ask who it is; whoever is signed in goes on at once."""
    if current_user() is not None:
        return redirect(signing_in.onward(), 303)
    return render_template("accounts/sign_in.html", form=SignInForm(), next=signing_in.onward())


@views.post("/sign-in")
@everyone
def check_sign_in() -> BaseResponse:
    """Sign in, or say that e-mail address and password do not go together without telling which is wrong."""
    form = SignInForm(request.form)
    if not form.validate():
        return _refused(form, 400)
    email = form.email.data or ""
    account = accounts.address(email)
    here = signing_in.network()
    own_key = limits.key("sign-in", account, here)
    waits = [
        limits.hit(own_key, limit=8, window_seconds=QUARTER_HOUR),
        limits.hit(limits.key("sign-in-from", here), limit=60, window_seconds=QUARTER_HOUR),
        # guessing from many places at once; high, so that it does not lock the owner out
        limits.hit(limits.key("sign-in-to", account), limit=120, window_seconds=QUARTER_HOUR),
    ]
    if not all(waits):
        return _too_many(form, max(wait.retry_after for wait in waits))
    user = accounts.authenticate(email=email, password=form.password.data or "")
    if user is None:
        return _refused(form, 400, _("E-mail address and password do not match an account."))
    limits.forget(own_key)
    return signing_in.proceed(user, signing_in.onward())


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
    allowed = limits.hit(limits.key("password", str(user.id)), limit=10, window_seconds=QUARTER_HOUR)
    if not allowed:
        page = make_response(_account_page(user, form, signing_in.wait(allowed.retry_after)))
        return signing_in.refuse(page, allowed.retry_after)
    if not form.validate():
        return make_response(_account_page(user, form), 400)
    if accounts.authenticate(email=user.email, password=form.present.data or "") is None:
        form.present.errors = [_("This is not your present password.")]
        return make_response(_account_page(user, form), 400)
    user_id = user.id
    with write(actor=actor(), action="set password"):
        accounts.set_password(db.session.get_one(User, user_id), form.new.data or "")
        stored.delete_all(user_id)
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


def _refused(form: SignInForm, status: int, problem: str | None = None) -> Response:
    return make_response(
        render_template("accounts/sign_in.html", form=form, next=signing_in.onward(), problem=problem), status
    )


def _too_many(form: SignInForm, seconds: int) -> Response:
    return signing_in.refuse(_refused(form, 429, signing_in.wait(seconds)), seconds)
